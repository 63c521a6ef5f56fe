// A document that is a picture, to be read: larger, smaller, turned, by buttons and by keys.
import { Maximize, RotateCcw, RotateCw, ZoomIn, ZoomOut } from "lucide-react";
import { useRef, useState } from "react";
import { useNumber, useText } from "$/public/external/marketplace/web/i18n/i18n.js";

const STEP = 1.25;
const LEAST = 0.5;
const MOST = 5;

export function Paper({ src, alt }) {
  const t = useText();
  const number = useNumber();
  const frame = useRef(null);
  const [zoom, setZoom] = useState(1);
  const [turns, setTurns] = useState(0); // quarters, clockwise
  const [size, setSize] = useState(null);
  const scale = (by) => setZoom((now) => Math.min(MOST, Math.max(LEAST, now * by)));
  const turn = (by) => setTurns((now) => (now + by + 4) % 4);
  const fit = () => {
    setZoom(1);
    setTurns(0);
  };
  const deeds = {
    "+": () => scale(STEP), "=": () => scale(STEP), "-": () => scale(1 / STEP),
    0: fit, r: () => turn(1), R: () => turn(-1),
  };
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !deeds[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    deeds[event.key]();
  };
  const percent = t("{n}%", { n: number(Math.round(zoom * 100)) });
  return (
    <div className="paper" role="group" aria-label={alt} onKeyDown={press}>
      <div className="paper-tools" role="toolbar" aria-label={t("View of the document")}>
        <Tool name={t("Smaller")} keys="-" onClick={deeds["-"]} disabled={zoom <= LEAST}><ZoomOut {...LOOK} /></Tool>
        <output className="paper-zoom" aria-live="polite">{percent}</output>
        <Tool name={t("Larger")} keys="+" onClick={deeds["+"]} disabled={zoom >= MOST}><ZoomIn {...LOOK} /></Tool>
        <Tool name={t("Turn left")} keys="Shift+R" onClick={deeds.R}><RotateCcw {...LOOK} /></Tool>
        <Tool name={t("Turn right")} keys="R" onClick={deeds.r}><RotateCw {...LOOK} /></Tool>
        <Tool name={t("Fit the width")} keys="0" onClick={fit}><Maximize {...LOOK} /></Tool>
      </div>
      <div ref={frame} className="paper-frame" tabIndex={0} aria-label={t("Scroll to read")} role="region">
        <div className="paper-sheet" style={sheet(size, zoom, turns)}>
          <img src={src} alt={alt} loading="lazy" style={turned(size, turns)}
            onLoad={({ target }) => setSize({ width: target.naturalWidth, height: target.naturalHeight })} />
        </div>
      </div>
    </div>
  );
}

function Tool({ name, keys, children, ...props }) {
  return (
    <button type="button" className="btn btn-icon btn-sm" aria-label={name} title={`${name} (${keys})`}
      aria-keyshortcuts={keys} {...props}>{children}</button>
  );
}

// The sheet has the picture's shape as it lies; the picture is turned within it.
function sheet(size, zoom, turns) {
  const wide = { width: `${zoom * 100}%` };
  if (!size) return wide;
  const lies = turns % 2 === 1;
  const shape = lies ? `${size.height} / ${size.width}` : `${size.width} / ${size.height}`;
  return { ...wide, aspectRatio: shape };
}

function turned(size, turns) {
  if (!size) return undefined;
  const width = turns % 2 === 1 ? `${(size.width / size.height) * 100}%` : "100%";
  return {
    position: "absolute", top: "50%", left: "50%", width, maxWidth: "none",
    transform: `translate(-50%, -50%) rotate(${turns * 90}deg)`,
  };
}

const LOOK = { size: 16, strokeWidth: 1.75, "aria-hidden": "true" };
