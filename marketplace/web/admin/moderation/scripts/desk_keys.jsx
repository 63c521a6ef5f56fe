// One key presses the button that carries it as data-desk-key; j and k walk the queue. Off while
// typing, inside dialogs, after the g of a jump, and when the person has switched single keys off.
import { useEffect } from "react";

const TYPING = "input, textarea, select, [contenteditable=true], [role=menu], [role=listbox]";
const JUMP = 1200; // milliseconds in which a letter belongs to the g before it

export function DeskKeys({ isEnabled }) {
  useEffect(() => {
    if (!isEnabled) return undefined;
    let leader = 0;
    function press(event) {
      if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing || event.repeat) return;
      if (event.target.closest?.(TYPING) || document.querySelector("[role=dialog], [role=alertdialog]")) return;
      const wanted = event.key.toLowerCase();
      const isJump = leader && event.timeStamp - leader < JUMP;
      leader = wanted === "g" && !isJump ? event.timeStamp : 0;
      if (isJump || event.defaultPrevented || !/^[a-z]$/.test(wanted)) return;
      const target = wanted === "j" || wanted === "k" ? neighbour(wanted === "j" ? 1 : -1) : button(wanted);
      if (!target) return;
      event.preventDefault();
      target.click();
    }
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [isEnabled]);
  return null;
}

const button = (key) => document.querySelector(`[data-desk-key="${key}"]:not(:disabled)`);

function neighbour(step) {
  const rows = [...document.querySelectorAll("[data-desk-row]")];
  const here = rows.findIndex((row) => row.dataset.deskRow === "here");
  return rows[here + step];
}
