"""Company at a roulette: what each kind of player lays, and what of a round they speak of."""
