"""Table talk at a house without sockets: who hears what, and who may not speak."""

from dataclasses import replace

import pytest

from protocol import classic
from protocol.limits import TALK_KEPT
from protocol.messages.desk import KickPlayer, MutePlayer, WarnPlayer
from protocol.messages.door import Done, LeaveSeat, Refused, SignedIn, SignIn, TakeSeat
from protocol.messages.lists import Farewell, Notice, Presence, Reason, Seat, SessionEnd
from protocol.messages.records import RosterChanged
from protocol.messages.talk import (
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
    TalkListed,
)
from protocol.wire import Message, encode
from server.limits import Limits
from server.people.people import Client
from server.sayings import To, ToAll
from tests.server.pure import PureHouse

LIMITS = Limits()


def refusal(answer: object) -> Reason:
    assert isinstance(answer, Refused), answer
    return answer.reason


def notices(pure: PureHouse) -> list[tuple[str, Notice]]:
    return [(each.name, each.notice) for each in pure.told(Noticed)]


def heard_by(pure: PureHouse, client: Client) -> list[Message]:
    """What this client alone was told of talk, answers left out."""
    kinds = SaidPrivately | SessionAsked | SessionStarted | SessionEnded
    return [
        each.message
        for each in pure.said
        if isinstance(each, To) and each.client is client and isinstance(each.message, kinds)
    ]


# --- to everybody ---------------------------------------------------------------------------------


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


# --- to one ---------------------------------------------------------------------------------------


def test_a_private_line_goes_to_one_and_stays_nowhere() -> None:
    pure = PureHouse()
    anna, bert, _ = (pure.seated(name) for name in ("Anna", "Bert", "Cleo"))
    assert pure.ask(anna, SayPrivately(3, bert.account, False, "between us")) == Done(3)
    at = round(pure.now * 1000)
    assert heard_by(pure, bert) == [SaidPrivately(at, anna.account, "Anna", False, "between us")]
    assert len(pure.told(SaidPrivately)) == 1
    listed = pure.ask(bert, ListTalk(4))
    assert isinstance(listed, TalkListed)
    assert not listed.lines
    pure.said.clear()
    assert not keeps(pure.house, "between us")


def keeps(thing: object, text: str) -> bool:
    """Whether the text is anywhere in what this holds."""
    seen: set[int] = set()
    ahead = [thing]
    while ahead:
        each = ahead.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, str | bytes):
            if text in str(each):
                return True
        elif isinstance(each, dict):
            ahead += [*each.keys(), *each.values()]
        elif isinstance(each, list | tuple | set | frozenset) or hasattr(each, "popleft"):
            ahead += list(each)  # type: ignore[call-overload] # any collection
        elif type(each).__module__.startswith(("server", "protocol")):
            ahead += [getattr(each, name) for name in dir(each) if not name.startswith("__")]
    return False


def test_what_is_kept_would_be_found() -> None:
    pure = PureHouse()
    pure.hear(pure.seated("Anna"), Say(3, "for all to hear"))
    pure.said.clear()
    assert keeps(pure.house, "for all to hear")


def test_who_cannot_hear_is_not_spoken_to() -> None:
    pure = PureHouse()
    anna, bert = pure.seated("Anna"), pure.seated("Bert")
    old = pure.classic_player("Old")
    pure.house.leave(bert, cut_off=True)
    for account in (0, 999, anna.account, bert.account, old.account):
        answer = pure.ask(anna, SayPrivately(3, account, False, "psst"))
        assert refusal(answer) is Reason.NO_SUCH_PLAYER
        assert refusal(pure.ask(anna, AskSession(4, account))) is Reason.NO_SUCH_PLAYER
        pure.advance(2)


# --- private sessions -----------------------------------------------------------------------------


def in_session(pure: PureHouse) -> tuple[Client, Client]:
    anna, bert = pure.seated("Anna"), pure.seated("Bert")
    assert pure.ask(anna, AskSession(3, bert.account)) == Done(3)
    pure.hear(bert, AnswerSession(3, anna.account, True))
    return anna, bert


