"""What the hands do around a game."""
