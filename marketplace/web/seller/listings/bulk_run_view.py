"""How far a change to many listings is, and the sheet that says what was refused."""

from typing import Any

import reflex as rx

from marketplace.domain.access.models import Permission
from marketplace.flows.bulk_listings.deeds import RefusedRow
from marketplace.kit.languages import N_
from marketplace.web.i18n import t, tn
from marketplace.web.seller.listings.wording import spoken
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button, icon_button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.jobs import job_card
from marketplace.web.ui.poll import poll

MAY = ShellState.permissions.contains(Permission.SHOP_LISTINGS_EDIT.value)


def card(state: Any, reload: Any) -> rx.Component:
    """Above the list while a task is at work, and after it until it is closed."""
    run = state.run
    return rx.fragment(
        poll(state.is_working, [state.load, reload]),
        rx.cond(run.is_not_none() & (run.task.id != state.closed), _card(state, run)),
    )


def _card(state: Any, run: Any) -> rx.Component:
    ended = ~state.is_working
    cancel = rx.cond(
        run.task.can_cancel & MAY,
        button(N_("Cancel"), icon="x", on_click=state.cancel(run.task.id)),
    )
    see = rx.cond(
        ended & (run.refused_count > 0),
        button(N_("See what was refused"), icon="list-x", on_click=state.show(True)),
    )
    close = rx.cond(ended, icon_button("x", t("Close"), on_click=state.close(run.task.id)))
    return job_card(
        t(run.task.title),
        status=run.task.status,
        done=run.task.done,
        total=run.task.total,
        started_at=run.task.created_at,
        error=run.task.error,
        actions=(
            rx.el.span(
                tn("{n} listing changed", "{n} listings changed", run.changed), class_name="meta"
            ),
            rx.cond(
                run.refused_count > 0,
                rx.el.span(tn("{n} refused", "{n} refused", run.refused_count), class_name="error"),
            ),
            see,
            cancel,
            close,
        ),
    )


def results(state: Any, run_state: Any) -> rx.Component:
    """What the last deed refused: `state`'s of the ticked, `run_state`'s of the task."""
    run = run_state.run
    of_ticked = _sheet(
        t(state.label),
        rx.fragment(
            tn("{n} listing changed.", "{n} listings changed.", state.done),
            " ",
            rx.cond(
                state.waiting > 0,
                tn("{n} waits for a review.", "{n} wait for a review.", state.waiting),
                "",
            ),
        ),
        state.refused.length(),
        state.refused,
        button(N_("Download"), icon="download", on_click=state.save_refused),
        _again(
            state.carry_out(state.refused.map(lambda row: row.id), False, state.deed, state.values)
        ),
        is_open=state.dialog == "refused",
        on_open_change=state.close,
    )
    of_task = rx.cond(
        run.is_not_none(),
        _sheet(
            t(run.task.title),
            tn("{n} listing changed.", "{n} listings changed.", run.changed),
            run.refused_count,
            run.refused,
            button(N_("Download"), icon="download", href=run.task.download, server=True),
            _again(run_state.again(run.task.id)),
            is_open=run_state.is_open,
            on_open_change=run_state.show,
        ),
    )
    return rx.fragment(of_ticked, of_task)


def _sheet(
    title: Any, done: Any, count: Any, rows: Any, *actions: rx.Component, **opening: Any
) -> rx.Component:
    return dialog(
        title,
        rx.el.p(done, " ", tn("{n} was refused:", "{n} were refused:", count), role="status"),
        rx.el.ul(rx.foreach(rows, _row), class_name="stack-sm mt-4"),
        rx.cond(
            count > rows.length(),
            rx.el.p(t("The first 50 are shown; the file has all."), class_name="hint mt-2"),
        ),
        footer=(closes(button(N_("Close"))), *actions),
        is_wide=True,
        **opening,
    )


def _again(event: Any) -> rx.Component:
    return rx.cond(MAY, button(N_("Try the refused again"), variant="primary", on_click=event))


def _row(row: rx.vars.ObjectVar[RefusedRow]) -> rx.Component:
    name = spoken(row.title, row.title_zh)
    return rx.el.li(
        rx.el.a(
            rx.cond(name != "", name, t("Untitled listing")),
            href=f"/seller/listings/{row.id}",
            class_name="link font-medium",
        ),
        rx.el.span(row.reason, class_name="meta block"),
        key=row.id,
    )
