"""What is drawn around a game."""
