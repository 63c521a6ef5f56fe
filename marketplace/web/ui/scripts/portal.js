// Where dialogs, menus and toasts are put: inside the audience's root, so that its colours hold.
export function host() {
  if (typeof document === "undefined") return undefined;
  return document.querySelector(".storefront, .seller, .admin") ?? document.body;
}
