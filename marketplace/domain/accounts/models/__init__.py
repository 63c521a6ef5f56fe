"""People, roles and the actors they become."""

from marketplace.domain.accounts.models.actors import (
    PROOF_LASTS,
    Actor,
    Guest,
    Person,
    SellerMember,
    Staff,
    System,
)
from marketplace.domain.accounts.models.people import (
    AuthSession,
    OneTimeToken,
    PersonAccount,
    RecoveryCode,
    SavedView,
    TokenPurpose,
    TwoStepReset,
)
from marketplace.domain.accounts.models.permissions import (
    LABELS,
    PRESETS,
    SELLER_PERMISSIONS,
    STAFF_PERMISSIONS,
    Audience,
    Permission,
    Preset,
)
from marketplace.domain.accounts.models.roles import Invitation, Role, RolePermission, StaffRole

__all__ = [
    "LABELS",
    "PRESETS",
    "PROOF_LASTS",
    "SELLER_PERMISSIONS",
    "STAFF_PERMISSIONS",
    "Actor",
    "Audience",
    "AuthSession",
    "Guest",
    "Invitation",
    "OneTimeToken",
    "Permission",
    "Person",
    "PersonAccount",
    "Preset",
    "RecoveryCode",
    "Role",
    "RolePermission",
    "SavedView",
    "SellerMember",
    "Staff",
    "StaffRole",
    "System",
    "TokenPurpose",
    "TwoStepReset",
]
