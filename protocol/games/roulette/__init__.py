"""Roulette on the wire: `rules` the wheel and the layout, `bets` chips on it, `rounds` from open to
settled, `records` what has been, `desk` the croupier's orders.
"""
