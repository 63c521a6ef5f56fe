// The editor's grid and content without a browser; run by test_listing_scripts.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as grid from "../../../marketplace/web/ui/grid/scripts/cells.js";
import * as model from "../../../marketplace/web/seller/listings/scripts/model.js";

// a small generator of its own, so that a failure can be seen again
function dice(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (list) => list[Math.floor(next() * list.length)],
  };
}
const each = (count, body) => { for (let seed = 1; seed <= count; seed += 1) body(dice(seed), seed); };

const COLUMNS = [
  { key: "sku", kind: "text" }, { key: "price", kind: "amount" }, { key: "made", kind: "fixed" },
  { key: "stock", kind: "whole" }, { key: "on", kind: "tick" },
];
const WORDS = ["", "a", "59.90", "red\tblue", "line\nbreak", 'say "so"', "  x ", "是", "0"];
const rowsOf = (roll, count) => Array.from({ length: count }, (_, at) => ({
  id: `r${at}`, closed: roll.whole(0, 5) ? [] : ["stock"],
  cells: { sku: `S${at}`, price: String(roll.whole(1, 99)), made: "m", stock: String(at), on: roll.whole(0, 1) === 1 },
}));
const placeIn = (roll, count) => ({ row: roll.whole(0, count - 1), column: roll.whole(0, COLUMNS.length - 1) });

test("a table that is written reads back the same", () => each(300, (roll) => {
  const wide = roll.whole(1, 4);
  const table = Array.from({ length: roll.whole(1, 5) }, () => Array.from({ length: wide }, () => roll.pick(WORDS)));
  if (table.length === 1 && table[0].every((cell) => cell === "")) return; // an empty line says nothing
  if (wide === 1 && table.at(-1)[0] === "") return; // the last line break belongs to no cell
  assert.deepEqual(grid.readTable(grid.writeTable(table)), table);
}));

test("a spreadsheet's last line break makes no row", () => {
  assert.deepEqual(grid.readTable("1\t2\r\n3\t4\r\n"), [["1", "2"], ["3", "4"]]);
});

test("pasting changes no row's number, no fixed and no closed cell, and nothing outside its block", () => each(300, (roll) => {
  const rows = rowsOf(roll, roll.whole(1, 8));
  const selection = { anchor: placeIn(roll, rows.length), focus: placeIn(roll, rows.length) };
  const table = Array.from({ length: roll.whole(1, 4) }, () => Array.from({ length: roll.whole(1, 3) }, () => roll.pick(WORDS)));
  const after = grid.paste(rows, COLUMNS, selection, table);
  const box = grid.boundsOf(selection);
  const down = Math.max(box.bottom - box.top + 1, table.length);
  const across = Math.max(box.right - box.left + 1, ...table.map((row) => row.length));
  assert.equal(after.length, rows.length);
  rows.forEach((row, y) => COLUMNS.forEach(({ key, kind }, x) => {
    const isInside = y >= box.top && y < box.top + down && x >= box.left && x < box.left + across;
    if (!isInside || kind === "fixed" || row.closed.includes(key)) assert.equal(after[y].cells[key], row.cells[key]);
  }));
}));

test("one value pasted fills the whole selection", () => {
  const rows = rowsOf(dice(7), 4).map((row) => ({ ...row, closed: [] }));
  const selection = { anchor: { row: 1, column: 1 }, focus: { row: 3, column: 1 } };
  const after = grid.paste(rows, COLUMNS, selection, [["9.50"]]);
  assert.deepEqual(after.map((row) => row.cells.price).slice(1), ["9.50", "9.50", "9.50"]);
  assert.equal(after[0], rows[0]);
});

test("filling down gives every open cell the value of the first row", () => each(200, (roll) => {
  const rows = rowsOf(roll, roll.whole(2, 8));
  const selection = { anchor: placeIn(roll, rows.length), focus: placeIn(roll, rows.length) };
  const box = grid.boundsOf(selection);
  const from = box.top === box.bottom ? box.top - 1 : box.top;
  const after = grid.fillDown(rows, COLUMNS, selection);
  if (from < 0) { assert.equal(after, rows); return; }
  for (let y = from + 1; y <= box.bottom; y += 1) {
    for (let x = box.left; x <= box.right; x += 1) {
      const { key, kind } = COLUMNS[x];
      const isOpen = kind !== "fixed" && !rows[y].closed.includes(key);
      assert.equal(after[y].cells[key], (isOpen ? rows[from] : rows[y]).cells[key]);
    }
  }
}));

test("as many undos as there were steps lead back to the beginning, as many redos to the end", () => each(100, (roll) => {
  const first = rowsOf(roll, 4);
  let history = grid.begin(first);
  const steps = roll.whole(1, 30);
  for (let at = 0; at < steps; at += 1) {
    history = grid.step(history, grid.setCell(history.present, COLUMNS, { row: roll.whole(0, 3), column: 0 }, `v${at}`));
  }
  const last = history.present;
  for (let at = 0; at < steps; at += 1) history = grid.undo(history);
  assert.equal(history.present, first);
  assert.equal(grid.undo(history), history);
  for (let at = 0; at < steps; at += 1) history = grid.redo(history);
  assert.equal(history.present, last);
}));

test("apply to all that are red touches the red ones alone", () => {
  const rows = ["Red", "Blue", "Red"].map((colour, at) => ({ id: `r${at}`, values: [colour], cells: { price: "1" } }));
  const after = grid.apply(rows, COLUMNS[1], "2", (row) => row.values[0] === "Red");
  assert.deepEqual(after.map((row) => row.cells.price), ["2", "1", "2"]);
});

