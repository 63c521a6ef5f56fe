"""What can be asked about reviews."""
