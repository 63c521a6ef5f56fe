// Options with their values, and the grid of variants they make.
import { ChevronDown, ChevronUp, Plus, Redo2, Trash2, Undo2 } from "lucide-react";
import { useMemo, useState } from "react";
import { useCount, useLocale, useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { apply } from "$/public/external/marketplace/web/ui/grid/scripts/cells.js";
import { Cards } from "$/public/external/marketplace/web/ui/grid/scripts/cards.jsx";
import { Grid } from "$/public/external/marketplace/web/ui/grid/scripts/grid.jsx";
import { usePhone } from "$/public/external/marketplace/web/ui/index_page/scripts/context.js";
import { useEditor, useFault } from "./context.js";
import { Field, Section } from "./fields.jsx";
import { MOST_OPTIONS, MOST_VARIANTS, combinations, matrix, nameOf, newKey, renamed } from "./model.js";
import { PicturePick } from "./pictures.jsx";

export function Variants() {
  const t = useText();
  const { form, setGrid } = useEditor();
  const wanted = combinations(form.options).length;
  const fault = useFault("options") || useFault("variants");
  const add = () => setGrid({ options: [...form.options, { key: newKey(), name: "", name_zh: "", values: [] }] });
  return (
    <Section name="variants" title={t("Variants and stock")} hint={t("Up to 3 options, such as colour and size; each combination is a SKU.")}>
      {form.options.map((option, at) => <OptionCard key={option.key} option={option} at={at} />)}
      {form.options.length < MOST_OPTIONS && (
        <div><button type="button" className="btn btn-sm" onClick={add}><Plus size={16} strokeWidth={1.75} aria-hidden="true" />{t("Add an option")}</button></div>
      )}
      {wanted > MOST_VARIANTS && (
        <p className="error" role="alert">{t("{n} combinations: at most {most} are kept. Take some values away.", { n: wanted, most: MOST_VARIANTS })}</p>
      )}
      {fault && <p className="error" role="alert">{fault}</p>}
      <VariantRows />
    </Section>
  );
}

function OptionCard({ option, at }) {
  const t = useText();
  const { form, setGrid } = useEditor();
  const [typed, type] = useState("");
  const put = (next) => {
    const options = form.options.map((each) => (each.key === option.key ? next : each));
    setGrid({ options, variants: matrix(options, form.variants) });
  };
  const name = (words) => setGrid({ options: form.options.map((each) => (each.key === option.key ? { ...each, ...words } : each)) });
  const remove = () => {
    const options = form.options.filter((each) => each.key !== option.key);
    setGrid({ options, variants: matrix(options, form.variants) });
  };
  const add = () => {
    const known = new Set(option.values.map((value) => value.name));
    const fresh = [...new Set(typed.split(/[,，、\n\t]/).map((word) => word.trim().slice(0, 80)))].filter((word) => word && !known.has(word));
    if (fresh.length) put({ ...option, values: [...option.values, ...fresh.map((word) => ({ key: newKey(), name: word, name_zh: "", swatch: "", picture_id: "" }))] });
    type("");
  };
  const setValue = (value, words) => {
    const options = form.options.map((each) => (each.key !== option.key ? each
      : { ...each, values: each.values.map((one) => (one.key === value.key ? { ...one, ...words } : one)) }));
    const variants = words.name === undefined ? form.variants : renamed(form, option.key, value.name, words.name);
    setGrid({ options, variants });
  };
  const shift = (index, step) => {
    const values = [...option.values];
    [values[index], values[index + step]] = [values[index + step], values[index]];
    put({ ...option, values });
  };
  return (
    <fieldset className="editor-option">
      <legend className="visually-hidden">{t("Option {n}", { n: at + 1 })}</legend>
      <div className="editor-option-head">
        <Field name={`options.${at}.name`} label={t("Option in English")}>
          {(props) => <input {...props} className="input" value={option.name} maxLength={80} placeholder={t("Colour")} onChange={(event) => name({ name: event.target.value })} />}
        </Field>
        <Field name={`options.${at}.name_zh`} label={t("Option in Chinese")}>
          {(props) => <input {...props} className="input" value={option.name_zh} maxLength={80} lang="zh-CN" onChange={(event) => name({ name_zh: event.target.value })} />}
        </Field>
        <button type="button" className="btn btn-icon" aria-label={t("Remove option {name}", { name: option.name })} onClick={remove}>
          <Trash2 size={18} strokeWidth={1.75} aria-hidden="true" />
        </button>
      </div>
      <ul className="editor-values">
        {option.values.map((value, index) => (
          <Value key={value.key} value={value} siblings={option.values} onSet={(words) => setValue(value, words)}
            onRemove={() => put({ ...option, values: option.values.filter((each) => each.key !== value.key) })}
            onUp={index > 0 ? () => shift(index, -1) : null} onDown={index < option.values.length - 1 ? () => shift(index, 1) : null} />
        ))}
      </ul>
      <div className="row">
        <input className="input editor-add" value={typed} maxLength={400} aria-label={t("New values of {name}", { name: option.name })}
          placeholder={t("Add values: Red, Blue")} onChange={(event) => type(event.target.value)}
          onKeyDown={(event) => { if (event.key === "Enter" && !event.nativeEvent.isComposing) { event.preventDefault(); add(); } }} />
        <button type="button" className="btn btn-sm" onClick={add} disabled={!typed.trim()}>{t("Add")}</button>
      </div>
    </fieldset>
  );
}

function Value({ value, siblings, onSet, onRemove, onUp, onDown }) {
  const t = useText();
  const [typed, type] = useState(null); // a name counts once it is left: until then rows would follow every letter
  const leave = () => {
    const next = (typed ?? "").trim();
    if (typed !== null && next && !siblings.some((each) => each.key !== value.key && each.name === next)) onSet({ name: next });
    type(null);
  };
  return (
    <li className="editor-value">
      <input type="color" className="editor-swatch" data-empty={value.swatch ? undefined : true} value={value.swatch || "#ffffff"}
        aria-label={t("Colour of {name}", { name: value.name })} onChange={(event) => onSet({ swatch: event.target.value })} />
      <input className="input" value={typed ?? value.name} maxLength={80} aria-label={t("Value in English")} onChange={(event) => type(event.target.value)}
        onBlur={leave} onKeyDown={(event) => { if (event.key === "Enter") { event.preventDefault(); leave(); } }} />
      <input className="input" value={value.name_zh} maxLength={80} lang="zh-CN" placeholder="中文" aria-label={t("{name} in Chinese", { name: value.name })}
        onChange={(event) => onSet({ name_zh: event.target.value })} />
      <PicturePick value={value.picture_id} label={t("Picture of {name}", { name: value.name })} onChange={(picture_id) => onSet({ picture_id })} />
      <span className="editor-value-tools">
        <button type="button" className="btn btn-icon" disabled={!onUp} onClick={onUp} aria-label={t("Move {name} up", { name: value.name })}><ChevronUp size={16} strokeWidth={1.75} aria-hidden="true" /></button>
        <button type="button" className="btn btn-icon" disabled={!onDown} onClick={onDown} aria-label={t("Move {name} down", { name: value.name })}><ChevronDown size={16} strokeWidth={1.75} aria-hidden="true" /></button>
        <button type="button" className="btn btn-icon" onClick={onRemove} aria-label={t("Remove {name}", { name: value.name })}><Trash2 size={16} strokeWidth={1.75} aria-hidden="true" /></button>
      </span>
    </li>
  );
}

function useColumns() {
  const t = useText();
  const { currency } = useEditor();
  return useMemo(() => [
    { key: "sku", label: t("SKU"), kind: "text", most: 80, empty: t("made for you") },
    { key: "price", label: t("Price"), kind: "amount", most: 20, hint: currency },
    { key: "stock", label: t("Stock"), kind: "whole", most: 9 },
    { key: "reference_price", label: t("Reference price"), kind: "amount", most: 20, hint: t("Shown struck through, if it was really asked for lately.") },
    { key: "cost", label: t("Cost"), kind: "amount", most: 20, hint: t("Only your team sees it.") },
    { key: "low_at", label: t("Low at"), kind: "whole", most: 9, hint: t("Warn at this stock.") },
    { key: "weight", label: t("Weight, g"), kind: "whole", most: 10 },
    { key: "barcode", label: t("Barcode"), kind: "text", most: 20, hint: t("EAN, UPC or GTIN") },
    { key: "is_active", label: t("Active"), kind: "tick" },
  ], [t, currency]);
}

function VariantRows() {
  const t = useText();
  const tn = useCount();
  const isPhone = usePhone();
  const isChinese = useLocale()() === "zh-CN";
  const { form, setGrid, faults, faultWords, proofs, stockable, undo, redo, canUndo, canRedo } = useEditor();
  const columns = useColumns();
  const rows = form.variants.map((variant, at) => row(variant, at));
  function row(variant, at) {
    const faultOf = (column) => faults[`variants.${at}.${column.key}`];
    const own = columns.filter(faultOf);
    return {
      id: variant.key,
      title: nameOf(variant, form.options, isChinese) || t("Single variant"),
      values: variant.values,
      cells: Object.fromEntries(columns.map((column) => [column.key, variant[column.key]])),
      closed: stockable === null || stockable.includes(variant.id) ? [] : ["stock"],
      notes: {
        ...(proofs[variant.id] ? { reference_price: t(proofs[variant.id]) } : {}),
        ...(stockable === null || stockable.includes(variant.id) ? {} : { stock: t("Stock can be set once this variant is on sale.") }),
      },
      faults: Object.fromEntries(own.map((column) => [column.key, t(faultOf(column), faultWords)])),
    };
  }
  const change = (next) => {
    if (next !== rows) setGrid({ variants: form.variants.map((variant, at) => ({ ...variant, ...next[at].cells })) });
  };
  return (
    <div className="stack-sm">
      <div className="row-between">
        <span className="meta">{tn("{n} variant", "{n} variants", rows.length)}</span>
        <span className="row editor-history">
          <button type="button" className="btn btn-icon" disabled={!canUndo} onClick={undo} aria-label={t("Undo")} title={t("Undo")}><Undo2 size={18} strokeWidth={1.75} aria-hidden="true" /></button>
          <button type="button" className="btn btn-icon" disabled={!canRedo} onClick={redo} aria-label={t("Redo")} title={t("Redo")}><Redo2 size={18} strokeWidth={1.75} aria-hidden="true" /></button>
        </span>
      </div>
      {rows.length > 1 && <ApplyBar columns={columns} rows={rows} onChange={change} />}
      {isPhone
        ? <Cards columns={columns} rows={rows} onChange={change}
            summary={(each) => `${each.cells.price || "–"} · ${t("Stock")} ${each.cells.stock || 0}`} />
        : <Grid label={t("Variants")} columns={columns} rows={rows} onChange={change} onUndo={undo} onRedo={redo} />}
      {!isPhone && <p className="hint">{t("Arrows move, F2 or typing edits, ⌘D fills down, paste from a spreadsheet works over several cells.")}</p>}
    </div>
  );
}

// "All that are red": one value for a column of some of the rows.
function ApplyBar({ columns, rows, onChange }) {
  const t = useText();
  const { form } = useEditor();
  const used = form.options.filter((option) => option.values.length);
  const [scope, setScope] = useState("");
  const [key, setKey] = useState("price");
  const [typed, type] = useState("");
  const run = (event) => {
    event.preventDefault();
    const [at, value] = scope ? JSON.parse(scope) : [];
    onChange(apply(rows, columns.find((column) => column.key === key), typed, (row) => !scope || row.values[at] === value));
  };
  return (
    <div className="editor-apply" role="group" aria-label={t("Apply to several variants")}>
      <select className="select" value={scope} aria-label={t("Which variants")} onChange={(event) => setScope(event.target.value)}>
        <option value="">{t("All variants")}</option>
        {used.map((option, at) => option.values.map((value) => (
          <option key={value.key} value={JSON.stringify([at, value.name])}>{t("All {option} = {value}", { option: option.name, value: value.name })}</option>
        )))}
      </select>
      <select className="select" value={key} aria-label={t("Which column")} onChange={(event) => setKey(event.target.value)}>
        {columns.filter((column) => !["sku", "barcode"].includes(column.key)).map((column) => <option key={column.key} value={column.key}>{column.label}</option>)}
      </select>
      {key === "is_active"
        ? <select className="select" value={typed} aria-label={t("Value")} onChange={(event) => type(event.target.value)}><option value="">{t("No")}</option><option value="1">{t("Yes")}</option></select>
        : <input className="input" value={typed} maxLength={20} aria-label={t("Value")} placeholder={t("Value")} inputMode="decimal" onChange={(event) => type(event.target.value)} />}
      <button type="button" className="btn btn-sm" onClick={run}>{t("Apply")}</button>
    </div>
  );
}
