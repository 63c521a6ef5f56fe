// Shows MessageState.toast: the one polite live region of the page is sonner's own.
import { useEffect } from "react";
import { Toaster, toast } from "sonner";
import { useText } from "$/public/external/marketplace/web/i18n/i18n.js";

const KEPT = "jishi.toast";
const NAME = "jishi"; // the framework has a toaster of its own

export function ToastBridge({ message, words }) {
  const t = useText();
  useEffect(() => {
    const { id, level, text } = message ?? {};
    // a page that loads its state again must not say the same thing twice
    if (!id || sessionStorage.getItem(KEPT) === String(id)) return;
    sessionStorage.setItem(KEPT, String(id));
    const isBad = level === "error";
    (toast[level] ?? toast)(t(text, words), {
      id, toasterId: NAME, duration: isBad ? Infinity : 4000, closeButton: isBad,
    });
  }, [message?.id]);
  return (
    <Toaster id={NAME} position="bottom-right" theme="light" gap={8} visibleToasts={4} offset={20}
      mobileOffset={{ bottom: 84, left: 16, right: 16 }}
      containerAriaLabel={t("Messages")} toastOptions={{
        unstyled: true, closeButtonAriaLabel: t("Close"),
        classNames: { toast: "toast", title: "toast-title", closeButton: "toast-close",
          actionButton: "btn btn-sm", success: "toast-success", error: "toast-error",
          warning: "toast-warning", info: "toast-info" },
      }} />
  );
}
