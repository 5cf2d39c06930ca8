"""Whom the limits of an address count together."""

import pytest

from server.people.origin import THIS_MACHINE, Origin, origin_of


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("10.0.1.7", Origin("10.0.1.7", "10.0.1.0/24", here=False)),
        ("::ffff:10.0.1.7", Origin("10.0.1.7", "10.0.1.0/24", here=False)),
        ("2001:db8:1:2::7", Origin("2001:db8:1:2::/64", "2001:db8:1::/48", here=False)),
        ("fe80::1%eth0", Origin("fe80::/64", "fe80::/48", here=False)),
        ("127.0.0.1", Origin("127.0.0.1", "this machine", here=True)),
        ("127.8.8.8", Origin("127.8.8.8", THIS_MACHINE, here=True)),
        ("::ffff:127.0.0.1", Origin("127.0.0.1", THIS_MACHINE, here=True)),
        ("::1", Origin("::1", THIS_MACHINE, here=True)),
        ("the cellar", Origin("the cellar", "the cellar", here=False)),
    ],
)
def test_an_address_is_counted_with_those_of_the_same_line_and_hand(
    address: str, origin: Origin
) -> None:
    assert origin_of(address) == origin
