"""Roulette as values: what is shown, where, and when. Nothing here draws."""
