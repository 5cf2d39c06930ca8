"""Whatever the data folder was: nobody else reads in it, and what somebody else could have put
there is refused.
"""

import os
import stat
from pathlib import Path

import pytest

from server.books.privacy import KEPT, NotPrivate, keep_private, make_private
from tests.server.houses import RunningHouse, run_house
from tests.server.pure import SEEDS

pytestmark = pytest.mark.skipif(os.name == "nt", reason="owners and rights are POSIX's")

NOBODY = 65534


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def refused(folder: Path) -> str:
    """Why a start is refused."""
    with pytest.raises(NotPrivate) as error:
        make_private(folder)
    words = str(error.value)
    assert "\n" not in words
    return words


def test_whatever_the_folder_was_its_files_are_the_hosts_alone(tmp_path: Path) -> None:
    used = tmp_path / "d"
    with RunningHouse(used, "--croupier-password", "") as house:
        house.command("ban Nobody")
        house.stop()
    for path in (used / "log" / "server.log", used / "seeds" / "1", *used.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (used / "log" / "server.log.1").write_text("older")
    used.chmod(0o755)
    old = os.umask(0)
    try:
        with RunningHouse(used, "--croupier-password", "") as house:
            house.modern("Anna")
            shown = {path.name: mode(path) for path in (*used.iterdir(), *(used / "log").iterdir())}
            _, out, _ = house.stop()
    finally:
        os.umask(old)
    assert set(shown) >= {"books.sqlite-wal", "books.sqlite-shm", "server.log.1"}
    assert shown.pop("log") == shown.pop("seeds") == 0o700
    assert set(shown.values()) == {0o600}, shown
    told = [line for line in out.splitlines() if "take care" in line]
    assert f"chmod 700 {used}" in told[0]
    assert f"others could read {used}/seeds/1 until now: who did knows every number" in told[1]
    assert f"others could read {used}/croupier-password until now: delete it" in told[2]


def test_a_folder_of_the_house_needs_no_words(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        with RunningHouse(tmp_path / "new") as house:
            _, out, _ = house.stop()
    finally:
        os.umask(old)
    assert "take care" not in out
    paths = [*(tmp_path / "new").iterdir(), *(tmp_path / "new" / "log").iterdir()]
    assert {mode(path) for path in paths} == {0o600, 0o700}


@pytest.mark.parametrize("rights", [0o777, 0o770, 0o722, 0o1777])
def test_seeds_in_a_folder_that_others_can_write_in_are_refused(
    tmp_path: Path, rights: int
) -> None:
    folder = tmp_path / "d d"
    folder.mkdir()
    SEEDS.save(folder / "seeds" / "1")
    folder.chmod(rights)
    assert refused(folder) == (
        f"others can write in {folder}, and put their own seeds there: take another folder "
        f"with --data or, if you trust what is in it, type: chmod 700 '{folder}'"
    )
    folder.chmod(0o700)
    assert make_private(folder) == []


def test_such_a_start_is_one_plain_line_and_nothing_is_put_there(tmp_path: Path) -> None:
    SEEDS.save(tmp_path / "seeds" / "1")
    tmp_path.chmod(0o777)
    ended = run_house("--data", str(tmp_path), "--port", "0", "--no-console")
    assert (ended.returncode, ended.stdout) == (2, ""), ended
    assert ended.stderr == f"{refused(tmp_path)}\n"
    assert [path.name for path in tmp_path.iterdir()] == ["seeds"]


def closed(folder: Path) -> dict[str, int]:
    """Close it to others; what could then be read in it, and by whom."""
    make_private(folder)
    return {path.relative_to(folder).as_posix(): mode(path) for path in folder.rglob("*")}


def test_what_others_could_read_is_closed_and_told_of_where_it_matters(tmp_path: Path) -> None:
    folder = tmp_path / "d d"
    (folder / "log").mkdir(parents=True)
    (folder / "seeds").mkdir()
    names = [*KEPT, "seeds/1", "log/server.log", "log/server.log.1"]
    for name in names:
        (folder / name).touch()
        (folder / name).chmod(0o604)
    (folder / "log").chmod(0o705)
    (folder / "seeds").chmod(0o705)
    folder.chmod(0o750)
    assert make_private(folder) == [
        f"others can see what is in {folder}, though not read it; to shut it, "
        f"type: chmod 700 '{folder}'",
        f"others could read {folder}/seeds/1 until now: who did knows every number that comes; "
        "a new folder is a new house",
        f"others could read {folder}/croupier-password until now: "
        "delete it, and the next start makes up another",
    ]
    assert closed(folder) == dict.fromkeys(names, 384) | {"log": 0o700, "seeds": 0o700}
    folder.chmod(0o700)
    assert make_private(folder) == []


def test_a_log_in_which_others_could_write_is_closed_and_told_of(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "log").chmod(0o777)
    tmp_path.chmod(0o700)
    words = f"others could write in {tmp_path}/log until now: what stands there may be theirs"
    assert make_private(tmp_path) == [words]
    assert closed(tmp_path) == {"log": 0o700}


def test_the_house_believes_all_of_its_files_but_two() -> None:
    assert {name for name, kept in KEPT.items() if not kept.believed} == {"ballast"}


def test_what_was_closed_already_needs_no_words(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert make_private(tmp_path) == []
    for name in KEPT:
        (tmp_path / name).touch()
        (tmp_path / name).chmod(0o600)
    assert make_private(tmp_path) == []


def test_what_this_process_makes_from_then_on_is_its_users_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        keep_private()
        (tmp_path / "new").touch()
        (tmp_path / "folder").mkdir()
    finally:
        os.umask(old)
    assert (mode(tmp_path / "new"), mode(tmp_path / "folder")) == (0o600, 0o700)


@pytest.mark.parametrize("name", [*KEPT, "seeds/1"])
def test_a_file_that_others_could_write_in_is_refused_where_the_house_believes_it(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.touch()
    path.chmod(0o666)
    if name in KEPT and not KEPT[name].believed:
        assert make_private(tmp_path) == []
        assert mode(path) == 0o600
        return
    with pytest.raises(NotPrivate, match=f"others could write in .*chmod 600 .*{name}"):
        make_private(tmp_path)


@pytest.mark.parametrize("name", [*KEPT, "log/server.log", "log", "seeds/1", "seeds"])
def test_a_link_to_somewhere_else_is_refused_and_not_followed(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "d"
    (folder / name).parent.mkdir(parents=True, mode=0o700)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("mine")
    elsewhere.chmod(0o644)
    (folder / name).symlink_to(elsewhere)
    what = "no folder: move it away"
    if name not in ("log", "seeds"):
        what = "a link to somewhere else: put the file itself there"
    assert refused(folder) == f"{folder / name} is {what}"
    assert (elsewhere.read_text(), mode(elsewhere)) == ("mine", 0o644)
    (folder / name).unlink()
    if name not in ("log", "seeds"):
        (folder / name).hardlink_to(elsewhere)
        assert "has a second name somewhere" in refused(folder)
        assert (elsewhere.read_text(), mode(elsewhere)) == ("mine", 0o644)


@pytest.mark.parametrize("name", [*KEPT, "log", "log/server.log", "seeds", "seeds/2"])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    if name in ("log", "seeds"):
        os.mkfifo(tmp_path / name)  # Whoever opens it waits for ever.
    else:
        (tmp_path / name).mkdir()
    assert refused(tmp_path).startswith(f"{tmp_path / name} is no f")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away"
)
@pytest.mark.parametrize(
    "name", ["", "seeds", "seeds/1", "books.sqlite", "ballast", "log", "log/server.log"]
)
def test_what_belongs_to_somebody_else_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "seeds").mkdir()
    for each in ("seeds/1", "books.sqlite", "ballast", "log/server.log"):
        (tmp_path / each).touch(0o600)
    os.chown(tmp_path / name, NOBODY, -1)
    assert refused(tmp_path) == (
        f"{tmp_path / name} belongs to somebody else, who can put there what he likes: take "
        f"another folder with --data or, if you trust him, type: chown -R 0 {tmp_path / name}"
    )


def test_a_folder_of_seeds_in_which_others_could_write_is_refused(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds").chmod(0o777)
    assert refused(tmp_path) == (
        f"others could write in {tmp_path}/seeds: take another folder with --data or, if you "
        f"trust what is in it, type: chmod 700 {tmp_path}/seeds"
    )
