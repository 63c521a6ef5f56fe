// Reflex writes a bar into the page once the server has been replaced by a newer one, always in
// English: it is put into the reader's language. The stylesheet moves it away from the header.
import { useEffect } from "react";
import { useText } from "$/public/external/marketplace/web/i18n/i18n.js";

const BAR = "reflex-new-version-banner";

export function NewVersion() {
  const t = useText();
  const said = t("Jishi has been renewed. Reload the page to go on with the new version.");
  const reload = t("Reload");

  useEffect(() => {
    const translate = () => {
      const bar = document.getElementById(BAR);
      const button = bar?.querySelector("button");
      if (!button) return;
      bar.firstChild.textContent = said;
      button.textContent = reload;
    };
    translate();
    const watcher = new MutationObserver(translate);
    watcher.observe(document.body, { childList: true });
    return () => watcher.disconnect();
  }, [said, reload]);
  return null;
}
