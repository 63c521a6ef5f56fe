"""The states of change sets and appeals, and why something of a review is not possible."""

from datetime import timedelta

from marketplace.domain.moderation.models import AppealStatus, ChangeStatus
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_
from marketplace.kit.states import Machine

CHANGE = "change_set"
APPEAL = "appeal"
C = ChangeStatus

CHANGES = Machine(
    ChangeStatus,
    {C.OPEN: frozenset({C.APPROVED, C.REJECTED, C.SUPERSEDED, C.WITHDRAWN})},
)
APPEALS = Machine(
    AppealStatus,
    {AppealStatus.OPEN: frozenset({AppealStatus.UPHELD, AppealStatus.GRANTED})},
)

TAKEN_BACK = Machine(
    ChangeStatus, {C.APPROVED: frozenset({C.OPEN}), C.REJECTED: frozenset({C.OPEN})}
)
"""Only for `service.undo`: no other road leads back from a decision."""
UNDO_OFFERED = timedelta(seconds=10)
UNDO_WITHIN = timedelta(seconds=15)
"""Ten seconds are offered; five more are for the way to us. Letters wait as long."""


class TooLate(DomainError):
    message = N_("A decision can be taken back for {n} seconds, by whoever made it.")

    def __init__(self) -> None:
        super().__init__(None, n=int(UNDO_OFFERED.total_seconds()))


class SomethingFollowed(DomainError):
    message = N_("Something has happened to the listing since. Decide again instead.")


class ShopHasEnded(DomainError):
    message = N_("This shop has ended: nothing of it goes on sale any more.")


class NothingToSubmit(DomainError):
    message = N_("Nothing differs from what was handed in or is on sale.")


class ChangeWaits(DomainError):
    message = N_("An edit of this listing waits for a review already.")


class NeedsRebase(DomainError):
    """Something else went on sale since: the change must first be put on top of that."""

    message = N_("The listing changed on sale since this edit was made. Bring the edit up to date.")


class Overlaps(DomainError):
    """`fields` were changed on both sides."""

    message = N_(
        "The same fields changed on sale meanwhile: {fields}. Ask the seller to look again."
    )

    def __init__(self, fields: tuple[str, ...]) -> None:
        self.fields = fields
        super().__init__(None, fields=", ".join(fields))


class NotYourOwn(DomainError):
    """Nobody decides about their own shop, nor about an appeal against themselves."""

    status = 403
    message = N_("Somebody else must decide this.")


class AlreadyAppealed(DomainError):
    message = N_("Your appeal is being looked at.")


class NothingToAppeal(DomainError):
    message = N_("There is no decision to appeal against.")
