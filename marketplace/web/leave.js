// Leaves the app for a page the server writes itself, such as the sign-in page.
import { useEffect } from "react";

const DONE = "left";

export function LeaveBridge({ order }) {
  const { id, address } = order ?? {};
  useEffect(() => {
    // The state outlives the page: an order that was followed once must not be followed again
    // by the page it led to.
    if (!id || sessionStorage.getItem(DONE) === String(id)) return;
    sessionStorage.setItem(DONE, String(id));
    // our own addresses only: one slash, then no second slash or backslash
    if (/^\/(?![/\\])/.test(address ?? "")) window.location.assign(address);
  }, [id, address]);
  return null;
}
