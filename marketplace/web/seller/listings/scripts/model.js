// The editor's working copy of a listing, without a browser: content as the server keeps it, turned
// into what people type (amounts as text) and back, and the rows that options make.

export const MOST_OPTIONS = 3;
export const MOST_VARIANTS = 200;
export const MOST_AMOUNT = 1e12; // minor units

let made = 0;
export const newKey = () => `k${(made += 1)}`;
const keyed = (list) => list.map((each) => ({ ...each, key: newKey() }));
const unkeyed = (list) => list.map(({ key, ...rest }) => rest);

export const digitsOf = (currency) =>
  new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;

export function amountText(minor, digits) {
  if (minor === null || minor === undefined) return "";
  const sign = minor < 0 ? "-" : "";
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  return digits ? `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}` : sign + text;
}

// Minor units of an amount as people write it, or what is wrong with it.
export function amountOf(text, digits) {
  const plain = text.normalize("NFKC").replace(/[\s¥￥$€£]/g, "").replace(/^[A-Za-z]{3}(?=\d)/, "");
  const grouped = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(",", "") : plain;
  if (grouped === "") return { value: null };
  const parts = /^(\d{1,15})(?:[.](\d*))?$/.exec(grouped);
  if (!parts) return { fault: grouped.startsWith("-") ? FAULTS.negative : FAULTS.amount };
  const decimals = (parts[2] ?? "").replace(/0+$/, "");
  if (decimals.length > digits) return { fault: FAULTS.decimals };
  const value = Number(parts[1]) * 10 ** digits + Number(decimals.padEnd(digits, "0") || 0);
  return value > MOST_AMOUNT ? { fault: FAULTS.large } : { value };
}

export function wholeOf(text, most) {
  const plain = text.normalize("NFKC").replace(/[\s,]/g, "");
  if (plain === "") return { value: null };
  if (!/^\d{1,12}$/.test(plain)) return { fault: FAULTS.whole };
  return Number(plain) > most ? { fault: FAULTS.large } : { value: Number(plain) };
}

const N_ = (message) => message;
export const FAULTS = {
  amount: N_("Write an amount, such as 59.90."),
  negative: N_("An amount is zero or more."),
  decimals: N_("Too many decimals for this currency."),
  large: N_("This number is too large."),
  whole: N_("Write a whole number."),
};

// What a variant's cells are: [name in content, kind, most]. Stock is no content: it goes beside.
const CELLS = [
  ["sku", "text"], ["barcode", "text"], ["price", "amount"], ["reference_price", "amount"], ["cost", "amount"],
  ["stock", "whole", 1e9], ["low_at", "whole", 1e6], ["weight", "whole", 1e9],
];
const OPTIONAL = new Set(["reference_price", "cost", "stock"]);

export function fromContent(content, stock, currency) {
  const digits = digitsOf(currency);
  return {
    ...content,
    options: content.options.map((option) => ({ ...option, key: newKey(), values: keyed(option.values) })),
    blocks: keyed(content.blocks),
    variants: content.variants.map((variant) => ({
      ...variant,
      key: newKey(),
      price: variant.price ? amountText(variant.price, digits) : "",
      reference_price: amountText(variant.reference_price, digits),
      cost: amountText(variant.cost, digits),
      stock: variant.id in stock ? String(stock[variant.id]) : "",
      low_at: variant.low_at ? String(variant.low_at) : "",
      weight: variant.weight ? String(variant.weight) : "",
    })),
  };
}

// Back to content, with the stock of each row beside it and the faults by dotted name.
export function toContent(form, currency) {
  const digits = digitsOf(currency);
  const faults = {};
  const stock = [];
  const variants = form.variants.map(({ key, ...variant }, at) => {
    const row = { ...variant };
    CELLS.forEach(([name, kind, most]) => {
      if (kind === "text") return;
      const { value, fault } = kind === "amount" ? amountOf(variant[name], digits) : wholeOf(variant[name], most);
      if (fault) faults[`variants.${at}.${name}`] = fault;
      row[name] = value ?? (OPTIONAL.has(name) ? null : 0);
    });
    row.barcode = variant.barcode.replace(/[\s-]/g, "");
    if (!/^\d{0,14}$/.test(row.barcode)) faults[`variants.${at}.barcode`] = N_("A barcode has 8, 12, 13 or 14 digits.");
    stock.push(row.stock);
    delete row.stock;
    return row;
  });
  const options = unkeyed(form.options).map((option) => ({ ...option, values: unkeyed(option.values) }));
  return { content: { ...form, options, blocks: unkeyed(form.blocks), variants }, stock, faults };
}

