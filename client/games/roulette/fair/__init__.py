"""What of a round of a roulette was checked, step by step."""
