"""What a basket costs, who pays for each discount, and what a refund gives back. Pure."""
