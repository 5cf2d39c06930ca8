"""What an I/O thread hands over: as much as a client's pace allows, and no more than is served."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from protocol.errors import Fault
from protocol.framing import Spoken
from protocol.games.roulette.bets import ListBets, PlaceBets
from protocol.games.roulette.fields import Bet
from protocol.house.door import Goodbye, Ping
from protocol.house.lists import Farewell
from protocol.house.talk import Say
from protocol.messages import FROM_CLIENT
from protocol.wire import HEADER, encode
from server.net.cost import SPOTS_A_COST, cost
from server.net.session import Item, Last, Left, Room
from server.people.people import Client
from server.people.places import Standing
from tests.server.houses import ROOT
from tests.server.net.hands import GREETING, LIMITS, Hand, in_hand


@pytest.fixture
def hand() -> Iterator[Hand]:
    with in_hand() as made:
        yield made


@pytest.fixture
def few_ahead() -> Iterator[Hand]:
    with in_hand(replace(LIMITS, requests_ahead=4)) as made:
        yield made


def lines(count: int, first: int = 0) -> bytes:
    return b"".join(encode(Say(first + number, "a line"), 1) for number in range(count))


def numbers(said: list[Spoken | Last | Left | Room]) -> list[int]:
    return [each.number for each in said if isinstance(each, Say)]


def test_a_burst_is_so_many_and_not_one_more_however_they_come(hand: Hand) -> None:
    hand.say(lines(292))
    assert numbers(hand.take()) == list(range(10))
    assert not hand.reads


def test_a_burst_may_come_one_by_one(hand: Hand) -> None:
    for number in range(11):
        hand.say(lines(1, number))
    assert numbers(hand.take()) == list(range(10))
    assert hand.session.behind == hand.now
    hand.later(0.5)
    assert numbers(hand.take()) == [10]
    assert hand.session.behind is None  # All is taken: the next one may come a burst again.


def test_what_is_over_the_pace_comes_later_in_order_and_nothing_is_lost(hand: Hand) -> None:
    hand.say(lines(17))
    came = numbers(hand.take())
    counts = [len(came)]
    for _ in range(4):
        hand.later(0.5)
        came += numbers(hand.take())
        counts.append(len(came))
    assert counts == [10, 12, 14, 16, 17]
    assert came == list(range(17))
    hand.later(10.0)
    assert hand.reads


def test_a_pause_is_as_long_as_the_pace_says(hand: Hand) -> None:
    hand.say(lines(11))
    hand.take()
    hand.later(0.2)
    assert hand.take() == []
    hand.later(0.1)
    assert numbers(hand.take()) == [10]


def test_who_was_quiet_for_long_has_a_burst_and_no_more(hand: Hand) -> None:
    hand.later(3600.0)
    hand.say(lines(30))
    assert len(hand.take()) == 10


def test_a_dear_request_takes_as_much_as_it_costs(hand: Hand) -> None:
    ask = ListBets(1, 1, 0, 0)
    assert cost(ask) == 5
    hand.say(encode(ask) * 10)
    assert len(hand.take()) == 2
    hand.later(0.24)
    assert hand.take() == []
    hand.later(0.02)
    assert len(hand.take()) == 1


def test_a_bet_costs_by_its_spots() -> None:
    def bet(spots: int) -> PlaceBets:
        return PlaceBets(1, 1, tuple(Bet(spot, 1) for spot in range(spots)))

    assert [cost(bet(spots)) for spots in (0, 1, SPOTS_A_COST - 1, SPOTS_A_COST, 157)] == [
        *(1, 1, 1, 2),
        10,
    ]


def test_the_protocol_page_says_what_a_request_costs() -> None:
    page = " ".join((ROOT / "protocol" / "README.md").read_text("utf-8").split())
    sentence = page.split(" A request counts as 1, ")[1].split(". ")[0]
    assert f"as 1 more for every {SPOTS_A_COST} spots" in sentence
    said = re.findall(r"((?:`\w+`(?:, | and )?)+) as (\d+)(?! more)", sentence)
    assert {name: int(each) for names, each in said for name in re.findall(r"`(\w+)`", names)} == {
        kind.__name__: kind.QUESTION for kind in FROM_CLIENT.values() if kind.QUESTION > 1
    }


def test_frames_of_unknown_types_cost_as_much(hand: Hand) -> None:
    unknown = HEADER.pack(0x01, 0xEE, 1, 0)
    hand.say(unknown * 4 + lines(8))
    assert numbers(hand.take()) == [0, 1, 2, 3, 4, 5]
    hand.later(10.0)
    assert numbers(hand.take()) == [6, 7]
    hand.later(10.0)
    hand.say(unknown * 50)
    hand.say(lines(1))
    assert hand.take() == []
    hand.later(10.0)  # Forty of them were over the burst.
    assert hand.take() == []
    hand.later(0.5)
    assert numbers(hand.take()) == [0]


def test_no_more_is_handed_over_than_the_table_is_soon_done_with(few_ahead: Hand) -> None:
    hand = few_ahead
    hand.say(lines(10))
    assert numbers(hand.take(served=False)) == [0, 1, 2, 3]
    hand.later(1.0)
    assert hand.take() == []
    hand.session.served += 3
    hand.later(1.0)
    assert numbers(hand.take(served=False)) == [4, 5, 6]
    for _ in range(3):
        hand.session.serve()
    hand.io_thread._take_orders()
    assert hand.take() == []  # One of them is not done.
    hand.session.serve()
    hand.io_thread._take_orders()
    assert numbers(hand.take(served=False)) == [7, 8, 9]
    assert not hand.session.paused


@pytest.mark.parametrize(
    ("end", "last"),
    [
        (encode(Goodbye(Farewell.LEAVING, "")), Last(Farewell.LEAVING, "goodbye")),
        (b"\x77" * 20, Last(Farewell.BROKEN, Fault.UNKNOWN_REQUEST.value)),
    ],
)
def test_whoever_says_their_last_is_answered_before_and_not_heard_behind(
    hand: Hand, end: bytes, last: Last
) -> None:
    hand.say(lines(2) + end + lines(2))
    *asked, said = hand.take()
    assert numbers(asked) == [0, 1]
    assert said == last
    hand.say(lines(2))
    hand.later(1.0)
    assert hand.take() == []
    assert not hand.session.over
    assert hand.session.cut_off is (last.reason is not Farewell.LEAVING)
    hand.peer.close()
    hand.io_thread._read(hand.session, [])
    assert hand.take() == [Left("the connection ended", hand.session.cut_off)]


def test_how_somebody_broke_the_wire_is_logged_only_if_all_is(
    hand: Hand, caplog: pytest.LogCaptureFixture
) -> None:
    """As often as he likes. Why he left is noted besides."""
    caplog.set_level(logging.DEBUG, "server")
    assert hand.session.admitted
    hand.say(b"\x77" * 20)
    hand.take()
    (said,) = caplog.records
    assert (said.levelno, said.message.split()[:2]) == (logging.DEBUG, ["!", hand.session.address])


def test_who_broke_the_wire_under_a_name_is_logged_by_it(
    hand: Hand, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "server")
    hand.session.who = Client("10.0.0.1", signed_in=True, name="Anna")
    hand.say(b"\x77" * 20)
    hand.take()
    assert caplog.messages[0].startswith("! visitor Anna ")


@pytest.mark.parametrize("reads", [100, 250, 1000])
def test_who_is_behind_for_as_long_as_one_may_be_silent_is_closed(reads: int) -> None:
    """Or what they had sent would hide for a quarter of an hour that nobody is there any more. It
    makes no difference whether one read takes all of it.
    """
    with in_hand(replace(LIMITS, read_bytes=len(lines(reads)))) as hand:
        hand.say(lines(250))
        closed_after = 0.0
        while not hand.session.over and closed_after < 10 * LIMITS.silent_seconds:
            hand.later(1.0)
            closed_after += 1.0
            hand.take()
            if hand.reads:
                hand.io_thread._read(hand.session, [])
        assert LIMITS.silent_seconds < closed_after <= LIMITS.silent_seconds + 2


def test_who_asks_on_as_soon_as_an_answer_comes_is_slowed_and_never_closed(hand: Hand) -> None:
    for _ in range(100):
        hand.say(lines(3))
        while not hand.reads:
            hand.later(0.5)
        hand.take()
    assert not hand.session.over


def test_who_has_greeted_is_told_apart_from_who_is_silent(hand: Hand) -> None:
    fresh, arrived = hand.another().session, list[Item]()
    standings = []
    for part in (b"", GREETING[:3], GREETING[3:]):
        hand.io_thread._take(fresh, part, arrived)
        standings.append(fresh.standing)
    assert standings == [Standing.SILENT, Standing.SILENT, Standing.GREETED]


def test_pings_are_answered_here_and_paced(hand: Hand) -> None:
    hand.say(encode(Ping(7)) * 30)
    assert hand.take() == []
    assert len(hand.peer.recv(4096)) == 10 * len(encode(Ping(7)))


def test_a_stranger_who_is_paused_has_no_longer_to_sign_in(hand: Hand) -> None:
    hand.session.standing = Standing.GREETED
    hand.session.opened = hand.now
    hand.say(HEADER.pack(0x01, 0xEE, 1, 0) * 200)
    hand.later(LIMITS.sign_in_seconds + 0.1)
    assert hand.session.over


def test_the_table_hears_of_room_once_when_all_is_sent(hand: Hand) -> None:
    assert hand.session.has_room()
    page = bytes(50_000)
    while hand.session.has_room():
        hand.session.say(page)
    hand.io_thread._write(hand.session)
    assert hand.take() == []
    while hand.session.waits:
        hand.peer.recv(1 << 20)
        hand.io_thread._write(hand.session)
    assert hand.take(served=False) == [Room()]
    hand.io_thread._write(hand.session)
    assert hand.take() == []


def test_the_table_hears_of_room_when_the_line_ends(hand: Hand) -> None:
    while hand.session.has_room():
        hand.session.say(bytes(50_000))
    hand.io_thread._end(hand.session, "the connection ended")
    assert hand.take(served=False)[-1] == Room()
