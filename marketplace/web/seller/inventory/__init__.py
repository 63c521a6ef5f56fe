"""Seller / Inventory: units of every SKU, what moved them, counting them all."""
