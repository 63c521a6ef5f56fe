"""How moderation does, in a card: decisions per hour, what appeals took back, how long it waited."""

from datetime import timedelta
from typing import Any, Literal

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.moderation.queries import ModeratorFigures, figures
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import number, t
from marketplace.web.session import current_staff
from marketplace.web.ui.layout import card
from marketplace.web.ui.tabs import Tab, segmented

Days = Literal[7, 30]


class FiguresState(rx.State):
    """One row per person who decided something in the last `days`."""

    rows: rx.Field[list[ModeratorFigures]] = rx.field(default_factory=list)
    days: rx.Field[int] = rx.field(7)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE)
    async def load(self):
        words = {"since": clock.now() - timedelta(days=self.days), "until": clock.now()}
        self.rows = await db.read(figures, await current_staff(self), **words)

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE)
    async def show(self, days: Days):
        self.days = days
        return FiguresState.load


def figures_card() -> rx.Component:
    state: Any = FiguresState
    columns = (
        N_("Decisions"),
        N_("Per hour"),
        N_("Approved"),
        N_("Taken back by appeals"),
        N_("Mean wait (h)"),
        N_("Within 24 hours"),
    )
    table = rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    rx.el.th(t("Who"), scope="col"),
                    *[rx.el.th(t(name), scope="col", class_name="num") for name in columns],
                )
            ),
            rx.el.tbody(rx.foreach(state.rows, _row)),
            class_name="table",
        ),
        class_name="table-wrap relative",
        tab_index=0,
        role="region",
        aria_label=t("How moderation does"),
    )
    return card(
        rx.cond(
            state.rows.length() > 0,
            table,
            rx.el.p(t("Nobody decided anything in these days."), class_name="lead p-4"),
        ),
        title=N_("How moderation does"),
        actions=(
            segmented(
                Tab(N_("7 days"), is_on=state.days == 7, on_click=state.show(7)),
                Tab(N_("30 days"), is_on=state.days == 30, on_click=state.show(30)),
                label=N_("Which days are counted"),
            ),
        ),
        is_flush=True,
    )


def _row(row: Any) -> rx.Component:
    numbers = (
        number(row.decisions),
        _tenths(row.per_hour, 10),
        number(row.approved),
        rx.fragment(number(row.reversed), " (", _tenths(row.reversal_bps, 100), " %)"),
        _tenths(row.waited, 60),
        rx.fragment(_tenths(row.in_time_bps, 100), " %"),
    )
    return rx.el.tr(
        rx.el.th(rx.cond(row.name != "", row.name, "–"), scope="row"),
        *[rx.el.td(one, class_name="num") for one in numbers],
        key=row.person_id,
    )


def _tenths(value: Any, whole: int) -> rx.Var[str]:
    """A whole number of parts as a decimal with one digit."""
    return number(
        rx.Var(f"(Math.round({value!s} * 10 / {whole}) / 10)", _var_data=value._get_all_var_data())
    )
