"""The file of the log: how much room it takes, and what becomes of it when it cannot be written."""

import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from server.log import file as module
from server.log.file import FILE_BYTES, FILES, LogFile
from tests.server.disks import fill

LINE = "= round {} settled 17, and nobody won a chip\n"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FILE_BYTES", 1000)


def read(path: Path) -> str:
    """Everything, the oldest first."""
    paths = [*(path.with_name(f"server.log.{each}") for each in range(9, 0, -1)), path]
    return "".join(each.read_text("utf-8") for each in paths if each.exists())


@pytest.mark.usefixtures("small")
def test_it_takes_no_more_room_than_is_said_and_keeps_the_newest(tmp_path: Path) -> None:
    assert FILES * FILE_BYTES <= 20_000_000
    path = tmp_path / "server.log"
    file = LogFile(path)
    lines = [LINE.format(number) for number in range(200)]
    for line in lines:
        file.write(line)
    file.close()
    sizes = [each.stat().st_size for each in tmp_path.iterdir()]
    assert len(sizes) == FILES == 5
    assert max(sizes) <= 1000
    assert min(path.with_name(f"server.log.{each}").stat().st_size for each in range(1, 5)) > 900
    assert "".join(lines).endswith(read(path))


@pytest.mark.usefixtures("small")
def test_a_file_is_filled_to_its_last_byte_and_goes_on_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "server.log"
    for text in ("x" * 999, "y", "z"):
        file = LogFile(path)
        file.write(text)
        file.close()
    assert [path.read_text("utf-8"), path.with_name("server.log.1").read_text("utf-8")] == [
        "z",
        "x" * 999 + "y",
    ]


def test_letters_that_are_none_are_written_as_what_they_are(tmp_path: Path) -> None:
    file = LogFile(tmp_path / "server.log")
    file.write("gr\u00f6\u00dfer \udcff\n")
    file.close()
    assert (tmp_path / "server.log").read_bytes() == "größer \\udcff\n".encode()


@pytest.mark.usefixtures("small")
def test_where_the_next_file_cannot_be_made_it_says_so_each_time_until_it_can(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "log"
    folder.mkdir()
    file = LogFile(folder / "server.log")
    file.write("x" * 1000)
    folder.rename(tmp_path / "moved")
    for _ in range(2):
        with pytest.raises(FileNotFoundError):
            file.write("y")
        assert file._file is None
    (tmp_path / "moved").rename(folder)
    file.write("z\n")
    file.close()
    assert read(folder / "server.log") == "x" * 1000 + "z\n"
    shutil.rmtree(folder)
    with pytest.raises(FileNotFoundError):
        LogFile(folder / "server.log")


def test_on_a_full_disk_it_says_so_and_goes_on_with_room(small_disk: Path) -> None:
    file = LogFile(small_disk / "server.log")
    file.write("first\n")
    fill(small_disk / "filler", 4096)
    line, said = "y" * 4096 + "\n", 0
    with suppress(OSError):
        while True:
            file.write(line)
            said += 1
    (small_disk / "filler").unlink()
    file.write("last\n")
    file.close()
    text = (small_disk / "server.log").read_text("utf-8")
    assert (text[:6], text.count(line), text[-5:]) == ("first\n", said, "last\n")


def test_while_what_room_there_is_is_kept_for_others_nothing_is_written(tmp_path: Path) -> None:
    full = [False, True, True, False]
    file = LogFile(tmp_path / "server.log", lambda: full.pop(0))
    file.write("first\n")
    for _ in range(2):
        with pytest.raises(OSError, match="No space left on device"):
            file.write("left out\n")
    file.write("last\n")
    file.close()
    assert read(tmp_path / "server.log") == "first\nlast\n"
