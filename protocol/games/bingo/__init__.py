"""Bingo: the cards, and the balls."""
