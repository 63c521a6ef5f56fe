"""Icons of lucide, always beside a text or inside something that has a name."""

import reflex as rx


def icon(name: str, size: int = 16, *, class_name: str = "") -> rx.Component:
    """Hidden from screen readers. The name is fixed when the page is built; see `icon_for`."""
    return rx.icon(name, size=size, aria_hidden="true", class_name=f"shrink-0 {class_name}")


def icon_for(value: rx.Var[str], names: dict[str, str], size: int = 16) -> rx.Component:
    """The icon of whichever key of `names` the value is; the key `""` stands for any other.

    `rx.icon` with a Var would put the whole of lucide into the build.
    """
    cases = [(key, icon(name, size)) for key, name in names.items() if key]
    return rx.fragment(rx.match(value, *cases, icon(names.get("", "circle"), size)))
