// A menu behind a button: Radix's primitives in our classes, inside the audience's root.
import { Link } from "react-router";
import { LateRoot, LateTrigger, useLate } from "./late.jsx";
import { useHost } from "./portal.js";

const load = () => import("./menu_parts.jsx");
const draw = (Menu, children) => <Menu.Root modal={false} defaultOpen>{children}</Menu.Root>;

export function MenuRoot({ children }) {
  return <LateRoot load={load} draw={draw}>{children}</LateRoot>;
}

export function MenuTrigger({ children, ...rest }) {
  return <LateTrigger kind="menu" {...rest}>{children}</LateTrigger>;
}

export function MenuContent({ align = "start", side = "bottom", label, children }) {
  const container = useHost();
  const { parts: Menu, isByKeys } = useLate();
  if (!Menu) return null;
  // whoever came by keys stands on the first item, as Radix does from the second time on
  const enter = (content) => {
    if (!content || !isByKeys.current) return;
    isByKeys.current = false;
    requestAnimationFrame(() => content.querySelector("[role^=menuitem]:not([data-disabled])")?.focus());
  };
  return (
    <Menu.Portal container={container}>
      <Menu.Content ref={enter} className="menu" align={align} side={side} sideOffset={6} collisionPadding={8}
        aria-label={label}>
        {children}
      </Menu.Content>
    </Menu.Portal>
  );
}

export function MenuItem({ href, server, danger, disabled, onSelect, children }) {
  const { parts: Menu } = useLate();
  const look = `menu-item${danger ? " menu-item-danger" : ""}`;
  if (!href) {
    return (
      <Menu.Item className={look} disabled={disabled} onSelect={() => onSelect?.()}>{children}</Menu.Item>
    );
  }
  return (
    <Menu.Item className={look} disabled={disabled} asChild>
      {server ? <a href={href}>{children}</a> : <Link to={href}>{children}</Link>}
    </Menu.Item>
  );
}

export function MenuChoice({ on, onSelect, children }) {
  const { parts: Menu } = useLate();
  return (
    <Menu.CheckboxItem className="menu-item" checked={on} onSelect={() => onSelect?.()}>
      {children}
      <svg className="menu-tick" viewBox="0 0 16 16" aria-hidden="true">
        {on && <path d="M3.5 8.5l3 3 6-7" />}
      </svg>
    </Menu.CheckboxItem>
  );
}

// the menu stays until the browser leaves the page: a form taken away is not sent
export function MenuPost({ children }) {
  const { parts: Menu } = useLate();
  return (
    <Menu.Item className="menu-item" asChild onSelect={(event) => event.preventDefault()}>
      <button type="submit">{children}</button>
    </Menu.Item>
  );
}

export function MenuLabel({ children }) {
  const { parts: Menu } = useLate();
  return <Menu.Label className="menu-label">{children}</Menu.Label>;
}
export function MenuSeparator() {
  const { parts: Menu } = useLate();
  return <Menu.Separator className="menu-separator" />;
}
