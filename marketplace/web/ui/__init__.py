"""Pieces of pages, shared by the three audiences: `from marketplace.web.ui.button import button`."""
