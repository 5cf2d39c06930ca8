"""What a client knows of roulette alone."""
