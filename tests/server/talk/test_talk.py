"""Table talk at a house without sockets: who hears what, and who may not speak."""

from dataclasses import replace

import pytest

from protocol.house.door import Done, LeaveSeat, Refused, SignIn, TakeSeat
from protocol.house.lists import Farewell, Notice, Presence, Reason, Seat
from protocol.house.people import KickPlayer, MutePlayer, RosterChanged, WarnPlayer
from protocol.house.talk import (
    AskSession,
    ListTalk,
    Noticed,
    Said,
    SaidPrivately,
    Say,
    SayPrivately,
    TalkListed,
)
from protocol.limits import TALK_KEPT
from protocol.wire import encode
from server.limits import Limits
from server.sayings import ToAll
from tests.server.pure import PureHouse, refusal, seat_of

LIMITS = Limits()


def notices(pure: PureHouse) -> list[tuple[str, Notice]]:
    return [(each.name, each.notice) for each in pure.told(Noticed)]


def test_everybody_hears_what_is_said_once() -> None:
    pure = PureHouse()
    anna = pure.seated("Анна")
    assert pure.ask(anna, Say(3, "  всем удачи!  ")) == Done(3)
    said = [each for each in pure.said if isinstance(each, ToAll) and type(each.message) is Said]
    assert [each.message for each in said] == [
        Said(round(pure.now * 1000), anna.account, "Анна", "всем удачи!")
    ]


def test_who_comes_late_may_read_the_last_lines() -> None:
    pure = PureHouse(limits=replace(LIMITS, talk_burst=100.0))
    anna = pure.seated("Anna")
    for number in range(TALK_KEPT + 7):
        pure.hear(anna, Say(3, f"line {number}"))
    late = pure.seated("Late", Seat.WATCHER)
    listed = pure.ask(late, ListTalk(4))
    assert isinstance(listed, TalkListed)
    assert [each.line for each in listed.lines] == [f"line {n}" for n in range(7, TALK_KEPT + 7)]


@pytest.mark.parametrize("line", ["", "   ", "a\nb", "\u202egnirts", "x" * 401, "a" + "\u0301" * 9])
def test_an_unfit_line_is_refused_and_nobody_hears_it(line: str) -> None:
    pure = PureHouse()
    anna, bert = pure.seated("Anna"), pure.seated("Bert")
    assert refusal(pure.ask(anna, Say(3, line))) is Reason.TEXT_UNFIT
    assert refusal(pure.ask(anna, SayPrivately(4, bert.account, False, line))) is Reason.TEXT_UNFIT
    assert not pure.told(Said) + pure.told(SaidPrivately)


def test_who_has_no_name_may_only_listen() -> None:
    pure = PureHouse()
    anna, guest = pure.seated("Anna"), pure.stranger()
    pure.hear(guest, SignIn(1, "", b"", b""))
    pure.hear(guest, TakeSeat(2, Seat.WATCHER, b""))
    for request in (Say(3, "boo"), SayPrivately(4, anna.account, False, "boo")):
        assert refusal(pure.ask(guest, request)) is Reason.NOT_FOR_GUESTS


def test_too_many_lines_are_refused_with_the_time_to_wait() -> None:
    pure = PureHouse()
    anna = pure.seated("Anna")
    answers = [pure.ask(anna, Say(3, "la")) for _ in range(20)]
    assert [type(each) for each in answers].count(Done) == LIMITS.talk_burst
    assert isinstance(answers[-1], Refused)
    assert (answers[-1].reason, answers[-1].figure) == (Reason.TOO_FAST, 1000)
    pure.advance(1)
    assert pure.ask(anna, Say(3, "la")) == Done(3)


@pytest.mark.parametrize("rate", [1e-300, 5e-324])
def test_a_wait_without_end_is_told_in_figures(rate: float) -> None:
    pure = PureHouse(limits=replace(LIMITS, talk_a_second=rate, talk_burst=1.0))
    anna = pure.seated("Anna")
    for number in range(3, 9):
        answer = pure.ask(anna, Say(number, "la"))
    assert isinstance(answer, Refused)
    assert (answer.reason, answer.figure) == (Reason.TOO_FAST, 10**12)
    assert answer.words == "too many lines: wait 1000000000 s"
    assert encode(answer)


def test_a_storm_is_warned_muted_and_thrown_out_and_tells_three_things() -> None:
    pure = PureHouse()
    anna, bert = pure.seated("Anna"), pure.seated("Bert")
    pure.said.clear()
    for _ in range(1000):
        if seat_of(anna):
            pure.hear(anna, Say(3, "la"))
    told = [each.message for each in pure.said if isinstance(each, ToAll)]
    assert len([each for each in told if isinstance(each, Said)]) == LIMITS.talk_burst
    assert notices(pure) == [("Anna", n) for n in (Notice.WARNED, Notice.MUTED, Notice.KICKED)]
    assert [each.reason for each in pure.dropped()] == [Farewell.KICKED]
    assert pure.ask(bert, Say(3, "peace")) == Done(3)


