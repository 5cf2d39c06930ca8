"""What a house says and hears, whatever is played in it."""
