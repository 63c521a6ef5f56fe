"""A broken rule is not a crash: each error has a sentence for the person it concerns.

The sentence is an English message id; the edge translates it (`kit.languages`).
"""

from collections.abc import Mapping

from marketplace.kit.languages import N_

Words = str | int


class DomainError(Exception):
    """A rule of the business said no. `status` is what an HTTP answer would carry."""

    status = 409
    message = N_("This is not possible right now.")

    def __init__(self, message: str | None = None, /, **words: Words) -> None:
        self.message = message or self.message
        self.words = words
        super().__init__(self.message)


class NotFound(DomainError):
    """No such thing, or not yours: the two are told apart by nobody (DESIGN 8, *Closed*)."""

    status = 404
    message = N_("This does not exist, or you may not see it.")


class NotSignedIn(DomainError):
    status = 401
    message = N_("Please sign in first.")


class NotAllowed(DomainError):
    """The actor lacks a permission. `permission` names it, for the 403 page."""

    status = 403
    message = N_("You do not have permission to do this.")

    def __init__(self, permission: str = "", /) -> None:
        self.permission = permission
        super().__init__()


class OnlyLooking(DomainError):
    """Staff who look at a shop as its members see it change nothing meanwhile."""

    status = 403
    message = N_("You are only viewing a shop. Stop viewing before you change anything.")


class StepUpNeeded(DomainError):
    """Money and roles ask for the password again if the last proof is over ten minutes old."""

    status = 403
    message = N_("Please confirm it is you before you go on.")


class Stale(DomainError):
    """Someone else saved first: the version the actor edited is no longer the newest."""

    message = N_("Somebody else changed this meanwhile. Reload to see the newest version.")


class Throttled(DomainError):
    """Too many tries. `retry_after` is in seconds."""

    status = 429
    message = N_("Too many attempts. Please wait a moment and try again.")

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__()


class Invalid(DomainError):
    """Input that breaks a rule, told field by field: `{field name: message id}`."""

    status = 422
    message = N_("Please check the marked fields.")

    def __init__(self, fields: Mapping[str, str], /, **words: Words) -> None:
        self.fields = dict(fields)
        super().__init__(None, **words)
