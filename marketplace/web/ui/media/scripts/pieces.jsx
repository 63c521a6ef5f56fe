// What the drop zone and the gallery share: choosing, previews, the field of a form around them.
import { useEffect, useId, useRef, useState } from "react";
import { Camera, FileText, ImageUp, Upload } from "lucide-react";
import { useText } from "$/public/external/marketplace/web/i18n/i18n.js";

// Chosen, dropped, pasted, or taken with a phone's camera.
export function Chooser({ id, limits, isMany, isDisabled, isSmall, onFiles, label, describedBy }) {
  const t = useText();
  const own = useId();
  const [isOver, setOver] = useState(false);
  const takesPictures = limits.types.some((type) => type.startsWith("image/"));
  const take = (list) => {
    const files = [...(list ?? [])];
    if (files.length && !isDisabled) onFiles(isMany ? files : files.slice(0, 1));
  };
  const chosen = (event) => {
    take(event.target.files);
    event.target.value = ""; // the same file may be chosen again
  };
  const over = (event) => {
    event.preventDefault();
    setOver(!isDisabled);
  };
  const Icon = takesPictures ? ImageUp : Upload;
  const quiet = { tabIndex: -1, "aria-hidden": true };
  return (
    <div className={`drop-zone${isOver ? " drop-over" : ""}${isSmall ? " drop-small" : ""}`}
      onDragOver={over} onDragLeave={() => setOver(false)}
      onDrop={(event) => { event.preventDefault(); setOver(false); take(event.dataTransfer.files); }}
      onPaste={(event) => take(event.clipboardData.files)}>
      <input id={id} type="file" className="visually-hidden" accept={limits.types.join(",")} multiple={isMany}
        disabled={isDisabled} onChange={chosen} aria-label={label} aria-describedby={describedBy} />
      <label htmlFor={id} className="drop-label">
        <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
        <span className="drop-words">
          <strong>{isMany ? t("Choose pictures") : t("Choose a file")}</strong>
          <span className="drop-or">{t("or drop it here, or paste it")}</span>
          <span className="hint">{t("{types}, up to {megabytes} MB", { types: limits.names, megabytes: limits.most / 1_000_000 })}</span>
        </span>
      </label>
      {takesPictures && (
        <label className="btn btn-sm drop-camera">
          <Camera size={16} strokeWidth={1.75} aria-hidden="true" />{t("Take a photo")}
          <input {...quiet} id={own} type="file" className="visually-hidden" accept="image/*" capture="environment"
            disabled={isDisabled} onChange={chosen} />
        </label>
      )}
    </div>
  );
}

// The server's picture, or what the browser drew itself, or a sheet of paper.
export function Preview({ url, canvas, alt = "", className = "", style }) {
  const place = useRef(null);
  useEffect(() => {
    if (url || !canvas || !place.current) return;
    place.current.width = canvas.width;
    place.current.height = canvas.height;
    place.current.getContext("2d").drawImage(canvas, 0, 0);
  }, [url, canvas]);
  if (url) return <img src={url} alt={alt} className={className} style={style} draggable={false} />;
  if (canvas) return <canvas ref={place} className={className} role="img" aria-label={alt} />;
  return <span className={`${className} media-blank`}><FileText size={20} strokeWidth={1.75} aria-hidden="true" /></span>;
}

export function Progress({ stage, share, name }) {
  const t = useText();
  const words = stage === "sending" ? t("Uploading {name}", { name }) : t("Checking {name}", { name });
  return (
    <div className="media-progress">
      <span className="meta" role="status">{words}{stage === "sending" ? ` · ${Math.round(share * 100)} %` : " …"}</span>
      <progress className="progress" max="1" value={stage === "sending" ? share : undefined} aria-label={words} />
    </div>
  );
}

// Part of the form around it: bars that save hear of changes, and ask for the old state back.
export function HiddenField({ name, value, onRestored }) {
  const place = useRef(null);
  const last = useRef(value);
  useEffect(() => {
    if (last.current === value) return;
    last.current = value;
    place.current?.dispatchEvent(new Event("input", { bubbles: true }));
  }, [value]);
  useEffect(() => {
    const field = place.current;
    if (!field) return undefined;
    const restored = () => onRestored();
    field.addEventListener("restored", restored);
    return () => field.removeEventListener("restored", restored);
  }, [onRestored]);
  if (!name) return null;
  return <input ref={place} type="hidden" name={name} value={value} readOnly />;
}
