"""The states of a seller, what each switches off, and why a switch may be off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace.domain.sellers.models import Seller, SellerStatus, Switch
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_
from marketplace.kit.states import Machine

S = SellerStatus

MOVES = Machine(
    SellerStatus,
    {
        S.OPEN: frozenset({S.PAUSED, S.RESTRICTED, S.SUSPENDED, S.CLOSING}),
        S.PAUSED: frozenset({S.OPEN, S.RESTRICTED, S.SUSPENDED, S.CLOSING}),
        S.RESTRICTED: frozenset({S.OPEN, S.PAUSED, S.SUSPENDED, S.CLOSING}),
        S.SUSPENDED: frozenset({S.OPEN, S.TERMINATED}),
        S.CLOSING: frozenset({S.OPEN, S.SUSPENDED, S.CLOSED}),
    },
)

SHOWN = frozenset({S.OPEN, S.PAUSED, S.RESTRICTED})
"""The states in which buyers find the shop."""

PORTAL = frozenset(SellerStatus) - {S.TERMINATED}
"""The states in which members may enter the seller portal."""

LIVE = frozenset({S.OPEN, S.PAUSED, S.RESTRICTED, S.CLOSING})
"""The states in which documents must be kept up to date."""

ENDED = frozenset({S.CLOSED, S.TERMINATED})
"""The states nothing leads out of."""

OWNER = "owner"

FIRST_LEVEL = "new"
"""The level of a seller nobody chose one for."""

EVERYTHING = frozenset(Switch)
OFF_BY_STATUS: Mapping[SellerStatus, frozenset[Switch]] = {
    S.PAUSED: frozenset({Switch.BUYABLE}),
    S.SUSPENDED: EVERYTHING,
    S.CLOSING: frozenset(
        {Switch.SEARCH_VISIBLE, Switch.BUYABLE, Switch.BOOK_SLOTS, Switch.JOIN_EVENTS}
    ),
    S.CLOSED: EVERYTHING,
    S.TERMINATED: EVERYTHING,
}
"""What a state takes away by itself, whatever rows of switches there are."""

SUSPENDED_REASON = "suspended"
GONE_ON = "gone_on"
"""Of a move back into what a suspension interrupted."""

EXPIRED_REASON = "document_expired"
OVERDUE_REASON = "requirement_overdue"

SWITCH_REASONS: Mapping[str, str] = {
    SUSPENDED_REASON: N_("The shop is suspended"),
    EXPIRED_REASON: N_("A document has expired"),
    OVERDUE_REASON: N_("A new requirement was not met in time"),
    "late_shipping": N_("Orders are shipped late too often"),
    "violations": N_("Rules for listings were broken again"),
    "complaints": N_("Many buyers complain"),
    "risk": N_("Unusual activity is being looked into"),
    "debt": N_("The balance is below zero"),
    "other": N_("Another reason, see the note"),
}
BY_HAND = tuple(
    code
    for code in SWITCH_REASONS
    if code not in {SUSPENDED_REASON, EXPIRED_REASON, OVERDUE_REASON}
)
"""The reasons staff may choose for a switch."""

SUSPENSION_REASONS: Mapping[str, str] = {
    "counterfeit": N_("Counterfeit or forbidden goods"),
    "fraud": N_("Fraud or false orders"),
    "identity": N_("Wrong or false business details"),
    "unshipped": N_("Paid orders were not shipped"),
    "off_platform": N_("Took buyers off the platform"),
    "repeated": N_("Broke rules again after warnings"),
    "legal": N_("An authority demands it"),
}

SWITCH_LABELS: Mapping[Switch, str] = {
    Switch.SEARCH_VISIBLE: N_("Found in search"),
    Switch.BUYABLE: N_("Can be bought"),
    Switch.EDIT_LISTINGS: N_("Edits listings"),
    Switch.BOOK_SLOTS: N_("Books slots"),
    Switch.JOIN_EVENTS: N_("Joins events"),
    Switch.PAYOUTS: N_("Is paid out"),
    Switch.SESSIONS: N_("Works in the portal"),
}

APPEAL_DAYS = 14
LONGEST_PAUSE = timedelta(days=180)


class OwnShop(DomainError):
    status = 403
    message = N_("You belong to this shop, so somebody else must decide.")


class NotYourOwn(DomainError):
    """Who decided does not decide on the appeal against it."""

    status = 403
    message = N_("You made this decision, so somebody else must decide on the appeal.")


class TooLate(DomainError):
    message = N_("The time for this is over.")


class TooEarly(DomainError):
    message = N_("It is too early for this. The seller may still appeal.")


class AlreadyAppealed(DomainError):
    message = N_("There is an appeal already.")


class NothingToDecide(DomainError):
    message = N_("There is no open appeal.")


class StillOpen(DomainError):
    """Something of the seller's stands open; `open_ends` says what and how much."""

    message = N_("The shop can't close yet: something still stands open.")

    def __init__(self, open_ends: Iterable["OpenEnd"]) -> None:
        self.open_ends = tuple(open_ends)
        super().__init__()


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """What must end before a shop may close: orders on the way, returns, a balance below zero."""

    kind: str
    count: int


def off(status: SellerStatus, rows: Iterable[Switch]) -> frozenset[Switch]:
    """Every switch that is off: by rows of its own, or by the state of the seller."""
    return frozenset(rows) | OFF_BY_STATUS.get(status, frozenset())


def resting(has_switches: bool) -> SellerStatus:
    """Where an active seller rests: restricted while any switch is off."""
    return S.RESTRICTED if has_switches else S.OPEN


def is_pause_due(begins: datetime | None, at: datetime) -> bool:
    return begins is not None and begins <= at


def may_decide(decided_by: str, actor_id: str) -> bool:
    return bool(actor_id) and decided_by != actor_id


def is_final(seller: Seller, at: datetime) -> bool:
    """A suspension nobody can appeal any more, or whose appeal was turned down."""
    if seller.appeal:
        return seller.appeal_decided_at is not None
    return seller.appeal_until is None or seller.appeal_until < at
