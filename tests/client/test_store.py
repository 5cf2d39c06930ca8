"""What is kept on this computer."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from client import turn
from client.fair.evidence import BYTES_KEPT, FILES_KEPT
from client.store import HOSTS_KEPT, LOCK, TABLES_KEPT, TOKENS_KEPT, Place, Store, home

TABLE = bytes(16)
PLACE = ("table.example", 1234)


def test_a_token_is_kept_for_its_place_table_and_name_alone(tmp_path: Path) -> None:
    Store(tmp_path).keep_token(PLACE, TABLE, "Ann", b"secret")
    store = Store(tmp_path)
    assert store.token(PLACE, TABLE, "Ann") == b"secret"
    assert store.token(PLACE, TABLE, "Bob") == b""
    assert store.token(PLACE, b"x" * 16, "Ann") == b""
    assert store.token(("table.example", 1235), TABLE, "Ann") == b""


def test_on_this_machine_a_table_is_the_same_at_every_port(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep_token(("127.0.0.1", 1234), TABLE, "Ann", b"secret")
    assert store.token(("localhost", 4321), TABLE, "Ann") == b"secret"
    kept = json.loads((tmp_path / "client.json").read_text("utf-8"))
    assert list(kept["tokens"]) == [f"this machine {TABLE.hex()} Ann"]
    assert store.token(("127.0.0.1", 4321), b"x" * 16, "Ann") == b""
    assert store.token(("elsewhere", 1234), TABLE, "Ann") == b""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    Store(tmp_path / "new").keep_token(PLACE, TABLE, "Ann", b"secret")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / "client.json").stat().st_mode) == 0o600
    assert {each.name for each in (tmp_path / "new").iterdir()} == {"client.json", LOCK}


def test_the_last_places_come_first_and_each_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for port in (1, 2, 1, *range(100, 100 + HOSTS_KEPT - 1), 1):
        store.keep_host("here", port)
    assert len(store.hosts()) == HOSTS_KEPT
    assert ("here", 2) not in store.hosts()
    assert store.hosts()[0] == ("here", 1)
    assert len(set(store.hosts())) == HOSTS_KEPT


def test_settings_are_added_to_what_is_there(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep_settings({"language": "ru"})
    store.keep_settings({"volume": 3})
    assert store.settings() == {"language": "ru", "volume": 3}
    store.keep_settings({"language": "ru", "volume": 4})
    assert store.settings() == {"language": "ru", "volume": 4}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        '{"tokens": [], "hosts": {}, "settings": 1}',
        '{"tokens": {"a": 1}, "hosts": [1, ["a"], ["b", "c"], [1, 2]], "settings": []}',
        '{"tokens": {"table.example:1234 00000000000000000000000000000000 Ann": "zz"}}',
        '{"tokens": {"table.example:1234 00000000000000000000000000000000 Ann": 7}}',
    ],
)
def test_a_file_that_somebody_broke_counts_as_empty(tmp_path: Path, text: str) -> None:
    (tmp_path / "client.json").write_text(text)
    store = Store(tmp_path)
    assert store.token(PLACE, TABLE, "Ann") == b""
    assert store.hosts() == []
    assert store.settings() == {}
    store.keep_token(PLACE, TABLE, "Ann", b"1")
    assert store.token(PLACE, TABLE, "Ann") == b"1"


def test_a_folder_that_cannot_be_written_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file")
    store.keep_host("here", 1)
    assert store.hosts() == []
    assert store.save_evidence({"table": "00", "rounds": [{"round": 1}]}) == ""


@pytest.mark.parametrize("name", ["Боб", "\ud800", "a\nb", ""])
def test_any_name_can_be_kept(tmp_path: Path, name: str) -> None:
    Store(tmp_path).keep_token(PLACE, TABLE, name, b"t")
    assert Store(tmp_path).token(PLACE, TABLE, name) == b"t"


def test_evidence_is_a_file_of_its_own(tmp_path: Path) -> None:
    document = {"table": "0123456789", "rounds": [{"round": 7}]}
    path = Store(tmp_path).save_evidence(document)
    assert json.loads(Path(path).read_text()) == document


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {"HOME": "/home/a"}, "/home/a/.config/croupier"),
        ("linux", {"HOME": "/home/a", "XDG_CONFIG_HOME": "/c"}, "/c/croupier"),
        ("darwin", {"HOME": "/Users/a"}, "/Users/a/Library/Application Support/Croupier"),
        ("win32", {"USERPROFILE": "/u", "APPDATA": "/u/r"}, "/u/r/Croupier"),
        ("win32", {"USERPROFILE": "/u"}, "/u/AppData/Roaming/Croupier"),
        ("linux", {"HOME": "/home/a", "CROUPIER_HOME": "/mine"}, "/mine"),
    ],
)
def test_every_system_has_its_folder(
    platform: str, environment: dict[str, str], folder: str
) -> None:
    assert PurePosixPath(home(environment, platform).as_posix()) == PurePosixPath(folder)


def test_evidence_that_is_too_large_is_not_kept(tmp_path: Path) -> None:
    document = {"table": "0123456789", "rounds": [{"round": 7, "reason": "x" * BYTES_KEPT}]}
    assert Store(tmp_path).save_evidence(document) == ""
    assert not list(tmp_path.glob("evidence-*"))


def test_who_has_no_home_in_the_environment_has_the_systems() -> None:
    assert home({}, "linux") == Path.home() / ".config" / "croupier"


def test_what_is_half_written_lies_beside_and_goes_when_it_cannot_be_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, str]] = []

    def fail(_: int) -> None:
        seen.extend((each.name, each.read_text()) for each in tmp_path.glob(".new-*"))
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        Store(tmp_path).keep_settings({"volume": 3})
    ((name, text),) = seen
    assert name.startswith(".new-")
    assert json.loads(text)["settings"] == {"volume": 3}, "all of it is on its way to the disk"
    assert [each.name for each in tmp_path.iterdir()] == [LOCK]


def test_evidence_that_another_program_removed_meanwhile_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    names = [f"evidence-{'ab'[at % 2] * 8}-round-{at}-x.json" for at in range(FILES_KEPT)]
    for name in names:
        (tmp_path / name).write_text("{}")
    filed = store._filed()
    for gone in names[-1:-5:-1]:
        (tmp_path / gone).unlink()
    monkeypatch.setattr(store, "_filed", lambda: filed)
    assert store.save_evidence({"table": "c" * 8, "rounds": [{"round": 1}]})

    def fail(_: object) -> None:
        raise FileNotFoundError

    monkeypatch.undo()
    monkeypatch.setattr(Path, "lstat", fail)
    assert store.save_evidence({"table": "c" * 8, "rounds": [{"round": 2}]})


ANCHOR, OTHER = b"a" * 32, b"b" * 32


def test_elsewhere_an_address_has_one_table(tmp_path: Path) -> None:
    place = Place(Store(tmp_path), *PLACE)
    assert place.knows(TABLE, ANCHOR) is None
    place.trust(TABLE, ANCHOR)
    again = Place(Store(tmp_path), *PLACE)
    assert again.knows(TABLE, ANCHOR) is True
    assert again.knows(TABLE, OTHER) is False
    assert again.knows(b"x" * 16, ANCHOR) is False
    assert Place(Store(tmp_path), "table.example", 1235).knows(TABLE, OTHER) is None


def test_on_this_machine_a_table_has_one_anchor_at_every_port(tmp_path: Path) -> None:
    store = Store(tmp_path)
    Place(store, "127.0.0.1", 1234).trust(TABLE, ANCHOR)
    assert Place(store, "localhost", 4321).knows(TABLE, OTHER) is False
    assert Place(store, "localhost", 4321).knows(TABLE, ANCHOR) is True
    assert Place(store, "127.0.0.1", 1234).knows(b"x" * 16, OTHER) is None


def test_who_takes_the_place_of_a_table_is_not_given_its_tokens(tmp_path: Path) -> None:
    place = Place(Store(tmp_path), *PLACE)
    place.trust(TABLE, ANCHOR)
    place.keep(TABLE, "Ann", b"t")
    place.trust(TABLE, ANCHOR)
    assert place.token(TABLE, "Ann") == b"t"
    elsewhere = Place(Store(tmp_path), "table.example", 1235)
    elsewhere.keep(TABLE, "Ann", b"u")
    place.trust(TABLE, OTHER)
    assert place.knows(TABLE, OTHER) is True
    assert place.knows(TABLE, ANCHOR) is False
    assert place.token(TABLE, "Ann") == b""
    assert elsewhere.token(TABLE, "Ann") == b"u"


def test_so_many_tables_are_known_and_no_more(tmp_path: Path) -> None:
    mark = f"{TABLE.hex()} {ANCHOR.hex()}"
    known = {f"there:{port}": mark for port in range(1, TABLES_KEPT + 1)}
    (tmp_path / "client.json").write_text(json.dumps({"tables": known}), "utf-8")
    store = Store(tmp_path)
    Place(store, "there", 1).trust(TABLE, OTHER)
    Place(store, "new", 1).trust(TABLE, ANCHOR)
    assert Place(store, "there", 1).knows(TABLE, OTHER) is True
    assert Place(store, "there", 2).knows(TABLE, ANCHOR) is None
    assert Place(store, "there", 3).knows(TABLE, ANCHOR) is True
    assert Place(store, "new", 1).knows(TABLE, ANCHOR) is True


PROGRAM = """
import sys
from pathlib import Path
from client import turn
from client.store import Store
turn.PATIENCE = 600  # The machine may be busy.
store, who = Store(Path(sys.argv[1])), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
for n in range(20):
    store.keep_token(("h", 1), b"t", f"{who} {n}", b"x")
    store.keep_settings({f"{who} {n}": n})
    store.keep_table((who, n), b"t", b"a")
    store.keep_host("h", n)
    store.save_evidence({"table": who * 8, "rounds": [{"round": n}]})
