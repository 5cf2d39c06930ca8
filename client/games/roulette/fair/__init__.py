"""Whether the rounds of a roulette are fair: each is followed and checked."""
