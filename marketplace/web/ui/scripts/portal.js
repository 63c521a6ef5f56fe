import { useEffect, useState } from "react";

// Where dialogs, menus and toasts are put: inside the audience's root, so that its colours hold.
// Never inside the server's copy of a public page: it goes away, and what hangs in it with it.
function host() {
  if (typeof document === "undefined") return undefined;
  const frame = document.querySelector(":is(.storefront, .seller, .admin):not([data-ssr] *)");
  return frame?.querySelector(":scope > .overlays") ?? frame ?? document.body;
}

// Looked up after mounting: while a page is being rendered the frame of the last one still stands.
export function useHost() {
  const [element, setElement] = useState(undefined);
  useEffect(() => setElement(host()), []);
  return element;
}
