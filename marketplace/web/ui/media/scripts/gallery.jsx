// Up to fifteen pictures: the first is the cover; words for each language, the point crops keep, the order.
import { useCallback, useEffect, useId, useRef, useState } from "react";
import { ArrowLeft, ArrowRight, Star, Trash2, TriangleAlert, Undo2 } from "lucide-react";
import { useCount, useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { look } from "./checks.js";
import { Details } from "./details.jsx";
import { Chooser, HiddenField, Preview, Progress } from "./pieces.jsx";
import { send } from "./upload.js";

const AT_ONCE = 2;
const REMEMBERED = 40;
const PAUSE = 600;
const plain = (items) => items.map(({ id, alt, alt_zh, focal_x, focal_y }) => ({ id, alt, alt_zh, focal_x, focal_y }));

export function Gallery({ pictures, hat, proof, limits, most = 15, name, isDisabled, onChange }) {
  const t = useText();
  const tn = useCount();
  const id = useId();
  const given = pictures ?? [];
  const [items, setItems] = useState(given);
  const [chosen, choose] = useState("");
  const [removed, setRemoved] = useState(null); // { item, at }
  const [said, say] = useState("");
  const uploads = useUploads({ hat, proof, limits });
  const told = useRef([JSON.stringify(plain(given))]);
  const timer = useRef(0);
  const list = useRef(null);

  // what the server sends back of what we told it changes nothing here; anything else is news
  const news = JSON.stringify(plain(given));
  const faces = JSON.stringify(given);
  const restore = useCallback(() => { setItems(given); setRemoved(null); }, [faces]);
  useEffect(() => {
    if (!told.current.includes(news)) {
      told.current.push(news);
      restore();
    }
  }, [news, restore]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const change = (next, { later = false } = {}) => {
    setItems(next);
    const words = plain(next);
    told.current = [...told.current, JSON.stringify(words)].slice(-REMEMBERED);
    clearTimeout(timer.current);
    if (later) timer.current = setTimeout(() => onChange?.(words), PAUSE);
    else onChange?.(words);
  };
  const latest = useRef(items);
  latest.current = items;

  const add = (files) => {
    setRemoved(null);
    const room = most - latest.current.length - uploads.running.length;
    if (files.length > room) say(t("At most {n} pictures.", { n: most }));
    files.slice(0, Math.max(room, 0)).forEach((file) => uploads.start(file, (row) => {
      const made = { id: row.id, url: row.url_480, url_960: row.url_960, alt: "", alt_zh: "", focal_x: 50, focal_y: 50, status: "ready", name: file.name };
      latest.current = [...latest.current, made];
      change(latest.current);
      say(t("{name} was added.", { name: file.name }));
    }));
  };
  const edit = (picture, words, options) => change(items.map((each) => (each.id === picture ? { ...each, ...words } : each)), options);
  const move = (from, to) => {
    if (to < 0 || to >= items.length) return;
    const next = [...items];
    const [item] = next.splice(from, 1);
    next.splice(to, 0, item);
    change(next);
    say(t("Now number {place} of {count}.", { place: to + 1, count: next.length }));
  };
  const remove = (at) => {
    const next = items.filter((_, index) => index !== at);
    setRemoved({ item: items[at], at });
    choose("");
    change(next);
    requestAnimationFrame(() => document.getElementById(`${id}-undo`)?.focus());
  };
  const undo = () => {
    const next = [...items];
    next.splice(removed.at, 0, removed.item);
    change(next);
    choose(removed.item.id);
    setRemoved(null);
  };
  const keys = (event, at) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    if (event.altKey) move(at, at + step);
    const place = Math.min(Math.max(at + step, 0), items.length - 1);
    if (event.altKey) requestAnimationFrame(() => list.current?.querySelectorAll(".tile-face")[place]?.focus());
    else list.current?.querySelectorAll(".tile-face")[place]?.focus();
  };

  const index = items.findIndex((item) => item.id === chosen);
  const isFull = items.length + uploads.running.length >= most;
  return (
    <div className="gallery">
      <p className="meta">{tn("{n} picture", "{n} pictures", items.length)} / {most}. {t("The first one is the cover.")}</p>
      <ul className="tiles" ref={list}>
        {items.map((item, at) => (
          <li key={item.id} className="tile">
            <button type="button" className="tile-face" aria-pressed={item.id === chosen} onKeyDown={(event) => keys(event, at)}
              onClick={() => choose(item.id === chosen ? "" : item.id)}
              aria-label={t("Picture {place}: {name}", { place: at + 1, name: item.alt || item.name || t("no description yet") })}>
              <Preview url={item.url} className="tile-picture" style={{ objectPosition: `${item.focal_x}% ${item.focal_y}%` }} />
            </button>
            {at === 0 && <span className="pill pill-accent tile-mark">{t("Cover")}</span>}
            {!(item.alt && item.alt_zh) && (
              <span className="tile-missing" title={t("Description missing")}><TriangleAlert size={14} strokeWidth={2} aria-hidden="true" /></span>
            )}
          </li>
        ))}
        {uploads.all.map((upload) => (
          <li key={upload.key} className="tile tile-sending">
            {!upload.refusal && <Preview canvas={upload.preview} className="tile-picture" />}
            {upload.refusal ? (
              <div className="tile-refusal" role="alert">
                <p className="error">{upload.name}: {t(upload.refusal.message, upload.refusal.words)}</p>
                <button type="button" className="btn btn-sm" onClick={() => uploads.forget(upload.key)}>{t("Dismiss")}</button>
              </div>
            ) : <Progress stage={upload.stage} share={upload.share} name={upload.name} />}
          </li>
        ))}
        {!isFull && (
          <li className="tile tile-add">
            <Chooser id={`${id}-choose`} limits={limits} isMany isSmall isDisabled={isDisabled || !proof} onFiles={add} label={t("Add pictures")} />
          </li>
        )}
      </ul>
      <div className="gallery-said">
        {removed && (
          <p className="gallery-undo" role="status">
            {t("{name} was removed.", { name: removed.item.alt || removed.item.name || t("The picture") })}
            <button type="button" id={`${id}-undo`} className="btn btn-sm" onClick={undo}>
              <Undo2 size={14} strokeWidth={1.75} aria-hidden="true" />{t("Undo")}
            </button>
          </p>
        )}
        <p className="visually-hidden" role="status">{said}</p>
      </div>
      {index >= 0 && (
        <Details key={items[index].id} item={items[index]} isDisabled={isDisabled}
          onEdit={(words, options) => edit(items[index].id, words, options)}>
          <button type="button" className="btn btn-sm" disabled={isDisabled || index === 0} onClick={() => move(index, index - 1)}>
            <ArrowLeft size={14} strokeWidth={1.75} aria-hidden="true" />{t("Move earlier")}
          </button>
          <button type="button" className="btn btn-sm" disabled={isDisabled || index === items.length - 1} onClick={() => move(index, index + 1)}>
            {t("Move later")}<ArrowRight size={14} strokeWidth={1.75} aria-hidden="true" />
          </button>
          <button type="button" className="btn btn-sm" disabled={isDisabled || index === 0} onClick={() => move(index, 0)}>
            <Star size={14} strokeWidth={1.75} aria-hidden="true" />{t("Make it the cover")}
          </button>
          <button type="button" className="btn btn-sm btn-danger" disabled={isDisabled} onClick={() => remove(index)}>
            <Trash2 size={14} strokeWidth={1.75} aria-hidden="true" />{t("Remove")}
          </button>
        </Details>
      )}
      <HiddenField name={name} value={JSON.stringify(plain(items))} onRestored={restore} />
    </div>
  );
}

// Files on their way: two at a time, each with its own progress or reason; `done(row)` once checked.
function useUploads({ hat, proof, limits }) {
  const [all, setAll] = useState([]);
  const queue = useRef([]);
  const busy = useRef(0);
  const stop = useRef(null);
  const count = useRef(0);
  useEffect(() => {
    stop.current = new AbortController();
    return () => stop.current.abort();
  }, []);
  const note = (key, words) => setAll((now) => now.map((each) => (each.key === key ? { ...each, ...words } : each)));
  const forget = (key) => setAll((now) => now.filter((each) => each.key !== key));
  const next = async () => {
    if (busy.current >= AT_ONCE || queue.current.length === 0) return;
    const { key, file, done } = queue.current.shift();
    busy.current += 1;
    try {
      const seen = await look(file, limits, "picture");
      note(key, { preview: seen.preview });
      const row = await send(file, {
        purpose: "picture", hat, proof, signal: stop.current.signal, told: (stage, share) => note(key, { stage, share }),
      });
      forget(key);
      done(row);
    } catch (broken) {
      if (broken.name !== "AbortError") note(key, { refusal: { message: broken.message, words: broken.words } });
    }
    busy.current -= 1;
    next();
  };
  const start = (file, done) => {
    count.current += 1;
    const key = count.current;
    setAll((now) => [...now, { key, name: file.name, stage: "sending", share: 0, preview: null, refusal: null }]);
    queue.current.push({ key, file, done });
    next();
  };
  return { all, running: all.filter((each) => !each.refusal), start, forget };
}
