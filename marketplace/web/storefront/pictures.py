"""Pictures that keep their place while they load."""

from typing import Any

import reflex as rx


def picture(source: Any, alt: Any, size: int, look: str, *, is_late: bool = False) -> rx.Component:
    """A square one. Reflex turns `width=` into a style that would win over the classes, so its
    size in pixels is given as an attribute."""
    sizes = {"width": str(size), "height": str(size)}
    if is_late:
        return rx.el.img(src=source, alt=alt, loading="lazy", class_name=look, custom_attrs=sizes)
    return rx.el.img(src=source, alt=alt, class_name=look, custom_attrs=sizes)
