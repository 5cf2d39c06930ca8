"""The games, as a window shows them."""
