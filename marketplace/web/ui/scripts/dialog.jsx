// Dialogs and drawers: Radix keeps focus inside, closes on Esc and stops the page scrolling.
import { useRef } from "react";
import * as Dialog from "@radix-ui/react-dialog";
import { X } from "lucide-react";
import { useText } from "$/public/external/marketplace/web/i18n/i18n.js";
import { useHost } from "./portal.js";

export function DialogRoot({ open, onOpenChange, children }) {
  return <Dialog.Root open={open} onOpenChange={onOpenChange}>{children}</Dialog.Root>;
}

export const DialogTrigger = ({ children, ...rest }) => <Dialog.Trigger {...rest}>{children}</Dialog.Trigger>;
export const DialogClose = ({ children, ...rest }) => <Dialog.Close {...rest}>{children}</Dialog.Close>;

// `kind`: centre, right, left or bottom. Below 768 px every dialog sits at the bottom.
export function DialogContent({ kind = "centre", heading, description, wide, role = "dialog", children }) {
  const container = useHost();
  const t = useText();
  const opener = useRef(null);
  const [body, footer] = children;
  return (
    <Dialog.Portal container={container}>
      <Dialog.Overlay className="dialog-shade" />
      <Dialog.Content className={`dialog dialog-${kind}${wide ? " dialog-wide" : ""}`} role={role}
        onOpenAutoFocus={() => { opener.current = document.activeElement; }}
        onCloseAutoFocus={(event) => {
          // a dialog opened by a state has no trigger that Radix could give the focus back to
          if (!opener.current?.isConnected) return;
          event.preventDefault();
          opener.current.focus();
        }}
        {...(description ? {} : { "aria-describedby": undefined })}>
        <header className="dialog-head">
          <div>
            <Dialog.Title className="h2">{heading}</Dialog.Title>
            {description && <Dialog.Description className="lead">{description}</Dialog.Description>}
          </div>
          <Dialog.Close className="btn btn-icon" aria-label={t("Close")}>
            <X size={18} strokeWidth={1.75} aria-hidden="true" />
          </Dialog.Close>
        </header>
        <div className="dialog-body">{body}</div>
        {footer}
      </Dialog.Content>
    </Dialog.Portal>
  );
}
