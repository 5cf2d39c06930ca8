"""New names are counted by the address that brings them."""

import pytest

from protocol import classic
from protocol.messages.door import Refused, SignedIn, SignIn
from protocol.messages.lists import Reason
from server.limits import Limits
from server.newcomers import Newcomers
from server.people import Client
from server.refusal import Refusal
from tests.server.pure import PureHouse


def takes(newcomers: Newcomers, address: str, now: float) -> bool:
    try:
        newcomers.take(address, now)
    except Refusal:
        return False
    return True


def test_an_address_has_so_many_at_once_and_then_one_by_one() -> None:
    newcomers = Newcomers(60)
    assert sum(takes(newcomers, "10.0.0.1", 0.0) for _ in range(100)) == 60
    assert takes(newcomers, "10.0.0.2", 0.0)
    assert not takes(newcomers, "10.0.0.1", 59.0)
    assert takes(newcomers, "10.0.0.1", 60.0)
    assert not takes(newcomers, "10.0.0.1", 60.0)
    assert sum(takes(newcomers, "10.0.0.1", 10_000.0) for _ in range(100)) == 60


def test_who_is_refused_is_told_how_long_to_wait() -> None:
    newcomers = Newcomers(60)
    for _ in range(60):
        newcomers.take("10.0.0.1", 0.0)
    with pytest.raises(Refusal) as refused:
        newcomers.take("10.0.0.1", 15.0)
    assert (refused.value.reason, refused.value.figure) == (Reason.TOO_FAST, 45_000)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_not_counted(address: str) -> None:
    newcomers = Newcomers(1)
    assert all(takes(newcomers, address, 0.0) for _ in range(5))


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::7", "2001:db8:1:3::7", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("10.0.0.1", "10.0.0.2", False),
    ],
)
def test_a_line_of_ipv6_is_one_address(one: str, other: str, *, shared: bool) -> None:
    newcomers = Newcomers(1)
    newcomers.take(one, 0.0)
    assert takes(newcomers, other, 0.0) is not shared


def test_nothing_is_kept_of_who_was_here_long_ago() -> None:
    newcomers = Newcomers(2)
    for number in range(250):
        newcomers.take(f"10.0.0.{number}", 0.0)
    newcomers.take("10.0.1.1", 8_000.0)
    assert len(newcomers._used) == 1


def test_in_either_dialect_known_names_come_in_though_new_ones_must_wait() -> None:
    pure = PureHouse(limits=Limits(names_an_address=2))
    pure.visitor("Anna")
    bert = pure.classic_player("Bert", "10.0.0.1")
    books = pure.snapshot()
    answer = pure.ask(pure.stranger("10.0.0.1"), SignIn(1, "Carl", b"", b""))
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.TOO_FAST
    carl = Client("10.0.0.1", classic=True)
    asked = classic.RegisterPlayer(b"Carl")
    assert pure.ask(carl, asked) == classic.RegistrationAnswered(classic.Code.REFUSED)
    assert pure.snapshot() == books
    assert pure.ask(Client("10.0.0.3", classic=True), asked) == classic.RegistrationAnswered(
        classic.Code.OK
    )
    pure.house.people.leave(bert, pure.now, cut_off=False)
    assert isinstance(pure.ask(pure.stranger("10.0.0.1"), SignIn(1, "Bert", b"", b"")), SignedIn)