"""
CLONE = Path(__file__).resolve().parents[2]


def test_programs_on_one_folder_lose_nothing_of_each_other(tmp_path: Path) -> None:
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(tmp_path), who],
            cwd=CLONE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for who in "abcd"
    ]
    for each in programs:
        assert each.stdout
        assert each.stdout.readline() == "ready\n"
    for each in programs:
        assert each.stdin
        each.stdin.write("\n")
        each.stdin.flush()
    for each in programs:
        each.communicate(timeout=120)
        assert each.returncode == 0
    store = Store(tmp_path)
    for who in "abcd":
        for n in range(20):
            assert store.token(("h", 1), b"t", f"{who} {n}") == b"x"
            assert store.known((who, n), b"t")
            assert store.settings()[f"{who} {n}"] == n
    assert len(list(tmp_path.glob("evidence-*"))) == FILES_KEPT
    assert not list(tmp_path.glob(".new-*"))


def test_who_is_stuck_in_his_turn_costs_nobody_the_evening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "PATIENCE", 0.02)
    with turn.turn(tmp_path / LOCK):
        Store(tmp_path).keep_token(PLACE, TABLE, "Anna", b"t")
    assert Store(tmp_path).token(PLACE, TABLE, "Anna") == b"t"


def test_what_is_kept_already_is_not_written_again(tmp_path: Path) -> None:
    store, file = Store(tmp_path), tmp_path / "client.json"
    store.keep_host("there", 2)
    steps: tuple[Callable[[], None], ...] = (
        lambda: store.keep_token(PLACE, TABLE, "Ann", b"a"),
        lambda: store.keep_table(PLACE, TABLE, ANCHOR),
        lambda: store.keep_host("here", 1),
        lambda: store.keep_settings({"volume": 3}),
    )
    for keep in steps:
        keep()
        written = file.stat().st_ino, file.stat().st_mtime_ns
        keep()
        assert (file.stat().st_ino, file.stat().st_mtime_ns) == written
    assert store.token(PLACE, TABLE, "Ann") == b"a"
    store.keep_token(PLACE, TABLE, "Ann", b"b")
    assert store.token(PLACE, TABLE, "Ann") == b"b"


def test_what_is_kept_can_be_read_by_a_person(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep_host("here", 1)
    store.keep_settings({"volume": 3})
    assert json.loads((tmp_path / "client.json").read_text("utf-8")) == {
        "tables": {},
        "tokens": {},
        "hosts": [["here", 1]],
        "settings": {"volume": 3},
    }
    for path in (tmp_path / "client.json", Path(store.save_evidence(EVIDENCE))):
        lines = path.read_text("utf-8").splitlines()
        assert len(lines) > 3
        assert lines[1].startswith(' "')


EVIDENCE = {"table": "0123456789", "rounds": [{"round": 7}]}


def test_of_so_many_tokens_the_last_given_are_kept(tmp_path: Path) -> None:
    names = [f"guest {at}" for at in range(TOKENS_KEPT)]
    tokens = {f"table.example:1234 {TABLE.hex()} {name}": "aa" for name in names}
    (tmp_path / "client.json").write_text(json.dumps({"tokens": tokens}), "utf-8")
    store = Store(tmp_path)
    store.keep_token(PLACE, TABLE, names[0], b"again")
    store.keep_token(PLACE, TABLE, "new", b"new")
    assert store.token(PLACE, TABLE, names[0]) == b"again"
    assert store.token(PLACE, TABLE, "new") == b"new"
    assert store.token(PLACE, TABLE, names[1]) == b""
    assert store.token(PLACE, TABLE, names[2]) == b"\xaa"
