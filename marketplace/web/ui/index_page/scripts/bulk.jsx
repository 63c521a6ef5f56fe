// What can be done with the ticked rows, in place of the table's head.
import { X } from "lucide-react";
import { useState } from "react";
import { useCount, useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { useIndex } from "./context.js";
import { Sheet } from "./sheet.jsx";

export function SelectionBar({ bulk }) {
  const t = useText();
  const tn = useCount();
  const { listing, selected, isAll, isPhone, clear } = useIndex();
  return (
    <div className="index-selection" role="toolbar" aria-label={t("Selected rows")}>
      <strong aria-live="polite">
        {isAll ? tn("All {n} selected", "All {n} selected", listing.total)
          : tn("{n} selected", "{n} selected", selected.size)}
      </strong>
      {isPhone && <TakeAll />}
      <span className="index-bulk">{bulk}</span>
      <button type="button" className="btn btn-icon" onClick={clear} aria-label={t("Clear selection")}>
        <X size={18} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </div>
  );
}

export function mayTakeAll({ spec, listing, selected }) {
  const isWholePage = listing.ids.length > 0 && listing.ids.every((id) => selected.has(id));
  return spec.canTakeAll && isWholePage && listing.total > listing.ids.length;
}

// From the rows of this page to everything that the list has on all its pages, and back.
export function TakeAll() {
  const t = useText();
  const tn = useCount();
  const index = useIndex();
  const { listing, isAll, takeAll } = index;
  if (!mayTakeAll(index)) return null;
  return (
    <button type="button" className="index-take-all" onClick={() => takeAll(!isAll)}>
      {isAll ? t("Only this page")
        : tn("Select all {n} matching", "Select all {n} matching", listing.total)}
    </button>
  );
}

export function BulkAction({ label, confirm, danger, asks, onRun, onRunAll }) {
  const t = useText();
  const { selected, clear, isAll, listing } = useIndex();
  const [isAsked, ask] = useState(false);
  const look = danger ? "btn btn-danger" : "btn";
  const question = confirm || (isAll && !asks && N_("This is done with all {n} in the background."));
  const run = () => {
    ask(false);
    if (isAll) onRunAll();
    else onRun(listing.ids.filter((id) => selected.has(id)));
    clear();
  };
  if (isAll && !onRunAll) return null;
  return (
    <>
      <button type="button" className={`${look} btn-sm`} onClick={() => (question ? ask(true) : run())}>
        {t(label)}
      </button>
      <Sheet title={t(label)} isOpen={isAsked} onClose={() => ask(false)}
        footer={<>
          <button type="button" className="btn" onClick={() => ask(false)}>{t("Cancel")}</button>
          <button type="button" className={`${look} btn-primary`} onClick={run}>{t(label)}</button>
        </>}>
        {question && <p>{t(question, { n: isAll ? listing.total : selected.size })}</p>}
      </Sheet>
    </>
  );
}

const N_ = (message) => message;
