// Where dialogs, menus and toasts are put: inside the audience's root, so that its colours hold.
// Never inside the server's copy of a public page: it goes away, and what hangs in it with it.
export function host() {
  if (typeof document === "undefined") return undefined;
  return document.querySelector(":is(.storefront, .seller, .admin):not([data-ssr] *)") ?? document.body;
}
