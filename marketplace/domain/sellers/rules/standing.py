"""What must hold for sellers and their members. Pure."""

from marketplace.domain.sellers.models import SellerStatus
from marketplace.kit.states import Machine

S = SellerStatus

MOVES = Machine(
    SellerStatus,
    {
        S.OPEN: frozenset({S.PAUSED, S.RESTRICTED, S.SUSPENDED, S.CLOSING}),
        S.PAUSED: frozenset({S.OPEN, S.RESTRICTED, S.SUSPENDED, S.CLOSING}),
        S.RESTRICTED: frozenset({S.OPEN, S.SUSPENDED, S.CLOSING}),
        S.SUSPENDED: frozenset({S.OPEN, S.TERMINATED}),
        S.CLOSING: frozenset({S.OPEN, S.CLOSED}),
    },
)

SHOWN = frozenset({S.OPEN, S.PAUSED, S.RESTRICTED})
"""The states in which buyers find the shop."""

PORTAL = frozenset(SellerStatus) - {S.TERMINATED}
"""The states in which members may enter the seller portal."""

OWNER = "owner"
