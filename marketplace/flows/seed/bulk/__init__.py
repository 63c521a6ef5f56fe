"""The demo's catalogue beyond what anybody looks at: 10,000 listings, or a million.

Other shops sell the same things in further series. Each thing is cast once into a mould by the code
that makes single listings, and a listing is a mould filled in: tens of thousands a minute.
"""

from marketplace.flows.seed.bulk.filling import Foundry, refresh_statistics, shown_place
from marketplace.flows.seed.bulk.shops import SHOPS, Plan, seed_shops

__all__ = ["SHOPS", "Foundry", "Plan", "refresh_statistics", "seed_shops", "shown_place"]
