"""What surrounds a game: talk, people, settings, help, the keyboard."""
