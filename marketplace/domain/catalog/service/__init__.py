"""What can be done with what is sold: the tree it hangs in, listings and their versions."""
