"""How a file is replaced: what is there before, meanwhile, and after somebody is interrupted."""

import os
from pathlib import Path

import pytest

from client.fair.evidence import Filed
from client.store import LOCK, Store, home

EVIDENCE = {"table": "0123456789", "rounds": [{"round": 7}]}


class Disk:
    """Sees what is in a folder at the moment when a file is made safe."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: list[tuple[str, int]] = []

    def fsync(self, _: int) -> None:
        self.seen += [(each.name, each.stat().st_size) for each in self.folder.iterdir()]


def test_all_of_it_is_safe_before_it_takes_the_old_ones_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    store.keep_settings({"volume": 3})
    before = (tmp_path / "client.json").stat().st_size
    disk = Disk(tmp_path)
    monkeypatch.setattr(os, "fsync", disk.fsync)
    store.keep_settings({"name": "Ann"})
    after = (tmp_path / "client.json").stat().st_size
    (new,) = (row for row in disk.seen if row[0] not in ("client.json", LOCK))
    assert new[0].startswith(".new-")
    assert (dict(disk.seen)["client.json"], new[1]) == (before, after)
    assert {each.name for each in tmp_path.iterdir()} == {"client.json", LOCK}


def test_who_is_interrupted_when_all_is_done_is_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.replace

    def replace(old: Path, new: Path) -> None:
        rename(old, new)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        Store(tmp_path).keep_settings({"volume": 3})
    assert Store(tmp_path).settings() == {"volume": 3}


def test_room_is_made_by_all_that_have_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = [Filed(f"evidence-{name}.json", 1, 1) for name in ("missing", "a", "b")]
    for each in gone[1:]:
        (tmp_path / each.name).write_text("")
    monkeypatch.setattr("client.store.makes_way", lambda _, __: gone)
    path = Store(tmp_path).save_evidence(EVIDENCE)
    assert {each.name for each in tmp_path.iterdir()} == {Path(path).name, LOCK}


def test_a_setting_may_be_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep_settings({"last": None})
    assert store.settings() == {"last": None}


def test_one_system_does_not_look_where_another_keeps_things() -> None:
    everything = {"HOME": "/h", "USERPROFILE": "/u", "APPDATA": "/r", "XDG_CONFIG_HOME": "/c"}
    assert home(everything, "linux") == Path("/c/croupier")
    assert home(everything, "darwin") == Path("/h/Library/Application Support/Croupier")
    assert home(everything, "win32") == Path("/r/Croupier")
    assert home({"HOME": "/h", "USERPROFILE": "/u"}, "linux") == Path("/h/.config/croupier")


def test_things_are_kept_where_this_system_keeps_them(tmp_path: Path) -> None:
    assert Store().folder == home()
    assert Store(tmp_path).folder == tmp_path


def test_an_address_has_a_host_and_any_port(tmp_path: Path) -> None:
    said = '{"hosts": [["a", 0], ["", 5], ["b", 7], [7, "b"]]}'
    (tmp_path / "client.json").write_text(said, "utf-8")
    assert Store(tmp_path).hosts() == [("a", 0), ("b", 7)]
