"""What can be asked of the index: a search with its facets, suggestions, what found nothing."""
