"""What staff say when they take listings down: the rule and a note, for one as for many."""

from typing import Annotated, Any

import reflex as rx
from pydantic import StringConstraints
from sqlmodel import Session

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.moderation.queries import CodeRow, list_codes
from marketplace.kit.languages import N_
from marketplace.kit.text import Prose
from marketplace.web.guard.forms import Form
from marketplace.web.i18n import locale
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.fields import select_field, textarea_field
from marketplace.web.ui.wording import Text


class Reason(Form):
    code: Annotated[str, StringConstraints(max_length=60)]
    note: Prose = ""


def codes_to_choose(session: Session, staff: Staff) -> list[CodeRow]:
    staff.require(Permission.MODERATION_DECIDE)
    return list_codes(session)


def down_dialog(
    title: Any, description: Text, codes: Any, *, is_open: Any, on_submit: Any, on_close: Any
) -> rx.Component:
    return dialog(
        title,
        rx.el.form(
            select_field(
                N_("Rule"),
                "code",
                rx.fragment(
                    rx.foreach(
                        codes,
                        lambda code: rx.el.option(
                            rx.cond(locale() == "zh-CN", code.name_zh, code.name), value=code.code
                        ),
                    )
                ),
            ),
            textarea_field(
                N_("Message to the seller"), "note", is_required=False, max_length=1000, rows="3"
            ),
            id="listings-down",
            on_submit=on_submit,
            class_name="stack",
        ),
        description=description,
        footer=(
            closes(button(N_("Cancel"))),
            button(N_("Take down"), variant="danger-primary", type="submit", form="listings-down"),
        ),
        is_open=is_open,
        on_open_change=on_close,
    )
