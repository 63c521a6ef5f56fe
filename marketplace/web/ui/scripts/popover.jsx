// A small panel at a button, for things one looks at or sets beside the page.
import { useEffect } from "react";
import * as Popover from "@radix-ui/react-popover";
import { useLocation } from "react-router";
import { useHost } from "./portal.js";

export function PopoverRoot({ onOpenChange, children }) {
  return <Popover.Root onOpenChange={onOpenChange}>{children}</Popover.Root>;
}
export const PopoverTrigger = ({ children, ...rest }) => <Popover.Trigger {...rest}>{children}</Popover.Trigger>;
export const PopoverClose = ({ children, ...rest }) => <Popover.Close {...rest}>{children}</Popover.Close>;
export function PopoverContent({ align = "start", label, wide, children }) {
  const container = useHost();
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
