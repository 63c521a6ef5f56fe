// A small panel under its button: the browser's own popover closes on Esc and outside clicks.
import { useEffect, useId, useRef, useState } from "react";

const GAP = 6;
const EDGE = 8;
const WIDTH = 280;

export function Popover({ label, className, name, trigger, children }) {
  const id = useId();
  const button = useRef(null);
  const panel = useRef(null);
  const [isOpen, setOpen] = useState(false);
  const close = () => panel.current?.hidePopover();

  const place = (event) => {
    const opens = event.newState === "open";
    setOpen(opens);
    if (!opens) return;
    const box = button.current.getBoundingClientRect();
    const left = Math.max(EDGE, Math.min(box.left, window.innerWidth - WIDTH - EDGE));
    const isLow = box.bottom > window.innerHeight * 0.7;
    Object.assign(panel.current.style, {
      left: `${left}px`,
      top: isLow ? "auto" : `${box.bottom + GAP}px`,
      bottom: isLow ? `${window.innerHeight - box.top + GAP}px` : "auto",
    });
  };
  useEffect(() => {
    if (!isOpen) return undefined;
    panel.current?.querySelector("input, select, button")?.focus();
    window.addEventListener("scroll", close, { passive: true });
    window.addEventListener("resize", close);
    return () => {
      window.removeEventListener("scroll", close);
      window.removeEventListener("resize", close);
    };
  }, [isOpen]);

  return (
    <>
      <button ref={button} type="button" className={className} popoverTarget={id} aria-label={name}
        aria-haspopup="dialog" aria-expanded={isOpen}>
        {trigger}
      </button>
      <div ref={panel} id={id} popover="auto" role="dialog" aria-label={label}
        className="index-popover" onBeforeToggle={place}>
        {isOpen && (typeof children === "function" ? children(close) : children)}
      </div>
    </>
  );
}
