"""Pieces of pages, shared by the three audiences; `/admin/ui` shows each of them."""
