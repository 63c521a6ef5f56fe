"""Somebody else saved the same thing in between (optimistic lock)."""

from typing import Any

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web import i18n
from marketplace.web.i18n import t
from marketplace.web.ui.button import button
from marketplace.web.ui.feedback import alert


def changed_elsewhere(
    by: rx.Var[str], at: rx.Var[str], *, on_reload: Any, on_overwrite: Any
) -> rx.Component:
    """Nothing of the reader's is lost until they choose."""
    return alert(
        t("Your changes are not saved yet. Take theirs, or replace them with yours."),
        level="warn",
        title=t("Changed by {name} {when}", name=by, when=i18n.moment(at)),
        action=rx.el.div(
            button(N_("Take theirs"), is_small=True, on_click=on_reload),
            button(N_("Replace with mine"), is_small=True, on_click=on_overwrite),
            class_name="row",
        ),
    )
