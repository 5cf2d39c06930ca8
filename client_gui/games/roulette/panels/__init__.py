"""What is drawn at a table of roulette."""
