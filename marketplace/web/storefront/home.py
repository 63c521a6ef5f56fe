"""Storefront / Home."""

import reflex as rx

from marketplace.web.i18n import t


def page() -> rx.Component:
    return rx.el.main(rx.el.h1(t("A market of independent shops")), class_name="p-8")
