"""Our own components in JavaScript for the desk."""

import reflex as rx

KEYS = rx.asset("desk_keys.jsx", shared=True).importable_path
