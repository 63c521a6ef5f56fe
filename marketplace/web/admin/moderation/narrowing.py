"""What narrows the queue: its seller, category, hints, waiting time and colleague, and the order."""

from typing import Any

import reflex as rx

from marketplace.flows.moderation_desk import CategoryChoice
from marketplace.kit.languages import N_
from marketplace.web.i18n import locale, number, t
from marketplace.web.ui.icon import icon

FLAGS = (
    ("none", N_("No hints")),
    ("forbidden_word", N_("Forbidden word")),
    ("duplicate_picture", N_("Picture of another seller")),
    ("duplicate_title", N_("Title of another listing")),
    ("price_outlier", N_("Unusual price")),
    ("missing_document", N_("Document missing")),
    ("brand_authorisation", N_("Brand authorisation missing")),
)
WAITING = (
    ("1", N_("Longer than a day")),
    ("3", N_("Longer than three days")),
    ("7", N_("Longer than a week")),
)
ASSIGNEES = (("me", N_("Me")), ("nobody", N_("Nobody")))
SORTS = (
    ("submitted", N_("Oldest first")),
    ("-submitted", N_("Newest first")),
    ("title", N_("By title")),
)
ANY = N_("Any")


def narrowing(state: Any) -> rx.Component:
    """Folded away until it is asked for; how many narrowings hold is said outside."""
    of_changes = (state.tab != "reported") & (state.tab != "appeals")
    return rx.el.details(
        rx.el.summary(
            icon("sliders-horizontal", 14),
            t("Filter and sort"),
            rx.cond(state.narrowed > 0, rx.el.span(number(state.narrowed), class_name="count")),
            class_name="row gap-2 cursor-pointer text-[13px] font-medium py-1",
        ),
        rx.el.div(
            _select(state, "category", N_("Category"), _categories(state)),
            _select(state, "waiting", N_("Waiting"), _options(WAITING)),
            rx.cond(of_changes, _select(state, "flag", N_("Hint"), _options(FLAGS))),
            rx.cond(of_changes, _select(state, "assignee", N_("Assigned to"), _options(ASSIGNEES))),
            _seller(state),
            _select(state, "sort", N_("Order"), _options(SORTS), has_any=False),
            rx.cond(
                state.narrowed > 0,
                rx.el.a(
                    t("Clear filters"),
                    href="/admin/moderation?tab=" + state.tab.to(str),
                    class_name="link text-[13px]",
                ),
            ),
            class_name="stack-sm pt-2",
        ),
    )


def _select(
    state: Any, key: str, label: str, options: list[rx.Component], *, has_any: bool = True
) -> rx.Component:
    return rx.el.label(
        rx.el.span(t(label), class_name="meta block"),
        rx.el.select(
            *([rx.el.option(t(ANY), value="")] if has_any else []),
            *options,
            value=_held(state, key, "" if has_any else "submitted"),
            on_change=lambda value: state.narrow(key, value),
            class_name="select w-full",
        ),
        class_name="block",
    )


def _seller(state: Any) -> rx.Component:
    """Asked for with the enter key: the page would be loaded at each letter else."""
    return rx.el.form(
        rx.el.label(
            rx.el.span(t("Seller (address or id)"), class_name="meta block"),
            rx.el.input(
                type="search",
                name="seller",
                default_value=_held(state, "seller", ""),
                key=state.address,
                max_length=80,
                class_name="input w-full",
            ),
        ),
        on_submit=lambda data: state.narrow_seller(data),  # noqa: PLW0108  # else its type must be dict
    )


def _held(state: Any, key: str, default: str) -> rx.Var[str]:
    asked = state.asked.to(dict[str, str])
    return rx.cond(asked.contains(key), asked[key], default).to(str)


def _options(pairs: tuple[tuple[str, str], ...]) -> list[rx.Component]:
    return [rx.el.option(t(label), value=key) for key, label in pairs]


def _categories(state: Any) -> list[rx.Component]:
    return [rx.foreach(state.categories, _category)]


def _category(each: rx.vars.ObjectVar[CategoryChoice]) -> rx.Component:
    name = rx.cond(locale() == "zh-CN", each.name_zh, each.name)
    return rx.el.option(rx.cond(each.depth == 1, "\u00a0\u00a0", ""), name, value=each.id)
