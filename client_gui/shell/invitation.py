"""How others come to the table: its address, the command that joins, and both as a code. Pure."""

from functools import lru_cache
from ipaddress import ip_address
from typing import NamedTuple

import segno

QUIET = 4
"""So many light modules have to lie around a code, or telephones do not find it."""

Modules = tuple[tuple[bool, ...], ...]
"""The rows of a code, true where it is dark."""


class Invitation(NamedTuple):
    host: str
    port: int
    for_others: bool = True
    """Whether anybody else can follow it; if not, the table listens to this machine alone."""

    @property
    def address(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def command(self) -> tuple[str, str]:
        """What friends type, in two parts: it is long."""
        return "python run.py client", f"{self.host} {self.port}"

    @property
    def text(self) -> str:
        """What the code says. A telephone cannot sit down, so this is nothing to open, but plain
        text to read, to copy and to send on.
        """
        return f"Croupier {self.address}\n{' '.join(self.command)}"


def is_here(host: str) -> bool:
    """Whether only this machine means itself by that name."""
    if host.lower() == "localhost":
        return True
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


@lru_cache(maxsize=4)
def code(text: str) -> Modules:
    """The text as a QR code, without the quiet zone."""
    made = segno.make_qr(text, error="m")
    return tuple(tuple(bool(module) for module in row) for row in made.matrix)


def module_size(modules: Modules, side: int) -> int:
    """How many whole pixels a module gets in a square of this side, the quiet zone within it."""
    return max(1, side // (len(modules) + 2 * QUIET))
