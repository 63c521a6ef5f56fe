// A question or a set of tools over the page; on phones it rises from below.
import { DialogContent, DialogRoot } from "$/public/external/marketplace/web/ui/scripts/dialog.jsx";

export function Sheet({ title, isOpen, onClose, footer, children }) {
  return (
    <DialogRoot open={isOpen} onOpenChange={(opens) => !opens && onClose()}>
      <DialogContent heading={title}>
        {children}
        {footer && <footer className="dialog-foot">{footer}</footer>}
      </DialogContent>
    </DialogRoot>
  );
}
