// What the parts of a list page share: its description, its question and what is ticked.
import { createContext, useContext, useEffect, useState } from "react";

export const IndexContext = createContext(null);
export const useIndex = () => useContext(IndexContext);

const PHONE = "(max-width: 767px)";

export function usePhone() {
  const [isPhone, setPhone] = useState(false);
  useEffect(() => {
    const query = window.matchMedia(PHONE);
    const look = () => setPhone(query.matches);
    look();
    query.addEventListener("change", look);
    return () => query.removeEventListener("change", look);
  }, []);
  return isPhone;
}

// Hidden columns: a saved view's, or what this browser last chose.
export function useHiddenColumns(spec, view) {
  const place = `jishi.columns.${spec.page}`;
  const usual = spec.columns.filter((column) => !column.isShown).map((column) => column.key);
  const [own, setOwn] = useState(null);
  const [ofView, setOfView] = useState(null);
  useEffect(() => {
    const kept = window.localStorage.getItem(place);
    try {
      const keys = JSON.parse(kept);
      if (Array.isArray(keys)) setOwn(keys);
    } catch { /* somebody else wrote there: the usual columns */ }
  }, [place]);
  useEffect(() => setOfView(null), [view?.id]);
  const known = new Set(spec.columns.slice(1).map((column) => column.key));
  const hidden = (ofView ?? (view?.isSaved ? view.columns : null) ?? own ?? usual)
    .filter((key) => known.has(key));
  const hide = (keys) => {
    if (view?.isSaved) return setOfView(keys ?? view.columns);
    if (keys) window.localStorage.setItem(place, JSON.stringify(keys));
    else window.localStorage.removeItem(place);
    setOwn(keys);
  };
  return [hidden, hide];
}
