"""Admin / Catalog: what goods hang in, what they are described by, and how they are found."""
