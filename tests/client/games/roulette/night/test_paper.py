"""A night on paper: its sums are those of the books, and nobody's name is more than a name."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import pytest

from client.games.roulette.night import export
from client.games.roulette.night.night import Night, Played
from client.games.roulette.night.page import page
from client.games.roulette.night.paper import LONGEST_NAME, Paper, written
from client.games.roulette.night.sheet import SEPARATOR, sheet
from client.wording import LANGUAGES, Wording
from client_gui.games.roulette import spots
from client_gui.kit.words import Words
from protocol.games.roulette.fields import Payout
from protocol.games.roulette.rules import RED, SPOTS, returned

HOSTILE = (
    "=HYPERLINK(\"http://evil\")", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "a;b,c\"d", "x\r\n=1",
    "<script>alert(1)</script>", "\" onload=\"x", "{0.__class__}", "‮evil", "nul\0byte", "&lt;b>",
)  # fmt: skip
FORMULA = re.compile(r"[=+\-@\t\r\n]")
NIGHT_AT = 1_790_017_200_000


def played(number: int, pocket: int, *bets: tuple[int, int]) -> Played:
    payouts = tuple(Payout(spot, chips, returned(spot, chips, pocket)) for spot, chips in bets)
    staked = sum(each.stake for each in payouts)
    back = sum(each.returned for each in payouts)
    moment = NIGHT_AT + number * 60_000
    return Played(number, pocket, staked, back, back - staked, moment, payouts, verified=True)


OWN = Night(
    (
        played(11, 17, (17, 5), (RED, 20)),
        Played(12, None, 30, 30, 0, NIGHT_AT, (Payout(3, 30, 30),)),
        played(13, 0, *((spot, spot + 1) for spot in range(len(SPOTS)))),
    )
)
HOUSE = Night(
    tuple(
        Played(each.round, each.pocket, each.staked, each.returned, -each.net, each.at, (), 4)
        for each in OWN.rounds
    ),
    house=True,
)


def paper(night: Night = OWN, language: str = "en", name: str = "Анна", table: str = "T") -> Paper:
    words: Wording = export.words(language)
    return Paper(night, name, table, words, partial(spots.name_of, Words(language)), export.when)


def cells(text: str, language: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=SEPARATOR[language]))


class Reader(HTMLParser):
    """Every tag, and the text of every cell."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def figure(text: str) -> int:
    return int(text.replace("\u2009", "").replace("−", "-").replace("+", ""))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_a_night_adds_up_to_it(language: str) -> None:
    words = export.words(language)
    found = cells(sheet(paper(language=language)), language)
    assert len(found) == sum(len(each.bets) for each in OWN.rounds)
    counted = [row for row in found if row[words("paper.colour")] != words("paper.void")]
    assert sum(int(row[words("paper.stake")]) for row in counted) == OWN.staked
    assert sum(int(row[words("paper.returned")]) for row in counted) == OWN.returned
    assert sum(int(row[words("paper.net")]) for row in found) == OWN.net


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_croupiers_table_adds_up_to_the_house(language: str) -> None:
    words = export.words(language)
    found = cells(sheet(paper(HOUSE, language)), language)
    assert sum(int(row[words("paper.house_net")]) for row in found) == HOUSE.net
    assert [int(row[words("paper.round")]) for row in found] == [11, 12, 13]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("night", [OWN, HOUSE], ids=["own", "house"])
def test_the_page_adds_up_too(night: Night, language: str) -> None:
    _, *rows, total = Reader(page(paper(night, language))).rows
    assert [figure(cell) for cell in total[1:4]] == [night.staked, night.returned, night.net]
    by_number = {each.round: each for each in night.rounds}
    assert [int(row[0]) for row in rows] == [13, 12, 11]
    for row in rows:
        each = by_number[int(row[0])]
        assert [figure(cell) for cell in row[4:6]] == [each.staked, each.returned]
        if each.pocket is not None:
            assert (row[2], figure(row[6])) == (str(each.pocket), each.net)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_is_a_formula(name: str, language: str) -> None:
    for night in (OWN, HOUSE):
        text = sheet(paper(night, language, name, name))
        assert all(row.count('"') % 2 == 0 for row in text.split("\r\n"))
        found = cells(text, language)
        assert len({len(row) for row in found}) == 1
        for row in found:
            assert None not in row
            for key, cell in row.items():
                number = re.fullmatch(r"-?\d+", cell) is not None
                assert number or not FORMULA.match(cell), (key, cell)


def each_way(text: str) -> Iterator[str]:
    """The cells that a spreadsheet may make of a file, whatever it takes for an end and for quotes:
    in the middle of a cell they are none.
    """
    for end in (",", ";", "\t"):
        for cell in re.split(f"[{end}\r\n]", text):
            yield cell.strip(" ")
            yield cell.strip(' "')


