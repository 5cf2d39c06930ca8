"""What surrounds a game: talk, people, settings, the record, the keyboard."""
