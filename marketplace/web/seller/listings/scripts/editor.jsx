// The listing editor. What is typed stays here until it is saved: 500 fields with a round trip each
// would be slow, and a lost connection would lose nothing but the last seconds.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useMoment, useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { begin, redo, step, undo } from "$/public/external/marketplace/web/ui/grid/scripts/cells.js";
import { LeaveGuard } from "$/public/external/marketplace/web/ui/scripts/form.jsx";
import { Attributes, Basics } from "./basics.jsx";
import { Description } from "./blocks.jsx";
import { EditorContext } from "./context.js";
import { reveal } from "./fields.jsx";
import { adopted, beside, faultsBySection, fromContent, toContent, typedBeside } from "./model.js";
import { Pictures } from "./pictures.jsx";
import { PhonePreview } from "./preview.jsx";
import { Documents, Returns, Seo, Shipping } from "./selling.jsx";
import { Variants } from "./variants.jsx";

const N_ = (message) => message;
const SECTIONS = [
  ["basics", N_("Basics")], ["media", N_("Pictures")], ["attributes", N_("Attributes")], ["variants", N_("Variants")],
  ["description", N_("Description")], ["shipping", N_("Shipping")], ["returns", N_("Returns")],
  ["seo", N_("Search engines")], ["documents", N_("Documents")],
];
const AUTOSAVE_AFTER = 2500; // ms without a change
const PATIENCE = 10000; // ms until a save that was never answered may be tried again

export function ListingEditor(props) {
  return props.data?.id ? <Loaded key={props.data.load_key} {...props} /> : <div className="skeleton editor-waiting" />;
}

function Loaded(props) {
  const t = useText();
  const { data, children } = props;
  const [rail, gallery, drop] = children;
  const { form, set, setGrid, grid, setHistory, adopt, takePictures, takeDocuments } = useForm(data);
  const saving = useSaving(props, form, adopt);
  useFirst((pictures) => takePictures(pictures), props.pictures);
  useFirst((documents) => takeDocuments(documents), props.documents);

  const faults = useMemo(() => ({ ...props.errors, ...saving.own }), [props.errors, saving.own]);
  const counts = useMemo(() => faultsBySection(faults), [faults]);
  useFocusFirst(faults);
  const whole = faults[""]; // of no field
  const shared = {
    ...data, form, set, setGrid, faults, faultWords: props.errorWords, counts,
    pictures: props.pictures, documents: props.documents, fields: props.fields, category: props.category,
    categories: props.categories, brands: props.brands, brand: props.brand, templates: props.templates,
    previews: props.previews, hints: props.hints, guesses: props.guesses,
    undo: () => setHistory(undo), redo: () => setHistory(redo), canUndo: grid.past.length > 0, canRedo: grid.future.length > 0,
    events: {
      findCategory: props.onFindCategory, chooseCategory: props.onChooseCategory, findBrand: props.onFindBrand,
      preview: props.onPreview, check: props.onCheck,
    },
  };
  const jump = (event) => { // a missing point leads to the field that mends it
    const link = event.target.closest("a[data-section]");
    if (!link) return;
    event.preventDefault();
    reveal(link.dataset.section, link.dataset.jump);
  };
  return (
    <EditorContext.Provider value={shared}>
      <div className="editor">
        <div className="editor-main">
          <SectionNav counts={counts} />
          {whole && <div className="alert alert-bad" role="alert"><div className="alert-words"><p>{t(whole, props.errorWords)}</p></div></div>}
          <Basics />
          <Pictures gallery={gallery} />
          <Attributes />
          <Variants />
          <Description />
          <Shipping />
          <Returns />
          <Seo />
          <Documents drop={drop} />
        </div>
        <aside className="editor-rail" aria-label={t("At a glance")} onClick={jump}>
          {rail}
          <PhonePreview />
        </aside>
      </div>
      <Bar saving={saving} data={data} conflict={props.conflict} onReload={props.onReload} faults={faults}
        compare={() => props.onCompare(data.id, toContent(form, data.currency).content)} />
    </EditorContext.Provider>
  );
}

// The working copy: the grid's part has a history of its own, so that undo there leaves texts alone.
function useForm(data) {
  const [start] = useState(() => fromContent(data.content, data.stock, data.currency));
  const [rest, setRest] = useState(start);
  const [grid, setHistory] = useState(() => begin({ options: start.options, variants: start.variants }));
  const form = useMemo(() => ({ ...rest, ...grid.present }), [rest, grid.present]);
  const set = useCallback((words) => setRest((now) => ({ ...now, ...words })), []);
  const setGrid = useCallback((words) => setHistory((now) => step(now, { ...now.present, ...words })), []);
  const adopt = useCallback((content) => setHistory((now) => {
    const { variants } = adopted({ ...now.present }, content);
    return { ...now, present: { ...now.present, variants } };
  }), []);
  const takePictures = (rows) => {
    const pictures = rows.map(({ id, alt, alt_zh, focal_x, focal_y }) => ({ id, alt, alt_zh, focal_x, focal_y }));
    if (JSON.stringify(pictures) !== JSON.stringify(form.pictures)) set({ pictures });
  };
  const takeDocuments = (rows) => {
    const fresh = rows.map((row) => row.id).filter((id) => !form.document_ids.includes(id));
    if (fresh.length) set({ document_ids: [...form.document_ids, ...fresh] });
  };
  return { form, set, setGrid, grid, setHistory, adopt, takePictures, takeDocuments };
}

// Runs for each later value, not for the one the page came with.
function useFirst(take, value) {
  const seen = useRef(value);
  useEffect(() => {
    if (seen.current === value) return;
    seen.current = value;
    take(value);
  }, [value]);
}

