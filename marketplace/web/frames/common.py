"""What all three frames have."""

import reflex as rx

from marketplace.web import leave
from marketplace.web.i18n import t
from marketplace.web.ui.icon import icon
from marketplace.web.ui.scripts import script
from marketplace.web.ui.toast import toast_bridge


class _NewVersion(rx.Component):
    library = script("new_version.js")
    tag = "NewVersion"


def common() -> rx.Component:
    """What all frames have: toasts, which are the one live region, the way out, and the landmark in
    which menus and dialogs open (`ui/scripts/portal.js`)."""
    overlays = rx.el.section(aria_label=t("Menus and messages"), class_name="overlays")
    return rx.fragment(_skip_link(), toast_bridge(), leave.bridge(), _NewVersion.create(), overlays)


def _skip_link() -> rx.Component:
    return rx.el.a(t("Skip to content"), href="#content", class_name="skip-link")


TAB = (
    "flex-1 min-w-0 min-h-[56px] flex flex-col items-center justify-center gap-0.5 text-[11px] font-medium "
    "text-[var(--ink-2)] bg-transparent border-0"
)


def tab(href: str, label: str, symbol: str, *, is_active: bool) -> rx.Component:
    look = "!text-[var(--accent-strong)]" if is_active else ""
    return rx.el.a(
        icon(symbol, 20),
        rx.el.span(t(label), class_name="max-w-full truncate px-0.5"),
        href=href,
        aria_current="page" if is_active else None,
        class_name=f"{TAB} {look}",
    )
