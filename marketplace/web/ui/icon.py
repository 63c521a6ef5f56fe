"""Icons of lucide, always beside a text or inside something that has a name."""

import reflex as rx


def icon(name: str, size: int = 16, *, class_name: str = "") -> rx.Component:
    """Hidden from screen readers. The name is fixed when the page is built."""
    return rx.icon(name, size=size, aria_hidden="true", class_name=f"shrink-0 {class_name}")
