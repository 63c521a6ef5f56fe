// Asks again every so often while something is at work, and only while the page is looked at.

import { useEffect, useRef } from "react";

export function Poll({ active, every, onTick }) {
  const tick = useRef(onTick);
  tick.current = onTick;
  useEffect(() => {
    if (!active) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") tick.current();
    }, every);
    return () => clearInterval(timer);
  }, [active, every]);
  return null;
}
