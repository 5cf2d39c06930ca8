"""What the owner writes down of people: they do not push out of the log what the host needs."""

import logging
from collections.abc import Callable

import pytest

from protocol.classic import RegisterPlayer
from protocol.house.door import LeaveSeat, SignIn, TakeSeat
from protocol.house.lists import Seat
from protocol.house.people import WarnPlayer
from protocol.house.talk import Say
from server.log.shares import HEAD_BYTES
from server.net.session import Left, Session
from server.owner import LEFT_OUT_SECONDS
from tests.server.shops import Shop

LONG = "Ж" * 200
GONE = Left("the connection ended", True)
A_SECOND, AT_ONCE = 1000, 64_000
ELSEWHERE = "10.0.0.2"


@pytest.fixture
def shop(caplog: pytest.LogCaptureFixture) -> Shop:
    caplog.set_level(logging.INFO, "server")
    return Shop()


def size(lines: list[str]) -> int:
    """In the file of the log."""
    return sum(len(line.encode()) + HEAD_BYTES for line in lines)


def begins(caplog: pytest.LogCaptureFixture, *words: str) -> list[str]:
    return [line for line in caplog.messages if line.startswith(words)]


def ask(shop: Shop, *items: tuple[Session, object]) -> None:
    """All of it is done, also what has to wait for its turn."""
    shop.turn(*items)
    while shop.owner.waiting:
        shop.turn()


def guests(shop: Shop) -> list[Session]:
    return [shop.session(SignIn(1, "", b"", b""))[0] for _ in range(3)]


