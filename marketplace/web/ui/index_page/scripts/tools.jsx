// Above the rows: search, filters, columns; on phones search and one button for the rest.
import { Columns3, Search, SlidersHorizontal } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { useCount, useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { useIndex } from "./context.js";
import { Editor, FilterChips } from "./filters.jsx";
import { Popover } from "./popover.jsx";
import { Sheet } from "./sheet.jsx";
import { value } from "./url.js";

const PAUSE = 300;

export function Tools() {
  const { spec, isPhone } = useIndex();
  return (
    <div className="index-tools">
      {spec.searches && <SearchBox />}
      {isPhone ? <PhoneTools /> : <FilterChips />}
      {!isPhone && <ColumnChoice />}
    </div>
  );
}

// Follows the URL unless the change is its own; a search replaces the one before it, so that
// Back leaves the list instead of walking through half-typed words.
function SearchBox() {
  const t = useText();
  const id = useId();
  const { spec, search, go } = useIndex();
  const asked = value(search, "q");
  const field = useRef(null);
  const timer = useRef(0);
  const sent = useRef(asked);
  useEffect(() => {
    if (asked !== sent.current) field.current.value = asked;
    sent.current = asked;
  }, [asked]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const find = (text) => {
    clearTimeout(timer.current);
    if (text.trim() === asked) return;
    sent.current = text.trim();
    go({ q: text.trim() }, { replace: asked !== "" && text !== "" });
  };
  const later = (event) => {
    const text = event.target.value;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => find(text), PAUSE);
  };
  return (
    <form role="search" className="index-search" onSubmit={(event) => {
      event.preventDefault();
      find(field.current.value);
    }}>
      <label htmlFor={id} className="visually-hidden">{t(spec.searches)}</label>
      <Search size={16} strokeWidth={1.75} aria-hidden="true" />
      <input ref={field} id={id} type="search" className="input" placeholder={t(spec.searches)}
        maxLength={200} autoComplete="off" data-search defaultValue={asked} onChange={later} />
    </form>
  );
}

function ColumnChoice() {
  const t = useText();
  const { spec, hidden, hide } = useIndex();
  const toggle = (key) =>
    hide(hidden.includes(key) ? hidden.filter((each) => each !== key) : [...hidden, key]);
  if (spec.columns.length < 3) return null;
  return (
    <span className="index-columns">
      <Popover label={t("Columns")} className="btn btn-quiet btn-sm"
        trigger={<><Columns3 size={14} strokeWidth={1.75} aria-hidden="true" />{t("Columns")}</>}>
        <fieldset className="index-editor">
          <legend className="label">{t("Columns")}</legend>
          {spec.columns.slice(1).map((column) => (
            <label key={column.key} className="check">
              <input type="checkbox" checked={!hidden.includes(column.key)}
                onChange={() => toggle(column.key)} />
              {t(column.label)}
            </label>
          ))}
          <button type="button" className="btn btn-sm" onClick={() => hide(null)}>{t("Reset")}</button>
        </fieldset>
      </Popover>
    </span>
  );
}

function PhoneTools() {
  const t = useText();
  const tn = useCount();
  const { spec, used, listing, isPicking, pick, toggleAll } = useIndex();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="btn" onClick={() => setOpen(true)}>
        <SlidersHorizontal size={16} strokeWidth={1.75} aria-hidden="true" />
        {t("Filter")}
        {used.length > 0 && <span className="pill pill-accent">{used.length}</span>}
      </button>
      {spec.hasBulk && (
        <button type="button" className="btn btn-quiet" aria-pressed={isPicking} onClick={pick}>
          {isPicking ? t("Stop selecting") : t("Select")}
        </button>
      )}
      {spec.hasBulk && isPicking && (
        <button type="button" className="btn btn-quiet" onClick={toggleAll}>
          {t("Select this page")}
        </button>
      )}
      <Sheet title={t("Filter and sort")} isOpen={isOpen} onClose={() => setOpen(false)}
        footer={<button type="button" className="btn btn-primary btn-block" onClick={() => setOpen(false)}>
          {tn("Show {n} result", "Show {n} results", listing.total)}</button>}>
        <div className="stack">
          <SortChoice />
          {spec.filters.map((filter) => <Editor key={filter.key} filter={filter} />)}
        </div>
      </Sheet>
    </>
  );
}

function SortChoice() {
  const t = useText();
  const id = useId();
  const { spec, sort, go } = useIndex();
  const orders = spec.columns.filter((column) => column.sort).flatMap((column) => [
    { value: column.sort, label: t("{name}, ascending", { name: t(column.label) }) },
    { value: `-${column.sort}`, label: t("{name}, descending", { name: t(column.label) }) },
  ]);
  if (orders.length === 0) return null;
  return (
    <div className="field">
      <label className="label" htmlFor={id}>{t("Sort by")}</label>
      <select id={id} className="select" value={sort} onChange={(event) => go({ sort: event.target.value })}>
        {orders.map((order) => <option key={order.value} value={order.value}>{order.label}</option>)}
      </select>
    </div>
  );
}
