"""The three frames around every page: storefront, seller portal, back office (ux.md 2.0)."""

from marketplace.web.frames.office import admin, seller
from marketplace.web.frames.plain import applicant
from marketplace.web.frames.shop import storefront
from marketplace.web.frames.viewing import kept_from_onlookers

__all__ = ["admin", "applicant", "kept_from_onlookers", "seller", "storefront"]
