"""What a typed line comes to, and which conversation a line belongs to."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.house.bounds import LINES_KEPT
from client.house.events import LinkLost, Trouble
from client.house.state import HouseState, Line, Refusal, Session, Status, Talk
from client.reduce import reduce
from client.requests import UNNUMBERED
from client.store import Store
from client.talk import commands as chat
from client.talk.commands import Ask, Cannot, Go, Ignore, completions, read
from client.talk.conversations import TABLE, asking, conversations
from client.talk.ignored import KEY, PEOPLE_KEPT, TABLES_KEPT, Ignored
from protocol.games.roulette import desk
from protocol.house import talk
from protocol.house.lists import Presence, Reason, Seat, SessionEnd
from protocol.house.people import KickPlayer, MutePlayer, PlayerEntry, WarnPlayer
from protocol.wire import Message
from server.requests.conversation import STORM
from tests.client.states import known

ME, ANNA, ANNA_B, BORIS, CUT = 1, 2, 3, 4, 5


def entry(account: int, name: str, presence: Presence = Presence.HERE) -> PlayerEntry:
    return PlayerEntry(account, name, Seat.PLAYER, presence, False, 0)


ROSTER = (
    entry(ME, "Me"),
    entry(ANNA, "Анна"),
    entry(ANNA_B, "Анна Б"),
    entry(BORIS, "Boris", Presence.AWAY),
    entry(CUT, "Cut", Presence.CUT_OFF),
)
STATE = known(
    status=Status(Line.LIVE),
    account=ME,
    name="Me",
    roster={each.account: each for each in ROSTER},
    roster_known=True,
    names={each.account: each.name for each in ROSTER} | {9: "Gone"},
)
N = UNNUMBERED
NAMES = [each.name for each in ROSTER if each.account != ME]


def with_session(stage: Talk, account: int = ANNA) -> HouseState:
    session = Session(STATE.name_of(account), stage)
    return replace(STATE, sessions={**STATE.sessions, account: session})


def heard(*said: Message) -> HouseState:
    state = STATE
    for each in said:
        state = reduce(state, each, 0.0)
    return state


# --- lines ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "deed"),
    [
        ("всем удачи", Ask(talk.Say(N, "всем удачи"), TABLE)),
        ("//users", Ask(talk.Say(N, "/users"), TABLE)),
        ("y", Ask(talk.Say(N, "y"), TABLE)),
        ("  ", None),
        ("/users", chat.ShowPeople()),
        ("/ЛЮДИ", chat.ShowPeople()),
        ("/quit", chat.Quit()),
        ("/help", chat.ShowHelp()),
        ("/session Boris", Ask(talk.AskSession(N, BORIS), BORIS)),
        ("/session boris", Ask(talk.AskSession(N, BORIS), BORIS)),
        ("/private Анна привет", Ask(talk.SayPrivately(N, ANNA, False, "привет"), ANNA)),
        ("/private Анна Б привет", Ask(talk.SayPrivately(N, ANNA_B, False, "привет"), ANNA_B)),
        ("/private Анна", Go(ANNA)),
        ("/лично анна б ау", Ask(talk.SayPrivately(N, ANNA_B, False, "ау"), ANNA_B)),
        ("/ignore Boris", Ignore(BORIS, "Boris", True)),
        ("/all hello", Ask(talk.Say(N, "hello"), TABLE)),
        ("/warn Boris mind", Ask(WarnPlayer(N, BORIS, "mind"), TABLE)),
        ("/mute Boris 60 hush", Ask(MutePlayer(N, BORIS, 60, "hush"), TABLE)),
        ("/mute Boris", Ask(MutePlayer(N, BORIS, chat.MUTE_SECONDS, ""), TABLE)),
        ("/mute Boris 99999999", Ask(MutePlayer(N, BORIS, 65535, ""), TABLE)),
        ("/unmute Boris", Ask(MutePlayer(N, BORIS, 0, ""), TABLE)),
        ("/kick Boris out", Ask(KickPlayer(N, BORIS, "out"), TABLE)),
        ("/dance", Cannot("no_command", "dance")),
        ("/private", Cannot("whom")),
        ("/session Zoe", Cannot("nobody", "Zoe")),
        ("/session Me", Cannot("oneself")),
        ("/private Gone hello", Cannot("gone", "Gone")),
        ("/private Cut hello", Cannot("cut_off", "Cut")),
        ("/hear Boris", Cannot("not_ignored", "Boris")),
        ("/y", Cannot("nobody_asks")),
        ("/exit", Cannot("no_session")),
        ("/session", Cannot("whom")),
        ("/session Zoe now", Cannot("nobody", "Zoe")),
        ("/warn Boris", Ask(WarnPlayer(N, BORIS, ""), TABLE)),
        ("/kick Boris", Ask(KickPlayer(N, BORIS, ""), TABLE)),
        ("/mute Boris 100000", Ask(MutePlayer(N, BORIS, 65535, ""), TABLE)),
        (f"/mute Boris {'9' * 5000}", Ask(MutePlayer(N, BORIS, 65535, ""), TABLE)),
        ("/warn Boris a\u202eb", Cannot("unfit")),
        ("/kick Boris a\u202eb", Cannot("unfit")),
        ("/mute Boris 5 a\u202eb", Cannot("unfit")),
        ("\ud800", Cannot("unfit")),
        ("x" * 401, Cannot("too_long")),
        ("a\u202eb", Cannot("unfit")),
    ],
)
def test_a_line_comes_to_this(typed: str, deed: chat.Deed | None) -> None:
    assert read(typed, STATE) == deed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("users", "люди"),
        ("session Boris", "беседа Boris"),
        ("exit", "конец"),
        ("private Boris hi", "лично Boris hi"),
        ("all hi", "всем hi"),
        ("ignore Boris", "игнор Boris"),
        ("hear Boris", "слышать Boris"),
        ("warn Boris hi", "предупредить Boris hi"),
        ("mute Boris", "заглушить Boris"),
        ("unmute Boris", "голос Boris"),
        ("kick Boris", "выгнать Boris"),
        ("help", "помощь"),
        ("quit", "выход"),
    ],
)
def test_every_command_has_a_word_in_both_languages(one: str, other: str) -> None:
    first, second = read(f"/{one}", STATE), read(f"/{other}", STATE)
    assert first == second
    assert not (isinstance(first, Cannot) and first.why == "no_command")
    for language, words in (("en", one), ("ru", other)):
        assert f"/{words.split()[0]} " in completions("/", NAMES, language)[:15]


def test_in_a_conversation_what_is_typed_goes_to_the_other() -> None:
    assert read("hi", STATE, ANNA) == Ask(talk.SayPrivately(N, ANNA, False, "hi"), ANNA)
    in_session = with_session(Talk.OPEN)
    assert read("hi", in_session, ANNA) == Ask(talk.SayPrivately(N, ANNA, True, "hi"), ANNA)
    assert read("hi", in_session, TABLE) == Ask(talk.Say(N, "hi"), TABLE)
    assert read("hi", STATE, 9) == Cannot("gone", "Gone")
    assert read("/session", STATE, BORIS) == Ask(talk.AskSession(N, BORIS), BORIS)
    assert read("/ignore", STATE, BORIS) == Ignore(BORIS, "Boris", True)
    assert read("/ignore Анна", STATE, BORIS) == Ignore(ANNA, "Анна", True)
    assert read("/session Анна", STATE, BORIS) == Ask(talk.AskSession(N, ANNA), ANNA)


@pytest.mark.parametrize(("typed", "accepted"), [("y", True), ("Да", True), ("/n", False)])
def test_y_and_n_answer_who_asks(typed: str, accepted: bool) -> None:
    answer = talk.AnswerSession(N, ANNA, accepted)
    deed = read(typed, with_session(Talk.ASKS))
    assert deed == Ask(answer, ANNA if accepted else TABLE)


@pytest.mark.parametrize("slash", ["", "/"])
def test_yes_and_no_may_be_said_in_several_ways(slash: str) -> None:
    asks = with_session(Talk.ASKS)
    for words, accepted in (("y yes д да", True), ("n no н нет", False)):
        for word in words.split():
            deed = read(slash + word, asks)
            room = ANNA if accepted else TABLE
            assert deed == Ask(talk.AnswerSession(N, ANNA, accepted), room), word
            said = Cannot("nobody_asks") if slash else Ask(talk.Say(N, word), TABLE)
            assert read(slash + word, STATE) == said
    assert read("hello", asks) == Ask(talk.Say(N, "hello"), TABLE)


def test_asking_who_asks_is_a_yes() -> None:
    answer = talk.AnswerSession(N, ANNA, True)
    assert read("/session Анна", with_session(Talk.ASKS)) == Ask(answer, ANNA)
    assert read("/session Анна", with_session(Talk.ASKED)) == Cannot("asked", "Анна")
    assert read("/session Анна", with_session(Talk.OPEN)) == Go(ANNA)


def test_exit_ends_the_session_that_one_looks_at_or_the_only_one() -> None:
    one = with_session(Talk.OPEN)
    both = replace(one, sessions={**one.sessions, BORIS: Session("Boris", Talk.ASKED)})
    assert read("/exit", one) == Ask(talk.EndSession(N, ANNA), TABLE)
    assert read("/exit", both) == Cannot("which_session")
    assert read("/exit", both, BORIS) == Ask(talk.EndSession(N, BORIS), BORIS)


def test_whom_one_ignores_one_does_not_speak_to() -> None:
    ignored = {BORIS: "Boris"}
    assert read("/private Boris hi", STATE, TABLE, ignored) == Cannot("ignored", "Boris")
    assert read("hi", STATE, BORIS, ignored) == Cannot("ignored", "Boris")
    assert read("/ignore Boris", STATE, TABLE, ignored) == Cannot("ignored", "Boris")
    assert read("/hear Boris", STATE, TABLE, ignored) == Ignore(BORIS, "Boris", False)
    asks = with_session(Talk.ASKS, BORIS)
    assert asking(asks, ignored) == []
    assert read("y", asks, TABLE, ignored) == Ask(talk.Say(N, "y"), TABLE)


@given(st.text(max_size=500), st.sampled_from([TABLE, ANNA, 9]))
def test_no_line_however_strange_raises(text: str, room: int) -> None:
    read(text, with_session(Talk.ASKS), room)
    read(f"/private {text}", STATE, room)
    completions(text, NAMES)


# --- completion -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("/se", ["/session "]),
        ("/session", ["/session "]),
        ("/private а", ["/private Анна ", "/private Анна Б "]),
        ("/private Анна ", ["/private Анна Б "]),
        ("hello bo", ["hello Boris "]),
        ("bo", ["Boris "]),
        ("", []),
        ("hello ", []),
        ("/session ", [f"/session {name} " for name in ("Boris", "Cut", "Анна", "Анна Б")]),
    ],
)
def test_names_and_commands_are_completed(typed: str, lines: list[str]) -> None:
    assert completions(typed, NAMES) == lines


def test_commands_are_offered_in_the_language_first() -> None:
    assert completions("/", NAMES, "ru")[0] == "/люди "
    assert completions("/", NAMES, "en")[0] == "/users "
    assert completions("/бе", NAMES, "en") == ["/беседа "]


# --- conversations --------------------------------------------------------------------------------


def test_lines_stand_in_the_conversation_to_which_they_belong() -> None:
    state = heard(
        talk.Said(1, ANNA, "Анна", "to all"),
        talk.SaidPrivately(2, BORIS, "Boris", False, "psst"),
        talk.SessionAsked(ANNA, "Анна"),
        talk.SessionStarted(ANNA, "Анна"),
        talk.SaidPrivately(3, ANNA, "Анна", True, "hush"),
    )
    table, boris, anna = conversations(state)
    assert [line.text for line in table.lines] == ["to all"]
    assert (boris.account, boris.session) == (BORIS, None)
    assert [line.text for line in boris.lines] == ["psst"]
    assert anna.session == Session("Анна", Talk.OPEN)
    assert [line.begun for line in anna.lines] == [True, False]


def test_whom_one_ignores_one_does_not_hear() -> None:
    state = heard(
        talk.Said(1, BORIS, "Boris", "spam"),
        talk.SaidPrivately(2, BORIS, "Boris", False, "spam"),
        talk.SessionAsked(BORIS, "Boris"),
        talk.Announced(3, BORIS, 0, "as the croupier"),  # type: ignore[arg-type] # 0 is OTHER
    )
    (table,) = conversations(state, {BORIS})
    assert [line.text for line in table.lines] == ["as the croupier"]
    assert conversations(state, {BORIS, TABLE})[0].lines == table.lines


def test_a_session_ends_with_the_line() -> None:
    state = heard(talk.SessionStarted(ANNA, "Анна"))
    lost = reduce(state, LinkLost(Trouble.CUT, 0.0), 0.0)
    _, anna = conversations(lost)
    assert anna.session is None
    assert [line.ended for line in anna.lines] == [None, SessionEnd.OTHER]


def test_the_talk_of_the_table_does_not_sweep_private_lines_away() -> None:
    state = heard(talk.SaidPrivately(1, ANNA, "Анна", False, "keep this"))
    for number in range(LINES_KEPT + 50):
        state = reduce(state, talk.Said(2, BORIS, "Boris", str(number)), 0.0)
    table, anna = conversations(state)
    assert [line.text for line in anna.lines] == ["keep this"]
    assert len(table.lines) == LINES_KEPT


# --- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "reason", "figure", "cannot"),
    [
        (BORIS, Reason.TOO_FAST, 1200, Cannot("wait", "Boris", 2)),
        (BORIS, Reason.MUTED, 60_000, Cannot("muted", "Boris", 60)),
        (BORIS, Reason.MUTED, 60_001, Cannot("muted", "Boris", 61)),
        (BORIS, Reason.NOT_FOR_GUESTS, 0, Cannot("guest", "Boris")),
        (BORIS, Reason.TEXT_UNFIT, 0, Cannot("unfit", "Boris")),
        (BORIS, Reason.NOT_SERVED, 0, Cannot("not_served", "Boris")),
        (BORIS, Reason.NO_SUCH_PLAYER, 0, Cannot("cannot_hear", "Boris")),
        (CUT, Reason.NO_SUCH_PLAYER, 0, Cannot("cut_off", "Cut")),
        (9, Reason.NO_SUCH_PLAYER, 0, Cannot("gone", "Gone")),
        (BORIS, Reason.NO_SUCH_SESSION, 0, Cannot("no_session_with", "Boris")),
        (BORIS, None, 0, Cannot("no_line", "Boris")),
        (BORIS, Reason.OTHER, 0, Cannot("refused", "Boris")),
    ],
)
def test_a_refusal_says_why(
    account: int, reason: Reason | None, figure: int, cannot: Cannot
) -> None:
    request = talk.SayPrivately(7, account, False, "hi")
    assert chat.refused(Refusal(request, reason, None, figure), STATE) == cannot


def test_a_refusal_of_the_croupiers_word_or_of_a_line_to_all_is_told_as_well() -> None:
    deeds = WarnPlayer(7, BORIS, "mind"), MutePlayer(7, BORIS, 60, "")
    for request in deeds:
        refusal = Refusal(request, Reason.NOT_YOURS)
        assert chat.refused(refusal, STATE) == Cannot("not_yours", "Boris")
    muted = Refusal(talk.Say(7, "hi"), Reason.MUTED, None, 999)
    assert chat.refused(muted, STATE) == Cannot("muted", "", 1)
    for answer in (talk.AnswerSession(7, BORIS, True), talk.EndSession(7, BORIS)):
        refusal = Refusal(answer, Reason.NO_SUCH_SESSION)
        assert chat.refused(refusal, STATE) == Cannot("no_session_with", "Boris")


def test_what_the_house_says_by_itself_has_a_key() -> None:
    assert {STORM: "storm"} == chat.HOUSE_WORDS


def test_who_was_asked_already_is_not_one_who_declined() -> None:
    refusal = Refusal(talk.AskSession(7, BORIS), Reason.NOT_NOW)
    assert chat.refused(refusal, STATE) == Cannot("asked", "Boris")


def test_who_declined_can_be_asked_again_later() -> None:
    refusal = Refusal(talk.AskSession(7, BORIS), Reason.TOO_FAST, None, 28_001)
    assert chat.refused(refusal, STATE) == Cannot("ask_later", "Boris", 29)


def test_what_was_not_asked_from_the_talk_is_not_refused_there() -> None:
    assert chat.refused(Refusal(desk.StartSpin(1, 1), Reason.NOT_NOW), STATE) is None


# --- whom one ignores -----------------------------------------------------------------------------


def test_whom_one_ignores_is_kept_for_each_table(tmp_path: Path) -> None:
    store = Store(tmp_path)
    here, there = bytes(16), b"\x01" * 16
    ignored = Ignored(store, here)
    ignored.set(BORIS, "Boris", on=True)
    ignored.set(ANNA, "Анна", on=True)
    ignored.set(BORIS, "Boris", on=False)
    assert Ignored(store, here).people == {ANNA: "Анна"}
    assert Ignored(store, there).people == {}
    Ignored(store, here).set(ANNA, "Анна", on=False)
    assert store.settings()[KEY] == {}


def test_so_many_people_at_so_many_tables_are_ignored_the_last_of_them(tmp_path: Path) -> None:
    store = Store(tmp_path)
    people = {str(account): "x" for account in range(1, PEOPLE_KEPT + 1)}
    tables = {f"{at:032x}": people for at in range(1, TABLES_KEPT + 1)}
    store.keep_settings({KEY: tables})
    ignored = Ignored(store, (1).to_bytes(16, "big"))
    ignored.set(9999, "Eve", on=True)
    assert len(ignored.people) == PEOPLE_KEPT
    assert 1 not in ignored.people
    assert ignored.people[9999] == "Eve"
    Ignored(store, b"\xff" * 16).set(ANNA, "Анна", on=True)
    kept = store.settings()[KEY]
    assert [*kept][-2:] == [f"{1:032x}", "ff" * 16]
    assert len(kept) == TABLES_KEPT
    assert f"{2:032x}" not in kept


@pytest.mark.parametrize(
    "kept", [None, 7, [], {"00": 3}, {"00" * 16: {"x": "y", "4": 5, "\uff11": "z", "²": "z"}}]
)
def test_a_damaged_list_counts_as_none(tmp_path: Path, kept: object) -> None:
    store = Store(tmp_path)
    store.keep_settings({KEY: kept})
    assert Ignored(store, bytes(16)).people == {}


@pytest.mark.parametrize("typed", ["Anna Maria hi", "‹Anna Maria› hi", '"Anna Maria" hi'])
def test_a_name_may_be_typed_as_it_is_shown(typed: str) -> None:
    state = replace(HouseState(), names={7: "Anna", 8: "Anna Maria"})
    assert chat.find(state, typed) == (8, "hi")
    assert chat.find(state, "‹Anna› Maria hi") == (7, "Maria hi")
    assert chat.find(state, "‹Anna") is None


def test_of_names_that_fit_who_is_there_and_who_is_written_so_comes_first() -> None:
    state = replace(STATE, names={**STATE.names, 99: "Boris"})
    assert chat.find(state, "boris hi") == (BORIS, "hi")
    state = replace(HouseState(), names={7: "Anna", 8: "anna"})
    assert chat.find(state, "Anna hi") == (7, "hi")
    assert chat.find(state, "anna hi") == (8, "hi")
    assert chat.find(state, '"Anna" says "hi"') == (7, 'says "hi"')
