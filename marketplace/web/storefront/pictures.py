"""Pictures that keep their place while they load."""

from typing import Any

import reflex as rx


def picture(
    source: Any,
    alt: Any,
    size: int,
    look: str,
    *,
    focus: Any = None,
    is_late: bool | rx.Var[bool] = False,
    small: tuple[Any, str] | None = None,
) -> rx.Component:
    """A square one, cropped around `focus` (as CSS has it), the middle without. Reflex turns
    `width=` into a style that would win over the classes, so its size in pixels is given as an
    attribute. `small`: the same of 480 pixels, and how wide it is
    drawn (`sizes`), for screens that need no more."""
    how: dict[str, Any] = {"custom_attrs": {"width": str(size), "height": str(size)}}
    if isinstance(is_late, rx.Var):
        how["loading"] = rx.cond(is_late, "lazy", "eager")
    elif is_late:
        how["loading"] = "lazy"
    if small is not None:
        address, how["sizes"] = small
        how["src_set"] = address.to(str) + " 480w, " + source.to(str) + " 960w"
    if focus is not None:
        how["style"] = {"object_position": focus}
    return rx.el.img(src=source, alt=alt, class_name=look, **how)
