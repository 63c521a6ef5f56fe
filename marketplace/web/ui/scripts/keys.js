// The keys of a page. Single keys are off while typing, inside dialogs, and when the person says so.
// Lists listen for the event `jishi:key` on the document; preventDefault() there means "I took it".
import { useEffect, useRef } from "react";

const WAIT = 1200; // milliseconds between g and its letter
const FOR_LISTS = new Set(["j", "k", "x", "e", "c", "[", "]", "Enter", "Escape", " "]);
const TYPING = "input, textarea, select, [contenteditable=true], [role=menu], [role=listbox]";
const ANSWERS_ITSELF = "a, button, summary, [role=menuitem], [role=option], [role=tab]";

export function useKeys(options) {
  const latest = useRef(options);
  latest.current = options;
  useEffect(() => {
    let leader = 0;
    function press(event) {
      const { isEnabled, jumps, go, openPalette, openHelp } = latest.current;
      if ((event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        return openPalette();
      }
      if (!isEnabled || event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return;
      if (event.defaultPrevented || event.target.closest?.(TYPING) || document.querySelector("[role=dialog]")) return;
      if (event.timeStamp - leader < WAIT && leader) {
        leader = 0;
        const jump = jumps.find((one) => one.keys === event.key.toLowerCase());
        if (!jump) return;
        event.preventDefault();
        return go(jump);
      }
      if (event.key === "g") leader = event.timeStamp;
      else if (event.key === "?") openHelp();
      else if (event.key === "/") {
        event.preventDefault();
        const box = document.querySelector("[data-page-search], main input[type=search]");
        if (box) box.focus();
        else openPalette();
      } else if (FOR_LISTS.has(event.key)) {
        if ((event.key === "Enter" || event.key === " ") && event.target.closest?.(ANSWERS_ITSELF)) return;
        const told = new CustomEvent("jishi:key", { detail: { key: event.key }, cancelable: true });
        if (!document.dispatchEvent(told)) event.preventDefault();
      }
    }
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
