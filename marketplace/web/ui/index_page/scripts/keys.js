// j and k walk the rows, x ticks the one in focus; Enter opens it because focus is on its link.
import { useEffect, useRef } from "react";

export function useRowKeys(frame, toggle) {
  const latest = useRef(toggle);
  useEffect(() => {
    latest.current = toggle;
  });
  useEffect(() => {
    const press = (event) => {
      const { key } = event.detail;
      const row = document.activeElement?.closest("[data-row]");
      if (key === "j" || key === "k") walk(frame.current, row, key === "j" ? 1 : -1);
      else if (key === "x" && row?.querySelector(".index-box")) latest.current(row.dataset.row);
      else return;
      event.preventDefault();
    };
    document.addEventListener("jishi:key", press);
    return () => document.removeEventListener("jishi:key", press);
  }, []);
}

function walk(frame, row, step) {
  const rows = [...(frame?.querySelectorAll("[data-row]") ?? [])];
  const here = rows.indexOf(row);
  const next = rows[here < 0 ? (step > 0 ? 0 : rows.length - 1) : here + step];
  next?.querySelector(".index-link")?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
