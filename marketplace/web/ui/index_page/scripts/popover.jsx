// A small panel under its button, which its content may close.
import * as Panel from "@radix-ui/react-popover";
import { useState } from "react";
import { useHost } from "$/public/external/marketplace/web/ui/scripts/portal.js";

export function Popover({ label, className, name, trigger, onOpen, children }) {
  const container = useHost();
  const [isOpen, show] = useState(false);
  const setOpen = (opens) => {
    show(opens);
    onOpen?.(opens);
  };
  return (
    <Panel.Root open={isOpen} onOpenChange={setOpen}>
      <Panel.Trigger className={className} aria-label={name}>{trigger}</Panel.Trigger>
      <Panel.Portal container={container}>
        <Panel.Content className="popover index-popover" align="start" sideOffset={6} collisionPadding={8}
          aria-label={label}>
          {typeof children === "function" ? children(() => setOpen(false)) : children}
        </Panel.Content>
      </Panel.Portal>
    </Panel.Root>
  );
}
