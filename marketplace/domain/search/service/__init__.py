"""What can be done with the index: put, remove, rebuild; note what was asked; keep synonyms."""
