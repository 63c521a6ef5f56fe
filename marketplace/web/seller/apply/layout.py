"""What every step stands in: where one is, what is saved, and the way back and on."""

from typing import Any

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web import i18n
from marketplace.web.i18n import t
from marketplace.web.seller.apply.state import ApplyState
from marketplace.web.seller.apply.steps import HOME, REVIEW, STEPS, Step, step_of
from marketplace.web.ui.button import button
from marketplace.web.ui.feedback import skeleton_card
from marketplace.web.ui.form import form, leave_watch
from marketplace.web.ui.icon import icon
from marketplace.web.ui.layout import page_header
from marketplace.web.ui.values import progress

RAIL = "flex items-center gap-2.5 min-h-[36px] px-2.5 py-1 rounded-md text-[13px]"


def step_page(code: str, *body: rx.Component) -> rx.Component:
    """`body` is a `step_form`, or whatever else the step needs."""
    step = step_of(code)
    return _page(
        page_header(
            step.title,
            _saved(),
            subtitle=step.about,
            crumbs=((N_("Your application"), HOME),),
        ),
        _progress(step),
        *body,
        code=code,
        here=step.number,
    )


def review_page(*body: rx.Component) -> rx.Component:
    return _page(
        page_header(
            N_("Check and submit"),
            _saved(),
            subtitle=N_("This is what our reviewers will see."),
            crumbs=((N_("Your application"), HOME),),
        ),
        *body,
        code=REVIEW.rpartition("/")[2],
        here=len(STEPS) + 1,
    )


def step_form(code: str, on_submit: Any, *sections: rx.Component) -> rx.Component:
    """Saves and goes on; what was typed stays where it is if something is wrong with it."""
    step = step_of(code)
    return form(
        *sections,
        leave_watch(ApplyState.shown),
        step_foot(step, is_form=True),
        on_submit=on_submit,
        no_validate=True,
        name=f"apply-{step.code}",
    )


def step_foot(step: Step, *, is_form: bool = False, on_next: Any = None) -> rx.Component:
    back = STEPS[step.number - 2].href if step.number > 1 else HOME
    forward = (
        button(N_("Save and continue"), variant="primary", type="submit", icon="arrow-right")
        if is_form
        else button(N_("Continue"), variant="primary", icon="arrow-right", on_click=on_next)
    )
    return rx.el.div(
        button(N_("Back"), variant="quiet", href=back),
        forward,
        class_name="flex items-center justify-between gap-3 pt-1",
    )


def _page(*body: rx.Component, code: str, here: int) -> rx.Component:
    return rx.cond(
        ApplyState.is_open & (ApplyState.here == code),
        rx.el.div(
            _rail(here),
            rx.el.div(*body, class_name="stack min-w-0 max-w-[720px]"),
            class_name="grid gap-8 md:grid-cols-[216px_minmax(0,1fr)]",
        ),
        rx.el.div(
            rx.el.h1(t("Your application"), class_name="h1"), skeleton_card(6), class_name="stack"
        ),
    )


def _rail(here: int) -> rx.Component:
    return rx.el.nav(
        rx.el.ol(
            *[_rail_item(step, here) for step in STEPS], _rail_end(here), class_name="grid gap-1"
        ),
        aria_label=t("Steps of the application"),
        class_name="hidden md:block sticky top-[76px] self-start",
    )


def _rail_item(step: Step, here: int) -> rx.Component:
    is_here = step.number == here
    is_done = ApplyState.done.contains(step.number)
    needs_care = ApplyState.is_fixing & ApplyState.to_fix.contains(step.number)
    is_closed = ~ApplyState.editable.contains(step.number)
    sign = rx.cond(
        needs_care,
        rx.el.span(icon("triangle-alert", 14), class_name="text-[var(--warn)]"),
        rx.cond(
            is_done,
            rx.el.span(icon("circle-check", 16), class_name="text-[var(--good)]"),
            rx.el.span(
                str(step.number),
                aria_hidden="true",
                class_name="w-4 text-center text-[12px] tabular-nums",
            ),
        ),
    )
    more = rx.cond(needs_care, t("to be fixed"), rx.cond(is_done, t("done"), ""))
    closed = rx.el.li(
        rx.el.span(icon("lock", 14), class_name="inline-flex justify-center w-5 shrink-0"),
        t(step.title),
        class_name=f"{RAIL} text-[var(--ink-3)]",
    )
    return rx.cond(
        is_closed, closed, _rail_link(step.href, sign, t(step.title), more, is_here=is_here)
    )


def _rail_end(here: int) -> rx.Component:
    return _rail_link(
        REVIEW,
        rx.el.span(icon("send", 14)),
        t("Check and submit"),
        "",
        is_here=here > len(STEPS),
    )


def _rail_link(
    href: str, sign: rx.Component, title: rx.Var[str], more: Any, *, is_here: bool
) -> rx.Component:
    look = (
        "bg-[var(--accent-soft)] text-[var(--accent-strong)] font-semibold"
        if is_here
        else "text-[var(--ink-2)] hover:bg-[var(--sunken)]"
    )
    return rx.el.li(
        rx.el.a(
            rx.el.span(sign, class_name="inline-flex justify-center w-5 shrink-0"),
            rx.el.span(title),
            rx.el.span(more, class_name="visually-hidden"),
            href=href,
            aria_current="step" if is_here else None,
            class_name=f"{RAIL} {look}",
        )
    )


def _progress(step: Step) -> rx.Component:
    return rx.el.div(
        progress(
            step.number,
            len(STEPS),
            label=t("Step {n} of {all}", n=step.number, all=len(STEPS)),
        ),
        rx.el.span(
            t("Step {n} of {all}", n=step.number, all=len(STEPS)), class_name="meta shrink-0"
        ),
        class_name="flex items-center gap-3",
    )


def _saved() -> rx.Component:
    return rx.cond(
        ApplyState.app.updated_at != "",
        rx.el.span(
            icon("cloud-check", 14),
            t("Saved {time}", time=i18n.moment(ApplyState.app.updated_at, "time")),
            role="status",
            class_name="meta inline-flex items-center gap-1.5",
        ),
    )
