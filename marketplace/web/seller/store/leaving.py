"""Seller / Store / Profile: a shop that leaves for good says so here."""

import reflex as rx

from marketplace.domain.access.models import Permission
from marketplace.kit.languages import N_
from marketplace.web.i18n import t
from marketplace.web.seller.store.standing import StandingState
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.confirm import confirm
from marketplace.web.ui.layout import card

MAY = ShellState.permissions.contains(Permission.SHOP_MANAGE.value)
CONSEQUENCES = (
    N_("From now on buyers do not find the shop, and nothing can be bought, booked or joined."),
    N_("Orders, bookings and returns you have already must still be served; payouts go on."),
    N_("Once nothing stands open, the shop closes for good: nobody can open it again."),
    N_("Until then you can take it back with “Stay open”."),
)


def leaving_card(slug: rx.Var[str]) -> rx.Component:
    """Offered where the shop is open in some way; the banner takes a closing back."""
    status = StandingState.standing.status
    can = MAY & ((status == "open") | (status == "restricted") | (status == "paused"))
    return rx.cond(
        can,
        card(
            rx.el.div(
                rx.el.p(
                    t("For good. For a holiday or a move, take a break instead."),
                    class_name="lead flex-1",
                ),
                _ask(slug),
                class_name="row",
            ),
            title=N_("Close the shop"),
        ),
    )


def _ask(slug: rx.Var[str]) -> rx.Component:
    return confirm(
        button(N_("Close the shop…"), icon="door-closed", variant="danger"),
        rx.el.ul(
            *[rx.el.li(t(text)) for text in CONSEQUENCES],
            class_name="list-disc pl-5 grid gap-1 text-[13px]",
        ),
        title=N_("Close the shop?"),
        consequence=N_(
            "Type the shop's web address. We ask who you are if you have not just shown it."
        ),
        verb=N_("Close the shop"),
        on_confirm=StandingState.close,
        type_to_confirm=slug,
    )
