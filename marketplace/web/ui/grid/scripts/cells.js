// What happens to the rows of an editable grid, without a browser: every function returns new rows
// and leaves the old ones alone, so that undo only has to keep them.

export const KINDS = { text: "text", amount: "amount", whole: "whole", tick: "tick", fixed: "fixed" };
const YES = new Set(["1", "true", "yes", "y", "on", "x", "✓", "是", "有", "真"]);
const MOST_STEPS = 100;

// A block of cells as a spreadsheet puts it on the clipboard: tabs, lines, quotes around what has either.
export function readTable(text) {
  const rows = [[]];
  let cell = "";
  let isQuoted = false;
  const source = text.replace(/\r\n?/g, "\n");
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at];
    if (isQuoted) {
      if (sign === '"' && source[at + 1] === '"') { cell += '"'; at += 1; }
      else if (sign === '"') isQuoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === "") isQuoted = true;
    else if (sign === "\t") { rows.at(-1).push(cell); cell = ""; }
    else if (sign === "\n") { rows.at(-1).push(cell); cell = ""; rows.push([]); }
    else cell += sign;
  }
  rows.at(-1).push(cell);
  const last = rows.at(-1);
  if (rows.length > 1 && last.length === 1 && last[0] === "") rows.pop();
  return rows;
}

export function writeTable(table) {
  const quoted = (cell) => (/["\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return table.map((row) => row.map((cell) => quoted(String(cell))).join("\t")).join("\n");
}

export function boundsOf({ anchor, focus }) {
  return {
    top: Math.min(anchor.row, focus.row), bottom: Math.max(anchor.row, focus.row),
    left: Math.min(anchor.column, focus.column), right: Math.max(anchor.column, focus.column),
  };
}

const isOpen = (column, row) =>
  column.kind !== KINDS.fixed && !(row.closed ?? []).includes(column.key);

// What a cell keeps of a text: a tick reads yes and no, a line has no breaks.
export function valueOf(column, text) {
  if (column.kind === KINDS.tick) return YES.has(String(text).trim().toLowerCase());
  return String(text).replace(/\s*\n\s*/g, " ").trim().slice(0, column.most ?? 80);
}

export const textOf = (column, row) => {
  const value = row.cells[column.key];
  return column.kind === KINDS.tick ? (value ? "1" : "0") : String(value ?? "");
};

function changed(rows, edits) {
  if (!edits.length) return rows;
  const byRow = new Map();
  edits.forEach(({ row, key, value }) => byRow.set(row, { ...byRow.get(row), [key]: value }));
  return rows.map((row, at) => (byRow.has(at) ? { ...row, cells: { ...row.cells, ...byRow.get(at) } } : row));
}

export function setCell(rows, columns, at, text) {
  const column = columns[at.column];
  if (!isOpen(column, rows[at.row])) return rows;
  return changed(rows, [{ row: at.row, key: column.key, value: valueOf(column, text) }]);
}

// From the upper left corner of the selection; one value fills the whole selection, a block that
// fits it several times is repeated, what would stick out below or at the right is left away.
export function paste(rows, columns, selection, table) {
  const box = boundsOf(selection);
  const height = table.length;
  const width = Math.max(...table.map((row) => row.length));
  const tall = box.bottom - box.top + 1;
  const wide = box.right - box.left + 1;
  const down = tall % height === 0 ? tall : height;
  const across = wide % width === 0 ? wide : width;
  const edits = [];
  for (let y = 0; y < down && box.top + y < rows.length; y += 1) {
    for (let x = 0; x < across && box.left + x < columns.length; x += 1) {
      const column = columns[box.left + x];
      const text = table[y % height][x % width];
      if (text !== undefined && isOpen(column, rows[box.top + y])) {
        edits.push({ row: box.top + y, key: column.key, value: valueOf(column, text) });
      }
    }
  }
  return changed(rows, edits);
}

// The first row of the selection into all below it; with one row selected, from the row above.
export function fillDown(rows, columns, selection) {
  const box = boundsOf(selection);
  const from = box.top === box.bottom ? box.top - 1 : box.top;
  if (from < 0) return rows;
  const edits = [];
  for (let row = from + 1; row <= box.bottom; row += 1) {
    for (let at = box.left; at <= box.right; at += 1) {
      const column = columns[at];
      if (isOpen(column, rows[row])) edits.push({ row, key: column.key, value: rows[from].cells[column.key] });
    }
  }
  return changed(rows, edits);
}

export function clear(rows, columns, selection) {
  const box = boundsOf(selection);
  const edits = [];
  for (let row = box.top; row <= box.bottom; row += 1) {
    for (let at = box.left; at <= box.right; at += 1) {
      if (isOpen(columns[at], rows[row]) && columns[at].kind !== KINDS.tick) {
        edits.push({ row, key: columns[at].key, value: "" });
      }
    }
  }
  return changed(rows, edits);
}

export function copy(rows, columns, selection) {
  const box = boundsOf(selection);
  return rows.slice(box.top, box.bottom + 1)
    .map((row) => columns.slice(box.left, box.right + 1).map((column) => textOf(column, row)));
}

// One value into a column of all rows that `picks` says yes to.
export function apply(rows, column, text, picks) {
  return changed(rows, rows.flatMap((row, at) =>
    picks(row) && isOpen(column, row) ? [{ row: at, key: column.key, value: valueOf(column, text) }] : []));
}

export const begin = (present) => ({ past: [], present, future: [] });

export function step(history, present) {
  if (present === history.present) return history;
  return { past: [...history.past, history.present].slice(-MOST_STEPS), present, future: [] };
}

export function undo(history) {
  if (!history.past.length) return history;
  return {
    past: history.past.slice(0, -1), present: history.past.at(-1), future: [history.present, ...history.future],
  };
}

export function redo(history) {
  if (!history.future.length) return history;
  const [present, ...future] = history.future;
  return { past: [...history.past, history.present], present, future };
}

export function moved(at, key, { rows, columns, isFar }) {
  const clamp = (value, most) => Math.max(0, Math.min(most - 1, value));
  const [down, right] = {
    ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
    PageUp: [-10, 0], PageDown: [10, 0], Home: [0, -columns], End: [0, columns],
  }[key] ?? [0, 0];
  const reach = isFar ? 1e6 : 1;
  return { row: clamp(at.row + down * reach, rows), column: clamp(at.column + right * reach, columns) };
}
