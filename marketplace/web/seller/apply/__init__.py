"""Seller / Apply: six steps from a person to a shop, and what became of it (ux.md SE-01)."""
