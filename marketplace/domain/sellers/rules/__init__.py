"""What must hold for sellers. Pure."""

from marketplace.domain.sellers.rules.standing import FIRST_LEVEL as FIRST_LEVEL
from marketplace.domain.sellers.rules.standing import MOVES as MOVES
from marketplace.domain.sellers.rules.standing import OWNER as OWNER
from marketplace.domain.sellers.rules.standing import PORTAL as PORTAL
from marketplace.domain.sellers.rules.standing import SHOWN as SHOWN
