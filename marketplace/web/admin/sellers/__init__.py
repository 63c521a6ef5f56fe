"""Admin / Sellers: who applies, who sells, and what they must prove."""
