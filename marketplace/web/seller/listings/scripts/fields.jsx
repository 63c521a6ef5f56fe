// Sections and fields of the editor. Typing stays in the browser, so they are controlled.
import { ChevronDown } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { usePhone } from "$/public/external/marketplace/web/ui/index_page/scripts/context.js";
import { useEditor, useFault } from "./context.js";

const REVEAL = "editor-reveal";
const CONTROLS = "input:not([tabindex='-1']), select, textarea, button";

// Opens a section, goes to one of its fields, or to its first one, and gives it the focus.
export function reveal(section, field) {
  document.dispatchEvent(new CustomEvent(REVEAL, { detail: section }));
  requestAnimationFrame(() => {
    const own = field ? document.querySelector(`[data-field="${CSS.escape(field)}"]`) : null;
    const place = own ?? document.getElementById(section);
    place?.scrollIntoView({ block: own ? "center" : "start" });
    (own ?? place?.querySelector(".card-body"))?.querySelector(CONTROLS)?.focus({ preventScroll: true });
  });
}

export function Section({ name, title, hint, children }) {
  const t = useText();
  const isPhone = usePhone();
  const { counts } = useEditor();
  const [isOpen, setOpen] = useState(name === "basics");
  useEffect(() => { if (counts[name]) setOpen(true); }, [counts[name]]);
  useEffect(() => {
    const open = (event) => { if (event.detail === name) setOpen(true); };
    document.addEventListener(REVEAL, open);
    return () => document.removeEventListener(REVEAL, open);
  }, [name]);
  const isShown = !isPhone || isOpen;
  return (
    <section id={name} className="card editor-section" aria-labelledby={`${name}-title`}>
      <div className="card-head">
        <div className="card-words">
          <h2 id={`${name}-title`} className="h3">{title}</h2>
          {hint && <span className="meta">{hint}</span>}
        </div>
        {isPhone && (
          <button type="button" className="btn btn-icon" aria-expanded={isOpen} aria-controls={`${name}-body`}
            aria-label={t("Show {name}", { name: title })} onClick={() => setOpen(!isOpen)}>
            <ChevronDown size={18} strokeWidth={1.75} aria-hidden="true" className={isOpen ? "turned" : ""} />
          </button>
        )}
      </div>
      <div id={`${name}-body`} className="card-body stack" hidden={!isShown}>{children}</div>
    </section>
  );
}

export function Field({ name, label, hint, count, most, isOptional, children }) {
  const t = useText();
  const id = useId();
  const fault = useFault(name);
  return (
    <div className="field" data-field={name}>
      <div className="row-between">
        <label className="label" htmlFor={id}>{label}{isOptional && <span className="hint"> {t("optional")}</span>}</label>
        {most && <span className="meta tabular-nums">{count} / {most}</span>}
      </div>
      {children({ id, name, "aria-invalid": fault ? true : undefined, "aria-describedby": `${id}-more` })}
      <div id={`${id}-more`}>
        {fault && <p className="error">{fault}</p>}
        {hint && <p className="hint">{hint}</p>}
      </div>
    </div>
  );
}

export function TextField({ name, label, value, onChange, most, hint, lines, isOptional, unit, ...rest }) {
  const Box = lines ? "textarea" : "input";
  const kind = lines ? { rows: lines, className: "textarea" } : { className: "input" };
  return (
    <Field name={name} label={label} hint={hint} isOptional={isOptional} count={[...value].length} most={most}>
      {(props) => {
        const box = <Box {...props} {...kind} {...rest} value={value} maxLength={rest.maxLength ?? most} autoComplete="off"
          onChange={(event) => onChange(event.target.value)} />;
        return unit ? <div className="input-unit">{box}<span className="unit">{unit}</span></div> : box;
      }}
    </Field>
  );
}

// A whole number in a field; what is no number is not taken.
export function NumberField({ value, onChange, max, ...rest }) {
  return (
    <TextField {...rest} inputMode="numeric" value={value ? String(value) : ""} maxLength={9}
      onChange={(text) => { if (/^\d*$/.test(text)) onChange(Math.min(Number(text || 0), max)); }} />
  );
}

export function TickField({ label, hint, value, onChange }) {
  return (
    <label className="check">
      <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}{hint && <span className="hint block">{hint}</span>}</span>
    </label>
  );
}

// English and Chinese of one thing beside each other.
export const Pair = ({ children }) => <div className="editor-pair">{children}</div>;

// Words as chips: Enter or a comma adds one.
export function Chips({ words, onChange, label, most = 20, describedBy }) {
  const t = useText();
  const [typed, type] = useState("");
  const add = () => {
    const fresh = typed.split(/[,，、\n]/).map((word) => word.trim().slice(0, 80)).filter((word) => word && !words.includes(word));
    if (fresh.length) onChange([...words, ...new Set(fresh)].slice(0, most));
    type("");
  };
  const press = (event) => {
    if ((event.key === "Enter" || event.key === ",") && !event.nativeEvent.isComposing) { event.preventDefault(); add(); }
    if (event.key === "Backspace" && !typed && words.length) onChange(words.slice(0, -1));
  };
  return (
    <div className="chips">
      {words.map((word) => (
        <span key={word} className="chip">
          {word}
          <button type="button" aria-label={t("Remove {name}", { name: word })}
            onClick={() => onChange(words.filter((each) => each !== word))}>×</button>
        </span>
      ))}
      <input value={typed} aria-label={label} aria-describedby={describedBy} maxLength={400} autoComplete="off"
        placeholder={words.length ? "" : label} onChange={(event) => type(event.target.value)} onKeyDown={press} onBlur={add} />
    </div>
  );
}
