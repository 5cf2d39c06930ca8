"""What the host sets, orders and looks at."""
