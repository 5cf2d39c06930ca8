"""A table of roulette, and what the hands do at it."""
