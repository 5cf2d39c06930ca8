"""Every command in both languages, wherever it is typed, and every reason in a key of its own."""

from dataclasses import replace

import pytest

from client.house.state import Heard, HouseState, Kind, Refusal, Session, Talk
from client.talk import commands as chat
from client.talk.commands import Ask, Cannot, Go, Ignore, completions, read
from client.talk.conversations import TABLE
from protocol.games.roulette import desk
from protocol.house import talk
from protocol.house.lists import Notice, Presence, Reason, Seat
from protocol.house.people import KickPlayer, MutePlayer, PlayerEntry, WarnPlayer
from protocol.wire import Request
from tests.client.states import changed, known
from tests.client.talk.test_talk import ANNA, BORIS, CUT, NAMES, STATE, N, with_session


def test_of_two_who_ask_the_one_in_whose_room_one_is_is_answered() -> None:
    both = with_session(Talk.ASKS)
    both = replace(both, sessions={**both.sessions, BORIS: Session("Boris", Talk.ASKS)})
    for room, who in ((TABLE, ANNA), (ANNA, ANNA), (BORIS, BORIS), (CUT, ANNA)):
        assert read("y", both, room) == Ask(talk.AnswerSession(N, who, True), who)
        assert read("n", both, room) == Ask(talk.AnswerSession(N, who, False), room)
        assert read("/y", both, room) == read("y", both, room)


# --- where it is typed ----------------------------------------------------------------------------


def test_who_is_named_is_meant_in_whatever_room_it_is_typed() -> None:
    for room in (TABLE, ANNA, BORIS, CUT):
        assert read("/session Boris", STATE, room) == Ask(talk.AskSession(N, BORIS), BORIS)
        assert read("/ignore Boris", STATE, room) == Ignore(BORIS, "Boris", True)
        assert read("/hear Boris", STATE, room, {BORIS: "x"}) == Ignore(BORIS, "Boris", False)
        said = Ask(talk.SayPrivately(N, BORIS, False, "hi"), BORIS)
        assert read("/private Boris hi", STATE, room) == said
        assert read("/all hi", STATE, room) == Ask(talk.Say(N, "hi"), TABLE)
        for typed, request in (
            ("/warn Boris", WarnPlayer(N, BORIS, "")),
            ("/kick Boris", KickPlayer(N, BORIS, "")),
            ("/mute Boris", MutePlayer(N, BORIS, 300, "")),
            ("/unmute Boris", MutePlayer(N, BORIS, 0, "")),
        ):
            assert read(typed, STATE, room) == Ask(request, room)


def test_where_nobody_is_named_the_other_in_the_room_is_meant() -> None:
    assert read("/hear", STATE, BORIS, {BORIS: "x"}) == Ignore(BORIS, "Boris", False)
    for typed in ("/ignore", "/hear", "/session", "/warn", "/mute", "/unmute", "/kick"):
        assert read(typed, STATE) == Cannot("whom")
    for typed in ("/private", "/warn", "/mute", "/unmute", "/kick"):
        assert read(typed, STATE, BORIS) == Cannot("whom")
    assert read("/ignore", STATE, BORIS, {BORIS: "x"}) == Cannot("ignored", "Boris")
    assert read("/exit", STATE, BORIS) == Go(TABLE)
    assert read("/exit", with_session(Talk.ASKS), ANNA) == Go(TABLE)
    assert read("/exit", with_session(Talk.ASKED)) == Ask(talk.EndSession(N, ANNA), TABLE)
    assert read("/exit", with_session(Talk.ASKED), ANNA) == Ask(talk.EndSession(N, ANNA), ANNA)


@pytest.mark.parametrize(
    ("stage", "inside"), [(Talk.ASKED, False), (Talk.ASKS, False), (Talk.OPEN, True)]
)
def test_only_an_open_session_makes_a_line_private_in_it(stage: Talk, inside: bool) -> None:
    said = Ask(talk.SayPrivately(N, ANNA, inside, "hi"), ANNA)
    assert read("hi", with_session(stage), ANNA) == said
    assert chat.say("hi", with_session(stage), ANNA) == said


@pytest.mark.parametrize(
    ("told", "reachable"),
    [
        *(([Notice.JOINED], True), ([Notice.RESUMED], True), ([Notice.LEFT], False), ([], False)),
        *(([Notice.JOINED, Notice.LEFT], False), ([Notice.LEFT, Notice.JOINED], True)),
        ([Notice.JOINED, Notice.CUT_OFF], False),
    ],
)
def test_who_has_just_come_can_hear_though_the_roster_follows_later(
    told: list[Notice], reachable: bool
) -> None:
    lines = [Heard(0, Kind.NOTICED, 9, "Gone", "", notice=each) for each in told]
    others = [Heard(0, Kind.NOTICED, BORIS, "Boris", "", notice=each) for each in Notice]
    said = Heard(0, Kind.SAID, 9, "Gone", "hello")
    state = changed(STATE, lines=(*lines, *others, said))
    asked = Ask(talk.AskSession(N, 9), 9) if reachable else Cannot("gone", "Gone")
    assert read("/session Gone", state) == asked


