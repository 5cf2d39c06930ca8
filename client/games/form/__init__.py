"""What a client knows of any small game: its words, and its form as it is now."""
