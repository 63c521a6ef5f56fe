"""What a buyer sees of a search or a category: read from an address, answered, and led on from.

The same answer goes into the HTML of `http/search_page.py` and into the app's own page. Public.
"""
