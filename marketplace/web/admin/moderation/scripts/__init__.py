"""Our own components in JavaScript for the desk."""

import reflex as rx

from marketplace.web.short_stack import in_short_stack

KEYS = in_short_stack(lambda: rx.asset("desk_keys.jsx", shared=True).importable_path)
