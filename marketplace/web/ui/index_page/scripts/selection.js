// Which rows are ticked: rows on the page, or everything that the list has on all its pages.
import { useEffect, useRef, useState } from "react";

export function useSelection(ids, asked) {
  const [selected, setSelected] = useState(() => new Set());
  const [isAll, takeAll] = useState(false);
  const anchor = useRef(null);
  const page = ids.join();
  useEffect(() => {
    setSelected((old) => new Set(ids.filter((id) => old.has(id))));
    anchor.current = null;
  }, [page]);
  useEffect(() => takeAll(false), [page, asked]);

  // with `isRange` (shift) everything from the last ticked row to this one follows it
  const toggle = (id, isRange = false) => {
    const turnsOn = !selected.has(id);
    const from = isRange && anchor.current ? ids.indexOf(anchor.current) : -1;
    const to = ids.indexOf(id);
    const range = from < 0 ? [id] : ids.slice(Math.min(from, to), Math.max(from, to) + 1);
    const next = new Set(selected);
    range.forEach((each) => (turnsOn ? next.add(each) : next.delete(each)));
    setSelected(next);
    takeAll(false);
    anchor.current = id;
  };
  const toggleAll = () => {
    setSelected(ids.every((id) => selected.has(id)) ? new Set() : new Set(ids));
    takeAll(false);
  };
  const clear = () => {
    setSelected(new Set());
    takeAll(false);
  };
  return { selected, toggle, toggleAll, clear, isAll, takeAll };
}
