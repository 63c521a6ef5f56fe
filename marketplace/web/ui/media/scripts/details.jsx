// The chosen picture of a gallery: what it shows, in words, and the point that crops keep.
import { useId } from "react";
import { useText } from "$/public/external/marketplace/web/i18n/i18n.js";

const within = (value) => Math.min(100, Math.max(0, Math.round(Number(value) || 0)));
// Enter would send the form around it
const stay = (event) => { if (event.key === "Enter") event.preventDefault(); };

export function Details({ item, isDisabled, onEdit, children }) {
  const t = useText();
  const id = useId();
  const point = (event) => {
    if (event.detail === 0) return; // pressed by key: there are numbers for that
    const box = event.currentTarget.getBoundingClientRect();
    onEdit({
      focal_x: within(((event.clientX - box.left) / box.width) * 100),
      focal_y: within(((event.clientY - box.top) / box.height) * 100),
    });
  };
  const place = { left: `${item.focal_x}%`, top: `${item.focal_y}%` };
  return (
    <div className="details sunken">
      <div className="details-picture">
        <button type="button" className="details-point" disabled={isDisabled} onClick={point} aria-describedby={`${id}-point`}
          aria-label={t("Set the point that crops keep")}>
          <img src={item.url_960 || item.url} alt={item.alt} draggable={false} />
          <span className="details-dot" style={place} aria-hidden="true" />
        </button>
        <p className="hint" id={`${id}-point`}>{t("Click what must stay visible when the picture is cropped.")}</p>
      </div>
      <div className="stack-sm details-fields">
        <label className="field">
          <span className="label">{t("Description in English")}</span>
          <input className="input" maxLength={200} value={item.alt} disabled={isDisabled} lang="en" onKeyDown={stay}
            onChange={(event) => onEdit({ alt: event.target.value }, { later: true })} />
        </label>
        <label className="field">
          <span className="label">{t("Description in Chinese")}</span>
          <input className="input" maxLength={200} value={item.alt_zh} disabled={isDisabled} lang="zh-CN" onKeyDown={stay}
            onChange={(event) => onEdit({ alt_zh: event.target.value }, { later: true })} />
        </label>
        <p className="hint">{t("Read aloud to people who cannot see the picture, and by search engines.")}</p>
        <div className="details-numbers">
          {[["focal_x", t("From the left, %")], ["focal_y", t("From the top, %")]].map(([key, label]) => (
            <label key={key} className="field">
              <span className="label">{label}</span>
              <input className="input" type="number" min="0" max="100" value={item[key]} disabled={isDisabled} onKeyDown={stay}
                onChange={(event) => onEdit({ [key]: within(event.target.value) }, { later: true })} />
            </label>
          ))}
        </div>
        <div className="row details-buttons">{children}</div>
      </div>
    </div>
  );
}
