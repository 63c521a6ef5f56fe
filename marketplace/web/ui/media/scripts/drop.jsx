// One file: chosen, checked, sent, shown, replaced, removed.
import { useCallback, useEffect, useId, useRef, useState } from "react";
import { RefreshCw, TriangleAlert, X } from "lucide-react";
import { useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { look } from "./checks.js";
import { Chooser, HiddenField, Preview, Progress } from "./pieces.jsx";
import { send } from "./upload.js";

const NOTHING = { id: "", name: "", url: "", status: "", refusal: "", content_type: "" };

export function Drop({ label, optional, hint, purpose, hat, proof, limits, file, name, shape = "square", error, errorWords,
  isDisabled, onDone, onRemove }) {
  const t = useText();
  const id = useId();
  const zone = useRef(null);
  const stop = useRef(null);
  const given = file ?? NOTHING;
  const [now, setNow] = useState(given);
  const [work, setWork] = useState(null); // { name, stage, share }
  const [refusal, setRefusal] = useState(null);
  const [preview, setPreview] = useState(null);
  const [isBlurred, setBlurred] = useState(false);

  const sent = useRef(""); // the file this visit uploaded: what was seen of it stays true
  const restore = useCallback(() => {
    setNow(given);
    setRefusal(null);
    if (given.id && given.id === sent.current) return;
    setPreview(null);
    setBlurred(false);
  }, [given.id, given.url, given.status]);
  useEffect(restore, [restore]);
  useEffect(() => () => stop.current?.abort(), []);

  const take = async ([chosen]) => {
    stop.current?.abort();
    const mine = new AbortController();
    stop.current = mine;
    setRefusal(null);
    setBlurred(false);
    setWork({ name: chosen.name, stage: "checking", share: 0 });
    try {
      const seen = await look(chosen, limits, purpose);
      setPreview(seen.preview ?? null);
      const row = await send(chosen, {
        purpose, hat, proof, signal: mine.signal,
        told: (stage, share) => setWork({ name: chosen.name, stage, share }),
      });
      sent.current = row.id;
      setBlurred(Boolean(seen.isBlurred));
      setNow({ ...NOTHING, id: row.id, name: chosen.name, url: row.url_480, status: row.status, content_type: seen.type });
      onDone?.(row.id);
    } catch (broken) {
      if (broken.name === "AbortError") return;
      setRefusal({ message: broken.message, words: broken.words, name: chosen.name });
    }
    setWork(null);
  };
  const remove = () => {
    stop.current?.abort();
    setWork(null);
    setPreview(null);
    setBlurred(false);
    setNow(NOTHING);
    onRemove?.();
    requestAnimationFrame(() => zone.current?.querySelector("input")?.focus());
  };

  const has = Boolean(now.id);
  const wrong = error || (now.status === "refused" ? now.refusal : "");
  return (
    <div className="field drop" ref={zone}>
      <span className="label" id={`${id}-label`}>{label}{optional && <span className="hint"> {t("optional")}</span>}</span>
      {hint && <p className="hint" id={`${id}-hint`}>{hint}</p>}
      {has && !work && (
        <div className={`drop-file drop-${shape}`}>
          <Preview url={now.url} canvas={preview} className="drop-preview" />
          <div className="drop-about">
            <span className="drop-name">{now.name || label}</span>
            {now.status === "checking" && <span className="meta">{t("Being checked")}</span>}
            {purpose === "document" && now.status === "ready" && (
              <a className="link" href={`/files/document/${now.id}`}>{t("Download")}</a>
            )}
          </div>
          <div className="drop-buttons">
            <label htmlFor={id} className="btn btn-sm drop-replace">
              <RefreshCw size={14} strokeWidth={1.75} aria-hidden="true" />{t("Replace")}
            </label>
            <button type="button" className="btn btn-icon" disabled={isDisabled} onClick={remove}
              aria-label={t("Remove {name}", { name: now.name || label })}>
              <X size={16} strokeWidth={1.75} aria-hidden="true" />
            </button>
          </div>
        </div>
      )}
      {work && (
        <div className={`drop-file drop-${shape}`}>
          <Preview canvas={preview} className="drop-preview" />
          <Progress {...work} />
          <button type="button" className="btn btn-sm btn-quiet" onClick={() => { stop.current?.abort(); setWork(null); setPreview(null); }}>
            {t("Cancel")}
          </button>
        </div>
      )}
      <div className={has || work ? "drop-hidden" : undefined}>
        <Chooser id={id} limits={limits} isDisabled={isDisabled || !proof || Boolean(work)} onFiles={take} label={`${label}: ${t("Choose a file")}`}
          describedBy={`${hint ? `${id}-hint ` : ""}${id}-error`} />
      </div>
      {isBlurred && (
        <p className="drop-warning" role="status">
          <TriangleAlert size={14} strokeWidth={1.75} aria-hidden="true" />
          {t("This looks blurred. Make sure every word can be read, or take it again.")}
        </p>
      )}
      <p className="error" id={`${id}-error`} role="alert">
        {refusal ? `${refusal.name}: ${t(refusal.message, refusal.words)}` : wrong ? t(wrong, errorWords) : ""}
      </p>
      <HiddenField name={name} value={now.id} onRestored={restore} />
    </div>
  );
}
