"""What the listings want from their seller, as counters on the seller's home (ux.md SE-02)."""

import reflex as rx
from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import Audience, Permission, SellerMember
from marketplace.flows.listing_list import ListingTodo, listing_todo
from marketplace.kit.languages import N_
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import number, t
from marketplace.web.session import current_member
from marketplace.web.shell import ShellState

COUNTERS = (
    ("to_change", N_("Listings to change"), "view=fix&status=needs_changes,rejected"),
    ("taken_down", N_("Taken down"), "status=taken_down"),
    ("in_review", N_("In review"), "view=review&status=pending"),
    ("pending_edits", N_("Pending edits"), "view=edits&show=pending_edits"),
    ("out_of_stock", N_("Out of stock"), "view=out&show=out_of_stock"),
    ("low_stock", N_("Low stock"), "view=low&show=low_stock"),
    ("drafts", N_("Drafts"), "view=drafts&status=draft"),
)


class ListingTodoState(rx.State):
    """How many listings wait for the seller, by what they wait for."""

    todo: rx.Field[ListingTodo] = rx.field(default_factory=ListingTodo)

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, Permission.SHOP_READ)
    async def load(self):
        self.todo = await db.read(_todo, await current_member(self))


def strip() -> rx.Component:
    """Each counter leads to exactly the rows it counts."""
    return rx.cond(
        ShellState.permissions.contains(Permission.SHOP_LISTINGS_READ.value),
        rx.el.nav(
            *[_counter(name, label, query) for name, label, query in COUNTERS],
            aria_label=t("Listings that wait for you"),
            class_name="card grid grid-cols-2 sm:grid-cols-4 xl:grid-cols-7 overflow-hidden",
        ),
    )


def _todo(session: Session, member: SellerMember) -> ListingTodo:
    """Nothing to do for somebody who does not see listings."""
    may = member.can(Permission.SHOP_LISTINGS_READ)
    return listing_todo(session, member) if may else ListingTodo()


def _counter(name: str, label: str, query: str) -> rx.Component:
    count = getattr(ListingTodoState.todo, name)
    return rx.el.a(
        rx.el.span(
            number(count),
            class_name=rx.cond(
                count > 0,
                "block text-[20px] font-semibold tabular-nums",
                "block text-[20px] tabular-nums text-[var(--ink-3)]",
            ),
        ),
        rx.el.span(t(label), class_name="meta"),
        href=f"/seller/listings?{query}",
        class_name="px-4 py-3 hover:bg-[var(--sunken)]",
    )
