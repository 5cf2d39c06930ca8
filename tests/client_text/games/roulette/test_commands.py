"""What people type is read as they mean it, and what makes no sense is named at its place."""

import re
from pathlib import Path

import pytest

from client.house.state import HouseState
from client_text import words
from client_text.games.roulette import intents, vocabulary
from client_text.games.roulette.game import Roulette
from client_text.games.roulette.intents import Lay
from client_text.games.roulette.wagers import HEADS
from client_text.intents import Intent, Show, Talk, Wait
from client_text.reading import MisreadError
from protocol.games.roulette import rules as roulette
from protocol.games.roulette.rules import ANNOUNCED, LOCKED, SPOTS

VOISINS = {"0-2-3": 2, "4-7": 1, "12-15": 1, "18-21": 1, "19-22": 1, "25-26-28-29": 2, "32-35": 1}
NEIGHBOURS_OF_17 = dict.fromkeys(("2", "25", "17", "34", "6"), 1)


AT_NO_TABLE = HouseState()


def read(line: str, usual_chip: int = 0) -> Intent | None:
    game = Roulette()
    game._usual_chip = usual_chip
    return words.read(line, game, AT_NO_TABLE)


def laid(line: str, usual_chip: int = 0) -> dict[str, int]:
    """The chips that a line lays, by the names of the spots."""
    intent = read(line, usual_chip)
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
        ("auto soon", "which_seconds", "soon"),
        ("auto 70000", "which_seconds", "70000"),
        ("wait long", "which_until", "long"),
        ("void", "why_void", ""),
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
        ("my bets", Show("mine")),
        ("back 17", intents.TakeBack({17: None})),
        ("back red 5", intents.TakeBack({roulette.RED: 5})),
        ("back", intents.Undo()),
        ("снять всё", intents.TakeBackAll()),
        ("ещё раз", intents.Rebet()),
        ("double", intents.Double()),
        ("chip 5", Show("chip", 5)),
        ("chip off", Show("chip", 0)),
        ("verify", Show("verify", 0)),
        ("verify 12", Show("verify", 12)),
        ("save", Show("save", "html")),
        ("сохранить таблицу", Show("save", "csv")),
        ("wait result", Wait("result")),
        ("start", intents.Start()),
        ("no more bets", intents.CloseBetting()),
        ("ставок больше нет", intents.CloseBetting()),
        ("void a chip fell", intents.Void("a chip fell")),
        ("auto 30", intents.SetAuto(30)),
        ("auto off", intents.SetAuto(0)),
    ],
)
def test_a_command_is_read(line: str, intent: Intent | None) -> None:
    assert read(line) == intent


def test_every_bet_on_the_page_for_players_is_one() -> None:
    page = Path(__file__).parents[4].joinpath("docs", "terminal.md").read_text("utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    said = [words for row in rows for words in re.findall("`([^`]+)`", row)]
    assert len(said) > 20
    for line in said:
        intent = read(line, 5)
        assert isinstance(intent, intents.Lay | Show), line


def test_in_a_private_session_a_bet_has_a_slash() -> None:
    assert words.read("17 25", Roulette(), AT_NO_TABLE, in_private=True) == Talk("17 25")
    assert words.read("/17 25", Roulette(), AT_NO_TABLE, in_private=True) == Lay({17: 25})


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


def test_a_bet_hides_no_command_and_no_command_begins_as_more_than_itself() -> None:
    ways = {way for command in Roulette().heads for way in [" ".join(command)]}
    assert not {" ".join(head) for head in HEADS} & ways
    assert read("double zero 5", 1) == Lay({157: 5})
    assert read("double") == intents.Double()
