"""What somebody means to buy: kept for a person or a browser, priced anew whenever it is looked at."""
