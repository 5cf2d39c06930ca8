"""How many new names an address may bring: each costs a line of the books for ever. Pure."""

import ipaddress

from protocol.messages.lists import Reason
from server.refusal import Refusal

HOUR = 3600.0


class Newcomers:
    """What each address has used of its new names."""

    def __init__(self, an_hour: int) -> None:
        self._each = HOUR / an_hour
        self._used: dict[str, float] = {}
        """The moment up to which they are used up; who came last is last."""

    def take(self, address: str, now: float) -> None:
        """Take one new name from what an address has left, or refuse it."""
        whence = _whence(address)
        if not whence:
            return
        used = max(self._used.get(whence, now - HOUR), now - HOUR) + self._each
        if (wait := used - now) > 0:
            words = f"too many new names come from your address: wait {wait:.0f} s"
            raise Refusal(Reason.TOO_FAST, words, figure=round(wait * 1000))
        self._used.pop(whence, None)
        self._used[whence] = used
        while self._used[oldest := next(iter(self._used))] <= now - HOUR:
            del self._used[oldest]


def _whence(address: str) -> str:
    """Who shares what an address has: one line of IPv6 has 2⁶⁴ addresses. Nobody: this machine."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv4Address):
        return "" if found.is_loopback else address
    if found.ipv4_mapped:
        return _whence(str(found.ipv4_mapped))
    return "" if found.is_loopback else found.exploded[:19]
