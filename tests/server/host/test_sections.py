"""What the host may ask for of each table, and how it is refused."""

from pathlib import Path

import pytest

from protocol.games.roulette.rules import Group
from server.games import GAMES
from server.games.roulette.settings import PRESETS, Rules, Stakes
from server.host import config
from server.host.config import Config
from server.host.fill import ConfigError
from server.host.sections import SEATS_MOST, Section, changed, sections_of_words
from server.people.digests import password_digest
from server.tables.terms import Terms
from tests.server.host.settings import from_file, refused

TWO = """
[[table]]
name = "Salon"
auto_seconds = 30
croupier = false
[table.plaque]
straight = [5, 50]
[[table]]
kind = "roulette"
preset = "high"
name = "High"
password = "oak"
watching = false
seats = 8
table_most = 7
"""


def test_each_table_of_the_file_has_its_own_rules_and_terms(tmp_path: Path) -> None:
    salon, high = config.read(from_file(tmp_path, TWO)).tables
    plaque = Rules().plaque | {Group.STRAIGHT: Stakes(5, 50)}
    rules = Rules(auto_seconds=30, plaque=plaque)
    assert salon == Section(name="Salon", croupier=False, rules=rules)
    assert (high.kind, high.rules) == (
        "roulette",
        Rules(table_most=7, plaque=PRESETS["high"].plaque),
    )
    digest = password_digest("oak")
    assert high.terms("House") == Terms("High", digest, watching=False, croupier=True, seats=8)
    assert salon.terms("House") == Terms("Salon", b"", watching=True, croupier=False, seats=0)
    assert Section().terms("House").name == "House"
    assert "oak" not in repr(high)


def test_one_table_may_be_written_as_one(tmp_path: Path) -> None:
    (table,) = config.read(from_file(tmp_path, "[table]\nauto_seconds = 9\n")).tables
    assert table == Section(rules=Rules(auto_seconds=9))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("seats = 8", "seats = -1"), "table 2 (High): seats takes 0 to 1000000"),
        (("seats = 8", "seats = true"), "table 2 (High): seats is True, and wants a whole"),
        (("= 7", "= 0"), "table 2 (High): table_most must be over 0"),
        (("table_most = 7", "nonsense = 7"), "table 2 (High): there is no setting 'nonsense'"),
        (('kind = "roulette"', 'kind = "chess"'), "table 2 (High): nobody here plays 'chess'"),
        (('"high"', '"low"'), "table 2 (High): roulette has no preset 'low': quick, high"),
        (('"High"', '"Salon"'), "table 2 (Salon): two tables are called 'Salon'"),
        (('"High"', '"\\u0007"'), "name: "),
        (('"High"', "7"), "table 2: name is 7, and wants words in quotes"),
        (("auto_seconds = 30", ""), "table 1 (Salon): without a croupier's seat it must run"),
        (("[5, 50]", "[50, 5]"), "table 1 (Salon): plaque: the least must be over 0"),
        (("[5, 50]", "5"), "table 1 (Salon): plaque: straight = 5 is not like"),
    ],
)
def test_what_is_wrong_names_the_file_the_table_and_the_setting(
    tmp_path: Path, change: tuple[str, str], words: str
) -> None:
    said = refused(*from_file(tmp_path, TWO.replace(*change)))
    assert said.startswith(f"{tmp_path / 'croupier.toml'}, table ")
    assert words in said


def test_two_tables_without_a_name_are_refused(tmp_path: Path) -> None:
    assert refused(*from_file(tmp_path, "[[table]]\n[[table]]\n")).endswith(
        "table 2: two tables have no name"
    )


def test_a_setting_of_the_command_line_is_set_at_every_table_that_has_it(tmp_path: Path) -> None:
    chosen = config.read(from_file(tmp_path, TWO, "--auto", "45", "--min-players", "3"))
    assert [each.rules.auto_seconds for each in chosen.tables] == [45, 45]  # type: ignore[attr-defined]
    assert [each.rules.min_players for each in chosen.tables] == [3, 3]  # type: ignore[attr-defined]
    assert chosen.tables[1].password == "oak"


def test_tables_in_a_word_each(tmp_path: Path) -> None:
    words = "roulette, roulette:high,roulette:quick,roulette,roulette:high"
    tables = sections_of_words(words)
    assert [each.name for each in tables] == ["", "High", "Quick", "Roulette", "High 2"]
    small_first = sections_of_words("guess,roulette,rps")
    assert [each.name for each in small_first] == ["Guess", "", "Rps"]
    assert [each.rules for each in tables[1:3]] == [PRESETS["high"], PRESETS["quick"]]
    chosen = config.read(from_file(tmp_path, TWO, "--tables", words))
    assert chosen.tables == tables
    assert config.read(["--tables", "roulette"]) == Config()
    known = ", ".join(GAMES)
    assert refused("--tables", "chess") == f"--tables: nobody here plays 'chess', only {known}"
    assert refused("--tables", "roulette:x").startswith("--tables: roulette has no preset 'x'")


def test_every_preset_can_be_played() -> None:
    for rules in PRESETS.values():
        assert not [*rules.faults()]
    assert PRESETS["quick"].automatic
    assert PRESETS["high"].plaque[Group.LINE] == Stakes(10, 70_000)


def test_a_line_of_the_file_changes_rules() -> None:
    assert changed(Rules(), "auto_seconds = 30") == Rules(auto_seconds=30)
    assert changed(Rules(), "plaque.line = [2, 9]").plaque[Group.LINE] == Stakes(2, 9)  # type: ignore[attr-defined]
    for words in ("auto_seconds", "auto_seconds = ", "x = 1", "[" * 5000, ""):
        if words:
            with pytest.raises(ConfigError):
                changed(Rules(), words)
    assert SEATS_MOST == 10**6