// What lies beside the content and changes without us: only what was typed is sent, never a number
// that is merely still shown. `told` has, by variant, what this page was told or last saved.
export const beside = (form, currency) => {
  const { content, stock } = toContent(form, currency);
  return Object.fromEntries(content.variants.map((row, at) => [row.id, { stock: stock[at], low_at: row.low_at }]));
};
export function typedBeside({ content, stock }, told) {
  const changed = (name) => (row, at) => {
    const now = name === "stock" ? stock[at] : row.low_at;
    return row.id && row.id in told && told[row.id][name] === now ? null : now;
  };
  return { stock: content.variants.map(changed("stock")), alerts: content.variants.map(changed("low_at")) };
}

const NEW_ROW = {
  id: "", sku: "", barcode: "", price: "", reference_price: "", cost: "", stock: "", low_at: "", weight: "",
  picture_id: "", is_active: true, extra: {},
};

export const combinations = (options) =>
  options.filter((option) => option.values.length).reduce(
    (all, option) => all.flatMap((row) => option.values.map((value) => [...row, value.name])), [[]],
  );

// One row for each combination of values. A row keeps what it had; a new one takes prices and sizes
// from its nearest relative, and never a SKU, a barcode or stock.
export function matrix(options, variants) {
  const kept = new Map(variants.map((row) => [row.values.join("\u0000"), row]));
  const free = new Set(variants);
  const rows = combinations(options).slice(0, MOST_VARIANTS).map((values) => {
    const same = kept.get(values.join("\u0000"));
    if (same) free.delete(same);
    return { values, same };
  });
  return rows.map(({ values, same }) => {
    if (same) return same;
    const near = nearest(values, variants);
    if (near && free.has(near)) {
      free.delete(near);
      return { ...near, values };
    }
    const { price = "", reference_price = "", cost = "", weight = "", low_at = "" } = near ?? {};
    return { ...NEW_ROW, key: newKey(), price, reference_price, cost, weight, low_at, values };
  });
}

function nearest(values, variants) {
  const shared = (row) => row.values.filter((value) => values.includes(value)).length;
  return variants.reduce((best, row) => (best === null || shared(row) > shared(best) ? row : best), null);
}

// A value renamed is the same value: its rows stay.
export function renamed(form, option, from, to) {
  const place = form.options.filter((each) => each.values.length).findIndex((each) => each.key === option);
  return form.variants.map((row) =>
    row.values[place] === from ? { ...row, values: row.values.with(place, to) } : row);
}

export const nameOf = (variant, options, isChinese) => {
  const used = options.filter((option) => option.values.length);
  const words = variant.values.map((value, at) => {
    const found = used[at]?.values.find((each) => each.name === value);
    return (isChinese && found?.name_zh) || value;
  });
  return words.join(" / ");
};

// Ids the server gave to new rows, put into rows that were edited meanwhile.
export function adopted(form, content) {
  const ids = new Map(content.variants.map((row) => [row.values.join("\u0000"), row]));
  return {
    ...form,
    variants: form.variants.map((row) => {
      const known = ids.get(row.values.join("\u0000"));
      return known && !row.id ? { ...row, id: known.id, sku: row.sku || known.sku } : row;
    }),
  };
}

// Which section of the page a dotted field belongs to.
const SECTIONS = [
  ["basics", /^(title|title_zh|category_id|brand_id|tags)(\.|$)/],
  ["media", /^(pictures|video_url)(\.|$)/],
  ["attributes", /^attributes(\.|$)/],
  ["variants", /^(options|variants|stock)(\.|$)/],
  ["description", /^blocks(\.|$)/],
  ["shipping", /^(shipping_template_id|handling_days|parcel)(\.|$)/],
  ["returns", /^(return_days|warranty_months|protects_price)(\.|$)/],
  ["seo", /^(slug|seo)(\.|$)/],
  ["documents", /^document_ids(\.|$)/],
];
export const sectionOf = (field) => SECTIONS.find(([, pattern]) => pattern.test(field))?.[0] ?? "";

export function faultsBySection(faults) {
  const counts = {};
  Object.keys(faults).forEach((field) => {
    const section = sectionOf(field);
    counts[section] = (counts[section] ?? 0) + 1;
  });
  return counts;
}
