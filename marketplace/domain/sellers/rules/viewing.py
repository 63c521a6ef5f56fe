"""Looking at a shop as its members see it: for how long, of which shops, and why."""

from datetime import timedelta

from marketplace.domain.sellers.models import Seller
from marketplace.domain.sellers.rules.standing import PORTAL
from marketplace.kit.errors import DomainError, Invalid
from marketplace.kit.languages import N_

LASTS = timedelta(minutes=30)
LONGEST = 500
SAY_WHY = N_("Say why you look. It stays in the audit log.")
TOO_LONG = N_("This text is too long.")


class NoPortal(DomainError):
    message = N_("The members of this shop have no portal any more.")


class OwnPortal(DomainError):
    status = 403
    message = N_("You belong to this shop. Open it as its member.")


def check_shop(seller: Seller) -> None:
    """Raises `NoPortal`."""
    if seller.status not in PORTAL:
        raise NoPortal


def cleaned(reason: str) -> str:
    """Raises `Invalid` for an empty or too long one."""
    reason = reason.strip()
    if not reason:
        raise Invalid({"reason": SAY_WHY})
    if len(reason) > LONGEST:
        raise Invalid({"reason": TOO_LONG})
    return reason