def test_a_session_needs_both() -> None:
    pure = PureHouse()
    anna, bert = pure.seated("Anna"), pure.seated("Bert")
    whisper = SayPrivately(4, bert.account, True, "hush")
    assert refusal(pure.ask(anna, whisper)) is Reason.NO_SUCH_SESSION
    pure.hear(anna, AskSession(3, bert.account))
    assert heard_by(pure, bert) == [SessionAsked(anna.account, "Anna")]
    assert refusal(pure.ask(anna, whisper)) is Reason.NO_SUCH_SESSION
    pure.hear(bert, AnswerSession(3, anna.account, True))
    assert heard_by(pure, anna) == [SessionStarted(bert.account, "Bert")]
    assert heard_by(pure, bert)[1:] == [SessionStarted(anna.account, "Anna")]
    assert pure.ask(anna, whisper) == Done(4)
    assert isinstance(heard_by(pure, bert)[-1], SaidPrivately)


def test_who_ask_each_other_need_no_answer() -> None:
    pure = PureHouse()
    anna, bert = pure.seated("Anna"), pure.seated("Bert")
    pure.hear(anna, AskSession(3, bert.account))
    pure.hear(bert, AskSession(3, anna.account))
    assert heard_by(pure, anna) == [SessionStarted(bert.account, "Bert")]


def test_who_declines_is_left_in_peace_for_a_while() -> None:
    pure = PureHouse()
    anna, bert = pure.seated("Anna"), pure.seated("Bert")
    pure.hear(anna, AskSession(3, bert.account))
    pure.hear(bert, AnswerSession(3, anna.account, False))
    ended = SessionEnded(bert.account, "Bert", SessionEnd.DECLINED)
    assert heard_by(pure, anna) == [ended]
    again = pure.ask(anna, AskSession(4, bert.account))
    assert refusal(again) is Reason.TOO_FAST
    pure.advance(LIMITS.ask_again_seconds)
    assert pure.ask(anna, AskSession(5, bert.account)) == Done(5)


def test_a_request_can_be_taken_back() -> None:
    pure = PureHouse()
    anna, bert = pure.seated("Anna"), pure.seated("Bert")
    pure.hear(anna, AskSession(3, bert.account))
    pure.hear(anna, EndSession(4, bert.account))
    assert heard_by(pure, bert)[-1] == SessionEnded(anna.account, "Anna", SessionEnd.WITHDRAWN)
    answer = pure.ask(bert, AnswerSession(3, anna.account, True))
    assert refusal(answer) is Reason.NO_SUCH_SESSION


def test_either_may_end_a_session_and_both_are_told() -> None:
    pure = PureHouse()
    anna, bert = in_session(pure)
    pure.hear(bert, EndSession(4, anna.account))
    assert heard_by(pure, anna)[-1] == SessionEnded(bert.account, "Bert", SessionEnd.ENDED)
    assert heard_by(pure, bert)[-1] == SessionEnded(anna.account, "Anna", SessionEnd.ENDED)
    assert refusal(pure.ask(bert, EndSession(5, anna.account))) is Reason.NO_SUCH_SESSION


@pytest.mark.parametrize("way", ["cut off", "left", "stood up", "kicked", "signed in elsewhere"])
def test_a_session_ends_when_either_is_gone(way: str) -> None:
    pure = PureHouse()
    boss = pure.seated("Boss", Seat.CROUPIER)
    anna, bert = in_session(pure)
    token = next(each for each in pure.told(SignedIn) if each.name == "Bert").token
    if way in ("cut off", "left"):
        pure.house.leave(bert, cut_off=way == "cut off")
        pure.advance(0)
    elif way == "stood up":
        pure.hear(bert, LeaveSeat(4))
    elif way == "kicked":
        pure.hear(boss, KickPlayer(4, bert.account, "out"))
    else:
        pure.hear(pure.stranger(), SignIn(1, "Bert", token, b""))
    assert heard_by(pure, anna)[-1] == SessionEnded(bert.account, "Bert", SessionEnd.LEFT)
    answer = pure.ask(anna, SayPrivately(5, bert.account, True, "are you there?"))
    assert refusal(answer) in (Reason.NO_SUCH_PLAYER, Reason.NO_SUCH_SESSION)


