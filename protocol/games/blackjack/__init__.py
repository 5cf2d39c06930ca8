"""Blackjack: the cards, how they are drawn one by one, and what a hand is worth."""