def test_the_croupier_is_not_thrown_out_by_a_storm() -> None:
    pure = PureHouse()
    boss = pure.seated("Boss", Seat.CROUPIER)
    for _ in range(200):
        pure.hear(boss, Say(3, "la"))
    assert seat_of(boss) is Seat.CROUPIER
    assert not pure.dropped()


def test_the_more_hear_it_the_fewer_lines_a_table_has() -> None:
    pure = PureHouse(limits=replace(LIMITS, talk_deliveries_a_second=4.0))
    speakers = [pure.seated(f"Guest {number}") for number in range(16)]
    answers = [pure.ask(each, Say(3, "la")) for each in speakers]
    assert [type(each) for each in answers].count(Done) == 1
    pure.advance(1.9)
    assert refusal(pure.ask(speakers[1], Say(4, "la"))) is Reason.TOO_FAST
    pure.advance(0.1)
    assert pure.ask(speakers[2], Say(4, "la")) == Done(4)


def test_nobody_fills_the_talk_with_coming_and_going() -> None:
    pure = PureHouse()
    pure.seated("Bert")
    anna = pure.visitor("Anna")
    pure.said.clear()
    for _ in range(100):
        pure.hear(anna, TakeSeat(3, Seat.PLAYER, b""))
        pure.hear(anna, LeaveSeat(4))
    assert 0 < len(pure.told(Noticed)) < 10


def test_who_is_muted_may_not_say_a_thing_and_is_told_for_how_long() -> None:
    pure = PureHouse()
    boss, anna = pure.seated("Boss", Seat.CROUPIER), pure.seated("Anna")
    pure.hear(boss, MutePlayer(3, anna.account, 30, "hush"))
    pure.advance(10)
    for request in (
        Say(3, "boo"),
        SayPrivately(4, boss.account, False, "boo"),
        AskSession(5, boss.account),
    ):
        answer = pure.ask(anna, request)
        assert isinstance(answer, Refused)
        assert (answer.reason, answer.figure) == (Reason.MUTED, 20_000)
    assert ("Anna", Notice.MUTED) in notices(pure)


def test_a_mute_outlives_the_seat_and_ends_by_itself() -> None:
    pure = PureHouse()
    boss, anna = pure.seated("Boss", Seat.CROUPIER), pure.seated("Anna")
    pure.hear(boss, MutePlayer(3, anna.account, 30, "hush"))
    pure.hear(anna, LeaveSeat(3))
    pure.hear(anna, TakeSeat(4, Seat.PLAYER, b""))
    assert refusal(pure.ask(anna, Say(5, "boo"))) is Reason.MUTED
    pure.advance(30)
    assert notices(pure)[-1] == ("Anna", Notice.UNMUTED)
    pure.advance(1)
    entry = pure.told(RosterChanged)[-1].changes[0]
    assert (entry.name, entry.muted) == ("Anna", False)
    assert pure.ask(anna, Say(6, "sorry")) == Done(6)


def test_a_mute_can_be_lifted() -> None:
    pure = PureHouse()
    boss, anna = pure.seated("Boss", Seat.CROUPIER), pure.seated("Anna")
    pure.hear(boss, MutePlayer(3, anna.account, 600, ""))
    pure.hear(boss, MutePlayer(4, anna.account, 0, ""))
    assert pure.ask(anna, Say(5, "thanks")) == Done(5)
    assert notices(pure)[-1] == ("Anna", Notice.UNMUTED)
    pure.hear(boss, WarnPlayer(6, anna.account, "mind your words"))
    assert pure.told(Noticed)[-1].words == "mind your words"


def test_who_does_nothing_is_away_until_he_does_something() -> None:
    pure = PureHouse()
    anna, bert = pure.seated("Anna"), pure.seated("Bert")
    pure.advance(LIMITS.away_seconds - 1)
    pure.hear(bert, Say(3, "still here"))
    pure.hear(anna, ListTalk(3))
    pure.advance(1)
    assert notices(pure)[-1] == ("Anna", Notice.AWAY)
    seated = pure.seats.seated
    assert seated[anna.account].presence is Presence.AWAY
    assert seated[bert.account].presence is Presence.HERE
    assert seated[anna.account].connected
    pure.hear(anna, Say(4, "back"))
    assert notices(pure)[-1] == ("Anna", Notice.BACK)
    assert seated[anna.account].presence is Presence.HERE


def test_who_is_away_can_be_spoken_to_cut_off_and_thrown_out() -> None:
    pure = PureHouse()
    boss = pure.seated("Boss", Seat.CROUPIER)
    anna, bert = pure.seated("Anna"), pure.seated("Bert")
    pure.advance(LIMITS.away_seconds)
    assert pure.ask(boss, SayPrivately(3, anna.account, False, "wake up")) == Done(3)
    pure.hear(boss, KickPlayer(4, anna.account, "asleep"))
    assert [each.client for each in pure.dropped()] == [anna]
    pure.house.leave(bert, cut_off=True)
    pure.advance(LIMITS.away_seconds)
    assert bert.account not in pure.seats.seated
