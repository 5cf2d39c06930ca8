"""Whether the house is fair: every round is followed and checked."""
