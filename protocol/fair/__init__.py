"""A draw that nobody can steer: chains, trees, freezes, events, and the verdict on them. Pure."""
