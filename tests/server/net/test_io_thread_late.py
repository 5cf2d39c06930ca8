"""Whom an I/O thread looks at and when, who is too late, and who is asked whether he is there."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from protocol.framing import Dialect
from protocol.house.door import Goodbye, Ping
from protocol.house.lists import Farewell
from protocol.house.talk import Say
from protocol.wire import encode
from server.net import io_thread as io
from server.net.io_thread import SWEEP_SECONDS
from server.net.session import Item, Left, Session
from server.people.places import Standing
from tests.server.net.hands import LIMITS, QUIET, Hand, Line, in_hand

BRIEF = 2.0**-20
"""No clock of a house is finer, and none of these sums is rounded."""


@pytest.fixture
def hand() -> Iterator[Hand]:
    with in_hand() as made:
        yield made


def farewell(line: Line) -> Goodbye:
    (said,) = line.heard()
    assert isinstance(said, Goodbye)
    return said


def over(lines: list[Line]) -> int:
    return sum(line.session.over for line in lines)


# --- the sweep ------------------------------------------------------------------------------------


def test_so_many_are_looked_at_at_a_time_and_all_of_them_within_half_a_second(hand: Hand) -> None:
    count = 2 * io.SWEEP_SLICE - 1  # With the one who is there already.
    crowd = [hand.another() for _ in range(count)]
    hand.now += LIMITS.sign_in_seconds + 1
    hand.io_thread._sweep(hand.now)
    assert over(crowd) in (io.SWEEP_SLICE, io.SWEEP_SLICE - 1)
    assert hand.io_thread._patience() == io.SWEEP_SECONDS / 2
    hand.now += io.SWEEP_SECONDS / 2 - BRIEF
    hand.io_thread._sweep(hand.now)
    assert over(crowd) < count
    hand.now += BRIEF
    hand.io_thread._sweep(hand.now)
    assert over(crowd) == count
    assert (io.SWEEP_SECONDS, io.SWEEP_SLICE) == (0.5, 256)


def test_after_the_system_stopped_the_house_the_table_hears_before_anybody_is_late(
    hand: Hand,
) -> None:
    stranger = hand.another().session
    hand.io_thread._look(hand.now)
    hand.now += LIMITS.sign_in_seconds + 1
    hand.io_thread._look(hand.now)
    assert not stranger.over
    hand.now += SWEEP_SECONDS
    hand.io_thread._look(hand.now)
    assert stranger.over


def test_few_are_looked_at_twice_a_second(hand: Hand) -> None:
    looks = []
    for _ in range(8):
        hand.io_thread._sweep(hand.now)
        looks.append(hand.io_thread._patience())
        hand.now += 0.25
    assert looks == [0.5, 0.25] * 4
    hand.now += 10
    assert hand.io_thread._patience() == 0


def test_an_empty_thread_looks_at_nobody_and_goes_on(hand: Hand) -> None:
    hand.io_thread._end(hand.session, "gone")
    hand.io_thread._sweep(hand.now)
    assert hand.io_thread._patience() == io.SWEEP_SECONDS
    newcomer = hand.another()
    hand.now += LIMITS.sign_in_seconds + 1
    hand.io_thread._sweep(hand.now)
    assert newcomer.session.over


def test_of_who_went_before_his_turn_nothing_more_is_taken(hand: Hand) -> None:
    first = [hand.another(Standing.KEPT) for _ in range(io.SWEEP_SLICE)]
    hand.io_thread._sweep(hand.now)
    hand.take()
    ahead = [hand.session, *(line.session for line in first)]
    (last,) = (each for each in ahead if each in hand.io_thread._unswept)
    last.decoder.dialect, last.paused = Dialect.MODERN, True
    arrived: list[Item] = []
    last.used = hand.now + 1
    hand.io_thread._take(last, encode(Say(1, "a line"), 1), arrived)
    assert (arrived, last.paused) == ([], True)
    hand.io_thread._end(last, "gone")
    hand.take()
    hand.now += 60
    hand.io_thread._sweep(hand.now)
    assert [said for said in hand.take() if isinstance(said, Say)] == []


def test_not_all_are_pinged_together(hand: Hand) -> None:
    hand.io_thread._end(hand.session, "gone")
    crowd = [hand.another(Standing.KEPT) for _ in range(io.PINGS_A_SLICE + 5)]
    hand.now += LIMITS.ping_seconds + 1
    asked = []
    for _ in range(3):
        hand.io_thread._sweep(hand.now)
        asked.append(sum(line.session.pinged == hand.now for line in crowd))
        hand.now += io.SWEEP_SECONDS
    assert asked == [io.PINGS_A_SLICE, 5, 0] == [32, 5, 0]


# --- who is late ----------------------------------------------------------------------------------


def test_who_takes_nothing_of_what_waits_is_slow_after_so_long(hand: Hand) -> None:
    hand.line.fill()
    hand.session.say(bytes(50_000))
    taken_last = hand.now
    hand.later(LIMITS.slow_seconds)
    assert over([hand.line]) == 0
    hand.later(BRIEF)
    assert over([hand.line]) == 1
    assert hand.session.why == "you did not read what the table sent"
    assert hand.session.cut_off
    assert hand.session.progress == taken_last
    assert hand.session.pending < 50_000  # What waits is not read any more.


def test_who_takes_a_little_again_and_again_is_not_slow(hand: Hand) -> None:
    for _ in range(5):
        hand.line.fill()
        hand.now += LIMITS.slow_seconds - 1
        hand.line.peer.recv(200_000)
        hand.io_thread._write(hand.session)
        hand.later(2)
        assert not hand.session.over


def test_a_stranger_has_so_long_to_sign_in_and_who_signed_in_has_no_end(hand: Hand) -> None:
    stranger = hand.another(Standing.GREETED)
    hand.now += LIMITS.sign_in_seconds
    hand.io_thread._see_whether_late(stranger.session, hand.now)
    hand.io_thread._see_whether_late(hand.session, hand.now)
    assert (stranger.session.over, hand.session.over) == (False, False)
    hand.now += BRIEF
    hand.io_thread._see_whether_late(stranger.session, hand.now)
    hand.io_thread._see_whether_late(hand.session, hand.now)
    assert (stranger.session.over, hand.session.over) == (True, False)
    assert farewell(stranger) == Goodbye(Farewell.SILENT, "you did not sign in")


def test_who_is_both_slow_and_a_stranger_is_slow(hand: Hand) -> None:
    stranger = hand.another()
    hand.io_thread._write(stranger.session)
    stranger.fill()
    hand.now += LIMITS.sign_in_seconds + 1
    hand.io_thread._see_whether_late(stranger.session, hand.now)
    filled = stranger.drain()
    assert filled % 50_000
    assert stranger.session.why == "you did not read what the table sent"
    hand.io_thread._write(stranger.session)
    end = encode(Goodbye(Farewell.SLOW, "you did not read what the table sent"))
    stranger.peer.setblocking(True)
    assert stranger.peer.recv(100_000).endswith(end)


def test_who_is_behind_is_closed_after_the_silence_and_a_stranger_before() -> None:
    with in_hand() as hand:
        stranger = hand.another()
        hand.session.behind = stranger.session.behind = hand.now
        hand.session.heard = hand.session.pinged = hand.now + LIMITS.silent_seconds
        hand.now += LIMITS.silent_seconds
        hand.later(0)
        assert over([hand.line]) == 0
        hand.later(BRIEF)
        hand.io_thread._see_whether_late(stranger.session, hand.now)
        assert farewell(hand.line) == Goodbye(Farewell.FLOOD, "far too many requests at once")
        assert farewell(stranger).reason is Farewell.SILENT


def test_who_was_told_goodbye_has_a_moment_to_read_it_and_is_closed_then(hand: Hand) -> None:
    hand.line.fill()
    hand.session.drop(Farewell.KICKED, "go")
    hand.io_thread._take_orders()
    assert hand.session.closing == hand.now + LIMITS.linger_seconds
    hand.later(LIMITS.linger_seconds - BRIEF)
    assert (hand.gone, hand.session.closing) == ([], hand.now + BRIEF)
    hand.later(BRIEF)
    assert hand.gone == [hand.session]
    assert hand.session.why == "go"


def test_a_second_farewell_gives_no_second_moment(hand: Hand) -> None:
    hand.line.fill()
    hand.session.drop(Farewell.KICKED, "go")
    hand.io_thread._take_orders()
    closing = hand.session.closing
    hand.now += 0.5
    hand.io_thread.close_soon(hand.session)
    hand.io_thread._take_orders()
    assert hand.session.closing == closing
    assert [said for said in hand.take() if isinstance(said, Left)] == [Left("go", True)]


# --- who is asked whether he is there -------------------------------------------------------------


def test_who_was_not_heard_for_so_long_is_pinged_once_and_dropped_if_he_does_not_answer(
    hand: Hand,
) -> None:
    hand.io_thread._pings_left = 10
    hand.session.heard = hand.session.pinged = heard = hand.now
    hand.later(LIMITS.ping_seconds)
    assert hand.line.heard() == []
    hand.later(BRIEF)
    asked = hand.now
    assert hand.line.heard() == [Ping(int(asked * 1000))]
    assert (hand.session.pinged, hand.session.heard) == (asked, heard)
    assert hand.io_thread._pings_left == 9
    hand.later(LIMITS.silent_seconds - LIMITS.ping_seconds)
    assert (hand.session.over, hand.line.heard()) == (False, [])
    hand.later(BRIEF)
    assert farewell(hand.line) == Goodbye(Farewell.SILENT, "nothing was heard from you")


def test_who_says_anything_is_there(hand: Hand) -> None:
    hand.io_thread._pings_left = 10
    for number in range(5):
        hand.later(LIMITS.ping_seconds + 1)
        assert isinstance(hand.line.heard()[0], Ping)
        hand.now += 1
        hand.say(encode(Say(number, "here"), 1))
        assert hand.session.heard == hand.now
    assert not hand.session.over


def test_a_stranger_is_not_pinged(hand: Hand) -> None:
    hand.io_thread._pings_left = 10
    stranger = hand.another(Standing.GREETED)
    hand.now += LIMITS.sign_in_seconds
    hand.io_thread._see_whether_late(stranger.session, hand.now)
    assert stranger.heard() == []


def test_who_waits_for_his_pace_is_heard_and_not_pinged(hand: Hand) -> None:
    hand.io_thread._pings_left = 10
    hand.session.paused = True
    hand.session.used = hand.now + 60
    hand.later(LIMITS.ping_seconds + 1)
    assert (hand.line.heard(), hand.session.heard) == ([], hand.now)


def test_of_a_classic_client_his_system_is_asked_when_he_could_be_silent_for_too_long(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It acknowledges what it hears, though he says nothing."""
    silent_for = 0.0
    asked = []

    def silence(_: object) -> float:
        asked.append(hand.now)
        return silent_for

    monkeypatch.setattr(io, "silence", silence)
    session = hand.another(Standing.KEPT, Dialect.CLASSIC).session

    def look() -> tuple[int, bool]:
        hand.io_thread._see_whether_late(session, hand.now)
        return len(asked), session.over

    assert look() == (1, False)
    hand.now += LIMITS.silent_seconds - BRIEF
    silent_for = 3.0
    assert look() == (1, False)
    hand.now += BRIEF
    assert look() == (2, False)
    hand.now += LIMITS.silent_seconds - 3.0 - BRIEF
    assert look() == (2, False)
    hand.now += BRIEF
    silent_for = LIMITS.silent_seconds
    assert look() == (3, False)
    silent_for += BRIEF
    assert look() == (4, True)
    assert session.why == "nothing was heard from you"
    assert session.cut_off


def test_the_table_of_limits_is_the_one_that_counts() -> None:
    """Nothing here is a number of the thread's own."""
    limits = replace(LIMITS, slow_seconds=1.0, sign_in_seconds=2.0, linger_seconds=3.0)
    with in_hand(limits) as hand:
        stranger: Session = hand.another().session
        hand.now += 2.5
        hand.io_thread._see_whether_late(stranger, hand.now)
        hand.io_thread._take_orders()
        assert stranger.closing == QUIET + 60 + 2.5 + 3
