"""A shop's listings as a table: our own columns, Shopify's, as CSV or XLSX."""
