"""Two refusals at once in table talk, what a refused line costs, and that no third hears."""

from dataclasses import replace

from protocol.house.door import Done, Refused
from protocol.house.lists import Notice, Reason, Seat, SessionEnd
from protocol.house.people import MutePlayer
from protocol.house.talk import (
    AnswerSession,
    AskSession,
    EndSession,
    ListTalk,
    Noticed,
    Said,
    SaidPrivately,
    Say,
    SayPrivately,
    SessionAsked,
    SessionEnded,
    SessionStarted,
    TalkLine,
    TalkListed,
)
from protocol.wire import Message, Request
from server.limits import Limits
from server.people.people import Client
from server.requests.conversation import STORM
from server.sayings import Drop, To, ToAll
from tests.server.pure import PureHouse, seat_of

LIMITS = replace(
    Limits(),
    talk_burst=3.0,
    storm_warn=2,
    storm_mute=3,
    storm_kick=5,
    storm_mute_seconds=60.0,
)
UNFIT = "a\nb"


def refused(pure: PureHouse, client: Client, request: Request) -> Reason:
    answer = pure.ask(client, request)
    assert isinstance(answer, Refused)
    assert answer.number == request.number
    return answer.reason


def heard(pure: PureHouse, client: Client) -> list[Message]:
    """What this one alone was told since the last time, but for answers."""
    said = [each.message for each in pure.said if isinstance(each, To) and each.client is client]
    return [each for each in said if isinstance(each, Message) and not hasattr(each, "number")]


def four(limits: Limits = LIMITS) -> tuple[PureHouse, Client, Client, Client, Client]:
    pure = PureHouse(limits=limits)
    people = [pure.seated(name) for name in ("Anna", "Bert", "Cleo")]
    boss = pure.seated("Boss", Seat.CROUPIER)
    pure.said.clear()
    return pure, *people, boss  # type: ignore[return-value]


def notices(pure: PureHouse) -> list[tuple[str, Notice, str]]:
    return [(each.name, each.notice, each.words) for each in pure.told(Noticed)]


def test_a_line_goes_to_all_with_its_moment_and_is_kept() -> None:
    pure, anna, *_ = four()
    assert pure.ask(anna, Say(3, " good luck ")) == Done(3)
    at = round(pure.now * 1000)
    assert ToAll(1, Said(at, anna.account, "Anna", "good luck")) in pure.said
    listed = TalkListed(4, (TalkLine(at, anna.account, "Anna", "good luck"),))
    assert pure.ask(anna, ListTalk(4)) == listed


def test_a_private_line_goes_to_the_one_who_was_named() -> None:
    pure, anna, bert, cleo, boss = four()
    assert pure.ask(anna, SayPrivately(3, cleo.account, False, " psst ")) == Done(3)
    at = round(pure.now * 1000)
    assert heard(pure, cleo) == [SaidPrivately(at, anna.account, "Anna", False, "psst")]
    assert [heard(pure, each) for each in (anna, bert, boss)] == [[], [], []]


def test_a_session_is_told_to_two_from_its_beginning_to_its_end() -> None:
    pure, anna, bert, cleo, boss = four()
    assert pure.ask(anna, AskSession(3, bert.account)) == Done(3)
    assert (heard(pure, anna), heard(pure, bert)) == ([], [SessionAsked(anna.account, "Anna")])
    pure.said.clear()
    pure.hear(bert, AnswerSession(4, anna.account, True))
    assert To(bert, Done(4)) in pure.said
    assert heard(pure, anna) == [SessionStarted(bert.account, "Bert")]
    assert heard(pure, bert) == [SessionStarted(anna.account, "Anna")]
    pure.said.clear()
    assert pure.ask(anna, SayPrivately(5, bert.account, True, "hush")) == Done(5)
    at = round(pure.now * 1000)
    assert heard(pure, bert) == [SaidPrivately(at, anna.account, "Anna", True, "hush")]
    pure.said.clear()
    pure.hear(bert, EndSession(6, anna.account))
    assert To(bert, Done(6)) in pure.said
    assert heard(pure, anna) == [SessionEnded(bert.account, "Bert", SessionEnd.ENDED)]
    assert heard(pure, bert) == [SessionEnded(anna.account, "Anna", SessionEnd.ENDED)]
    assert [heard(pure, each) for each in (cleo, boss)] == [[], []]


