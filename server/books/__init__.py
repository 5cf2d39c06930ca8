"""The books: every deed with chips, on disk before anybody is told."""
