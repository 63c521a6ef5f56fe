// A menu behind a button: Radix's primitives in our classes, inside the audience's root.
import * as Menu from "@radix-ui/react-dropdown-menu";
import { Link } from "react-router";
import { useHost } from "./portal.js";

export function MenuRoot({ children }) {
  return <Menu.Root modal={false}>{children}</Menu.Root>;
}

export function MenuTrigger({ children, ...rest }) {
  return <Menu.Trigger {...rest}>{children}</Menu.Trigger>;
}

export function MenuContent({ align = "start", side = "bottom", label, children }) {
  const container = useHost();
  return (
    <Menu.Portal container={container}>
      <Menu.Content className="menu" align={align} side={side} sideOffset={6} collisionPadding={8}
        aria-label={label}>
        {children}
      </Menu.Content>
    </Menu.Portal>
  );
}

export function MenuItem({ href, server, danger, disabled, onSelect, children }) {
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
  return (
    <Menu.Item className="menu-item" asChild onSelect={(event) => event.preventDefault()}>
      <button type="submit">{children}</button>
    </Menu.Item>
  );
}

export const MenuLabel = ({ children }) => <Menu.Label className="menu-label">{children}</Menu.Label>;
export const MenuSeparator = () => <Menu.Separator className="menu-separator" />;
