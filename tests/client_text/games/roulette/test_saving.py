"""The night is saved from the terminal as from the window: the same pages, the same tables."""

import csv
import io
from functools import partial
from pathlib import Path

import pytest

from client.games.roulette.night import export
from client_text.games.roulette.speech import spot_in_words
from client_text.visit import MISTAKES, Manner
from protocol.games.roulette import records
from protocol.games.roulette.fields import Payout
from protocol.games.roulette.lists import RoundState
from protocol.house.lists import Seat
from tests.client_text.fakes import Sitting

AT = 1_790_017_200_000
OWN = (
    records.OwnRoundEntry(4, RoundState.SETTLED, 17, AT, 875, (Payout(17, 25, 900),)),
    records.OwnRoundEntry(3, RoundState.VOID, 0, AT - 60_000, 0, (Payout(0, 5, 5),)),
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CROUPIER_HOME", str(tmp_path))
    return tmp_path


def told(somebody: Sitting, line: str, *entries: records.OwnRoundEntry) -> str:
    """What is said to a wish to save, when the table has listed these rounds."""
    assert somebody.type(line) == []
    asked = somebody.desk.asked()
    assert isinstance(asked, records.ListOwnRounds)
    (line,) = somebody.hear(records.OwnRoundsListed(asked.number, entries, more=False))
    return line


@pytest.mark.parametrize(
    ("line", "language", "said", "ending"),
    [
        ("save", "en", "Saved: ", "html"),
        ("save page", "en", "Saved: ", "html"),
        ("export sheet", "en", "Saved: ", "csv"),
        ("сохранить таблицу", "ru", "Сохранено: ", "csv"),
    ],
)
def test_a_night_is_saved_as_the_window_saves_it(
    line: str, language: str, said: str, ending: str
) -> None:
    anna = Sitting(language=language).sit()
    words = told(anna, line, *OWN)
    assert words.startswith(said)
    file = Path(words.removeprefix(said))
    assert file.suffix == f".{ending}"
    speech = anna.visit.teller.speech
    paper = export.on_paper(anna.visit.state, language, partial(spot_in_words, speech))
    assert [each.round for each in paper.night.rounds] == [3, 4]
    assert file.read_bytes().decode() == export.WRITERS[ending](paper)


def test_a_sheet_has_every_bet_by_the_name_that_it_has_here() -> None:
    file = Path(told(Sitting().sit(), "save sheet", *OWN).removeprefix("Saved: "))
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    assert [(row["Round"], row["Bet"], row["Net"]) for row in rows] == [
        ("3", "0", "0"),
        ("4", "17", "875"),
    ]


def test_who_has_no_chips_saves_the_tables_night(home: Path) -> None:
    zoe = Sitting().sit(Seat.CROUPIER)
    zoe.type("save")
    assert isinstance(zoe.desk.asked(), records.ListRounds)
    entry = records.RoundEntry(4, RoundState.SETTLED, 0, AT, 1, 25, 0)
    (said,) = zoe.hear(records.RoundsListed(zoe.desk.asked().number, (entry,), more=False))
    (file,) = (home / "nights").iterdir()
    assert said == f"Saved: {file}"
    assert "<h1>The table&#x27;s night</h1>" in file.read_text("utf-8")


def test_a_night_without_a_round_is_not_saved(home: Path) -> None:
    assert told(Sitting().sit(), "save") == "✗ You have not played a round yet."
    assert not list(home.iterdir())


def test_a_folder_that_cannot_be_is_told_and_counts_as_a_mistake(home: Path) -> None:
    (home / "nights").write_text("a file, and no folder")
    anna = Sitting(manner=Manner(interactive=False, patient=True)).sit()
    assert told(anna, "save", *OWN) == "✗ It could not be saved: File exists"
    anna.visit.input_ended()
    assert anna.visit.over == MISTAKES


def test_another_kind_of_file_is_pointed_at() -> None:
    assert Sitting().sit().type("save picture") == [
        "  save picture",
        "       ^^^^^^^ As what? `save page` or `save sheet`.",
    ]
