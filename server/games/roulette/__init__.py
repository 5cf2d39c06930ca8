"""Roulette: its round, its bets, its rules, and what is kept of it."""