def test_nobody_is_spoken_to_who_cannot_hear() -> None:
    unsure = changed(STATE, roster_known=False)
    assert read("hi", unsure, 9) == Ask(talk.SayPrivately(N, 9, False, "hi"), 9)
    assert read("hi", STATE, CUT) == Cannot("cut_off", "Cut")
    assert read("/session Cut", STATE) == Cannot("cut_off", "Cut")
    assert read("/session Gone", STATE) == Cannot("gone", "Gone")
    assert read("/session Boris", STATE, TABLE, {BORIS: "x"}) == Cannot("ignored", "Boris")
    assert read("/private Boris", STATE, TABLE, {BORIS: "x"}) == Cannot("ignored", "Boris")


# --- names and words ------------------------------------------------------------------------------


def test_whoever_is_meant_is_named_by_the_first_word() -> None:
    assert read("/private Zoe said no", STATE) == Cannot("nobody", "Zoe")
    assert read("/private me hi", STATE) == Cannot("oneself")
    assert read("/dance with me", STATE) == Cannot("no_command", "dance")
    assert read("/", STATE) == Cannot("no_command", "")


def people(*names: str) -> HouseState:
    """These, by numbers from 1."""
    roster = {
        at: PlayerEntry(at, name, Seat.PLAYER, Presence.HERE, False, 0)
        for at, name in enumerate(names, 1)
    }
    return known(roster=roster, names=dict(enumerate(names, 1)))


def test_of_two_names_the_longest_wins_and_then_the_one_that_is_written_so() -> None:
    state = people("ann", "Ann", "Ann Lee")
    assert chat.find(state, "ann hi") == (1, "hi")
    assert chat.find(state, "Ann hi") == (2, "hi")
    assert chat.find(state, "ANN LEE hi") == (3, "hi")
    assert chat.find(state, "Annie hi") is None
    assert chat.find(state, "Ann") == (2, "")
    assert chat.find(state, "") is None


def test_who_is_here_comes_before_who_has_gone() -> None:
    state = replace(people("Ann"), names={1: "Ann", 7: "Ann Lee", 8: "Bob"})
    assert chat.find(state, "Ann Lee hi") == (1, "Lee hi")
    assert chat.find(state, "Bob  hi ") == (8, "hi")


def test_a_name_in_quotes_ends_with_them() -> None:
    state = people("Ann", "Ann Lee", "Q")
    for typed in ('"Ann" Lee', "‹Ann› Lee"):
        assert chat.find(state, typed) == (1, "Lee")
    assert chat.find(state, '"Q"hi') == (3, "hi")
    assert chat.find(state, '"Ann x" hi') is None  # Not the whole of it is a name.
    assert chat.find(state, '"" hi') is None
    assert chat.find(state, "›Ann‹ hi") is None
    assert chat.find(state, '"Ann" "hi"') == (1, '"hi"')
    assert chat.find(state, '"Zoe" hi') is None
    assert chat.find(people('""'), '"" hi') == (1, "hi")
    quoted = people('"', '"a')
    assert chat.find(quoted, '"""') is None
    assert chat.find(quoted, '" hi') == (1, "hi")  # No end: it belongs to the name.
    assert chat.find(quoted, '"a') == (2, "")


def test_for_how_long_somebody_is_silent_is_said_in_digits() -> None:
    def mute(words: str) -> chat.Deed | None:
        return read(f"/mute Boris {words}", STATE)

    def muted(seconds: int, words: str = "") -> Ask:
        return Ask(MutePlayer(N, BORIS, seconds, words), TABLE)

    assert mute("hush now") == muted(300, "hush now")
    assert mute("0 hush") == muted(0, "hush")
    assert mute("1") == muted(1)
    assert mute("65535  hush ") == muted(65535, "hush")
    assert mute("65536") == muted(65535)
    assert mute("012345 6") == muted(12345, "6")
    assert mute("1000009") == muted(65535)
    assert mute("9" * 5000) == muted(65535)
    for number in ("²", "٣", "5s", "-5"):  # What other people take for digits is a reason.
        assert mute(number) == muted(300, number)


