// A question or a set of tools over the page; on phones it rises from below.
import { X } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { useText } from "$/public/external/marketplace/web/i18n/i18n.js";

export function Sheet({ title, isOpen, onClose, footer, children }) {
  const t = useText();
  const id = useId();
  const dialog = useRef(null);
  useEffect(() => {
    if (isOpen && !dialog.current.open) dialog.current.showModal();
    if (!isOpen && dialog.current.open) dialog.current.close();
  }, [isOpen]);
  const clickedOutside = (event) => event.target === dialog.current && onClose();
  return (
    <dialog ref={dialog} className="index-sheet" aria-labelledby={id} onClose={onClose}
      onClick={clickedOutside}>
      {isOpen && (
        <div className="index-sheet-inside">
          <header className="dialog-head">
            <h2 id={id} className="h2">{title}</h2>
            <button type="button" className="btn btn-icon" aria-label={t("Close")} onClick={onClose}>
              <X size={18} strokeWidth={1.75} aria-hidden="true" />
            </button>
          </header>
          <div className="dialog-body">{children}</div>
          {footer && <footer className="dialog-foot">{footer}</footer>}
        </div>
      )}
    </dialog>
  );
}
