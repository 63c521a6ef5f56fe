"""What must hold for categories and listings. Pure."""
