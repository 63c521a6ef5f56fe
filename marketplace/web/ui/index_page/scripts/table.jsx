// The rows: as a table, as cards on phones, or what to show while there are none.
import { ArrowDown, ArrowUp, ChevronLeft, ChevronRight, ChevronsUpDown } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { useNumber, useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { mayTakeAll, SelectionBar, TakeAll } from "./bulk.jsx";
import { useIndex } from "./context.js";

const SIZES = [25, 50];
const BONES = 8;

export function Table({ bulk, children }) {
  const t = useText();
  const index = useIndex();
  const { spec, hidden, isPhone, isWaiting, isFresh, selected } = index;
  const shown = spec.columns.filter((column) => !hidden.includes(column.key));
  if (isPhone) {
    return (
      <div className="index-phone" data-waiting={isWaiting || undefined} aria-busy={isWaiting}>
        {isFresh ? <CardBones /> : <ul className="index-cards" aria-label={t(spec.title)}>{children}</ul>}
        {selected.size > 0 && <SelectionBar bulk={bulk} />}
        <Footer />
      </div>
    );
  }
  return (
    <div className="card index-frame" data-waiting={isWaiting || undefined} aria-busy={isWaiting}>
      {selected.size > 0 && <SelectionBar bulk={bulk} />}
      <div className="table-wrap">
        <table className="table index-table" data-picked={selected.size > 0 || undefined}>
          <caption className="visually-hidden">{t(spec.title)}</caption>
          <thead>
            <tr>
              {spec.hasBulk && <td className="index-tick"><TickAll /></td>}
              {shown.map((column) => <Head key={column.key} column={column} />)}
              <td className="index-actions"><span className="visually-hidden">{t("Actions")}</span></td>
            </tr>
          </thead>
          <tbody>
            {mayTakeAll(index) && <AllRow span={shown.length + 2} />}
            {isFresh ? <Bones count={shown.length} hasBulk={spec.hasBulk} /> : children}
          </tbody>
        </table>
      </div>
      <Footer />
    </div>
  );
}

function AllRow({ span }) {
  const t = useText();
  const { isAll } = useIndex();
  return (
    <tr className="index-all">
      <td colSpan={span}>
        {isAll ? t("Everything on all pages is selected.") : t("Everything on this page is selected.")}{" "}
        <TakeAll />
      </td>
    </tr>
  );
}

function Head({ column }) {
  const t = useText();
  const { sort, go } = useIndex();
  const look = column.isNumber ? "num" : undefined;
  if (!column.sort) return <th scope="col" className={look}>{t(column.label)}</th>;
  const isUp = sort === column.sort;
  const isDown = sort === `-${column.sort}`;
  const Arrow = isUp ? ArrowUp : isDown ? ArrowDown : ChevronsUpDown;
  return (
    <th scope="col" className={look} aria-sort={isUp ? "ascending" : isDown ? "descending" : undefined}>
      <button type="button" className="index-sort" data-on={isUp || isDown || undefined}
        onClick={() => go({ sort: isUp ? `-${column.sort}` : column.sort })}>
        {t(column.label)}<Arrow size={12} strokeWidth={2} aria-hidden="true" />
      </button>
    </th>
  );
}

export function TickAll() {
  const t = useText();
  const { listing, selected, toggleAll } = useIndex();
  const box = useRef(null);
  const isAll = listing.ids.length > 0 && listing.ids.every((id) => selected.has(id));
  useEffect(() => {
    box.current.indeterminate = selected.size > 0 && !isAll;
  });
  return (
    <label className="index-box">
      <input ref={box} type="checkbox" checked={isAll} onChange={toggleAll}
        aria-label={t("Select all rows on this page")} />
    </label>
  );
}

function Bones({ count, hasBulk }) {
  return Array.from({ length: BONES }, (_, row) => (
    <tr key={row} className="index-bone" aria-hidden="true">
      {hasBulk && <td className="index-tick" />}
      {Array.from({ length: count + 1 }, (_, cell) => <td key={cell}><span /></td>)}
    </tr>
  ));
}

const CardBones = () => (
  <ul className="index-cards" aria-hidden="true">
    {Array.from({ length: 4 }, (_, row) => <li key={row} className="index-card index-bone"><span /><span /></li>)}
  </ul>
);

function Footer() {
  const t = useText();
  const number = useNumber();
  const id = useId();
  const { listing, isFresh, go } = useIndex();
  const { total, page, size } = listing;
  const pages = Math.max(1, Math.ceil(total / size));
  if (isFresh || total === 0) return null;
  const words = {
    from: number((page - 1) * size + 1), to: number(Math.min(page * size, total)), total: number(total),
  };
  return (
    <nav className="index-foot" aria-label={t("Pages")}>
      <span className="count" aria-live="polite">{t("{from}–{to} of {total}", words)}</span>
      {total > SIZES[0] && (
        <label className="index-size meta" htmlFor={id}>{t("Rows")}
          <select id={id} className="select" value={size} onChange={(event) => go({ size: event.target.value })}>
            {SIZES.map((each) => <option key={each} value={each}>{each}</option>)}
          </select>
        </label>
      )}
      {pages > 1 && <Pager page={page} pages={pages} go={go} />}
    </nav>
  );
}

function Pager({ page, pages, go }) {
  const t = useText();
  const near = Array.from({ length: pages }, (_, index) => index + 1)
    .filter((each) => pages <= 200 || Math.abs(each - page) < 100 || each === 1 || each === pages);
  return (
    <span className="index-pager">
      <button type="button" className="btn btn-icon" disabled={page <= 1} aria-label={t("Previous page")}
        onClick={() => go({ page: page - 1 })}>
        <ChevronLeft size={18} strokeWidth={1.75} aria-hidden="true" />
      </button>
      <select className="select" aria-label={t("Page")} value={page}
        onChange={(event) => go({ page: event.target.value })}>
        {near.map((each) => <option key={each} value={each}>{t("{page} of {pages}", { page: each, pages })}</option>)}
      </select>
      <button type="button" className="btn btn-icon" disabled={page >= pages} aria-label={t("Next page")}
        onClick={() => go({ page: page + 1 })}>
        <ChevronRight size={18} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </span>
  );
}
