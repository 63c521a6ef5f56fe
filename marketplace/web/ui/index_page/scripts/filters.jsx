// Filters: a chip for each in use, a panel to choose from, and the same in one sheet for phones.
import { ChevronDown, ListFilter, X } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { useIndex } from "./context.js";
import { Popover } from "./popover.jsx";
import { value, values } from "./url.js";

export function FilterChips() {
  const t = useText();
  const { spec, search, go, used } = useIndex();
  const unused = spec.filters.filter((filter) => !used.includes(filter));
  const [offered, offer] = useState(null); // stays the same while the panel is open
  const nothing = Object.fromEntries([...used.map((filter) => [filter.key, ""]), ["q", ""]]);
  return (
    <>
      {used.map((filter) => <Chip key={filter.key} filter={filter} />)}
      {(offered ?? unused).length > 0 && (
        <AddFilter filters={offered ?? unused} onOpen={(opens) => offer(opens ? unused : null)} />
      )}
      {(used.length > 0 || value(search, "q")) && (
        <button type="button" className="btn btn-link btn-sm" onClick={() => go(nothing)}>
          {t("Clear all")}
        </button>
      )}
    </>
  );
}

function Chip({ filter }) {
  const t = useText();
  const { search, go } = useIndex();
  const words = values(search, filter.key)
    .map((chosen) => t(filter.options.find((option) => option.value === chosen)?.label ?? chosen))
    .join(t(", "));
  return (
    <span className="index-chip">
      <Popover label={t(filter.label)} className="index-chip-body"
        trigger={<><span className="index-chip-label">{t(filter.label)}</span><span>{words}</span></>}>
        {(close) => <Editor filter={filter} onDone={close} />}
      </Popover>
      <button type="button" className="index-chip-off" onClick={() => go({ [filter.key]: "" })}
        aria-label={t("Remove filter {name}", { name: t(filter.label) })}>
        <X size={14} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </span>
  );
}

function AddFilter({ filters, onOpen }) {
  const t = useText();
  return (
    <Popover label={t("Add filter")} className="btn btn-sm" onOpen={onOpen}
      trigger={<><ListFilter size={14} strokeWidth={1.75} aria-hidden="true" />{t("Add filter")}
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" /></>}>
      {(close) => <NewFilter filters={filters} onDone={close} />}
    </Popover>
  );
}

function NewFilter({ filters, onDone }) {
  const t = useText();
  const [chosen, choose] = useState(filters.length === 1 ? filters[0] : null);
  if (chosen) return <Editor filter={chosen} onDone={onDone} />;
  return (
    <ul className="index-options">
      {filters.map((filter) => (
        <li key={filter.key}>
          <button type="button" className="menu-item" onClick={() => choose(filter)}>{t(filter.label)}</button>
        </li>
      ))}
    </ul>
  );
}

export function Editor({ filter, onDone }) {
  if (filter.kind === "choice") return <Choices filter={filter} />;
  if (filter.kind === "day") return <DayField filter={filter} />;
  return <TextField filter={filter} onDone={onDone} />;
}

function Choices({ filter }) {
  const t = useText();
  const { search, go } = useIndex();
  const asked = values(search, filter.key);
  const [chosen, choose] = useState(asked); // at once, before the address follows
  useEffect(() => choose(asked), [asked.join()]);
  const toggle = (option) => {
    const next = chosen.includes(option) ? chosen.filter((each) => each !== option) : [...chosen, option];
    choose(next);
    go({ [filter.key]: next });
  };
  return (
    <fieldset className="index-editor">
      <legend className="label">{t(filter.label)}</legend>
      {filter.options.map((option) => (
        <label key={option.value} className="check">
          <input type="checkbox" checked={chosen.includes(option.value)}
            onChange={() => toggle(option.value)} />
          {t(option.label)}
        </label>
      ))}
    </fieldset>
  );
}

function DayField({ filter }) {
  const t = useText();
  const id = useId();
  const { search, go } = useIndex();
  return (
    <div className="index-editor field">
      <label className="label" htmlFor={id}>{t(filter.label)}</label>
      <input id={id} type="date" className="input" value={value(search, filter.key)}
        onChange={(event) => go({ [filter.key]: event.target.value })} />
    </div>
  );
}

function TextField({ filter, onDone }) {
  const t = useText();
  const id = useId();
  const { search, go } = useIndex();
  const apply = (event) => {
    event.preventDefault();
    go({ [filter.key]: new FormData(event.currentTarget).get("value").trim() });
    onDone?.();
  };
  return (
    <form className="index-editor field" onSubmit={apply}>
      <label className="label" htmlFor={id}>{t(filter.label)}</label>
      <input id={id} name="value" className="input" maxLength={200} autoComplete="off"
        defaultValue={value(search, filter.key)} />
      <button type="submit" className="btn btn-sm">{t("Apply")}</button>
    </form>
  );
}