// What was saved is compared by what it says: ids and SKUs that the server gave are no change.
const print = (form, currency) => {
  const { content, stock } = toContent(form, currency);
  return JSON.stringify([{ ...content, variants: content.variants.map(({ id, ...row }) => row) }, stock]);
};

function useSaving({ data, errors, conflict, onSave }, form, adopt) {
  const { currency } = data;
  const [kept, keep] = useState(() => print(form, currency));
  const [sent, send] = useState(null); // the form on its way
  const [own, setOwn] = useState({});
  const told = useRef(null); // stock and alerts as they were shown or saved last
  told.current ??= beside(form, currency);
  const waiting = useRef(""); // asked for while another was on its way
  const isDirty = useMemo(() => print(form, currency) !== kept, [form, kept]);

  const save = (then, version) => {
    if (sent) { waiting.current = then; return; }
    if (then === "autosave" && form.options.some((option) => !option.name.trim())) return; // being typed
    const { content, stock, faults } = toContent(form, currency);
    setOwn(faults);
    if (Object.keys(faults).length) return;
    send(form);
    const typed = typedBeside({ content, stock }, told.current);
    onSave(data.id, version ?? data.version, content, typed.stock, typed.alerts, then);
  };
  useEffect(() => {
    if (!sent || !data.saved) return;
    keep(print(adopted(sent, data.content), currency));
    told.current = beside(adopted(sent, data.content), currency);
    adopt(data.content);
    send(null);
  }, [data.saved]);
  useEffect(() => { send(null); }, [errors, conflict?.version]);
  useEffect(() => {
    const then = waiting.current;
    waiting.current = "";
    if (!sent && then) save(then);
    if (!sent) return undefined;
    const patience = setTimeout(() => send(null), PATIENCE);
    return () => clearTimeout(patience);
  }, [sent]);
  useEffect(() => {
    if (data.status !== "draft" || !data.can_edit || !isDirty || sent || conflict?.version) return undefined;
    const wait = setTimeout(() => save("autosave"), AUTOSAVE_AFTER);
    return () => clearTimeout(wait);
  }, [form, isDirty, sent]);
  useEffect(() => {
    const press = (event) => {
      if (!(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      save("save");
    };
    const stay = (event) => { if (isDirty) event.preventDefault(); };
    document.addEventListener("keydown", press);
    window.addEventListener("beforeunload", stay);
    return () => {
      document.removeEventListener("keydown", press);
      window.removeEventListener("beforeunload", stay);
    };
  });
  return { save, own, isDirty, isBusy: sent !== null };
}

function SectionNav({ counts }) {
  const t = useText();
  const jump = (event, name) => {
    event.preventDefault();
    reveal(name);
  };
  return (
    <nav className="editor-nav" aria-label={t("On this page")}>
      {SECTIONS.map(([name, label]) => (
        <a key={name} href={`#${name}`} onClick={(event) => jump(event, name)}>
          {t(label)}
          {counts[name] > 0 && <span className="count editor-faults" aria-label={t("{n} to fix", { n: counts[name] })}>{counts[name]}</span>}
        </a>
      ))}
    </nav>
  );
}

// The first field the last answer marked; a grid cell is told beside the grid.
function useFocusFirst(faults) {
  const first = useRef("");
  useEffect(() => {
    const names = Object.keys(faults);
    const key = names.join();
    if (key && key !== first.current) {
      const field = document.querySelector(names.map((name) => `[data-field="${CSS.escape(name)}"]`).join());
      (field ?? document.querySelector(".grid-cell.is-bad"))?.scrollIntoView({ block: "center" });
      field?.querySelector("input, select, textarea, button")?.focus({ preventScroll: true });
    }
    first.current = key;
  }, [faults]);
}

function Bar({ saving, data, conflict, onReload, faults, compare }) {
  const t = useText();
  const moment = useMoment();
  const { save, isDirty, isBusy } = saving;
  const marked = Object.keys(faults).length;
  return (
    <div className="editor-bar" role="region" aria-label={t("Save and submit")}>
      {conflict?.version > 0 && (
        <div className="alert alert-warn" role="alert">
          <div className="alert-words">
            <p className="alert-title">{t("Changed by {name} {when}", { name: conflict.by || t("somebody else"), when: moment(conflict.at, "relative") })}</p>
            <p>{t("Your changes are not saved yet. Take theirs, or replace them with yours.")}</p>
          </div>
          <button type="button" className="btn btn-sm" onClick={compare}>{t("Look at the difference")}</button>
          <button type="button" className="btn btn-sm" onClick={() => onReload()}>{t("Take theirs")}</button>
          <button type="button" className="btn btn-sm" onClick={() => save("save", conflict.version)}>{t("Replace with mine")}</button>
        </div>
      )}
      <div className="editor-bar-row">
        <span className="meta" role="status">
          {isBusy ? t("Saving…") : isDirty ? t("Unsaved changes") : data.saved_at ? t("Saved {when}", { when: moment(data.saved_at, "time") }) : t("Everything is saved")}
          {marked > 0 && <span className="error"> · {t("{n} to fix", { n: marked })}</span>}
        </span>
        {data.can_edit && <>
          {isDirty && data.status !== "draft" && <button type="button" className="btn btn-quiet" onClick={() => onReload()}>{t("Discard")}</button>}
          <button type="button" className="btn" disabled={!isDirty || isBusy} onClick={() => save("save")}>{t("Save")}</button>
          <button type="button" className="btn btn-primary" disabled={isBusy || !(isDirty || data.may_submit)} onClick={() => save("submit")}>
            {data.is_live && data.status !== "taken_down" ? t("Publish changes") : t("Submit for review")}
          </button>
        </>}
      </div>
      {isDirty && <LeaveGuard />}
    </div>
  );
}
