"""What two have between them at a house without sockets: private lines, and sessions."""

from dataclasses import replace

import pytest

from protocol.house.door import Done, LeaveSeat, SignedIn, SignIn
from protocol.house.lists import Reason, Seat, SessionEnd
from protocol.house.people import KickPlayer
from protocol.house.talk import (
    AnswerSession,
    AskSession,
    EndSession,
    ListTalk,
    SaidPrivately,
    Say,
    SayPrivately,
    SessionAsked,
    SessionEnded,
    SessionStarted,
    TalkListed,
)
from protocol.wire import Message
from server.limits import Limits
from server.people.people import Client
from server.sayings import To
from tests.server.pure import PureHouse, refusal

LIMITS = Limits()


def heard_by(pure: PureHouse, client: Client) -> list[Message]:
    """What this client alone was told of talk, answers left out."""
    kinds = SaidPrivately | SessionAsked | SessionStarted | SessionEnded
    return [
        each.message
        for each in pure.said
        if isinstance(each, To) and each.client is client and isinstance(each.message, kinds)
    ]


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
