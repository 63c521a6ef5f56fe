"""Seller / Store: the shop's face, its pauses, its documents, and what has been taken from it."""