def test_an_address_fills_so_much_of_the_log_and_the_rest_is_counted(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    """By itself 60 guests of one address would push out 20 MB in less than a minute."""
    crowd, began = guests(shop), shop.now
    asked = [(each, WarnPlayer(2, 5, LONG)) for each in crowd for _ in range(20)]
    for _ in range(2 * round(LEFT_OUT_SECONDS)):
        shop.now += 1
        ask(shop, *asked)
    lines = begins(caplog, "< visitor guest WarnPlayer(2, 5, 'Ж", "+", "-")
    allowed = AT_ONCE + A_SECOND * (shop.now - began)
    assert allowed - 1000 <= size(lines) <= allowed + 1000
    assert len(asked) * 2 * LEFT_OUT_SECONDS * size(lines[-1:]) > 10 * allowed
    told = begins(caplog, "… ")
    assert len(told) == 2
    assert all(line.endswith(" lines of 10.0.0.1 were left out") for line in told)
    caplog.clear()
    shop.session(SignIn(1, "", b"", b""), WarnPlayer(2, 5, "x"), address=ELSEWHERE)
    assert caplog.messages == [
        f"+ visitor guest from {ELSEWHERE}, modern",
        "< visitor guest WarnPlayer(2, 5, 'x')",
    ]


@pytest.mark.parametrize(
    ("come", "lines", "kept"),
    [
        (Shop.session, ("- 10.0.0.1 left",), AT_ONCE),
        (
            lambda shop: shop.session(SignIn(1, "", b"", b"")),
            ("+ visitor guest", "- visitor guest"),
            AT_ONCE,
        ),
        (
            lambda shop: shop.classic(RegisterPlayer(b"Old")),
            ("+ player Old", "- player Old", "> table 1 Noticed"),
            AT_ONCE // 4,
        ),
    ],
)
def test_who_comes_and_goes_without_end_fills_no_more(
    shop: Shop,
    caplog: pytest.LogCaptureFixture,
    come: Callable[[Shop], tuple[Session, object]],
    lines: tuple[str, ...],
    kept: int,
) -> None:
    began = shop.now
    for seconds in (0.0, LEFT_OUT_SECONDS):
        shop.now += seconds
        for _ in range(kept // 30):
            shop.turn((come(shop)[0], GONE))
        allowed = kept + (shop.now - began) * kept * A_SECOND / AT_ONCE
        assert allowed <= size(begins(caplog, *lines)) < allowed + 200
    (told,) = begins(caplog, "… ")
    assert told.endswith(" lines of 10.0.0.1 were left out")


def noticed(caplog: pytest.LogCaptureFixture) -> list[str]:
    return begins(caplog, "> table 1 Noticed")


@pytest.mark.parametrize("stays", [True, False])
def test_who_makes_the_house_tell_of_him_without_end_fills_no_more(
    shop: Shop, caplog: pytest.LogCaptureFixture, *, stays: bool
) -> None:
    """He sits down and gets up, or talks until he is warned and muted; he has many names."""
    limits, began = shop.pure.house.limits, shop.now
    crowd = [shop.player(f"{chr(97 + n // 8)}{chr(97 + n % 8)} Long enough")[0] for n in range(40)]
    for _ in range(20):
        shop.now += 40
        storm = [Say(3, "a line")] * (limits.storm_mute + 10)
        for each in crowd:
            shop.turn(*((each, said) for said in (storm if stays else [LeaveSeat(3)])))
            shop.turn((each, TakeSeat(4, Seat.PLAYER, b"")))
    told = size(noticed(caplog))
    kept = AT_ONCE // 4 + (shop.now - began) * A_SECOND // 4
    assert told < kept + 200
    shop.owner.house.throw_out(crowd[0].who.account, "go")
    shop.turn()
    assert caplog.messages[-1].endswith(": go")


def test_whatever_one_can_make_the_house_tell_of_him_is_a_line_of_his(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    limits = shop.pure.house.limits
    anna, _ = shop.player("Anna")
    shop.owner._coming._used["10.0.0.1"] = shop.now + 1e9
    caplog.clear()
    shop.turn((anna, LeaveSeat(3)))
    shop.turn((anna, TakeSeat(4, Seat.PLAYER, b"")))
    ask(shop, *[(anna, Say(5, "a line"))] * (limits.storm_mute + 10))
    shop.now += limits.away_seconds
    shop.turn()  # Away, and not muted any more.
    shop.turn((anna, Say(6, "back")))
    shop.turn((anna, GONE))
    shop.now += limits.keep_seat_seconds
    shop.turn()
    assert noticed(caplog) == []
    shop.now += LEFT_OUT_SECONDS
    shop.turn()
    # Got up, sat down, warned, muted; away, heard again, back; cut off, gone; and that he left.
    assert sum(int(line.split()[1]) for line in begins(caplog, "… ")) == 10


def test_what_the_host_needs_is_never_left_out(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    crowd = guests(shop)
    ask(shop, *((each, WarnPlayer(2, 5, LONG)) for each in crowd for _ in range(100)))
    caplog.clear()
    anna, _ = shop.player("Anna")
    guess = TakeSeat(3, Seat.CROUPIER, b"x" * 64)
    for _ in range(3):
        shop.turn((anna, guess))
    assert anna.who.account
    shop.pure.house.throw_out(anna.who.account, "go")
    shop.turn((anna, GONE))
    shop.pure.table.set_auto(shop.now, 30)
    shop.turn()
    assert begins(caplog, "<") == []
    lines = begins(caplog, "+", "-", "x", "!", ">")
    assert [line.split("(")[0] for line in lines] == [
        "+ visitor Anna from 10.0.0.1, modern",
        "> table 1 Noticed",
        "! 10.0.0.1: wrong about the croupier's password, 3 times, waits 2 s",
        "- visitor Anna left: the connection ended",
        "x visitor Anna: go",
        "> table 1 AutoChanged",
    ]


def test_at_a_level_that_has_no_such_lines_none_is_left_out(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "server")
    for _ in range(AT_ONCE // 30):
        shop.turn((shop.session()[0], GONE))
    shop.now += LEFT_OUT_SECONDS
    shop.turn()
    assert caplog.messages == []
