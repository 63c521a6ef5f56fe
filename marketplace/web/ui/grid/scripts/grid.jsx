// An editable grid in the manner of a spreadsheet: arrows, F2 or typing to edit, fill down, paste.
// The rows belong to whoever uses it; a change is told at once and comes back as new rows.
import { memo, useEffect, useRef, useState } from "react";
import { useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import {
  boundsOf, clear, copy, fillDown, moved, paste, readTable, setCell, textOf, valueOf, writeTable,
} from "./cells.js";

const MOVES = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Home", "End"]);

// columns: {key, label, kind, most, mode, hint}; rows: {id, name, cells, closed, faults, notes}
export function Grid({ label, columns, rows, onChange, onUndo, onRedo }) {
  const t = useText();
  const frame = useRef(null);
  const [selection, select] = useState({ anchor: { row: 0, column: 0 }, focus: { row: 0, column: 0 } });
  const [typed, type] = useState(null); // the text of the cell being edited; null: none
  const drag = useRef(false);
  const at = inside(selection.focus, rows, columns);
  const box = boundsOf({ anchor: inside(selection.anchor, rows, columns), focus: at });
  const isEditing = typed !== null;

  const go = (to, extends_) => select({ anchor: extends_ ? selection.anchor : to, focus: to });
  const focusCell = (to) => frame.current
    ?.querySelector(`[data-at="${to.row}:${to.column}"]`)?.focus({ preventScroll: false });
  const isClosed = (to) => columns[to.column].kind === "fixed" || rows[to.row].closed?.includes(columns[to.column].key);
  const edit = (text) => { if (!isClosed(at) && columns[at.column].kind !== "tick") type(text); };
  const finish = (to) => {
    if (typed !== null && valueOf(columns[at.column], typed) !== rows[at.row].cells[columns[at.column].key]) {
      onChange(setCell(rows, columns, at, typed));
    }
    type(null);
    go(to);
    focusCell(to);
  };
  const here = { anchor: inside(selection.anchor, rows, columns), focus: at };

  const pressInCell = (event) => {
    const { row, column } = at;
    if (event.key === "Enter") finish({ row: Math.min(row + 1, rows.length - 1), column });
    else if (event.key === "Tab") {
      const to = { row, column: column + (event.shiftKey ? -1 : 1) };
      if (to.column < 0 || to.column >= columns.length) return;
      finish(to);
    } else if (event.key === "Escape") { type(null); focusCell(at); } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const press = (event) => {
    if (isEditing) return pressInCell(event);
    const command = event.metaKey || event.ctrlKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (MOVES.has(event.key)) {
      const to = moved(at, event.key, { rows: rows.length, columns: columns.length, isFar: command });
      go(to, event.shiftKey);
      focusCell(to);
    } else if (command && key === "z") (event.shiftKey ? onRedo : onUndo)();
    else if (command && key === "y") onRedo();
    else if (command && key === "d") onChange(fillDown(rows, columns, here));
    else if (command && key === "a") {
      select({ anchor: { row: 0, column: 0 }, focus: { row: rows.length - 1, column: columns.length - 1 } });
    } else if (command) return undefined;
    else if (event.key === "F2" || event.key === "Enter") edit(textOf(columns[at.column], rows[at.row]));
    else if (event.key === "Delete" || event.key === "Backspace") onChange(clear(rows, columns, here));
    else if (columns[at.column].kind === "tick" && event.key === " ") {
      onChange(setCell(rows, columns, at, rows[at.row].cells[columns[at.column].key] ? "" : "1"));
    } else if (event.key.length === 1 && event.key !== " ") edit(event.key);
    else return undefined;
    event.preventDefault();
    event.stopPropagation();
    return undefined;
  };
  const take = (event) => {
    if (isEditing) return;
    const text = event.clipboardData?.getData("text/plain");
    if (!text) return;
    event.preventDefault();
    onChange(paste(rows, columns, here, readTable(text)));
  };
  const give = (event) => {
    if (isEditing) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", writeTable(copy(rows, columns, here)));
  };
  // the letter that began the edit is in the field already; the caret stands behind it
  const point = (event) => {
    const cell = event.target.closest("[data-at]");
    if (!cell || event.target.tagName === "INPUT") return;
    const [row, column] = cell.dataset.at.split(":").map(Number);
    if (isEditing) finish({ row, column });
    else go({ row, column }, event.shiftKey);
    drag.current = event.pointerType === "mouse";
  };
  const sweep = (event) => {
    if (!drag.current || isEditing || event.buttons !== 1) return;
    const cell = event.target.closest?.("[data-at]");
    if (!cell) return;
    const [row, column] = cell.dataset.at.split(":").map(Number);
    if (row !== at.row || column !== at.column) select({ anchor: here.anchor, focus: { row, column } });
  };

  return (
    <div className="grid-frame" ref={frame} onKeyDown={press} onPaste={take} onCopy={give}
      onPointerDown={point} onPointerOver={sweep} onPointerUp={() => { drag.current = false; }}>
      <table role="grid" className="cell-grid" aria-label={label} aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1} aria-multiselectable="true">
        <thead>
          <tr role="row" aria-rowindex={1}>
            <th role="columnheader" className="grid-name">{t("Variant")}</th>
            {columns.map((column) => (
              <th key={column.key} role="columnheader" className={`grid-${column.kind}`} title={column.hint}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => {
            const isIn = index >= box.top && index <= box.bottom;
            return (
              <Row key={row.id} row={row} index={index} columns={columns}
                left={isIn ? box.left : -1} right={isIn ? box.right : -1}
                active={at.row === index ? at.column : -1}
                typed={isEditing && at.row === index ? typed : null} onType={type}
                onLeave={() => finish(at)} onEdit={() => edit(textOf(columns[at.column], rows[at.row]))}
                onTick={(column, value) => onChange(setCell(rows, columns, { row: index, column }, value))} />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const inside = (place, rows, columns) => ({
  row: Math.max(0, Math.min(place.row, rows.length - 1)),
  column: Math.max(0, Math.min(place.column, columns.length - 1)),
});

// the functions change with every stroke, what a row shows does not
const isSame = (before, after) => {
  const shown = ["row", "index", "columns", "left", "right", "active", "typed"];
  return after.active === -1 && shown.every((name) => before[name] === after[name]) && after.fresh === before.fresh;
};

const Row = memo(function Row({ row, index, columns, left, right, active, typed, onType, onLeave, onEdit, onTick }) {
  return (
    <tr role="row" aria-rowindex={index + 2} className={row.cells.is_active === false ? "grid-off" : undefined}>
      <th role="rowheader" scope="row" className="grid-name">{row.title}</th>
      {columns.map((column, at) => {
        const isActive = active === at;
        const fault = row.faults?.[column.key];
        const isClosed = column.kind === "fixed" || row.closed?.includes(column.key);
        return (
          <td key={column.key} role="gridcell" data-at={`${index}:${at}`} tabIndex={isActive || (index === 0 && at === 0 && active === -1) ? 0 : -1}
            aria-selected={at >= left && at <= right} aria-readonly={isClosed || undefined}
            aria-invalid={fault ? true : undefined} title={fault || row.notes?.[column.key]}
            aria-colindex={at + 2} onDoubleClick={onEdit}
            className={[`grid-cell grid-${column.kind}`, at >= left && at <= right && "is-in", isActive && "is-at",
              fault && "is-bad", isClosed && "is-closed"].filter(Boolean).join(" ")}>
            {column.kind === "tick"
              ? <input type="checkbox" tabIndex={-1} checked={Boolean(row.cells[column.key])} aria-label={`${column.label}, ${row.title}`}
                  onChange={(event) => onTick(at, event.target.checked ? "1" : "")} />
              : isActive && typed !== null
                ? <CellInput value={typed} column={column} name={`${column.label}, ${row.title}`} onType={onType} onLeave={onLeave} />
                : <span>{row.cells[column.key] || (column.kind === "fixed" ? "" : <i>{column.empty ?? ""}</i>)}</span>}
          </td>
        );
      })}
    </tr>
  );
}, isSame);

function CellInput({ value, column, name, onType, onLeave }) {
  const box = useRef(null);
  useEffect(() => {
    box.current.focus();
    box.current.setSelectionRange(value.length, value.length);
  }, []);
  return (
    <input ref={box} value={value} aria-label={name} maxLength={column.most ?? 80} autoComplete="off" spellCheck={false}
      inputMode={column.kind === "amount" ? "decimal" : column.kind === "whole" ? "numeric" : "text"}
      onChange={(event) => onType(event.target.value)} onBlur={onLeave} />
  );
}
