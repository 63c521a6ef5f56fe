"""What the style guide shows: made-up stores, orders and people."""
