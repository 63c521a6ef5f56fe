// Takes away what the server wrote into the page once the app shows the same content.
import { useEffect } from "react";

export function Handover({ ready }) {
  useEffect(() => {
    if (ready) document.querySelectorAll("[data-ssr]").forEach((element) => element.remove());
  }, [ready]);
  return null;
}
