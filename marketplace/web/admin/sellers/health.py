"""How a shop does: the figures of its page, each with the way to what it counts."""

from typing import Any

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web import i18n
from marketplace.web.i18n import t
from marketplace.web.ui.layout import card

Number = rx.Var[int]


def health_card(state: Any) -> rx.Component:
    health, row = state.health, state.detail.row
    listings = "/admin/listings?seller=" + row.id.to(str)
    return card(
        rx.el.dl(
            _figure(N_("Live listings"), health.live, listings + "&status=live"),
            _figure(
                N_("Of these sold out"),
                health.sold_out,
                is_bad=(health.sold_out.to(int) * 2 > health.live.to(int)),
            ),
            _figure(
                N_("Waiting for review"),
                health.waiting,
                "/admin/moderation?seller=" + row.id.to(str),
            ),
            _figure(
                N_("Refused in 30 days"),
                health.refused,
                of=health.decided,
                is_bad=health.refused.to(int) * 3 > health.decided.to(int),
            ),
            _figure(
                N_("Taken down"),
                health.taken_down,
                listings + "&status=taken_down",
                is_bad=health.taken_down.to(int) > 0,
            ),
            _figure(
                N_("Violation points"),
                health.points,
                "#violations",
                is_bad=health.points.to(int) > 0,
            ),
            _figure(
                N_("Documents that end"),
                health.ending,
                "#documents",
                is_bad=health.ending.to(int) > 0,
            ),
            class_name="grid gap-4 grid-cols-2 sm:grid-cols-4",
        ),
        title=N_("Health"),
    )


def _figure(
    label: str, value: Number, href: Any = None, *, of: Number | None = None, is_bad: Any = False
) -> rx.Component:
    number = i18n.number(value) if of is None else t("{n} of {of}", n=value, of=of)
    look = rx.cond(
        is_bad,
        "text-[20px] font-semibold tabular-nums text-[var(--bad)]",
        "text-[20px] font-semibold tabular-nums",
    )
    shown = rx.el.a(number, href=href, class_name="hover:underline") if href is not None else number
    return rx.el.div(
        rx.el.dt(t(label), class_name="meta"),
        rx.el.dd(shown, class_name=look),
        class_name="min-w-0",
    )
