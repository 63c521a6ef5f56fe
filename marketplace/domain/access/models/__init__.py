"""Permissions and actors."""

from marketplace.domain.access.models.actors import (
    PROOF_LASTS,
    Actor,
    Guest,
    Onlooker,
    Person,
    SellerMember,
    Staff,
    System,
)
from marketplace.domain.access.models.permissions import (
    LABELS,
    PRESETS,
    SELLER_PERMISSIONS,
    STAFF_PERMISSIONS,
    Audience,
    Permission,
    Preset,
)

__all__ = [
    "LABELS",
    "PRESETS",
    "PROOF_LASTS",
    "SELLER_PERMISSIONS",
    "STAFF_PERMISSIONS",
    "Actor",
    "Audience",
    "Guest",
    "Onlooker",
    "Permission",
    "Person",
    "Preset",
    "SellerMember",
    "Staff",
    "System",
]
