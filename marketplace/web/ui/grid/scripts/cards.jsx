// The same rows on a phone: a card for each, opened to edit its fields.
import { ChevronDown } from "lucide-react";
import { useId, useState } from "react";
import { setCell } from "./cells.js";

export function Cards({ columns, rows, onChange, summary }) {
  return (
    <ul className="grid-cards">
      {rows.map((row, index) => (
        <Card key={row.id} row={row} columns={columns} summary={summary(row)}
          onSet={(column, text) => onChange(setCell(rows, columns, { row: index, column }, text))} />
      ))}
    </ul>
  );
}

function Card({ row, columns, summary, onSet }) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const hasFault = Object.keys(row.faults ?? {}).length > 0;
  return (
    <li className={`grid-card${hasFault ? " is-bad" : ""}`}>
      <button type="button" className="grid-card-head" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        <strong>{row.title}</strong>
        <span className="meta">{summary}</span>
        <ChevronDown size={16} strokeWidth={1.75} aria-hidden="true" />
      </button>
      {isOpen && (
        <div id={id} className="grid-card-body">
          {columns.map((column, at) => column.kind === "tick" ? (
            <label key={column.key} className="check">
              <input type="checkbox" checked={Boolean(row.cells[column.key])} onChange={(event) => onSet(at, event.target.checked ? "1" : "")} />
              {column.label}
            </label>
          ) : (
            <label key={column.key} className="field">
              <span className="label">{column.label}</span>
              <Field column={column} row={row} onSet={(text) => onSet(at, text)} />
              {row.faults?.[column.key] && <span className="error">{row.faults[column.key]}</span>}
              {row.notes?.[column.key] && <span className="hint">{row.notes[column.key]}</span>}
            </label>
          ))}
        </div>
      )}
    </li>
  );
}

// keeps what is being typed to itself, because a cell is trimmed when it is set
function Field({ column, row, onSet }) {
  const kept = row.cells[column.key] ?? "";
  const [typed, type] = useState(null);
  return (
    <input className="input" value={typed ?? kept} autoComplete="off" placeholder={column.empty} maxLength={column.most ?? 80}
      disabled={column.kind === "fixed" || row.closed?.includes(column.key)} aria-invalid={Boolean(row.faults?.[column.key])}
      inputMode={column.kind === "amount" ? "decimal" : column.kind === "whole" ? "numeric" : "text"}
      onChange={(event) => { type(event.target.value); onSet(event.target.value); }} onBlur={() => type(null)} />
  );
}
