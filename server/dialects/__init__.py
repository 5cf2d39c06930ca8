"""What is asked in other protocols than our own."""
