"""What anything in a window is drawn and written with."""
