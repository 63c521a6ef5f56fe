"""A product as rows of a table: the columns we know, in three dialects, and how cells are written."""
