"""The states of a listing and which follows which (DESIGN part 5, reference/features.md 2.3)."""

from marketplace.domain.catalog.models import ListingStatus
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_
from marketplace.kit.states import Machine

KIND = "listing"
S = ListingStatus

MACHINE = Machine(
    ListingStatus,
    {
        S.DRAFT: frozenset({S.PENDING, S.ARCHIVED}),
        # back to where it came from when withdrawn or refused
        S.PENDING: frozenset({S.LIVE, S.NEEDS_CHANGES, S.REJECTED, S.DRAFT, S.TAKEN_DOWN}),
        S.NEEDS_CHANGES: frozenset({S.PENDING, S.ARCHIVED}),
        S.REJECTED: frozenset({S.PENDING, S.ARCHIVED}),
        S.LIVE: frozenset({S.OFF_SHELF, S.TAKEN_DOWN, S.ARCHIVED}),
        S.OFF_SHELF: frozenset({S.LIVE, S.TAKEN_DOWN, S.ARCHIVED}),
        # back to what it was when the taking down was wrong
        S.TAKEN_DOWN: frozenset({S.PENDING, S.LIVE, S.OFF_SHELF, S.ARCHIVED}),
        S.ARCHIVED: frozenset({S.DRAFT, S.OFF_SHELF, S.TAKEN_DOWN, S.REJECTED, S.NEEDS_CHANGES}),
    },
)

TAKEN_BACK = Machine(
    ListingStatus,
    {
        state: frozenset({S.PENDING})
        for state in (S.LIVE, S.NEEDS_CHANGES, S.REJECTED, S.TAKEN_DOWN)
    },
)
"""Only for a decision its maker takes back at once: the listing waits again as it did."""

BUYERS_SEE = frozenset({S.LIVE})
"""All others answer as if there were no such listing (multivendorx#119: pending was buyable)."""

HAS_BEEN_ON_SALE = frozenset({S.LIVE, S.OFF_SHELF, S.TAKEN_DOWN})


class NotOnShelf(DomainError):
    message = N_("Only a listing on sale can be paused.")


class NotPaused(DomainError):
    """Resuming puts back what was on sale; it never publishes anything (getdokan/dokan#1439)."""

    message = N_("Only a paused listing can be put on sale again. Others go through a review.")


class NotADraft(DomainError):
    message = N_("Only a draft that was never on sale can be deleted. Archive it instead.")


class TooManyListings(DomainError):
    message = N_("Your shop's level allows {most} listings on sale. Pause one first.")


def after_archive(before: str) -> ListingStatus:
    """Where a listing goes when taken out of the archive: never on sale by itself."""
    state = ListingStatus(before)
    return S.OFF_SHELF if state is S.LIVE else state
