// A small panel at a button, for things one looks at or sets beside the page.
import { useEffect } from "react";
import { useLocation } from "react-router";
import { LateRoot, LateTrigger, useLate } from "./late.jsx";
import { useHost } from "./portal.js";

const load = () => import("./popover_parts.jsx");

export function PopoverRoot({ onOpenChange, children }) {
  const draw = (Popover, inside) => (
    <Popover.Root defaultOpen onOpenChange={onOpenChange}>{inside}</Popover.Root>
  );
  return (
    <LateRoot load={load} draw={draw} onFirstOpen={() => onOpenChange?.(true)}>{children}</LateRoot>
  );
}
export const PopoverTrigger = ({ children, ...rest }) => (
  <LateTrigger kind="dialog" {...rest}>{children}</LateTrigger>
);
export function PopoverClose({ children, ...rest }) {
  const { parts: Popover } = useLate();
  return <Popover.Close {...rest}>{children}</Popover.Close>;
}
export function PopoverContent({ align = "start", label, wide, children }) {
  const container = useHost();
  const { parts: Popover } = useLate();
  if (!Popover) return null;
  return (
    <Popover.Portal container={container}>
      <Popover.Content className={`popover${wide ? " popover-wide" : ""}`} align={align} sideOffset={6}
        collisionPadding={8} aria-label={label}>
        {children}
      </Popover.Content>
    </Popover.Portal>
  );
}

// The number of unread notices before the page's title.
export function TitleCount({ count }) {
  const { pathname } = useLocation();
  useEffect(() => {
    const mark = () => {
      const bare = document.title.replace(/^\(\d+\+?\) /, "");
      const wanted = count > 0 ? `(${count}) ${bare}` : bare;
      if (document.title !== wanted) document.title = wanted;
    };
    mark();
    const watch = new MutationObserver(mark); // the router writes the title after us
    watch.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => watch.disconnect();
  }, [count, pathname]);
  return null;
}
