"""What is said, and what is said of people: each line as it is kept, and nothing else changed."""

from dataclasses import replace

import pytest

from client.house import bounds, events
from client.house.events import Trouble
from client.house.state import Heard, HouseState, Kind, Session, Talk
from client.reduce import reduce
from client.talk import reduce as talk_reduce
from client.talk.conversations import TABLE, Conversation, asking, conversations, room_of
from protocol.house import door, talk
from protocol.house.lists import Notice, Phrase, Presence, SessionEnd
from tests.client.known import KNOWN, ME, asked, changes, entry
from tests.client.states import changed, known

BOB, EVE = 7, 8


def line(kind: Kind, at: int, account: int, name: str, text: str, **more: object) -> Heard:
    return replace(Heard(at, kind, account, name, text, serial=11), **more)  # type: ignore[arg-type]


def test_what_everybody_hears_is_a_line() -> None:
    assert changes(KNOWN, talk.Said(1000, BOB, "Bob", "hi")) == {
        "lines": (line(Kind.SAID, 1000, BOB, "Bob", "hi"),),
        "serial": 11,
    }
    for account, name in ((9, "Zoe"), (0, ""), (BOB, "№ 7")):
        said = talk.Announced(1000, account, Phrase.LAST_CALL, "now")
        called = line(Kind.ANNOUNCED, 1000, account, name, "now", phrase=Phrase.LAST_CALL)
        assert changes(KNOWN, said) == {"lines": (called,), "serial": 11}


@pytest.mark.parametrize(("in_session", "kind"), [(False, Kind.WHISPERED), (True, Kind.IN_SESSION)])
def test_what_one_hears_or_says_alone_knows_to_whom_it_is_said(
    in_session: bool, kind: Kind
) -> None:
    named = {**KNOWN.names, BOB: "Bob"}
    heard = line(kind, 1000, BOB, "Bob", "psst", to=ME)
    said = talk.SaidPrivately(1000, BOB, "Bob", in_session, "psst")
    assert changes(KNOWN, said) == {"whispers": (heard,), "serial": 11, "names": named}
    before = asked(talk.SayPrivately(3, BOB, in_session, "yes?"))
    own = line(kind, 2, ME, "Ann", "yes?", to=BOB)
    assert changes(before, door.Done(3)) == {"pending": {}, "whispers": (own,), "serial": 11}
    assert changes(asked(talk.Say(3, "yes?")), door.Done(3)) == {"pending": {}}


def test_a_session_that_one_asked_for_is_asked_for_until_it_begins() -> None:
    before = replace(asked(talk.AskSession(3, BOB)), names={BOB: "Bob"})
    one = {BOB: Session("Bob", Talk.ASKED)}
    assert changes(before, door.Done(3)) == {"pending": {}, "sessions": one}
    begun = replace(before, sessions={BOB: Session("Bob", Talk.OPEN)})
    assert changes(begun, door.Done(3)) == {"pending": {}}


def test_sessions_begin_and_end_with_a_line() -> None:
    named = {**KNOWN.names, BOB: "Bob"}
    asks = {BOB: Session("Bob", Talk.ASKS)}
    assert changes(KNOWN, talk.SessionAsked(BOB, "Bob")) == {"sessions": asks, "names": named}
    assert changes(KNOWN, talk.SessionStarted(BOB, "Bob")) == {
        "sessions": {BOB: Session("Bob", Talk.OPEN)},
        "names": named,
        "whispers": (line(Kind.IN_SESSION, 0, BOB, "Bob", "", begun=True),),
        "serial": 11,
    }
    two = {BOB: Session("Bob", Talk.OPEN), EVE: Session("Eve", Talk.ASKS)}
    talking = replace(KNOWN, sessions=two)
    assert changes(talking, talk.SessionEnded(BOB, "Bob", SessionEnd.LEFT)) == {
        "sessions": {EVE: two[EVE]},
        "whispers": (line(Kind.IN_SESSION, 0, BOB, "Bob", "", ended=SessionEnd.LEFT),),
        "serial": 11,
    }
    cut = changes(talking, events.LinkLost(Trouble.CUT, 1.0))
    assert cut["sessions"] == {}
    assert cut["whispers"] == (line(Kind.IN_SESSION, 0, BOB, "Bob", "", ended=SessionEnd.OTHER),)


