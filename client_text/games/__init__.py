"""The games, as a terminal shows them."""
