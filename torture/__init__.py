"""The house under fire: what it is put through, and what is counted afterwards."""