def test_too_many_sessions_drop_who_only_asks() -> None:
    full = {account: Session("x", Talk.OPEN) for account in range(100, 100 + bounds.SESSIONS_KEPT)}
    full[120] = Session("x", Talk.ASKED)
    full[130] = Session("x", Talk.ASKS)
    before = replace(KNOWN, sessions=full)
    kept = changes(before, talk.SessionAsked(BOB, "Bob"))["sessions"]
    assert [*kept] == [each for each in (*full, BOB) if each != 120]
    all_open = replace(KNOWN, sessions=full | {n: Session("x", Talk.OPEN) for n in (120, 130)})
    kept = changes(all_open, talk.SessionAsked(BOB, "Bob"))["sessions"]
    assert [*kept] == [each for each in (*full, BOB) if each != 100]
    again = changes(before, talk.SessionStarted(130, "x"))["sessions"]
    assert len(again) == bounds.SESSIONS_KEPT


@pytest.mark.parametrize(
    ("notice", "presence"),
    [
        (Notice.CUT_OFF, Presence.CUT_OFF),
        (Notice.RESUMED, Presence.HERE),
        (Notice.AWAY, Presence.AWAY),
        (Notice.BACK, Presence.HERE),
        (Notice.MUTED, Presence.GONE),
    ],
)
def test_a_notice_is_a_line_and_says_where_somebody_is(notice: Notice, presence: Presence) -> None:
    roster = {BOB: entry(BOB, "Bob", Presence.GONE), EVE: entry(EVE, "Eve", Presence.GONE)}
    told = changes(changed(KNOWN, roster=roster), talk.Noticed(5, BOB, "Bob", notice, "why"))
    assert told.pop("roster", roster) == {**roster, BOB: replace(roster[BOB], presence=presence)}
    assert told == {
        "lines": (line(Kind.NOTICED, 5, BOB, "Bob", "why", notice=notice),),
        "serial": 11,
        "names": {**KNOWN.names, BOB: "Bob"},
    }


def test_the_croupier_is_who_came_last() -> None:
    came = changes(KNOWN, talk.Noticed(5, BOB, "Bob", Notice.CROUPIER_CAME, ""))
    assert (came["croupier"], came["croupier_name"]) == (BOB, "Bob")
    left = changes(KNOWN, talk.Noticed(5, 0, "", Notice.CROUPIER_LEFT, ""))
    assert (left["croupier"], left["croupier_name"]) == (0, "")
    assert "names" not in left


def test_of_what_was_said_before_only_what_was_missed_is_new() -> None:
    heard = reduce(asked(talk.ListTalk(3), talk.ListTalk(4)), talk.Said(5, BOB, "Bob", "hi"), 0.0)
    listed = (
        talk.TalkLine(5, BOB, "Bob", "hi"),
        talk.TalkLine(5, BOB, "Bob", "ho"),
        talk.TalkLine(6, BOB, "Bob", "hi"),
        talk.TalkLine(5, EVE, "Eve", "hi"),
    )
    told = changes(heard, talk.TalkListed(3, listed))
    assert told["pending"] == {4: heard.pending[4]}
    assert [
        (each.serial, each.at, each.account, each.name, each.text) for each in told["lines"]
    ] == [
        (11, 5, BOB, "Bob", "hi"),
        (12, 5, BOB, "Bob", "ho"),
        (13, 6, BOB, "Bob", "hi"),
        (14, 5, EVE, "Eve", "hi"),
    ]
    assert {each.kind for each in told["lines"]} == {Kind.SAID}
    assert told.keys() == {"pending", "lines", "serial"}
    assert told["serial"] == 14


def test_a_name_that_is_known_changes_nothing() -> None:
    assert talk_reduce.name(KNOWN, {9: "Zoe", ME: "Ann"}) is KNOWN
    assert talk_reduce.name(KNOWN, {}) is KNOWN


