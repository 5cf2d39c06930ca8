"""What a client knows of each game."""
