"""Qt models that hold records and let pages read and change them."""
