// What it is: titles, the place in the tree, brand and tags; and the attributes the place asks for.
import { ChevronRight, Search } from "lucide-react";
import { useEffect, useState } from "react";
import { useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { useEditor, useFault, useSpoken } from "./context.js";
import { Chips, Field, Pair, Section, TextField } from "./fields.jsx";

const MOST = 200;

export function Basics() {
  const t = useText();
  const { form, set, hints, events } = useEditor();
  const { title, title_zh } = form;
  useEffect(() => {
    const wait = setTimeout(() => { if (title || title_zh) events.check(title, title_zh); }, 700);
    return () => clearTimeout(wait);
  }, [title, title_zh]);
  return (
    <Section name="basics" title={t("Basics")}>
      <Pair>
        <TextField name="title" label={t("Title in English")} value={title} most={MOST} lang="en"
          hint={t("20 to 120 characters sell best: what it is, material, size.")} onChange={(next) => set({ title: next })} />
        <TextField name="title_zh" label={t("Title in Chinese")} value={title_zh} most={MOST} lang="zh-CN"
          hint={t("10 to 60 characters.")} onChange={(next) => set({ title_zh: next })} />
      </Pair>
      {hints.length > 0 && (
        <div className="alert alert-warn" role="status">
          <div className="alert-words">
            <p className="alert-title">{t("Words that a review will stop at")}</p>
            <p>{hints.join(t(", "))}</p>
          </div>
        </div>
      )}
      <CategoryField />
      <Pair>
        <BrandField />
        <Field name="tags" label={t("Tags")} isOptional>
          {(props) => <Chips words={form.tags} label={t("Add a tag")} onChange={(tags) => set({ tags })} describedBy={props["aria-describedby"]} />}
        </Field>
      </Pair>
    </Section>
  );
}

function CategoryField() {
  const t = useText();
  const spoken = useSpoken();
  const { form, set, category, categories, guesses, events } = useEditor();
  const fault = useFault("category_id");
  const [isOpen, setOpen] = useState(false);
  const [search, setSearch] = useState("");
  useEffect(() => {
    if (!isOpen) return undefined;
    const wait = setTimeout(() => events.findCategory(search, ""), search ? 250 : 0);
    return () => clearTimeout(wait);
  }, [search, isOpen]);
  const take = (row) => {
    set({ category_id: row.id });
    events.chooseCategory(row.id);
    setOpen(false);
  };
  const choose = (row) => (row.has_children && !search ? events.findCategory("", row.id) : take(row));
  return (
    <div className="field" data-field="category_id">
      <span className="label" id="category-label">{t("Category")}</span>
      <button type="button" className="input editor-choice" aria-labelledby="category-label category-value" aria-expanded={isOpen}
        aria-invalid={fault ? true : undefined} onClick={() => setOpen(!isOpen)}>
        <span id="category-value">{form.category_id && category.id === form.category_id ? spoken(category, "trail") : t("Choose a category")}</span>
        <ChevronRight size={16} strokeWidth={1.75} aria-hidden="true" className={isOpen ? "turned-down" : ""} />
      </button>
      {fault && <p className="error">{fault}</p>}
      {!form.category_id && guesses.length > 0 && (
        <div className="chips" role="group" aria-label={t("Suggested from the title")}>
          <span className="hint">{t("Suggested from the title")}</span>
          {guesses.map((row) => (
            <button key={row.id} type="button" className="chip chip-button" onClick={() => take(row)}>{spoken(row, "trail")}</button>
          ))}
        </div>
      )}
      {isOpen && (
        <div className="editor-picker">
          <div className="input-icon">
            <Search size={16} strokeWidth={1.75} aria-hidden="true" />
            <input className="input" type="search" value={search} maxLength={80} autoFocus aria-label={t("Search categories")}
              placeholder={t("Search categories")} onChange={(event) => setSearch(event.target.value)} />
          </div>
          <ul>
            {!search && categories[0]?.parent_id && (
              <li><button type="button" className="menu-item" onClick={() => events.findCategory("", "")}>← {t("All categories")}</button></li>
            )}
            {categories.map((row) => (
              <li key={row.id}>
                <button type="button" className="menu-item" aria-pressed={row.id === form.category_id} onClick={() => choose(row)}>
                  <span className="grow">{search ? spoken(row, "trail") : spoken(row)}</span>
                  {row.has_children && !search && <ChevronRight size={16} strokeWidth={1.75} aria-hidden="true" />}
                </button>
              </li>
            ))}
            {categories.length === 0 && <li className="hint editor-none">{t("No category has this name.")}</li>}
          </ul>
        </div>
      )}
    </div>
  );
}

function BrandField() {
  const t = useText();
  const spoken = useSpoken();
  const { form, set, brands, brand, events } = useEditor();
  const fault = useFault("brand_id");
  const [search, setSearch] = useState(null); // null: not searching
  useEffect(() => {
    if (search === null) return undefined;
    const wait = setTimeout(() => events.findBrand(search), 250);
    return () => clearTimeout(wait);
  }, [search]);
  const chosen = brands.find((row) => row.id === form.brand_id) ?? (brand.id === form.brand_id ? brand : null);
  return (
    <Field name="brand_id" label={t("Brand")} isOptional>
      {(props) => (
        <div className="editor-combo">
          <input {...props} className="input" value={search ?? (chosen ? spoken(chosen) : "")} placeholder={t("No brand")} maxLength={80}
            autoComplete="off" aria-invalid={fault ? true : undefined} onFocus={() => setSearch("")}
            onChange={(event) => setSearch(event.target.value)}
            onBlur={() => setTimeout(() => setSearch(null), 150)} />
          {search !== null && (
            <ul className="editor-options">
              <li><button type="button" className="menu-item" onClick={() => { set({ brand_id: "" }); setSearch(null); }}>{t("No brand")}</button></li>
              {brands.map((row) => (
                <li key={row.id}>
                  <button type="button" className="menu-item" onClick={() => { set({ brand_id: row.id }); setSearch(null); }}>{spoken(row)}</button>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Field>
  );
}

export function Attributes() {
  const t = useText();
  const { form, fields } = useEditor();
  const sorted = [...fields].sort((one, other) => Number(other.is_required) - Number(one.is_required));
  return (
    <Section name="attributes" title={t("Attributes")} hint={t("Buyers filter by them; required ones first.")}>
      {!form.category_id && <p className="hint">{t("Choose a category first: it says which attributes there are.")}</p>}
      {form.category_id && fields.length === 0 && <p className="hint">{t("This category asks for no attributes.")}</p>}
      <div className="editor-pair">{sorted.map((field) => <Attribute key={field.code} field={field} />)}</div>
    </Section>
  );
}

function Attribute({ field }) {
  const t = useText();
  const spoken = useSpoken();
  const { form, set } = useEditor();
  const name = `attributes.${field.code}`;
  const values = form.attributes[field.code] ?? [];
  const put = (next) => {
    const { [field.code]: gone, ...others } = form.attributes;
    set({ attributes: next.length ? { ...others, [field.code]: next } : others });
  };
  const label = spoken(field);
  const shared = { name, label, isOptional: !field.is_required };
  if (field.type === "choice" || field.type === "yes_no") {
    const choices = field.type === "choice" ? field.values
      : [{ code: "yes", name: t("Yes"), name_zh: t("Yes") }, { code: "no", name: t("No"), name_zh: t("No") }];
    return (
      <Field {...shared}>
        {(props) => (
          <select {...props} className="select" value={values[0] ?? ""} onChange={(event) => put(event.target.value ? [event.target.value] : [])}>
            <option value="">{t("Choose…")}</option>
            {choices.map((choice) => <option key={choice.code} value={choice.code}>{spoken(choice)}</option>)}
          </select>
        )}
      </Field>
    );
  }
  if (field.type === "choices") {
    const toggle = (code) => put(values.includes(code) ? values.filter((each) => each !== code) : [...values, code]);
    return (
      <Field {...shared}>
        {(props) => (
          <div className="chips" role="group" aria-label={label} id={props.id}>
            {field.values.map((choice) => (
              <button key={choice.code} type="button" className="chip chip-button" aria-pressed={values.includes(choice.code)}
                onClick={() => toggle(choice.code)}>{spoken(choice)}</button>
            ))}
          </div>
        )}
      </Field>
    );
  }
  const kinds = { number: { inputMode: "decimal" }, date: { type: "date" }, text: {} };
  return (
    <TextField {...shared} {...kinds[field.type]} value={values[0] ?? ""} maxLength={200} unit={field.unit}
      onChange={(text) => put(text ? [text] : [])} />
  );
}
