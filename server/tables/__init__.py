"""What every table needs, whatever is played at it."""
