// The listing as a phone will show it, while it is being written.
import { useState } from "react";
import { useLocale, useMoney, useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { Described } from "./blocks.jsx";
import { useEditor } from "./context.js";
import { amountOf, digitsOf } from "./model.js";

export function PhonePreview() {
  const t = useText();
  const money = useMoney();
  const reader = useLocale()();
  const { form, pictures, currency } = useEditor();
  const [other, setOther] = useState(false);
  const isChinese = (reader === "zh-CN") !== other;
  const spoken = (one, zh) => (isChinese ? zh || one : one || zh);
  const digits = digitsOf(currency);
  const prices = form.variants.filter((row) => row.is_active).map((row) => amountOf(row.price, digits).value).filter((value) => value !== null && value !== undefined);
  const low = Math.min(...prices);
  const high = Math.max(...prices);
  const cover = pictures.find((picture) => picture.id === form.pictures[0]?.id);
  return (
    <section className="card" aria-label={t("Preview")}>
      <div className="card-head">
        <h2 className="h3">{t("Preview")}</h2>
        <button type="button" className="btn btn-sm" onClick={() => setOther(!other)} aria-pressed={other}>{isChinese ? "English" : "中文"}</button>
      </div>
      <div className="phone" lang={isChinese ? "zh-CN" : "en"} inert>
        {cover ? <img src={cover.url_960 || cover.url} alt="" style={{ objectPosition: `${cover.focal_x}% ${cover.focal_y}%` }} /> : <div className="phone-empty" />}
        <div className="phone-body">
          <p className="phone-price">{prices.length ? (low === high ? money(low, currency) : `${money(low, currency)} – ${money(high, currency)}`) : "–"}</p>
          <p className="phone-title">{spoken(form.title, form.title_zh) || t("Untitled listing")}</p>
          {form.options.filter((option) => option.values.length).map((option) => (
            <div key={option.key}>
              <p className="meta">{spoken(option.name, option.name_zh)}</p>
              <div className="chips">
                {option.values.map((value) => (
                  <span key={value.key} className="chip">
                    {value.swatch && <i className="swatch" style={{ background: value.swatch }} />}{spoken(value.name, value.name_zh)}
                  </span>
                ))}
              </div>
            </div>
          ))}
          <Described isChinese={isChinese} />
        </div>
      </div>
    </section>
  );
}
