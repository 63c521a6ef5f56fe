"""What must hold in reviews of listings. Pure."""
