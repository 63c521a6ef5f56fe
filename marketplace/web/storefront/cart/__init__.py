"""Storefront / Cart."""
