"""What a seller's violation points suggest, and doing it: moderation counts, sellers switch off."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.moderation.queries import points
from marketplace.domain.moderation.rules.points import LADDER, suggested
from marketplace.domain.sellers.models import Switch
from marketplace.domain.sellers.queries.standing import switches_off
from marketplace.domain.sellers.service import standing
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_

REASON = "violations"


class NothingSuggested(DomainError):
    message = N_("The points suggest nothing that is not done already.")


@dataclass(frozen=True, slots=True)
class Penalty:
    """`label` is a message id, empty below the first step; `switches` are those still on.
    `next_at`: the points of the next step, 0 at the top."""

    points: int = 0
    label: str = ""
    switches: tuple[Switch, ...] = ()
    next_at: int = 0


def suggest_penalty(session: Session, staff: Staff, seller_id: str, *, at: datetime) -> Penalty:
    """What the ladder says about the points that count now; a person decides."""
    staff.require(Permission.SELLERS_READ)
    total = points(session, seller_id, at=at)
    step = suggested(total)
    already = switches_off(session, seller_id)
    return Penalty(
        points=total,
        label=step.label if step else "",
        switches=tuple(sorted(step.switches - already)) if step else (),
        next_at=next((one.points for one in LADDER if one.points > total), 0),
    )


def impose_penalty(
    session: Session, staff: Staff, seller_id: str, *, note: str, at: datetime
) -> Penalty:
    """Switch off what is suggested. Raises `NothingSuggested`, and as `standing.restrict`."""
    staff.require(Permission.SELLERS_MANAGE)
    penalty = suggest_penalty(session, staff, seller_id, at=at)
    if not penalty.switches:
        raise NothingSuggested
    standing.restrict(session, staff, seller_id, penalty.switches, reason=REASON, note=note, at=at)
    return penalty
