// Leaves the app for a page the server writes itself, such as the sign-in page.
import { useEffect } from "react";

export function LeaveBridge({ address }) {
  useEffect(() => {
    // our own addresses only: one slash, then no second slash or backslash
    if (/^\/(?![/\\])/.test(address ?? "")) window.location.assign(address);
  }, [address]);
  return null;
}
