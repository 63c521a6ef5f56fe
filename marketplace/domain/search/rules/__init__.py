"""How words become an index and how questions become a search. Pure."""
