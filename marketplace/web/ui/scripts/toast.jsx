// Shows MessageState.toast: the one polite live region of the page is sonner's own, fetched with
// the first message. A lost connection is told without it: nothing can be fetched then.
import { useContext, useEffect, useState } from "react";
import { EventLoopContext } from "$/utils/context";
import { useText } from "$/public/external/marketplace/web/i18n/i18n.js";

const KEPT = "jishi.toast";
const SETTLED = 60; // milliseconds: readers of screens hear what comes into a region that is there
let fetched = null; // the next page has it at once
const load = () => import("./toast_parts.jsx").then((found) => (fetched = found));

export function ToastBridge({ message, words }) {
  const t = useText();
  const [parts, setParts] = useState(fetched);
  const isLost = useContext(EventLoopContext)[1].length > 1;
  const { id, level, text } = message ?? {};
  useEffect(() => {
    // a page that loads its state again must not say the same thing twice
    if (!id || sessionStorage.getItem(KEPT) === String(id)) return;
    if (!parts) {
      load().then(setParts);
      return;
    }
    sessionStorage.setItem(KEPT, String(id));
    const isBad = level === "error";
    const say = () => (parts.toast[level] ?? parts.toast)(t(text, words), {
      id, duration: isBad ? Infinity : 4000, closeButton: isBad,
    });
    setTimeout(say, SETTLED);
  }, [id, parts]);
  return (
    <>
      {isLost && <p role="status" className="toast toast-warning toast-lost">{t("No connection to the server. Trying again…")}</p>}
      {parts && (
        <parts.Toaster position="bottom-right" theme="light" gap={8} visibleToasts={4} offset={20}
          mobileOffset={{ bottom: 84, left: 16, right: 16 }}
          containerAriaLabel={t("Messages")} toastOptions={{
            unstyled: true, closeButtonAriaLabel: t("Close"),
            classNames: { toast: "toast", title: "toast-title", closeButton: "toast-close",
              actionButton: "btn btn-sm", success: "toast-success", error: "toast-error",
              warning: "toast-warning", info: "toast-info" },
          }} />
      )}
    </>
  );
}
