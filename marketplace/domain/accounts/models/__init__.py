"""People, their sessions and roles. Permissions and actors are in `access`."""

from marketplace.domain.accounts.models.people import (
    AuthSession,
    OneTimeToken,
    PersonAccount,
    RecoveryCode,
    SavedView,
    TokenPurpose,
    TwoStepReset,
)
from marketplace.domain.accounts.models.roles import (
    Invitation,
    Role,
    RolePermission,
    StaffRole,
)

__all__ = [
    "AuthSession",
    "Invitation",
    "OneTimeToken",
    "PersonAccount",
    "RecoveryCode",
    "Role",
    "RolePermission",
    "SavedView",
    "StaffRole",
    "TokenPurpose",
    "TwoStepReset",
]
