"""The states of change sets and appeals, and why something of a review is not possible."""

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
