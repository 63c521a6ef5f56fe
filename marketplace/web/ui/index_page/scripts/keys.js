// j and k walk the rows, x ticks the one in focus; Enter opens it because focus is on its link.
import { useEffect, useRef } from "react";

const TYPES = "input:not([type=checkbox]), textarea, select, [contenteditable=true]";

export function useRowKeys(frame, toggle, isEnabled) {
  const latest = useRef(toggle);
  useEffect(() => {
    latest.current = toggle;
  });
  useEffect(() => {
    if (!isEnabled) return undefined;
    const press = (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest?.(TYPES) || document.querySelector("dialog[open], .dialog")) return;
      if (event.key === "j" || event.key === "k") walk(frame.current, event.key === "j" ? 1 : -1);
      else if (event.key === "x") {
        const row = document.activeElement?.closest("[data-row]");
        if (row && row.querySelector(".index-box")) latest.current(row.dataset.row);
      }
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [isEnabled]);
}

function walk(frame, step) {
  const rows = [...(frame?.querySelectorAll("[data-row]") ?? [])];
  const here = rows.indexOf(document.activeElement?.closest("[data-row]"));
  const next = rows[here < 0 ? (step > 0 ? 0 : rows.length - 1) : here + step];
  next?.querySelector(".index-link")?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
