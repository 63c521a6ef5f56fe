// How it is sent, taken back and found: shipping, returns, search engines, documents.
import { useState } from "react";
import { Link } from "react-router";
import { useLocale, useMoney, useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { useEditor } from "./context.js";
import { Field, NumberField, Pair, Section, TextField, TickField } from "./fields.jsx";

export function Shipping() {
  const t = useText();
  const money = useMoney();
  const { form, set, templates, currency } = useEditor();
  const size = (name, label) => (
    <NumberField name={`parcel.${name}`} label={label} unit="mm" isOptional max={1e5} value={form.parcel[name]}
      onChange={(value) => set({ parcel: { ...form.parcel, [name]: value } })} />
  );
  return (
    <Section name="shipping" title={t("Shipping")} hint={t("How long you take to hand it over, and what it costs to send.")}>
      <Pair>
        <Field name="shipping_template_id" label={t("Shipping template")}
          hint={<Link className="link" to="/seller/store/shipping">{t("Manage shipping templates")}</Link>}>
          {(props) => (
            <select {...props} className="select" value={form.shipping_template_id} onChange={(event) => set({ shipping_template_id: event.target.value })}>
              <option value="">{t("The shop's usual one")}</option>
              {templates.map((row) => <option key={row.id} value={row.id}>{row.name} · {money(row.fee, currency)}</option>)}
            </select>
          )}
        </Field>
        <NumberField name="handling_days" label={t("Handling time")} unit={t("days")} max={60} value={form.handling_days}
          onChange={(handling_days) => set({ handling_days })} />
      </Pair>
      <div className="editor-triple">{size("length", t("Length"))}{size("width", t("Width"))}{size("height", t("Height"))}</div>
    </Section>
  );
}

export function Returns() {
  const t = useText();
  const { form, set } = useEditor();
  return (
    <Section name="returns" title={t("Returns and warranty")}>
      <Pair>
        <NumberField name="return_days" label={t("Returns accepted for")} unit={t("days")} max={365} value={form.return_days}
          hint={t("0 means no returns beyond what the law grants.")} onChange={(return_days) => set({ return_days })} />
        <NumberField name="warranty_months" label={t("Warranty")} unit={t("months")} max={240} value={form.warranty_months}
          onChange={(warranty_months) => set({ warranty_months })} />
      </Pair>
      <TickField label={t("Price protection")} hint={t("Buyers get the difference back if the price falls within 15 days of their payment. Your listing says so.")}
        value={form.protects_price} onChange={(protects_price) => set({ protects_price })} />
    </Section>
  );
}

export function Seo() {
  const t = useText();
  const { form, set, slug, earlier_slugs: earlier } = useEditor();
  const put = (words) => set({ seo: { ...form.seo, ...words } });
  return (
    <Section name="seo" title={t("Search engines")} hint={t("Left empty, title and description are used.")}>
      <Pair>
        <TextField name="seo.title" label={t("Page title in English")} isOptional most={70} maxLength={200} lang="en" value={form.seo.title} onChange={(title) => put({ title })} />
        <TextField name="seo.title_zh" label={t("Page title in Chinese")} isOptional most={35} maxLength={200} lang="zh-CN" value={form.seo.title_zh} onChange={(title_zh) => put({ title_zh })} />
        <TextField name="seo.description" label={t("Summary in English")} isOptional lines={3} most={160} maxLength={400} lang="en" value={form.seo.description} onChange={(description) => put({ description })} />
        <TextField name="seo.description_zh" label={t("Summary in Chinese")} isOptional lines={3} most={80} maxLength={400} lang="zh-CN" value={form.seo.description_zh} onChange={(description_zh) => put({ description_zh })} />
      </Pair>
      <TextField name="slug" label={t("Address of the page")} isOptional maxLength={100} value={form.slug} hint={t("Small letters, digits and hyphens; empty: made from the title.")}
        onChange={(text) => set({ slug: text.toLowerCase().replace(/[^a-z0-9-]+/g, "-") })} />
      {earlier.length > 0 && <p className="hint">{t("Earlier addresses lead here: {addresses}", { addresses: earlier.join(t(", ")) })}</p>}
      <Snippet slug={form.slug || slug} />
    </Section>
  );
}

function Snippet({ slug }) {
  const t = useText();
  const { form } = useEditor();
  const isChinese = useLocale()() === "zh-CN";
  const cut = (text, most) => ([...text].length > most ? `${[...text].slice(0, most - 1).join("")}…` : text);
  const first = form.blocks.find((block) => block.text || block.text_zh);
  const pick = (own, own_zh) => (isChinese ? own_zh || own : own || own_zh) ?? "";
  const title = pick(form.seo.title || form.title, form.seo.title_zh || form.title_zh);
  const words = pick(form.seo.description || first?.text, form.seo.description_zh || first?.text_zh);
  return (
    <figure className="editor-snippet" aria-label={t("How a search engine may show it")}>
      <span className="meta">{(globalThis.location?.host ?? "") + (isChinese ? "/zh" : "")} › p › {slug || "…"}</span>
      <strong>{cut(title || t("Untitled listing"), isChinese ? 32 : 62)}</strong>
      <span>{cut(words.replace(/[*#_>|-]+/g, " ").trim(), isChinese ? 78 : 156)}</span>
    </figure>
  );
}

export function Documents({ drop }) {
  const t = useText();
  const { documents, form, set } = useEditor();
  const [gone, take] = useState(null);
  const kept = documents.filter((row) => form.document_ids.includes(row.id));
  return (
    <Section name="documents" title={t("Compliance documents")} hint={t("Certificates and test reports. Only our staff and you can open them.")}>
      {kept.length > 0 && (
        <ul className="list">
          {kept.map((row) => (
            <li key={row.id} className="list-row row-between">
              <a className="link" href={`/files/document/${row.id}`}>{row.name}</a>
              <button type="button" className="btn btn-sm btn-quiet" onClick={() => { take(row); set({ document_ids: form.document_ids.filter((id) => id !== row.id) }); }}>
                {t("Remove")}
              </button>
            </li>
          ))}
        </ul>
      )}
      {gone && !form.document_ids.includes(gone.id) && (
        <p className="hint" role="status">{t("{name} is taken away.", { name: gone.name })} <button type="button" className="btn btn-link btn-sm"
          onClick={() => { set({ document_ids: [...form.document_ids, gone.id] }); take(null); }}>{t("Undo")}</button></p>
      )}
      {drop}
    </Section>
  );
}
