"""What people type is read as they mean it, and what makes no sense is named at its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.house.state import HouseState
from client.talk import commands
from client.wording import LANGUAGES
from client_text import intents, words
from client_text.commands import COMMANDS, Command
from client_text.games import GAMES
from client_text.games.game import Game
from client_text.intents import Intent
from client_text.reading import MisreadError
from protocol.house.lists import Phrase, Seat

AT_NO_TABLE = HouseState()
EVERY_GAME = pytest.mark.parametrize("game", [begin() for begin in GAMES.values()])


def read(line: str, game: Game, *, in_private: bool = False) -> Intent | None:
    return words.read(line, game, AT_NO_TABLE, in_private=in_private)


@EVERY_GAME
@pytest.mark.parametrize(
    ("line", "intent"),
    [
        ("list", intents.Show("list")),
        ("ставки", intents.Show("list")),
        ("/users", intents.Show("players")),
        ("sit croupier", intents.Sit(Seat.CROUPIER)),
        ("help red", intents.Help("red")),
        ("announce no more bets", intents.Announce(Phrase.NO_MORE_BETS, "")),
        ("announce Back in five!", intents.Announce(Phrase.OTHER, "Back in five!")),
        ("kick Anna Maria  for  noise", intents.Talk("/kick Anna Maria  for  noise")),
        ("throw out Bob", intents.Talk("/kick Bob")),
        ("вернуть голос Боб", intents.Talk("/unmute Боб")),
        ("hand over Anna Maria", intents.HandOver("Anna Maria")),
        ("say Привет всем! Как дела?", intents.Talk("/all Привет всем! Как дела?")),
        ("/private Bob Привет! Как дела?", intents.Talk("/private Bob Привет! Как дела?")),
        ("/session Anna Maria", intents.Talk("/session Anna Maria")),
        ("y", intents.Talk("/y")),
        ("нет", intents.Talk("/n")),
        ("/exit", intents.Talk("/exit")),
        ("//red 10", intents.Talk("//red 10")),
        ("/quit", intents.Quit()),
        ("", None),
        ("   ", None),
        ("tables", intents.Show("tables")),
        ("за стол 2", intents.GoTo("2", Seat.PLAYER)),
        ("watch Oak", intents.GoTo("Oak", Seat.WATCHER)),
        ("wait end", intents.Wait("end")),
        ("leave", intents.LeaveTable()),
    ],
)
def test_a_command_is_read_at_any_table(line: str, intent: Intent | None, game: Game) -> None:
    assert read(line, game) == intent


@EVERY_GAME
@pytest.mark.parametrize(
    ("line", "key", "place"),
    [
        ("hello", "no_command", "hello"),
        ("hand over", "who", ""),
        ("sit down", "which_seat", "down"),
        ("announce", "what_call", ""),
        ("/", "lone_slash", "/"),
        ("quit now", "too_much", "now"),
        ("table", "which_table", ""),
    ],
)
def test_what_makes_no_sense_is_named_at_its_place(
    line: str, key: str, place: str, game: Game
) -> None:
    with pytest.raises(MisreadError) as caught:
        read(line, game)
    assert caught.value.key == key
    where = line[caught.value.start : caught.value.end] if caught.value.start >= 0 else ""
    assert where == place


@EVERY_GAME
def test_in_a_private_session_all_but_commands_with_a_slash_is_said_there(game: Game) -> None:
    assert read("quit", game, in_private=True) == intents.Talk("quit")
    assert read("/exit", game, in_private=True) == intents.Talk("/exit")


@EVERY_GAME
def test_every_command_of_the_talk_is_one_here_too(game: Game) -> None:
    for line in commands.completions("/", ()):
        assert words.command_of(line.strip(), game)[0] is not None, line
    talked = {read(f"{each.said.ways('en')[0]} Bob", game) for each in _of_people()}
    said = {each.line.split()[0] + " " for each in talked if isinstance(each, intents.Talk)}
    assert said <= set(commands.completions("/", ()))
    assert len(said) == 9


def _of_people() -> list[Command]:
    return [each for each in COMMANDS.values() if each.people]


@EVERY_GAME
def test_every_command_is_known_in_both_languages(game: Game) -> None:
    for key, command in game.commands.items():
        for language in LANGUAGES:
            assert words.command_of(command.said.ways(language)[0], game) == (key, "")


def misreading(line: str, game: Game, *, in_private: bool = False) -> int:
    """Where the part that makes no sense ends; -1 where all does, or the end is missing."""
    try:
        read(line, game, in_private=in_private)
    except MisreadError as error:
        return error.end
    return -1


@given(st.text(max_size=60), st.booleans())
def test_no_line_raises_anything_but_a_misreading(line: str, in_private: bool) -> None:
    for begin in GAMES.values():
        assert misreading(line, begin(), in_private=in_private) in range(-1, len(line) + 1)


@given(
    st.lists(
        st.sampled_from(
            [" ", "17", "red", "-", "by", "on", ",", "4-6", "neighbours", "back", "5", "/", "kick"]
        ),
        max_size=8,
    ).map(" ".join)
)
def test_no_shuffled_words_raise_anything_but_a_misreading(line: str) -> None:
    for begin in GAMES.values():
        assert misreading(line, begin()) in range(-1, len(line) + 1)
