"""Seller / Import and export: a table of products in four steps, and back (ux.md SE-05)."""
