"""Measurements: what the parts cost, and against what."""