def test_who_declines_and_who_is_declined_are_told_and_nobody_else() -> None:
    pure, anna, bert, cleo, _ = four()
    pure.hear(anna, AskSession(3, bert.account))
    pure.said.clear()
    pure.hear(bert, AnswerSession(4, anna.account, False))
    assert To(bert, Done(4)) in pure.said
    assert heard(pure, anna) == [SessionEnded(bert.account, "Bert", SessionEnd.DECLINED)]
    assert heard(pure, bert) == [SessionEnded(anna.account, "Anna", SessionEnd.DECLINED)]
    assert heard(pure, cleo) == []


def test_in_a_session_one_says_something_only_to_whom_it_is_with() -> None:
    pure, anna, bert, cleo, _ = four()
    pure.hear(anna, AskSession(3, bert.account))
    pure.hear(bert, AnswerSession(4, anna.account, True))
    whisper = SayPrivately(5, cleo.account, True, "hush")
    assert refused(pure, anna, whisper) is Reason.NO_SUCH_SESSION
    assert heard(pure, cleo) == []


def test_of_two_things_that_are_wrong_the_first_is_said() -> None:
    pure, anna, bert, _, boss = four()
    nobody, mine = SayPrivately(3, 99, True, UNFIT), SayPrivately(4, bert.account, True, UNFIT)
    assert refused(pure, anna, nobody) is Reason.TEXT_UNFIT
    assert refused(pure, anna, replace(nobody, line="psst")) is Reason.NO_SUCH_PLAYER
    assert refused(pure, anna, replace(mine, line="psst")) is Reason.NO_SUCH_SESSION
    # What was refused was said all the same: three lines are the burst.
    assert refused(pure, anna, Say(5, "la")) is Reason.TOO_FAST
    assert pure.ask(bert, Say(6, "la")) == Done(6)
    for request in (nobody, mine, Say(5, UNFIT), AskSession(7, 99)):
        pure, anna, bert, _, boss = four()
        for number in range(3):
            pure.hear(anna, Say(number, "la"))
        assert refused(pure, anna, request) is Reason.TOO_FAST
        pure.hear(boss, MutePlayer(8, anna.account, 30, ""))
        assert refused(pure, anna, request) is Reason.MUTED


def test_a_table_that_talks_too_much_keeps_no_line_and_blames_nobody() -> None:
    pure, anna, bert, *_ = four(replace(LIMITS, talk_deliveries_a_second=1.0))
    assert pure.ask(anna, Say(3, "one")) == Done(3)
    assert refused(pure, bert, Say(4, UNFIT)) is Reason.TEXT_UNFIT
    for number in (5, 6):
        assert refused(pure, bert, Say(number, "two")) is Reason.TOO_FAST
    listed = pure.ask(bert, ListTalk(7))
    assert isinstance(listed, TalkListed)
    assert [each.line for each in listed.lines] == ["one"]
    assert notices(pure) == []


def test_a_storm_ends_with_the_one_who_made_it() -> None:
    pure, anna, bert, *_ = four()
    for number in range(3):
        pure.hear(anna, Say(number, "la"))
    for number in range(5):
        refused(pure, anna, Say(number, "la"))
    assert notices(pure) == [
        ("Anna", Notice.WARNED, STORM),
        ("Anna", Notice.MUTED, STORM),
        ("Anna", Notice.KICKED, STORM),
    ]
    assert [(each.client, each.words) for each in pure.dropped()] == [(anna, STORM)]
    assert pure.house.talk.is_muted(anna.account, pure.now + 59.5)
    assert not pure.house.talk.is_muted(anna.account, pure.now + 60)
    assert pure.ask(bert, Say(9, "la")) == Done(9)


def test_the_house_mutes_nobody_who_is_muted_for_longer() -> None:
    for seconds, until in ((61, 61), (60, 60), (59, 60)):
        pure, anna, _, _, boss = four()
        pure.hear(boss, MutePlayer(3, anna.account, seconds, "hush"))
        for number in range(4):
            assert refused(pure, anna, Say(number, "la")) is Reason.MUTED
        assert pure.house.talk.is_muted(anna.account, pure.now + until - 0.5)
        assert not pure.house.talk.is_muted(anna.account, pure.now + until)


def test_the_croupier_is_warned_and_muted_and_stays() -> None:
    pure, _, _, _, boss = four()
    for number in range(30):
        pure.hear(boss, Say(number, "la"))
    assert [notice for _, notice, _ in notices(pure)] == [Notice.WARNED, Notice.MUTED]
    assert not any(isinstance(each, Drop) for each in pure.said)
    assert seat_of(boss) is Seat.CROUPIER