def test_names_are_remembered_and_the_newest_of_them() -> None:
    full = dict.fromkeys(range(1, bounds.NAMES_KEPT + 1), "x")
    before = replace(KNOWN, names=full)
    assert "names" not in changes(before, talk.Noticed(1, 1, "x", Notice.OTHER, ""))
    renamed = changes(before, talk.Noticed(1, 1, "y", Notice.OTHER, ""))["names"]
    assert renamed == {**full, 1: "y"}
    newer = changes(before, talk.Noticed(1, 0xFFFF, "y", Notice.OTHER, ""))["names"]
    assert len(newer) == bounds.NAMES_KEPT * 3 // 4
    assert 0xFFFF in newer
    assert 1 not in newer


def test_so_many_lines_are_kept_of_each_sort() -> None:
    state = KNOWN
    for number in range(bounds.LINES_KEPT + 2):
        state = reduce(state, talk.Said(number, BOB, "Bob", "all"), 0.0)
        state = reduce(state, talk.SaidPrivately(number, BOB, "Bob", False, "one"), 0.0)
    for kind in (Kind.SAID, Kind.WHISPERED):
        kept = [each.at for each in state.heard if each.kind is kind]
        assert kept == [*range(2, bounds.LINES_KEPT + 2)]
    assert [each.serial for each in state.heard] == sorted(each.serial for each in state.heard)


# --- conversations --------------------------------------------------------------------------------


def test_a_line_belongs_to_the_conversation_with_the_other() -> None:
    to_me = line(Kind.WHISPERED, 1, BOB, "Bob", "x", to=ME)
    from_me = line(Kind.WHISPERED, 1, ME, "Ann", "x", to=BOB)
    for each in (to_me, from_me, replace(to_me, kind=Kind.IN_SESSION)):
        assert room_of(each, ME) == BOB
    for kind in (Kind.SAID, Kind.ANNOUNCED, Kind.NOTICED):
        assert room_of(replace(to_me, kind=kind), ME) == TABLE == 0
    with_oneself = line(Kind.IN_SESSION, 0, ME, "Ann", "", ended=SessionEnd.LEFT)
    assert room_of(with_oneself, ME) == ME


def test_conversations_are_in_the_order_in_which_they_began() -> None:
    all_said = line(Kind.SAID, 1, BOB, "Bob", "all")
    ended = line(Kind.IN_SESSION, 0, BOB, "Bob", "", ended=SessionEnd.LEFT)
    whisper = line(Kind.WHISPERED, 1, BOB, "Bob", "one", to=ME)
    notice = line(Kind.NOTICED, 1, BOB, "Bob", "")
    session = Session("Eve", Talk.ASKS)
    state = known(
        account=ME,
        names={BOB: "Bob", EVE: "Eve", 3: "Gus"},
        lines=(all_said, ended, whisper, notice),
        sessions={EVE: session},
    )
    table = Conversation(TABLE, "№ 0", (all_said, notice))
    bob = Conversation(BOB, "Bob", (ended, whisper))
    eve = Conversation(EVE, "Eve", (), session)
    gus = Conversation(3, "Gus")
    assert conversations(state) == (table, bob, eve)
    assert conversations(state, opened=[3, BOB]) == (table, bob, eve, gus)
    unheard = replace(table, lines=(notice,))
    assert conversations(state, {BOB}) == (unheard, eve)
    assert conversations(state, {BOB}, [BOB]) == (unheard, replace(bob, lines=(ended,)), eve)
    assert conversations(state, {EVE}) == (table, bob)


def test_who_asks_waits_in_the_order_in_which_he_asked() -> None:
    sessions = {
        EVE: Session("Eve", Talk.ASKS),
        3: Session("Gus", Talk.ASKED),
        4: Session("Al", Talk.OPEN),
        BOB: Session("Bob", Talk.ASKS),
    }
    state = HouseState(sessions=sessions)
    assert asking(state) == [EVE, BOB]
    assert asking(state, {EVE}) == [BOB]
