"""Sellers, their members, and the way in: applications, requirements, documents, agreements."""

from marketplace.domain.sellers.models.applications import (
    Agreement,
    ApplicationStatus,
    BusinessType,
    SellerApplication,
)
from marketplace.domain.sellers.models.notes import SellerNote
from marketplace.domain.sellers.models.requirements import (
    Requirement,
    RequirementKind,
    SellerDeadline,
    Submission,
    Verdict,
)
from marketplace.domain.sellers.models.sellers import (
    Seller,
    SellerLevel,
    SellerMembership,
    SellerStatus,
    SellerSwitch,
    Switch,
)
from marketplace.domain.sellers.models.viewings import ShopViewing

__all__ = [
    "Agreement",
    "ApplicationStatus",
    "BusinessType",
    "Requirement",
    "RequirementKind",
    "Seller",
    "SellerApplication",
    "SellerDeadline",
    "SellerLevel",
    "SellerMembership",
    "SellerNote",
    "SellerStatus",
    "SellerSwitch",
    "ShopViewing",
    "Submission",
    "Switch",
    "Verdict",
]