def test_words_that_the_wire_cannot_say_are_not_asked_for() -> None:
    long = "x" * 401
    for command in ("warn", "mute", "kick", "private"):
        assert read(f"/{command} Boris {long}", STATE) == Cannot("too_long")
        assert read(f"/{command} Boris a\u202eb", STATE) == Cannot("unfit")
    assert read("x" * 400, STATE) == Ask(talk.Say(N, "x" * 400), TABLE)
    assert read("ж" * 201, STATE) == Cannot("too_long")
    assert read("\u202e" + "x" * 397, STATE) == Cannot("unfit")
    assert read("\u202e" + "x" * 398, STATE) == Cannot("too_long")
    assert chat.say("", STATE, TABLE) == Cannot("nothing")
    assert chat.say(" \t", STATE, TABLE) == Cannot("nothing")
    assert chat.say("\ud800", STATE, TABLE) == Cannot("unfit")
    assert read("hi", STATE, BORIS, {BORIS: "x"}) == chat.say("hi", STATE, BORIS, {BORIS: "x"})


# --- completion -----------------------------------------------------------------------------------

OFFERED = {
    "en": "users session yes no exit private all ignore hear warn mute unmute kick help quit",
    "ru": (
        "люди беседа да нет конец лично всем игнор слышать предупредить заглушить голос выгнать "
        "помощь выход"
    ),
}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_all_commands_are_offered_and_each_once(language: str) -> None:
    lines = completions("/", NAMES, language)
    words = [line[1:-1] for line in lines]
    assert lines == [f"/{word} " for word in words]
    assert sorted(words) == sorted(" ".join(OFFERED.values()).split())
    assert all(word in completions(f"/{word.upper()}", NAMES, language)[0] for word in words)
    assert completions("/x", NAMES, language) == []


def test_names_are_completed_from_any_word_on_and_each_once() -> None:
    names = ["Bob", "Ann Lee", "Lee"]
    assert completions("/private ", names) == [f"/private {each} " for each in sorted(names)]
    assert completions("hi ann l", names) == ["hi Ann Lee ", "hi ann Lee "]
    assert completions("ann lee", names) == ["Ann Lee ", "ann Lee "]
    assert completions("LEE", names) == ["Lee "]
    assert completions("a  ", names) == []
    assert completions("/private x ", names) == []
    assert [*chat.names_fitting("ann le", names)] == [("Ann Lee", 6), ("Lee", 2)]


# --- what the table refused -----------------------------------------------------------------------

WHY = {
    None: "no_line",
    Reason.TOO_FAST: "wait",
    Reason.MUTED: "muted",
    Reason.NOT_FOR_GUESTS: "guest",
    Reason.NO_SUCH_SESSION: "no_session_with",
    Reason.NO_SUCH_PLAYER: "cannot_hear",
    Reason.TEXT_UNFIT: "unfit",
    Reason.NOT_YOURS: "not_yours",
    Reason.NOT_SERVED: "not_served",
    Reason.NOT_NOW: "asked",
}


@pytest.mark.parametrize("reason", [None, *Reason])
def test_every_reason_has_its_words(reason: Reason | None) -> None:
    why = WHY.get(reason, "refused")
    for request in (
        talk.SayPrivately(7, BORIS, False, "hi"),
        talk.AnswerSession(7, BORIS, True),
        talk.EndSession(7, BORIS),
        WarnPlayer(7, BORIS, ""),
        MutePlayer(7, BORIS, 3, ""),
    ):
        said = chat.refused(Refusal(request, reason, None, 2001), STATE)
        seconds = 0 if reason is Reason.NO_SUCH_PLAYER else 3
        assert said == Cannot(why, "Boris", seconds)
    asked = chat.refused(Refusal(talk.AskSession(7, BORIS), reason, None, 2000), STATE)
    why = "ask_later" if reason is Reason.TOO_FAST else why
    assert asked == Cannot(why, "Boris", 0 if reason is Reason.NO_SUCH_PLAYER else 2)


def test_what_is_said_to_all_is_refused_without_a_name() -> None:
    for figure, seconds in ((0, 0), (1, 1), (1000, 1), (1001, 2)):
        refusal = Refusal(talk.Say(7, "hi"), Reason.TOO_FAST, None, figure)
        assert chat.refused(refusal, STATE) == Cannot("wait", "", seconds)


def test_what_is_not_of_the_talk_is_shown_elsewhere() -> None:
    others: tuple[Request, ...] = (KickPlayer(1, BORIS, ""), desk.StartSpin(1, 1))
    for request in others:
        assert chat.refused(Refusal(request, Reason.NOT_YOURS), STATE) is None
    assert chat.refused(Refusal(None, Reason.TOO_FAST), STATE) is None
