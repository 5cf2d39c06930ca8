"""What people type is read as they mean it, and what makes no sense is named at its place."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.talk import commands
from client.wording import LANGUAGES
from client_text import intents, vocabulary
from client_text.reading import MisreadError
from client_text.wagers import HEADS
from client_text.words import Setting, command_of, read
from protocol.games.roulette import rules as roulette
from protocol.games.roulette.rules import ANNOUNCED, LOCKED, SPOTS
from protocol.house.lists import Phrase, Seat

VOISINS = {"0-2-3": 2, "4-7": 1, "12-15": 1, "18-21": 1, "19-22": 1, "25-26-28-29": 2, "32-35": 1}
NEIGHBOURS_OF_17 = dict.fromkeys(("2", "25", "17", "34", "6"), 1)


def laid(line: str, usual_chip: int = 0) -> dict[str, int]:
    """The chips that a line lays, by the names of the spots."""
    intent = read(line, Setting(usual_chip=usual_chip))
    assert isinstance(intent, intents.Lay), intent
    return {SPOTS[spot].name: chips for spot, chips in intent.chips.items()}


@pytest.mark.parametrize(
    ("line", "chips"),
    [
        ("17 25", {"17": 25}),
        ("  17   25 ", {"17": 25}),
        ("0 5", {"0": 5}),
        ("zero 5", {"0": 5}),
        ("number 17 25", {"17": 25}),
        ("17 2k", {"17": 2000}),
        ("red 10", {"red": 10}),
        ("RED 10", {"red": 10}),
        ("10 on red", {"red": 10}),
        ("bet 10 chips on red", {"red": 10}),
        ("even 50", {"even": 50}),
        ("1-18 7", {"low": 7}),
        ("high 7", {"high": 7}),
        ("split 17-20 5", {"17-20": 5}),
        ("split 17 20 5", {"17-20": 5}),
        ("17-20 5", {"17-20": 5}),
        ("20/17 5", {"17-20": 5}),
        ("17–20 5", {"17-20": 5}),
        ("0-3 5", {"0-3": 5}),
        ("street 4-6 5", {"4-5-6": 5}),
        ("street 4 5", {"4-5-6": 5}),
        ("4-6 5", {"4-5-6": 5}),
        ("trio 0-1-2 5", {"0-1-2": 5}),
        ("0-2-3 5", {"0-2-3": 5}),
        ("corner 17-21 5", {"17-18-20-21": 5}),
        ("square 17 18 20 21 5", {"17-18-20-21": 5}),
        ("first four 5", {"0-1-2-3": 5}),
        ("line 13-18 5", {"13-18": 5}),
        ("double street 13 5", {"13-18": 5}),
        ("dozen 1 20", {"dozen 1": 20}),
        ("second dozen 20", {"dozen 2": 20}),
        ("dozen 25-36 20", {"dozen 3": 20}),
        ("1-12 20", {"dozen 1": 20}),
        ("column 3 20", {"column 3": 20}),
        ("voisins 9", VOISINS),
        ("voisins by 1", VOISINS),
        ("neighbours 17 2 5", NEIGHBOURS_OF_17),
        ("neighbours 17 5", NEIGHBOURS_OF_17),
        ("neighbours 17 by 1", NEIGHBOURS_OF_17),
        ("neighbours zero 1 3", {"26": 1, "0": 1, "32": 1}),
        ("finals 7 6", {"7": 2, "17": 2, "27": 2}),
        ("jeu zero 4", {"26": 1, "0-3": 1, "12-15": 1, "32-35": 1}),
        ("17 18 19 by 5", {"17": 5, "18": 5, "19": 5}),
        ("5 each on 17 18", {"17": 5, "18": 5}),
        ("17 17-20 by 5", {"17": 5, "17-20": 5}),
        ("17 25, red 10; 4-6 7", {"17": 25, "red": 10, "4-5-6": 7}),
        ("17 25 and red 10", {"17": 25, "red": 10}),
        ("17 25, 17 5", {"17": 30}),
        ("красное 10", {"red": 10}),
        ("на красное 10", {"red": 10}),
        ("10 на чёрное", {"black": 10}),
        ("10 на черное", {"black": 10}),
        ("поставить 25 фишек на 17", {"17": 25}),
        ("сплит 17-20 5", {"17-20": 5}),
        ("каре 17-21 5", {"17-18-20-21": 5}),
        ("первая дюжина 10", {"dozen 1": 10}),
        ("чёт 50 и нечет 50", {"even": 50, "odd": 50}),
        ("17 18 по 5", {"17": 5, "18": 5}),
        ("соседи 17 2 5", NEIGHBOURS_OF_17),
        ("соседи зеро 9", VOISINS),
        ("соседи 0 1 по 1", {"26": 1, "0": 1, "32": 1}),
        ("/17 25", {"17": 25}),
    ],
)
def test_a_bet_is_read_as_people_say_it(line: str, chips: dict[str, int]) -> None:
    assert laid(line) == chips


@pytest.mark.parametrize("line", ["17", "red", "street 4-6", "dozen 1", "tiers", "17, red"])
def test_a_bet_without_a_sum_means_the_usual_chip(line: str) -> None:
    with pytest.raises(MisreadError, match="how_many"):
        read(line)
    assert set(laid(line, usual_chip=5).values()) == {5}


@pytest.mark.parametrize(
    ("line", "key", "place"),
    [
        ("37 5", "no_number", "37"),
        ("17 0", "zero_sum", "0"),
        ("17 x5", "no_sum", "x5"),
        ("17 99999999999999999999", "no_sum", "99999999999999999999"),
        ("red red 5", "no_sum", "red"),
        ("17 5 5", "say_each", "17 5 5"),
        ("red 5 5", "too_much", "5"),
        ("17 by", "how_many", ""),
        ("voisins 10", "not_shared", "voisins 10"),
        ("split 17-19 5", "which_split", "17-19 5"),
        ("split", "which_split", ""),
        ("corner 17 5", "which_corner", "17 5"),
        ("dozen 4 5", "which_dozen", "4"),
        ("17-19-20 5", "no_spot", "17-19-20"),
        ("neighbours 17 40 5", "which_reach", "40"),
        ("final 12 5", "which_final", "12"),
        ("red 5, 40 5", "no_number", "40"),
        ("hello", "no_command", "hello"),
        ("hand over", "who", ""),
        ("auto soon", "which_seconds", "soon"),
        ("auto 70000", "which_seconds", "70000"),
        ("sit down", "which_seat", "down"),
        ("wait long", "which_until", "long"),
        ("void", "why_void", ""),
        ("announce", "what_call", ""),
        ("/", "lone_slash", "/"),
        ("quit now", "too_much", "now"),
        (",", "no_command", ","),
        ("by 5", "no_bet", "by 5"),
        ("back 37", "no_number", "37"),
    ],
)
def test_what_makes_no_sense_is_named_at_its_place(line: str, key: str, place: str) -> None:
    with pytest.raises(MisreadError) as caught:
        read(line)
    assert caught.value.key == key
    where = line[caught.value.start : caught.value.end] if caught.value.start >= 0 else ""
    assert where == place


@pytest.mark.parametrize(
    ("line", "intent"),
    [
        ("list", intents.Show(intents.Topic.BETS)),
        ("ставки", intents.Show(intents.Topic.BETS)),
        ("/users", intents.Show(intents.Topic.PLAYERS)),
        ("my bets", intents.Show(intents.Topic.MINE)),
        ("back 17", intents.TakeBack({17: None})),
        ("back red 5", intents.TakeBack({roulette.RED: 5})),
        ("back", intents.Undo()),
        ("снять всё", intents.TakeBackAll()),
        ("ещё раз", intents.Rebet()),
        ("double", intents.Double()),
        ("chip 5", intents.SetChip(5)),
        ("chip off", intents.SetChip(0)),
        ("verify", intents.Verify(0)),
        ("verify 12", intents.Verify(12)),
        ("save", intents.Save("html")),
        ("сохранить таблицу", intents.Save("csv")),
        ("sit croupier", intents.Sit(Seat.CROUPIER)),
        ("wait result", intents.Wait(intents.Until.RESULT)),
        ("help red", intents.Help("red")),
        ("start", intents.Start()),
        ("no more bets", intents.CloseBetting()),
        ("ставок больше нет", intents.CloseBetting()),
        ("void a chip fell", intents.Void("a chip fell")),
        ("announce no more bets", intents.Announce(Phrase.NO_MORE_BETS, "")),
        ("announce Back in five!", intents.Announce(Phrase.OTHER, "Back in five!")),
        ("auto 30", intents.SetAuto(30)),
        ("auto off", intents.SetAuto(0)),
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
    ],
)
def test_a_command_is_read(line: str, intent: intents.Intent | None) -> None:
    assert read(line) == intent


def test_every_bet_on_the_page_for_players_is_one() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "terminal.md").read_text("utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    said = [words for row in rows for words in re.findall("`([^`]+)`", row)]
    assert len(said) > 20
    for words in said:
        intent = read(words, Setting(usual_chip=5))
        assert isinstance(intent, intents.Lay | intents.SetChip), words


def test_in_a_private_session_all_but_commands_with_a_slash_is_said_there() -> None:
    there = Setting(in_private=True)
    assert read("17 25", there) == intents.Talk("17 25")
    assert read("quit", there) == intents.Talk("quit")
    assert read("/17 25", there) == intents.Lay({17: 25})
    assert read("/exit", there) == intents.Talk("/exit")


def test_every_command_of_the_talk_is_one_here_too() -> None:
    for line in commands.completions("/", ()):
        assert command_of(line.strip())[0] is not None, line
    for key, command in vocabulary.COMMANDS.items():
        if command.takes == "talk":
            assert f"/{vocabulary.IN_TALK.get(key, key)} " in commands.completions("/", ())


def test_no_two_commands_share_a_word_and_a_bet_hides_none() -> None:
    ways = Counter(
        vocabulary.normal(way)
        for command in vocabulary.COMMANDS.values()
        for way in vocabulary.ways(command.said)
    )
    assert not [way for way, times in ways.items() if times > 1]
    assert not {" ".join(head) for head in HEADS} & ways.keys()


def test_every_command_is_known_in_both_languages() -> None:
    for key, command in vocabulary.COMMANDS.items():
        for language in LANGUAGES:
            assert command_of(command.said.ways(language)[0]) == (key, "")


def test_every_place_of_the_layout_can_be_said() -> None:
    assert set(vocabulary.ANNOUNCED) == set(ANNOUNCED)
    for info in SPOTS[:LOCKED]:
        assert laid(f"{info.name} 3") == {info.name: 3}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("00 5", "00"),
        ("double zero 5", "00"),
        ("5 на двойное зеро", "00"),
        ("0 5", "0"),
        ("07 5", "7"),
        ("00-0 5", "0-00"),
        ("split 2-00 5", "00-2"),
        ("2/00 5", "00-2"),
        ("3-00 5", "00-3"),
        ("trio 0-00-2 5", "0-00-2"),
        ("3-2-00 5", "00-2-3"),
        ("0-00-1-2-3 5", "top line"),
        ("corner 0-1-2-3-00 5", "top line"),
        ("top line 5", "top line"),
        ("первые пять 5", "top line"),
    ],
)
def test_the_spots_of_a_double_zero_can_be_said(line: str, name: str) -> None:
    assert laid(line) == {name: 5}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("37 5", "no_number"),
        ("000-1 5", "not_understood"),
        ("neighbours 00 2 5", "which_neighbours"),
        ("4-00 5", "no_spot"),
    ],
)
def test_the_double_zero_is_said_in_one_way_and_has_no_neighbours(line: str, why: str) -> None:
    with pytest.raises(MisreadError, match=why):
        laid(line)


def misreading(line: str, setting: Setting) -> int:
    """Where the part that makes no sense ends; -1 where all does, or the end is missing."""
    try:
        read(line, setting)
    except MisreadError as error:
        return error.end
    return -1


@given(st.text(max_size=60), st.booleans())
def test_no_line_raises_anything_but_a_misreading(line: str, in_private: bool) -> None:
    setting = Setting(in_private, usual_chip=1)
    assert misreading(line, setting) in range(-1, len(line) + 1)


@given(
    st.lists(
        st.sampled_from(
            [" ", "17", "red", "-", "by", "on", ",", "4-6", "neighbours", "back", "5", "/", "kick"]
        ),
        max_size=8,
    ).map(" ".join)
)
def test_no_shuffled_words_raise_anything_but_a_misreading(line: str) -> None:
    assert misreading(line, Setting()) in range(-1, len(line) + 1)