test("an amount that is written reads back the same, in every number of decimals", () => each(300, (roll) => {
  const digits = roll.pick([0, 2, 3]);
  const minor = roll.whole(0, 10 ** 12);
  assert.deepEqual(model.amountOf(model.amountText(minor, digits), digits), { value: minor });
}));

test("amounts are read as people write them", () => {
  const read = (text) => model.amountOf(text, 2).value;
  assert.deepEqual(["59.9", "¥59.90", "1,299.00", "５９.９０", " 7 ", ""].map(read), [5990, 5990, 129900, 5990, 700, null]);
});

test("what is no amount is told, and never guessed", () => {
  const fault = (text) => model.amountOf(text, 2).fault;
  assert.equal(fault("-1"), model.FAULTS.negative);
  assert.equal(fault("59,90"), model.FAULTS.amount);
  assert.equal(fault("1.005"), model.FAULTS.decimals);
  assert.equal(fault("10000000000.01"), model.FAULTS.large);
  assert.equal(fault("abc"), model.FAULTS.amount);
  assert.equal(model.amountOf("1.5", 0).fault, model.FAULTS.decimals);
});

const option = (name, ...values) => ({ key: name, name, values: values.map((value) => ({ key: value, name: value })) });
const variant = (values, more = {}) => ({ key: values.join(), id: "", values, sku: "", barcode: "", price: "", stock: "", ...more });

test("there is one row for each combination, none twice, at most 200", () => each(200, (roll) => {
  const options = Array.from({ length: roll.whole(0, 3) }, (_, at) =>
    option(`o${at}`, ...Array.from({ length: roll.whole(0, 8) }, (__, value) => `${at}.${value}`)));
  const rows = model.matrix(options, [variant([])]);
  const all = model.combinations(options);
  assert.equal(rows.length, Math.min(all.length, model.MOST_VARIANTS));
  assert.deepEqual(rows.map((row) => row.values), all.slice(0, model.MOST_VARIANTS));
  assert.equal(new Set(rows.map((row) => row.values.join("|"))).size, rows.length);
}));

test("a combination that stays keeps its row, whatever is added or taken away", () => each(200, (roll) => {
  const values = ["a", "b", "c", "d"].slice(0, roll.whole(1, 4));
  const before = model.matrix([option("x", ...values)], []).map((row, at) => ({ ...row, id: `var_${at}`, price: String(at) }));
  const kept = values.filter(() => roll.whole(0, 1));
  const after = model.matrix([option("x", ...kept, "new")], before);
  before.filter((row) => kept.includes(row.values[0])).forEach((row) => assert.ok(after.includes(row)));
}));

test("a second option hands each row to its first value; copies take prices and no identity", () => {
  const red = variant(["Red"], { id: "var_1", sku: "A", price: "10", stock: "5" });
  const rows = model.matrix([option("Colour", "Red"), option("Size", "S", "M")], [red]);
  assert.deepEqual(rows.map((row) => [row.values, row.id, row.sku, row.price, row.stock]), [
    [["Red", "S"], "var_1", "A", "10", "5"], [["Red", "M"], "", "", "10", ""],
  ]);
});

test("a value renamed keeps its rows", () => {
  const form = { options: [option("Colour", "Red", "Blue")], variants: [variant(["Red"], { id: "var_1" }), variant(["Blue"])] };
  const rows = model.renamed(form, "Colour", "Red", "Crimson");
  assert.deepEqual(rows.map((row) => [row.values[0], row.id]), [["Crimson", "var_1"], ["Blue", ""]]);
});

const CONTENT = {
  title: "Cup", options: [], blocks: [{ kind: "text", text: "x", text_zh: "", picture_ids: [], rows: [] }],
  variants: [{ id: "var_1", values: [], sku: "C", barcode: "", price: 5990, reference_price: null, cost: 1, weight: 0, low_at: 3, picture_id: "", is_active: true, extra: {} }],
};

test("content that nobody touched is sent back the same, its stock beside it", () => {
  const form = model.fromContent(CONTENT, { var_1: 7 }, "CNY");
  assert.deepEqual(model.toContent(form, "CNY"), { content: CONTENT, stock: [7], faults: {} });
});

test("only stock and alerts that were typed are sent, and those of new rows", () => {
  const form = model.fromContent(CONTENT, { var_1: 7 }, "CNY");
  const told = model.beside(form, "CNY");
  const typed = () => model.typedBeside(model.toContent(form, "CNY"), told);
  assert.deepEqual(typed(), { stock: [null], alerts: [null] });
  form.variants[0].stock = "8";
  assert.deepEqual(typed(), { stock: [8], alerts: [null] });
  form.variants[0].low_at = "";
  form.variants.push({ ...form.variants[0], id: "", stock: "2", low_at: "1" });
  assert.deepEqual(typed(), { stock: [8, 2], alerts: [0, 1] });
});

test("faults carry the row and the column they are in", () => {
  const form = model.fromContent(CONTENT, {}, "CNY");
  form.variants[0].price = "1.999";
  form.variants[0].barcode = "12a";
  const { faults } = model.toContent(form, "CNY");
  assert.deepEqual(Object.keys(faults), ["variants.0.price", "variants.0.barcode"]);
  assert.deepEqual(model.faultsBySection({ ...faults, "attributes.size": "x", "": "y" }), { variants: 2, attributes: 1, "": 1 });
});
