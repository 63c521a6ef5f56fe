// What can be done with the ticked rows, in place of the table's head.
import { X } from "lucide-react";
import { useState } from "react";
import { useCount, useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { useIndex } from "./context.js";
import { Sheet } from "./sheet.jsx";

export function SelectionBar({ bulk }) {
  const t = useText();
  const tn = useCount();
  const { selected, clear } = useIndex();
  return (
    <div className="index-selection" role="toolbar" aria-label={t("Selected rows")}>
      <strong aria-live="polite">{tn("{n} selected", "{n} selected", selected.size)}</strong>
      <span className="index-bulk">{bulk}</span>
      <button type="button" className="btn btn-icon" onClick={clear} aria-label={t("Clear selection")}>
        <X size={18} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </div>
  );
}

export function BulkAction({ label, confirm, danger, onRun }) {
  const t = useText();
  const { selected, clear, listing } = useIndex();
  const [isAsked, ask] = useState(false);
  const look = danger ? "btn btn-danger" : "btn";
  const run = () => {
    ask(false);
    onRun(listing.ids.filter((id) => selected.has(id)));
    clear();
  };
  return (
    <>
      <button type="button" className={`${look} btn-sm`} onClick={() => (confirm ? ask(true) : run())}>
        {t(label)}
      </button>
      <Sheet title={t(label)} isOpen={isAsked} onClose={() => ask(false)}
        footer={<>
          <button type="button" className="btn" onClick={() => ask(false)}>{t("Cancel")}</button>
          <button type="button" className={`${look} btn-primary`} onClick={run}>{t(label)}</button>
        </>}>
        <p>{t(confirm, { n: selected.size })}</p>
      </Sheet>
    </>
  );
}
