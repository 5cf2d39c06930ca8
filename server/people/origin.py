"""Where somebody comes from, as the limits of an address count it. Pure."""

import ipaddress
from functools import lru_cache
from typing import NamedTuple

THIS_MACHINE = "this machine"


class Origin(NamedTuple):
    """Who is counted together."""

    near: str
    """One address; of IPv6 a /64, for one line has 2⁶⁴ of them."""
    around: str
    """What one hand often holds the whole of: a /24, of IPv6 a /48, or this machine, whose own
    addresses are all of 127.0.0.0/8.
    """
    here: bool
    """Whether it is this machine itself."""


@lru_cache(4096)
def origin_of(address: str) -> Origin:
    """The origin of an address as a socket tells it, or as a host wrote it down."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return Origin(address, address, here=False)
    mapped = getattr(found, "ipv4_mapped", None)
    if mapped:
        return origin_of(str(mapped))
    near, around = (32, 24) if found.version == 4 else (64, 48)
    if found.is_loopback:
        return Origin(str(found), THIS_MACHINE, here=True)
    return Origin(
        address if near == 32 else _network(found, near), _network(found, around), here=False
    )


def _network(address: ipaddress.IPv4Address | ipaddress.IPv6Address, bits: int) -> str:
    return str(ipaddress.ip_network((address, bits), strict=False))
