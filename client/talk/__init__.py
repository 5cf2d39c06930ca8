"""What people say to each other, on this side."""
