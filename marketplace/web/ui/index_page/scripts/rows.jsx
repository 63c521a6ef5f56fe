// One row: a line of the table, or a card on phones.
import { Children } from "react";
import { Link, useNavigate } from "react-router";
import { useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { useIndex } from "./context.js";

const ACTS_ITSELF = "a, button, input, select, label, [role=menuitem], [role=dialog]";

export function IndexRow({ rowId, name, href, onOpen, children }) {
  const { isPhone, isPicking, spec, selected, toggle } = useIndex();
  const navigate = useNavigate();
  const [actions, ...cells] = Children.toArray(children);
  const isOn = selected.has(rowId);
  const open = (event) => {
    if (event.target.closest(ACTS_ITSELF) || window.getSelection()?.toString()) return;
    if (isPhone && isPicking) toggle(rowId);
    else if (href && (event.ctrlKey || event.metaKey)) window.open(href);
    else if (href) navigate(href);
    else onOpen?.();
  };
  const tick = spec.hasBulk && (!isPhone || isPicking) && <Tick id={rowId} name={name} />;
  const Row = isPhone ? "li" : "tr";
  const Cell = isPhone ? "div" : "td";
  const [first, ...rest] = cells;
  return (
    <Row className={isPhone ? "index-card" : "index-row"} data-row={rowId} onClick={open}
      data-opens={href || onOpen ? true : undefined} aria-selected={isPhone ? undefined : isOn}>
      {tick && <Cell className="index-tick">{tick}</Cell>}
      {first && <Title href={href} onOpen={onOpen} isPhone={isPhone}>{first}</Title>}
      {rest}
      <Cell className="index-actions">{actions}</Cell>
    </Row>
  );
}

function Title({ href, onOpen, isPhone, children }) {
  const inside = href
    ? <Link className="index-link" to={href}>{children}</Link>
    : onOpen
      ? <button type="button" className="index-link" onClick={() => onOpen()}>{children}</button>
      : <span className="index-link" tabIndex={-1}>{children}</span>;
  return isPhone
    ? <div className="index-title">{inside}</div>
    : <th scope="row" className="index-title">{inside}</th>;
}

export function IndexCell({ column, children }) {
  const t = useText();
  const { spec, hidden, isPhone } = useIndex();
  const { label, isNumber, onPhone } = spec.columns.find((each) => each.key === column);
  if (column === spec.columns[0].key) return children;
  if (isPhone) {
    if (onPhone === "hidden") return null;
    if (onPhone === "status") return <div className="index-status">{children}</div>;
    return <div className="index-fact"><span className="meta">{t(label)}</span><span>{children}</span></div>;
  }
  if (hidden.includes(column)) return null;
  return <td className={isNumber ? "num" : undefined}>{children}</td>;
}

export const IndexRowActions = ({ children }) => <div className="index-quick">{children}</div>;

function Tick({ id, name }) {
  const t = useText();
  const { selected, toggle } = useIndex();
  return (
    <label className="index-box">
      <input type="checkbox" checked={selected.has(id)} aria-label={t("Select {name}", { name })}
        onClick={(event) => toggle(id, event.shiftKey)} onChange={() => {}} />
    </label>
  );
}
