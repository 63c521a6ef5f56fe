// What a form needs besides its fields: a bar to save it, a guard against leaving, the first error.
import { useCallback, useEffect, useRef, useState } from "react";
import * as Dialog from "@radix-ui/react-dialog";
import { useBlocker } from "react-router";
import { useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { useHost } from "./portal.js";

const FIELDS = "input, select, textarea";

// Whether an uncontrolled form was changed since `version`: when the server has loaded or saved it.
function useChanges(version) {
  const place = useRef(null);
  const [isDirty, setDirty] = useState(false);
  const restore = useCallback(() => {
    const own = place.current?.closest("form");
    if (!own) return;
    own.reset();
    // the browser forgets what React put into a select later
    own.querySelectorAll("select[data-value]").forEach((box) => { box.value = box.dataset.value; });
    own.querySelectorAll(FIELDS).forEach((field) => field.dispatchEvent(new Event("restored")));
    setDirty(false);
  }, []);

  useEffect(() => {
    const own = place.current?.closest("form");
    const change = (event) => { if (event.target.name) setDirty(true); };
    own?.addEventListener("input", change);
    own?.addEventListener("change", change);
    return () => {
      own?.removeEventListener("input", change);
      own?.removeEventListener("change", change);
    };
  }, []);
  useEffect(restore, [version]);
  useEffect(() => {
    if (!isDirty) return undefined;
    const save = (event) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "s") {
        event.preventDefault();
        place.current?.closest("form")?.requestSubmit();
      }
    };
    const stay = (event) => event.preventDefault();
    document.addEventListener("keydown", save);
    window.addEventListener("beforeunload", stay);
    return () => {
      document.removeEventListener("keydown", save);
      window.removeEventListener("beforeunload", stay);
    };
  }, [isDirty]);
  return { place, isDirty, setDirty, restore };
}

// Sits inside an uncontrolled form. `version` changes when the server has saved or loaded it.
export function SaveBar({ version, words, isBusy, children }) {
  const t = useText();
  const { place, isDirty, restore } = useChanges(version);
  return (
    <div ref={place} className="save-bar-place" role="status">
      {isDirty && (
        <div className="save-bar">
          <span>{t("Unsaved changes")}</span>
          {children}
          <button type="button" className="btn btn-sm btn-quiet" onClick={restore}>{t("Discard")}</button>
          <button type="submit" className="btn btn-sm btn-primary" disabled={isBusy}>{words || t("Save")}</button>
          <LeaveGuard />
        </div>
      )}
    </div>
  );
}

// The guard alone, for a form whose own button saves and goes on. What was sent may be left
// behind, unless it came back with errors.
export function LeaveWatch({ version, errors }) {
  const { place, isDirty, setDirty } = useChanges(version);
  useEffect(() => {
    const own = place.current?.closest("form");
    const sent = () => setDirty(false);
    own?.addEventListener("submit", sent);
    return () => own?.removeEventListener("submit", sent);
  }, []);
  useEffect(() => { if (Object.keys(errors ?? {}).length) setDirty(true); }, [errors]);
  return <div ref={place}>{isDirty && <LeaveGuard />}</div>;
}

// only while something is unsaved: the router knows one blocker at a time
export function LeaveGuard() {
  const container = useHost();
  const t = useText();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname);
  const isOpen = blocker.state === "blocked";
  return (
    <Dialog.Root open={isOpen} onOpenChange={(next) => { if (!next) blocker.reset?.(); }}>
      <Dialog.Portal container={container}>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content className="dialog dialog-centre" role="alertdialog">
          <header className="dialog-head"><div>
            <Dialog.Title className="h2">{t("Leave without saving?")}</Dialog.Title>
            <Dialog.Description className="lead">{t("What you changed on this page will be lost.")}</Dialog.Description>
          </div></header>
          <footer className="dialog-foot">
            <button type="button" className="btn" onClick={() => blocker.reset?.()}>{t("Keep editing")}</button>
            <button type="button" className="btn btn-danger btn-primary" onClick={() => blocker.proceed?.()}>{t("Leave")}</button>
          </footer>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

// The list of errors at the top of a form; focus goes to the first field that has one.
export function ErrorSummary({ errors, words }) {
  const t = useText();
  const place = useRef(null);
  const [rows, setRows] = useState([]);
  useEffect(() => {
    const own = place.current?.closest("form");
    const all = errors ?? {};
    const fields = [...(own?.querySelectorAll(FIELDS) ?? [])].filter((field) => field.name in all);
    const found = fields.map((field) => ({
      id: field.id, label: field.labels?.[0]?.firstChild?.textContent || field.labels?.[0]?.textContent || field.name, message: all[field.name],
    }));
    setRows(all[""] ? [{ id: "", label: "", message: all[""] }, ...found] : found);
    fields[0]?.focus();
  }, [errors]);
  const link = (event, id) => {
    event.preventDefault();
    document.getElementById(id)?.focus();
  };
  return (
    <div ref={place} role="alert">
      {rows.length > 0 && (
        <div className="alert alert-bad">
          <div className="alert-words">
            <p className="alert-title">{t("Please check what you entered")}</p>
            <ul className="error-list">
              {rows.map((row) => (
                <li key={row.id}>
                  {row.id && <><a href={`#${row.id}`} onClick={(event) => link(event, row.id)}>{row.label}</a>: </>}
                  {t(row.message, words)}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </div>
  );
}

// A confirm names the thing and what follows; money and deletion ask for its name to be typed.
export function Confirm({ heading, consequence, verb, danger, expected, reasonLabel, onConfirm, children }) {
  const container = useHost();
  const t = useText();
  const [trigger, body] = children;
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const isReady = (!expected || typed.trim() === expected) && (!reasonLabel || reason.trim());
  const turn = (next) => { setOpen(next); setTyped(""); setReason(""); };
  const confirm = (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (!isReady) return;
    onConfirm?.(reason.trim());
    turn(false);
  };
  return (
    <Dialog.Root open={isOpen} onOpenChange={turn}>
      {trigger}
      <Dialog.Portal container={container}>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content className="dialog dialog-centre" role="alertdialog">
          <header className="dialog-head"><div>
            <Dialog.Title className="h2">{heading}</Dialog.Title>
            <Dialog.Description className="lead">{consequence}</Dialog.Description>
          </div></header>
          <form className="dialog-form" onSubmit={confirm}>
            <div className="dialog-body stack">
              {body}
              {reasonLabel && (
                <label className="field"><span className="label">{reasonLabel}</span>
                  <textarea className="textarea" required maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
                </label>
              )}
              {expected && (
                <label className="field"><span className="label">{t("Type {words} to confirm", { words: expected })}</span>
                  <input className="input" autoComplete="off" spellCheck={false} value={typed} onChange={(event) => setTyped(event.target.value)} />
                </label>
              )}
            </div>
            <footer className="dialog-foot">
              <Dialog.Close className="btn">{t("Cancel")}</Dialog.Close>
              <button type="submit" className={`btn btn-primary${danger ? " btn-danger" : ""}`} disabled={!isReady}>{verb}</button>
            </footer>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