@pytest.mark.parametrize(
    "name",
    [*HOSTILE, "x;=cmd|'/C calc'!A0", "x,=1+1", "x; =1", 'x;"=1', 'x","=1', "x;;@SUM(1)", "x;＝1"],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_in_the_wrong_kind_of_spreadsheet_has_no_formula_either(
    name: str, language: str
) -> None:
    for night in (OWN, HOUSE):
        for cell in each_way(sheet(paper(night, language, name, name))):
            number = re.fullmatch(r"-?\d+", cell) is not None
            assert number or not re.match("[=+\\-@＝＋－＠\t]", cell), cell


def test_a_harmless_name_is_written_as_it_is() -> None:
    (first, *_) = cells(sheet(paper(name="Jean-Luc = 1", table="a, b; c")), "en")
    assert (first["Player"], first["Table"]) == ("Jean-Luc = 1", "a, b; c")


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_is_more_than_text_on_the_page(name: str) -> None:
    plain = Reader(page(paper()))
    found = Reader(page(paper(name=name, table=name)))
    assert found.tags == plain.tags
    assert "‮" not in found.text
    assert "\0" not in found.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_one_file_that_loads_and_runs_nothing(language: str) -> None:
    text = page(paper(language=language))
    found = Reader(text)
    assert {tag for tag, _ in found.tags} & {"script", "img", "link", "iframe", "a"} == set()
    held = [value for _, attrs in found.tags for key, value in attrs.items() if key != "content"]
    assert not any("//" in (value or "") for value in held)
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text
    assert ("html", {"lang": language}) in found.tags
    assert any(attrs.get("name") == "viewport" for _, attrs in found.tags)


def test_an_empty_night_is_a_page_as_well() -> None:
    assert "Nothing was played." in page(paper(Night()))
    assert len(sheet(paper(Night())).splitlines()) == 1


def test_every_language_of_the_paper_has_every_word() -> None:
    messages = [export.words(language).messages for language in LANGUAGES]
    assert len({frozenset(each) for each in messages}) == 1
    folder = Path(export.__file__).parent
    code = "".join(
        (folder / f"{each}.py").read_text("utf-8") for each in ("paper", "sheet", "page")
    )
    made = {"red", "black", "green", "yes", "no", "not"}
    for key in messages[0]:
        name = key.partition(".")[2]
        assert name in made or f'"{name}"' in code or key in code, key


def test_nothing_is_written_over(tmp_path: Path) -> None:
    first = export.save(paper(), "csv", tmp_path / "nights")
    first.write_text("kept", "utf-8")
    second = export.save(paper(), "csv", tmp_path / "nights")
    assert first != second
    assert first.read_text("utf-8") == "kept"
    assert second.name == f"{first.stem}-2.csv"
    assert sheet(paper()) == second.read_bytes().decode()


@pytest.mark.parametrize("name", [*HOSTILE, "../../etc/passwd", "CON", "a" * 500, ".."])
def test_a_name_makes_a_harmless_file(name: str, tmp_path: Path) -> None:
    path = export.save(paper(name=name), "html", tmp_path)
    assert path.parent == tmp_path
    assert re.fullmatch(r"croupier-[\w-]+\.html", path.name)
    assert len(path.name) < 80


def test_what_cannot_be_written_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(OSError, match="file"):
        export.save(paper(), "csv", tmp_path / "file" / "nights")


def test_nights_go_where_people_keep_documents(tmp_path: Path) -> None:
    at_home = {"HOME": str(tmp_path)}
    assert export.documents(at_home, "linux") == tmp_path / "Croupier"
    (tmp_path / "Documents").mkdir()
    assert export.documents(at_home, "darwin") == tmp_path / "Documents" / "Croupier"
    settings = tmp_path / ".config"
    settings.mkdir()
    named = 'XDG_DESKTOP_DIR="$HOME/Стол"\nXDG_DOCUMENTS_DIR="$HOME/Документы"\n'
    (settings / "user-dirs.dirs").write_text(named, "utf-8")
    (tmp_path / "Документы").mkdir()
    assert export.documents(at_home, "linux") == tmp_path / "Документы" / "Croupier"
    chosen = at_home | {"CROUPIER_HOME": str(tmp_path / "x")}
    assert export.documents(chosen, "linux") == tmp_path / "x" / "nights"


def test_a_moment_that_no_calendar_has_is_left_out() -> None:
    assert export.when(0) == export.when(2**63) == ""
    assert re.fullmatch(r"2026-09-2\d \d\d:\d\d:\d\d", export.when(NIGHT_AT))


def test_what_others_call_themselves_is_cut_and_made_visible() -> None:
    assert LONGEST_NAME == 100
    long = paper(name="n" * (LONGEST_NAME + 1), table="t" * (LONGEST_NAME + 1))
    assert (long.name, long.table) == ("n" * LONGEST_NAME, "t" * LONGEST_NAME)
    for made in (paper(name="a\u202eb"), paper(table="a\u202eb")):
        assert "\u202e" not in made.name + made.table


def test_amounts_are_written_in_threes_with_a_true_minus() -> None:
    assert [written(n) for n in (0, 1, -1, 999, 1000, -1_234_567)] == [
        "0",
        "1",
        "−1",
        "999",
        "1\u2009000",
        "−1\u2009234\u2009567",
    ]


def test_a_round_is_spoken_of_in_words() -> None:
    made = paper()
    red, void, zero = (replace(OWN.rounds[0], pocket=pocket) for pocket in (3, None, 0))
    assert [made.number(each) for each in (red, void, zero)] == ["3", "", "0"]
    assert [made.colour(each) for each in (red, void, zero)] == ["red", "void", "green"]
    checks = [made.check(replace(red, verified=each)) for each in (True, False, None)]
    assert checks == ["verified", "does not hold", "not checked"]
    assert made.covers(RED).split() == [str(pocket) for pocket in SPOTS[RED].covers]
    assert (made.title, paper(HOUSE).title) == ("Анна's night", "The table's night")
