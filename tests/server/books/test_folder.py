"""The small files of the data folder: what they keep, and what is read where one is torn."""

import errno
import os
import stat
from pathlib import Path
from typing import NoReturn

import pytest

from server.books.folder import (
    Ballast,
    FolderLocked,
    Lock,
    Witness,
    kept_password,
    read_bans,
    write_bans,
    write_privately,
)

ONE, TWO, THREE = (bytes([number]) * 32 for number in (1, 2, 3))


OPEN = Path("/proc/self/fd")


def descriptors() -> int:
    """How many are open, where the system tells."""
    return len(list(OPEN.iterdir())) if OPEN.is_dir() else 0


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_one_table_has_the_folder_until_it_lets_go(tmp_path: Path) -> None:
    lock = Lock(tmp_path)
    before = descriptors()
    with pytest.raises(FolderLocked, match=f"^another table is running on {tmp_path}$"):
        Lock(tmp_path)
    assert descriptors() == before
    lock.release()
    Lock(tmp_path).release()


def test_the_lock_holds_whatever_is_deleted_in_the_folder_and_wherever_that_is_moved(
    tmp_path: Path,
) -> None:
    """With a file as the lock, whoever deleted it would let a second table in."""
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / "lock").touch()
    lock = Lock(folder)
    for each in folder.iterdir():
        each.unlink()
    folder = folder.rename(tmp_path / "e")
    with pytest.raises(FolderLocked):
        Lock(folder)
    lock.release()
    Lock(folder).release()


# --- the witness ----------------------------------------------------------------------------------


def last(path: Path) -> tuple[int, bytes] | None:
    witness = Witness(path)
    witness.close()
    return witness.last


def witnessed(path: Path, *entries: tuple[int, bytes]) -> None:
    witness = Witness(path)
    for entry, digest in entries:
        witness.write(entry, digest)
    witness.close()


def test_the_witness_remembers_the_last_entry(tmp_path: Path) -> None:
    path = tmp_path / "witness"
    before = descriptors()
    assert last(path) is None
    assert descriptors() == before
    for entry, digest in ((1, ONE), (2, TWO), (3, THREE), (2**40, ONE)):
        witnessed(path, (entry, digest))
        assert last(path) == (entry, digest)
    assert os.name != "posix" or mode(path) == 0o600


def test_a_torn_half_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "witness"
    witnessed(path, (1, ONE), (2, TWO))
    good = path.read_bytes()
    assert len(good) == 512 + 44  # A sector each, so that one write cannot tear both.
    for place, left in ((0, (1, ONE)), (43, (1, ONE)), (512, (2, TWO)), (555, (2, TWO))):
        torn = bytearray(good)
        torn[place] ^= 1
        path.write_bytes(torn)
        assert last(path) == left, place
    for size in (0, 20, 43):
        path.write_bytes(good[:size])
        assert last(path) is None
    for size in (44, 512, 555):
        path.write_bytes(good[:size])
        assert last(path) == (2, TWO)


# --- the ballast ----------------------------------------------------------------------------------


def test_ballast_is_room_on_the_disk_until_it_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "ballast"
    ballast = Ballast(path, 5000)
    assert not ballast.aboard
    assert ballast.take()
    assert (path.stat().st_size, ballast.aboard) == (5000, True)
    before = path.stat().st_ino, path.stat().st_mtime_ns
    assert ballast.take()
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == before
    path.write_bytes(bytes(4999))
    assert not Ballast(path, 5000).aboard
    assert ballast.take()
    assert path.stat().st_size == 5000
    for _ in range(2):
        ballast.drop()
        assert not path.exists()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_where_there_is_no_room_for_ballast_none_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def full(*_: int) -> NoReturn:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "posix_fallocate", full, raising=False)
    ballast = Ballast(tmp_path / "ballast", 5000)
    assert not ballast.take()
    assert not (tmp_path / "ballast").exists()


def test_ballast_is_reserved_in_one_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(
        os,
        "posix_fallocate",
        lambda _, start, size: asked.append((start, size)),
        raising=False,
    )
    assert Ballast(tmp_path / "ballast", 5000).take()
    assert asked == [(0, 5000)]


def test_ballast_is_written_where_room_cannot_be_reserved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: int) -> NoReturn:
        raise OSError(errno.EOPNOTSUPP, "not here")

    monkeypatch.setattr(os, "posix_fallocate", unknown, raising=False)
    assert Ballast(tmp_path / "ballast", 5000).take()
    assert (tmp_path / "ballast").read_bytes() == bytes(5000)
    monkeypatch.delattr(os, "posix_fallocate")
    assert Ballast(tmp_path / "other", 70).take()
    assert (tmp_path / "other").read_bytes() == bytes(70)


def test_another_fault_of_the_disk_is_not_taken_for_a_full_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: int) -> NoReturn:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="broken"):
        Ballast(tmp_path / "ballast", 5000).take()
    assert not (tmp_path / "ballast").exists()


# --- what a host can read -------------------------------------------------------------------------


def test_bans_are_lines_that_a_host_may_also_write(tmp_path: Path) -> None:
    path = tmp_path / "bans"
    assert read_bans(path) == {}
    bans = {"Anna": "10.0.0.1", "Bert B": ""}
    write_bans(path, bans)
    assert path.read_text("utf-8") == "Anna\t10.0.0.1\nBert B\t\n"
    assert read_bans(path) == bans
    path.write_text("\n Carl \n\t10.0.0.9\n  \t\nDora\t 10.0.0.2 \n", "utf-8")
    assert read_bans(path) == {"Carl": "", "Dora": "10.0.0.2"}
    path.write_bytes(b"An\xffna\n")
    assert read_bans(path) == {"An\ufffdna": ""}


def test_a_password_that_was_made_up_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "croupier-password"
    made_up = kept_password(path)
    assert len(made_up) == 8
    assert path.read_text("utf-8") == f"{made_up}\n"
    assert kept_password(path) == made_up
    assert kept_password(tmp_path / "other") != made_up
    path.write_text("  my own \n", "utf-8")
    assert kept_password(path) == "my own"
    path.write_bytes(b"\xff\n")
    assert kept_password(path) == "\ufffd"
    path.write_text(" \n", "utf-8")
    assert kept_password(path) not in ("", made_up)


@pytest.mark.skipif(os.name != "posix", reason="the modes of a file are POSIX's")
def test_a_file_is_replaced_in_one_go_and_is_its_owners_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[object] = []
    of_system = os.fsync

    def fsync(handle: int) -> None:
        found = os.fstat(handle)
        is_folder = stat.S_ISDIR(found.st_mode)
        synced.append(path.read_bytes() if is_folder else found.st_size)
        of_system(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    path, fresh = tmp_path / "bans", tmp_path / "bans.new"
    path.write_text("old")
    path.chmod(0o644)
    fresh.write_text("left by a power cut, and longer than what comes")
    opened = descriptors()
    write_privately(path, b"new")
    assert (path.read_bytes(), mode(path), fresh.exists()) == (b"new", 0o600, False)
    assert synced == [3, b"new"]  # The file with all that is in it, then the folder with the file.
    assert descriptors() == opened
