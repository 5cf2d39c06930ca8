"""What a file of a night is called, and where it lies."""

import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.client.states import changed, known

if sys.platform != "win32":
    import resource

from client.games.roulette.night import export
from client.games.roulette.night.night import Night
from protocol.games.roulette.lists import RoundState
from protocol.games.roulette.records import RoundEntry
from protocol.house.lists import Seat
from tests.client.games.roulette.night.test_page import HOUSE, OWN, paper
from tests.client.known import TABLE

DAYS = tuple(
    replace(each, at=(1_790_000_000 + 86_400 * at) * 1000) for at, each in enumerate(OWN.rounds)
)


def test_a_file_is_called_by_its_last_day_and_by_whose_night_it_is(tmp_path: Path) -> None:
    last = export.when(DAYS[-1].at)[:10]
    assert len(last) == 10
    own = export.save(paper(Night(DAYS)), "csv", tmp_path)
    assert own.name == f"croupier-{last}-a-b.csv"
    house = export.save(paper(replace(HOUSE, rounds=DAYS)), "html", tmp_path)
    assert house.name == f"croupier-{last}-t-1.html"
    assert export.save(paper(Night()), "csv", tmp_path).name == "croupier-a-b.csv"
    long = replace(paper(Night()), name="Ab" * 30)
    assert export.save(long, "csv", tmp_path).name == f"croupier-{'ab' * 20}.csv"


def test_there_is_an_end_to_files_of_one_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "MOST_OF_A_NAME", 3)
    folder = tmp_path / "a" / "b"
    names = [export.write_new(folder, "n", "txt", str(at)).name for at in range(3)]
    assert names == ["n.txt", "n-2.txt", "n-3.txt"]
    assert [(folder / name).read_text("utf-8") for name in names] == ["0", "1", "2"]
    with pytest.raises(FileExistsError):
        export.write_new(folder, "n", "txt", "")
    assert len([*folder.iterdir()]) == 3


def test_a_file_holds_what_was_written_letter_by_letter(tmp_path: Path) -> None:
    path = export.write_new(tmp_path, "n", "txt", "\ufeffж\r\n−\n")
    assert path.read_bytes() == "\ufeffж\r\n−\n".encode()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bound")
def test_half_a_night_is_none(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))  # As full as a disk can be.
    try:
        with pytest.raises(OSError, match="too large"):
            export.write_new(tmp_path, "n", "txt", "x" * 11)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, heard)
    assert [*tmp_path.iterdir()] == []


def test_what_is_known_goes_on_paper() -> None:
    row = RoundEntry(7, RoundState.SETTLED, 17, 1_790_000_000_000, 2, 15, 36)
    state = known(introduced=TABLE, name="Ann", seat=Seat.CROUPIER, rounds=(row,))
    made = export.on_paper(state, "ru", "spot {}".format)
    assert (made.name, made.table, made.words.language) == ("Ann", "One", "ru")
    assert (made.spot(5), made.when) == ("spot 5", export.when)
    assert (made.night.house, [each.round for each in made.night.rounds]) == (True, [7])
    assert export.on_paper(changed(state, introduced=None), "en", str).table == ""


@pytest.mark.parametrize("key", ["HOME", "USERPROFILE"])
def test_documents_are_looked_for_at_home(key: str, tmp_path: Path) -> None:
    assert export.documents({key: str(tmp_path)}, "win32") == tmp_path / "Croupier"
    elsewhere = {"HOME": str(tmp_path / "h"), "USERPROFILE": str(tmp_path / "u")}
    assert export.documents(elsewhere, "win32") == tmp_path / "h" / "Croupier"


def test_only_a_desktop_says_what_it_calls_the_documents(tmp_path: Path) -> None:
    for folder in (".config", "Papers", "Documents"):
        (tmp_path / folder).mkdir()
    said = 'XDG_DOCUMENTS_DIR="$HOME/Papers"\n'
    (tmp_path / ".config" / "user-dirs.dirs").write_text(said, "utf-8")
    there = {"HOME": str(tmp_path)}
    for platform, place in (("linux", "Papers"), ("linux2", "Papers"), ("win32", "Documents")):
        assert export.documents(there, platform) == tmp_path / place / "Croupier"
    assert export.documents({**there, "CROUPIER_HOME": "/c"}, "linux") == Path("/c/nights")
    homeless = {"XDG_CONFIG_HOME": str(tmp_path / ".config")}
    home = Path.home()
    papers = next(each for each in (home / "Papers", home) if each.is_dir())
    assert export.documents(homeless, "linux") == papers / "Croupier"


def test_the_desktop_may_keep_its_settings_elsewhere(tmp_path: Path) -> None:
    settings = tmp_path / "settings"
    for folder in (settings, tmp_path / ".config", tmp_path / "Papers", tmp_path / "Documents"):
        folder.mkdir()
    (tmp_path / ".config" / "user-dirs.dirs").write_text('XDG_DOCUMENTS_DIR="$HOME/x"\n', "utf-8")
    said = settings / "user-dirs.dirs"
    there = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(settings)}
    for text, place in (
        ('XDG_DOCUMENTS_DIR="$HOME/Papers"', "Papers"),
        (f'XDG_DOCUMENTS_DIR="{tmp_path}/Papers"', "Papers"),
        ('XDG_MUSIC_DIR="$HOME/Papers"', "Documents"),
        ('# XDG_DOCUMENTS_DIR="$HOME/Papers"', "Documents"),
    ):
        said.write_text(text + "\n", "utf-8")
        assert export.documents(there, "linux") == tmp_path / place / "Croupier"
    said.write_text('XDG_DOCUMENTS_DIR="$HOME/Papers"\n', "utf-8")
    assert export.documents(there, "darwin") == tmp_path / "Documents" / "Croupier"
    said.write_bytes(b"\xff")
    assert export.documents(there, "linux") == tmp_path / "Documents" / "Croupier"
