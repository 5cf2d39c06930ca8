"""Connections: who is let in at the port, what comes in, what goes out."""
