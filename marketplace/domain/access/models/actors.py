"""Who is acting. An actor comes from the session cookie, never from an argument of a request."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace.domain.access.models.permissions import Permission
from marketplace.kit.errors import NotAllowed, StepUpNeeded
from marketplace.kit.languages import Locale

PROOF_LASTS = timedelta(minutes=10)  # reference/security.md SEC-21


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody, or a job, that does something; `kind` and `id` are what the audit log keeps."""

    kind: str
    id: str
    name: str
    permissions: frozenset[Permission] = frozenset()
    locale: Locale = "en"
    proved_at: datetime | None = None
    """When the person last proved who they are with a password or code, UTC."""
    session_id: str = ""
    ip: str = ""
    request_id: str = ""

    @property
    def only_looks(self) -> bool:
        """Whoever only looks gets no transaction that writes, and no entry in the audit log."""
        return False

    def can(self, permission: Permission) -> bool:
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raises `NotAllowed`. First line of every service function and screen query."""
        if permission not in self.permissions:
            raise NotAllowed(permission.value)

    def require_fresh_proof(self, at: datetime) -> None:
        """Raises `StepUpNeeded` if the last proof of identity is older than ten minutes."""
        if self.proved_at is None or at - self.proved_at > PROOF_LASTS:
            raise StepUpNeeded


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest(Actor):
    """A browser without a signed-in person."""

    kind: str = "guest"
    id: str = ""
    name: str = "Guest"
    browser: str = ""
    """The hash of its cookie, under which its cart is kept; empty if it keeps none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Actor):
    """Somebody signed in, in none but their own matters: a buyer, an account holder."""

    kind: str = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerMember(Actor):
    """A person acting for one seller."""

    kind: str = "member"
    seller_id: str
    seller_name: str
    role: str

    @property
    def sees_people(self) -> bool:
        """Whether addresses and numbers of the shop's people are shown in full."""
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Onlooker(SellerMember):
    """Somebody of the staff who looks at a shop as its members see it.

    Whatever permissions they are given, only those that read count: what is added to the portal
    later is closed to them until it asks for one of those.
    """

    kind: str = "staff"

    @property
    def only_looks(self) -> bool:
        return True

    @property
    def sees_people(self) -> bool:
        return self.can(Permission.PII_READ)

    def can(self, permission: Permission) -> bool:
        return permission.is_read and permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raises `NotAllowed`, for everything that is not reading."""
        if not self.can(permission):
            raise NotAllowed(permission.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff(Actor):
    """A person acting for the platform."""

    kind: str = "staff"
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class System(Actor):
    """A job or a command. It may do what its caller chose it for; there is no sign-in for it."""

    kind: str = "system"

    def require(self, permission: Permission) -> None:
        """Allowed: only our own jobs and commands can make one."""

    def require_fresh_proof(self, at: datetime) -> None:
        """Nothing to prove."""
