"""What may be uploaded, by whom, how large, and under which keys it is kept. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from marketplace.domain.access.models import Actor, Permission, Person, SellerMember, Staff, System
from marketplace.domain.media.models import MediaStatus, Purpose
from marketplace.kit.errors import DomainError, NotAllowed
from marketplace.kit.languages import N_
from marketplace.kit.states import Machine

WIDTHS = (160, 480, 960, 1600)
MEGABYTE = 1_000_000
PICTURE_TYPES = ("image/jpeg", "image/png", "image/webp")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_AN_HOUR = 400
"""Files one person may begin to upload within an hour."""
PERMIT_LASTS = timedelta(minutes=15)
STALE_AFTER = timedelta(hours=2)
"""A permit nobody used, or a file nobody could check."""
ORPHAN_AFTER = timedelta(hours=24)

MACHINE = Machine(
    MediaStatus,
    {
        MediaStatus.WAITING: frozenset({MediaStatus.CHECKING}),
        MediaStatus.CHECKING: frozenset({MediaStatus.READY, MediaStatus.REFUSED}),
    },
)


class WrongType(DomainError):
    status = 422
    message = N_("This kind of file is not accepted here. Accepted: {types}.")


class TooLarge(DomainError):
    status = 413
    message = N_("The file is larger than {megabytes} MB.")


class Empty(DomainError):
    status = 422
    message = N_("The file is empty.")


@dataclass(frozen=True, slots=True)
class Limit:
    """What one purpose accepts."""

    types: tuple[str, ...]
    names: str
    """The types as people know them."""
    most_bytes: int


LIMITS: dict[Purpose, Limit] = {
    Purpose.PICTURE: Limit(PICTURE_TYPES, "JPEG, PNG, WebP", 10 * MEGABYTE),
    Purpose.DOCUMENT: Limit(
        (*PICTURE_TYPES, "application/pdf"), "JPEG, PNG, WebP, PDF", 10 * MEGABYTE
    ),
    Purpose.TABLE: Limit(("text/csv", XLSX), "CSV, XLSX", 50 * MEGABYTE),
}
MEMBERS_NEED: dict[Purpose, tuple[Permission, ...]] = {
    Purpose.PICTURE: (Permission.SHOP_LISTINGS_EDIT, Permission.SHOP_MANAGE),
    Purpose.DOCUMENT: (Permission.SHOP_MANAGE,),
    Purpose.TABLE: (Permission.SHOP_LISTINGS_EDIT,),
}
STAFF_NEED: dict[Purpose, tuple[Permission, ...]] = {
    Purpose.PICTURE: (
        Permission.CATALOG_MANAGE,
        Permission.CONTENT_MANAGE,
        Permission.SELLERS_MANAGE,
    ),
    Purpose.DOCUMENT: (),
    Purpose.TABLE: (Permission.CATALOG_MANAGE,),
}
PEOPLE_MAY = frozenset({Purpose.PICTURE, Purpose.DOCUMENT})
"""What somebody without a shop gives us: the application's logo and documents."""


def require_may_upload(actor: Actor, purpose: Purpose) -> None:
    """Raises `NotAllowed`."""
    match actor:
        case System():
            return
        case SellerMember():
            wanted = MEMBERS_NEED[purpose]
        case Staff():
            wanted = STAFF_NEED[purpose]
        case Person() if purpose in PEOPLE_MAY:
            return
        case _:
            wanted = ()
    if not any(actor.can(permission) for permission in wanted):
        raise NotAllowed(*(permission.value for permission in wanted[:1]))


def require_acceptable(purpose: Purpose, *, size: int, content_type: str) -> None:
    """Raises `WrongType`, `TooLarge` or `Empty`, before anything is sent."""
    limit = LIMITS[purpose]
    if content_type not in limit.types:
        raise WrongType(types=limit.names)
    if size > limit.most_bytes:
        raise TooLarge(megabytes=limit.most_bytes // MEGABYTE)
    if size <= 0:
        raise Empty


def incoming_key(token: str) -> str:
    """Where a file arrives and its original stays: never shown to anybody."""
    return f"private/incoming/{token}"


def document_key(owner_id: str, token: str) -> str:
    return f"private/kyc/{owner_id}/{token}"


def public_key(token: str, width: int) -> str:
    return f"public/{token}/{width}.webp"


def nearest_width(widths: Iterable[int], wanted: int) -> int:
    """The smallest of `widths` that is at least `wanted`, else the largest; 0 if there is none."""
    made = sorted(widths)
    return next((width for width in made if width >= wanted), made[-1] if made else 0)
