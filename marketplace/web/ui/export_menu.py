"""The button of a list that becomes a file: CSV for programs, a workbook for people."""

from typing import Any

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.ui.button import button
from marketplace.web.ui.menu import menu, menu_item


def export_menu(export: Any) -> rx.Component:
    """`export` is the handler; it takes the kind of the file."""
    return menu(
        button(N_("Export"), icon="download"),
        menu_item(N_("CSV file"), icon="file-text", on_select=export("csv")),
        menu_item(N_("Excel workbook"), icon="file-spreadsheet", on_select=export("xlsx")),
        align="end",
    )
