"""Storefront / one shop."""
