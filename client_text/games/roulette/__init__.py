"""A roulette in the terminal: bets as people say them, and rounds in words."""
