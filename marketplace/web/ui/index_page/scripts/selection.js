// Which rows are ticked; only rows on the page can be.
import { useEffect, useRef, useState } from "react";

export function useSelection(ids) {
  const [selected, setSelected] = useState(() => new Set());
  const anchor = useRef(null);
  const page = ids.join();
  useEffect(() => {
    setSelected((old) => new Set(ids.filter((id) => old.has(id))));
    anchor.current = null;
  }, [page]);

  // with `isRange` (shift) everything from the last ticked row to this one follows it
  const toggle = (id, isRange = false) => {
    const turnsOn = !selected.has(id);
    const from = isRange && anchor.current ? ids.indexOf(anchor.current) : -1;
    const to = ids.indexOf(id);
    const range = from < 0 ? [id] : ids.slice(Math.min(from, to), Math.max(from, to) + 1);
    const next = new Set(selected);
    range.forEach((each) => (turnsOn ? next.add(each) : next.delete(each)));
    setSelected(next);
    anchor.current = id;
  };
  const toggleAll = () =>
    setSelected(ids.every((id) => selected.has(id)) ? new Set() : new Set(ids));
  const clear = () => setSelected(new Set());
  return { selected, toggle, toggleAll, clear };
}
