"""A table becomes listings: read, mapped, planned whole, and only then written."""