def test_nobody_has_more_sessions_than_the_house_allows() -> None:
    pure = PureHouse(limits=replace(LIMITS, private_sessions=2))
    anna = pure.seated("Anna")
    others = [pure.seated(name) for name in ("Bert", "Cleo", "Dora")]
    for other in others[:2]:
        assert pure.ask(anna, AskSession(3, other.account)) == Done(3)
    assert refusal(pure.ask(anna, AskSession(3, others[2].account))) is Reason.OTHER
    pure.hear(others[2], AskSession(3, anna.account))
    answer = pure.ask(anna, AnswerSession(4, others[2].account, True))
    assert refusal(answer) is Reason.OTHER


# --- who talks too much ---------------------------------------------------------------------------


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
        if anna.seat:
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
    assert boss.seat is Seat.CROUPIER
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


# --- the croupier keeps order ---------------------------------------------------------------------


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


# --- presence -------------------------------------------------------------------------------------


def test_who_does_nothing_is_away_until_he_does_something() -> None:
    pure = PureHouse()
    anna, bert = pure.seated("Anna"), pure.seated("Bert")
    pure.advance(LIMITS.away_seconds - 1)
    pure.hear(bert, Say(3, "still here"))
    pure.hear(anna, ListTalk(3))
    pure.advance(1)
    assert notices(pure)[-1] == ("Anna", Notice.AWAY)
    seated = pure.house.people.seated
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
    assert bert.account not in pure.house.people.seated


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "аnna",
        "Anna.",
        "An\u0323na",
        "Croupiеr",
        "Крупье",
        "You",
        "The house",
        "thе-hоuse",
        "TheCroupier",
        "стол",
    ],
)
def test_a_name_that_looks_like_somebody_is_taken(name: str) -> None:
    pure = PureHouse()
    pure.seated("Anna")
    answer = pure.ask(pure.stranger(), SignIn(1, name, b"", b""))
    assert refusal(answer) is Reason.NAME_TAKEN


def register(pure: PureHouse, name: str) -> classic.Code:
    client = Client("10.0.0.7", classic=True)
    answer = pure.ask(client, classic.RegisterPlayer(name.encode()))
    assert isinstance(answer, classic.RegistrationAnswered)
    return answer.code


def test_a_classic_name_may_differ_from_a_classic_one_by_case_but_not_by_alphabet() -> None:
    pure = PureHouse()
    pure.classic_player("Anna")
    assert register(pure, "anna") is classic.Code.OK
    assert register(pure, "Аnna") is classic.Code.NAME_TAKEN


@pytest.mark.parametrize("still_here", [True, False])
@pytest.mark.parametrize("name", ["anna", "AnnA", "Аnna", "Anna."])
def test_no_classic_name_looks_like_one_that_is_proved(name: str, *, still_here: bool) -> None:
    pure = PureHouse()
    anna = pure.seated("Anna")
    if not still_here:
        pure.house.leave(anna, cut_off=False)
    assert register(pure, name) is classic.Code.NAME_TAKEN


@pytest.mark.parametrize(
    "name", ["House", "The house", "Dealer", "Крупье", "Host", "you", "dеaler", "croupier"]
)
def test_no_classic_name_means_the_house(name: str) -> None:
    pure = PureHouse()
    assert register(pure, name) is classic.Code.NAME_TAKEN
    assert name not in pure.books.named


def test_of_two_classic_names_that_differ_by_case_one_can_be_proved() -> None:
    pure = PureHouse()
    for name in ("Anna", "anna"):
        pure.house.leave(pure.classic_player(name), cut_off=True)
    assert isinstance(pure.ask(pure.stranger(), SignIn(1, "anna", b"", b"")), SignedIn)
    answer = pure.ask(pure.stranger(), SignIn(1, "Anna", b"", b""))
    assert refusal(answer) is Reason.NAME_TAKEN


def test_a_name_of_the_house_that_an_older_one_let_in_is_proved_by_nobody() -> None:
    pure = PureHouse()
    pure.house.enroll("House", "", "")
    answer = pure.ask(pure.stranger(), SignIn(1, "House", b"", b""))
    assert refusal(answer) is Reason.NAME_TAKEN
