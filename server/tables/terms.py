"""What the host chose for one table, besides the rules of its game. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Terms:
    """What it is called, and who may sit there as what."""

    name: str
    password: bytes = b""
    """SHA-512 of what a seat there takes; empty if nothing is asked."""
    watching: bool = True
    """Whether one may watch."""
    croupier: bool = True
    """Whether there is a croupier's seat; without one the table runs itself."""
    seats: int = 0
    """So many players at the most; 0: any number."""
