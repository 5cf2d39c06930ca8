"""Who may not come in: for a while after he was thrown out, or until the host lifts a ban. Pure.

Whoever is thrown out keeps his name and his chips, but cannot come back at once: not under his own
name, and not under a new one from the same address. People who have been here before come in from
that address as ever: behind one address there may be a house full of friends. A ban has no end, and
its address is closed to everybody. This machine's own address is never closed: the host sits here.
"""

import ipaddress
from dataclasses import dataclass, field

from protocol.messages.lists import Reason
from server.refusal import Refusal

BANNED = "the host does not let you in"


@dataclass
class ShutOut:
    """By name and by address; what has run out is forgotten when the next one is added."""

    seconds: float
    bans: dict[str, str] = field(default_factory=dict)
    """The address of each name that is banned, as far as it is known."""
    _names: dict[str, float] = field(default_factory=dict)
    _addresses: dict[str, float] = field(default_factory=dict)
    _seen: dict[str, str] = field(default_factory=dict)
    """From where those came who are shut out for a while."""

    def add(self, name: str, address: str, now: float) -> None:
        """Somebody was thrown out."""
        for until in (self._names, self._addresses):
            for each in [each for each, moment in until.items() if moment <= now]:
                del until[each]
                self._seen.pop(each, None)
        self._names[name] = self._addresses[address] = now + self.seconds
        self._seen[name] = address

    def ban(self, name: str, address: str = "") -> None:
        """Let somebody in no more. Who is not here any more is banned by where he was last seen."""
        self.bans[name] = address or self._seen.get(name, "")

    def lift(self, name: str) -> bool:
        """Let somebody in again; False if nothing kept him out."""
        shut = name in self._names or name in self.bans
        address = self._seen.pop(name, "")
        self._names.pop(name, None)
        self._addresses.pop(address, None)
        self.bans.pop(name, None)
        return shut

    def verify(self, name: str, address: str, now: float, *, new: bool = False) -> None:
        """Whether this name may come in from there; `new`: nobody has had it before."""
        banned = not is_here(address) and address in self.bans.values()
        if name in self.bans or banned:
            raise Refusal(Reason.SHUT_OUT, BANNED)
        left = self._names.get(name, now) - now
        if new and not is_here(address):
            left = max(left, self._addresses.get(address, now) - now)
        if left > 0:
            words = f"you were asked to leave: come back in {max(1, round(left))} s"
            raise Refusal(Reason.SHUT_OUT, words, figure=max(1, round(left * 1000)))


def is_here(address: str) -> bool:
    """Whether this is an address of the machine itself."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
