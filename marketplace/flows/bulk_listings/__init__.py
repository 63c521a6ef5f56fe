"""One deed for many listings of a shop: at once, or as a task for all that a list has."""
