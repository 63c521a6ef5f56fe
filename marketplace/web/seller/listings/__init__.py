"""Seller / Listings: the list (SE-03), the editor (SE-04), versions, shipping templates."""
