// A button whose menu or panel is fetched when somebody first wants it: a first page loads less.
import { createContext, useContext, useRef, useState } from "react";

const Late = createContext({});
export const useLate = () => useContext(Late);

export function LateRoot({ load, draw, onFirstOpen, children }) {
  const [parts, setParts] = useState(null);
  const isByKeys = useRef(false); // the part itself was not there to see the key
  const open = (event) => {
    isByKeys.current = event.detail === 0;
    const givesUp = new AbortController(); // Escape while the part is still on its way
    const hear = (pressed) => { if (pressed.key === "Escape") givesUp.abort(); };
    document.addEventListener("keydown", hear, { signal: givesUp.signal });
    load().then((found) => {
      if (givesUp.signal.aborted) return;
      givesUp.abort();
      setParts(found);
      onFirstOpen?.();
    });
  };
  return (
    <Late.Provider value={{ parts, load, open, isByKeys }}>
      {parts ? draw(parts, children) : children}
    </Late.Provider>
  );
}

// the plain button stays until it is pressed: one exchanged under the finger would lose the press
export function LateTrigger({ kind, children, ...rest }) {
  const { parts, load, open } = useLate();
  if (parts) return <parts.Trigger {...rest}>{children}</parts.Trigger>;
  const press = (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    open(event);
  };
  return (
    <button type="button" {...rest} aria-haspopup={kind} aria-expanded={false} onClick={open}
      onPointerEnter={load} onFocus={load} onKeyDown={press}>
      {children}
    </button>
  );
}
