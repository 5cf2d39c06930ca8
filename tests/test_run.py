"""`run.py` makes the environment once, hands over faithfully, and says plainly what to do."""

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import run
from run import COMMANDS, Environment, complaint
from tests.once import once
from tests.test_scripts import CLONE, SCRIPTS

RUN = Path(run.__file__)
POSIX = os.name == "posix"
CLOSED = "http://127.0.0.1:9/"
"""Nobody listens on the discard port: an index that no network reaches."""

ECHO = """
import json, os, sys
print(json.dumps([sys.argv[1:], os.getcwd(), sys.prefix]))
sys.exit(len(sys.argv))
"""


class Clone:
    """A copy of `run.py` among small scripts, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = Environment(folder)
        if folder.exists():  # A copy.
            return
        folder.mkdir(parents=True)
        shutil.copy(RUN, folder)
        for command in COMMANDS.values():
            self.write(command.script, ECHO)
        # One package, made by hand, so that nothing is fetched.
        brass, wood = (wheel(folder / "wheels", name) for name in ("brass", "wood"))
        self.write("requirements.lock", f"--find-links wheels\n{brass}")
        self.write("requirements-text.lock", "")
        self.write("requirements-dev.lock", brass + wood)

    def write(self, path: str, text: str) -> None:
        (self.folder / path).parent.mkdir(exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")

    def start(self, *arguments: str, cwd: Path | None = None, **env: str) -> "Ended":
        done = subprocess.run(
            [sys.executable, str(self.folder / "run.py"), *arguments],
            cwd=cwd or self.folder,
            env={**os.environ, "PIP_NO_INDEX": "1", **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)


class Ended:
    """How a start ended, and what it said."""

    def __init__(self, code: int, out: str, words: str) -> None:
        self.code = code
        self.out = out
        self.words = words
        assert "Traceback" not in words

    @property
    def echo(self) -> tuple[list[str], Path, Path]:
        arguments, cwd, prefix = json.loads(self.out)
        return arguments, Path(cwd), Path(prefix)


def wheel(folder: Path, name: str) -> str:
    """Make a package; the line that asks for it and for nothing else."""
    folder.mkdir(exist_ok=True)
    info = f"{name}-1.dist-info"
    path = folder / f"{name}-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(f"{name}.py", "")
        file.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        file.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        file.writestr(f"{info}/RECORD", "")
    return f"{name}==1 --hash=sha256:{run.digest(path)}\n"


@pytest.fixture
def bare(tmp_path: Path) -> Clone:
    """A clone just fetched: there is no environment yet."""
    return Clone(tmp_path / "a clone")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """A clone whose environment the window has started from once."""
    return Clone(once(tmp_path_factory, "clone", start_once))


def start_once(folder: Path) -> None:
    """In an environment that somebody's start has left half made."""
    clone = Clone(folder)
    rest_in(clone).parent.mkdir(parents=True)
    rest_in(clone).touch()
    ended = clone.start("client")
    assert ended.code == 1, ended.words
    assert "Making an environment" in ended.words
    assert "Successfully installed brass-1" in ended.words


def rest_in(clone: Clone) -> Path:
    return clone.environment.folder / "lib" / "rest"


@pytest.fixture
def made(finished: Clone) -> Iterator[Clone]:
    """The same, for a test that spoils the stamp: it is put back afterwards."""
    stamp = finished.environment.stamp.read_bytes()
    texts = {path: path.read_bytes() for path in finished.folder.glob("requirements*.lock")}
    yield finished
    finished.environment.stamp.write_bytes(stamp)
    for path, text in texts.items():
        path.write_bytes(text)


# --- which Python ---------------------------------------------------------------------------------


def test_only_an_old_python_is_complained_about() -> None:
    assert "Python 3.10" in complaint((3, 10))
    assert "3.11 or newer" in complaint((3, 10, 13))
    assert not complaint((3, 11))
    assert not complaint((3, 14, 0))
    assert not complaint((4, 0))


def test_python_3_6_can_parse_the_file() -> None:
    ast.parse(RUN.read_text("ascii"), feature_version=(3, 6))


def test_python_2_stops_at_the_line_that_says_what_to_do() -> None:
    """Annotations are new in 3.6, so what is older stops at the first, and shows it."""
    tree = ast.parse(RUN.read_bytes())
    first = next(node for node in ast.walk(tree) if isinstance(node, ast.AnnAssign))
    line = RUN.read_text("ascii").splitlines()[first.lineno - 1]
    assert line == f'WANTED: str = "{run.WANTED}"'
    before = tree.body[: tree.body.index(first)]
    assert all(isinstance(node, ast.Expr | ast.Import | ast.ImportFrom | ast.If) for node in before)


@pytest.mark.parametrize("version", ["2.7", "3.6", "3.7", "3.8", "3.9", "3.10"])
def test_an_old_python_is_told_so(version: str) -> None:
    python = old_python(version)
    if python is None:
        pytest.skip(f"Python {version} is not installed on this machine")
    for script in [RUN] if version == "2.7" else SCRIPTS:
        command = [python, str(CLONE / script)]
        ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert run.WANTED in ended.stderr, script
        assert "Traceback" not in ended.stderr
        assert ended.returncode != 0


def old_python(version: str) -> str | None:
    """A Python of this version, from the path or from pyenv, that really starts."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    found = [shutil.which(f"python{version}"), *pyenv.glob(f"{version}.*/bin/python")]
    for python in filter(None, found):
        program = [str(python), "-c", ""]
        if subprocess.run(program, stderr=subprocess.DEVNULL, check=False).returncode == 0:
            return str(python)
    return None


# --- what is started ------------------------------------------------------------------------------


def test_help_lists_every_command(bare: Clone) -> None:
    ended = bare.start("--help")
    assert ended.code == 0
    assert all(f"\n  {name} " in ended.out for name in COMMANDS)


def test_an_unknown_command_is_refused_with_the_list(bare: Clone) -> None:
    ended = bare.start("roulete")
    assert (ended.code, ended.out) == (2, "")
    assert "no command `roulete`" in ended.words
    assert "server" in ended.words


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_not_there_yet_says_so(bare: Clone, name: str) -> None:
    (bare.folder / COMMANDS[name].script).unlink()
    ended = bare.start(name)
    assert (ended.code, ended.out) == (2, "")
    assert f"`{name}` is not here yet" in ended.words
    assert not bare.environment.folder.exists()


@pytest.mark.parametrize("name", ["server", "verify"])
def test_a_command_that_needs_no_packages_makes_no_environment(
    bare: Clone, tmp_path: Path, name: str
) -> None:
    ended = bare.start(name, "proof file.json", "--", "-x", "", cwd=tmp_path)
    arguments, cwd, prefix = ended.echo
    assert arguments == ["proof file.json", "--", "-x", ""]
    assert ended.code == 5
    assert cwd.samefile(tmp_path)
    assert prefix == Path(sys.prefix)
    assert not bare.environment.folder.exists()


@pytest.mark.parametrize("arguments", [[], ["play", "--lang", "ru"], ["client", "::1", "1234"]])
def test_the_window_starts_in_the_environment_without_a_network(
    finished: Clone, tmp_path: Path, arguments: list[str]
) -> None:
    ended = finished.start(*arguments, cwd=tmp_path, PIP_NO_INDEX="0", PIP_INDEX_URL=CLOSED)
    given, cwd, prefix = ended.echo
    assert given == arguments[1:]
    assert ended.code == 1 + len(given)
    assert cwd.samefile(tmp_path)
    assert prefix.samefile(finished.environment.folder)
    assert not ended.words


@pytest.mark.skipif(not POSIX, reason="Windows has no signals to hand on")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_reaches_the_script(bare: Clone, number: signal.Signals) -> None:
    for name, ended in (("verify", -number), ("server", 128 + number)):
        bare.write(COMMANDS[name].script, READY + "sys.stdin.read()\n")
        code, _ = signalled(bare, name, number)
        assert code == ended


# --- the environment ------------------------------------------------------------------------------

Spoil = Callable[[Clone], object]


def spoil_stamp(key: str, value: object) -> Spoil:
    def spoil(clone: Clone) -> None:
        stamp = json.loads(clone.environment.stamp.read_text("utf-8"))
        clone.environment.stamp.write_text(json.dumps({**stamp, key: value}), "utf-8")

    return spoil


STALE: dict[str, Spoil] = {
    "cut off before the stamp": lambda clone: clone.environment.stamp.unlink(),
    "cut off in the stamp": lambda clone: clone.environment.stamp.write_text("{"),
    "a stamp of another shape": lambda clone: clone.environment.stamp.write_text("[]"),
    "another Python": spoil_stamp("made with", ["cpython-310 linux-x86_64", sys.executable]),
    "requirements changed": lambda clone: clone.write("requirements.lock", "# brass\n"),
}


@pytest.mark.parametrize("case", STALE)
def test_a_stale_environment_does_not_count(made: Clone, case: str) -> None:
    wanted = {"requirements.lock": run.digest(made.folder / "requirements.lock")}
    assert made.environment.has(wanted)
    STALE[case](made)
    wanted = {"requirements.lock": run.digest(made.folder / "requirements.lock")}
    assert not made.environment.has(wanted)


def test_an_environment_whose_python_vanished_does_not_count(made: Clone) -> None:
    away = made.environment.python.with_name("away")
    made.environment.python.rename(away)
    try:
        assert made.environment.installed() == {}
    finally:
        away.rename(made.environment.python)


def test_a_half_made_environment_is_made_anew(finished: Clone) -> None:
    assert not rest_in(finished).exists()


def test_the_tests_add_their_packages_to_what_is_there(made: Clone) -> None:
    first = made.environment.installed()
    ended = made.start("test")
    assert "Making an environment" not in ended.words
    assert "Successfully installed wood-1" in ended.words
    assert set(made.environment.installed()) == {*first, *run.TESTS}
    assert ended.echo[2].samefile(made.environment.folder)


def test_an_install_without_network_says_what_to_do_and_spoils_nothing(made: Clone) -> None:
    line = f"croupier-no-such-package==1 --hash=sha256:{64 * '0'}\n"
    made.write("requirements-dev.lock", line)
    first = made.environment.installed()
    ended = made.start("test", PIP_NO_INDEX="0", PIP_INDEX_URL=CLOSED, PIP_EXTRA_INDEX_URL=CLOSED)
    assert ended.code == 2
    assert "refused" in ended.words
    assert ended.words.endswith(run.PIP_FAILED + "\n")
    assert "No network?" in ended.words
    assert made.environment.installed() == first
    assert made.start().code == 1


def test_a_package_that_is_not_the_one_that_was_tested_is_not_installed(made: Clone) -> None:
    before = made.environment.installed()
    wheel(made.folder / "wheels", "tin")
    for line, words in (
        (f"tin==1 --hash=sha256:{64 * '0'}", "DO NOT MATCH THE HASHES"),
        ("tin==1", "Hashes are required"),
    ):
        made.write("requirements-text.lock", f"--find-links wheels\n{line}\n")
        ended = made.start("text")
        assert ended.code == 2
        assert words in ended.words
        assert ended.words.endswith(run.PIP_FAILED + "\n")
        assert made.environment.installed() == before


def test_a_missing_venv_says_what_to_install(bare: Clone, tmp_path: Path) -> None:
    shadow = tmp_path / "shadow"
    shadow.mkdir()
    (shadow / "ensurepip.py").write_text("raise ImportError")
    ended = bare.start(PYTHONPATH=str(shadow))
    assert ended.code == 2
    assert "`ensurepip` is missing" in ended.words
    assert "apt install python3-venv" in ended.words


def test_a_clone_that_lost_its_requirements_says_so(bare: Clone) -> None:
    (bare.folder / "requirements.lock").unlink()
    ended = bare.start()
    assert ended.code == 2
    assert "not whole" in ended.words


def test_a_file_in_the_way_says_where(bare: Clone) -> None:
    bare.environment.folder.touch()
    ended = bare.start()
    assert ended.code == 2
    assert str(bare.environment.folder) in ended.words


@pytest.mark.skipif(not POSIX, reason="reads the lock's waiting through POSIX locks")
def test_a_second_start_waits_for_the_first(made: Clone) -> None:
    """It waits while the lock is held, and then takes what the first one made."""
    stamp = made.environment.stamp.read_bytes()
    made.environment.stamp.unlink()
    with run.locked(made.environment.lock):
        second = subprocess.Popen(
            [sys.executable, str(made.folder / "run.py")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert second.stderr is not None
        assert "waiting" in second.stderr.readline()
        made.environment.stamp.write_bytes(stamp)
    out, words = second.communicate(timeout=60)
    assert Ended(second.returncode, out, words).echo[2].samefile(made.environment.folder)
    assert not words


@pytest.mark.skipif(not POSIX, reason="Windows has no signals to hand on")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_install_that_is_stopped_counts_for_nothing(made: Clone, number: signal.Signals) -> None:
    """The signal reaches pip, the exit code is a shell's, and the stamp is gone."""
    made.write("requirements-dev.lock", "# wood\n")
    pip = next(made.environment.folder.glob("lib/*/site-packages/pip/__main__.py"))
    text = pip.read_text("utf-8")
    pip.write_text(READY + "sys.stdin.read()\n", "utf-8")
    try:
        code, words = signalled(made, "test", number)
    finally:
        pip.write_text(text, "utf-8")
    assert code == 128 + number
    assert words.endswith("Stopped while installing; the next start begins anew.\n")
    assert not made.environment.stamp.exists()


READY = "import sys; print('ready', flush=True, file=sys.stderr)\n"


def signalled(clone: Clone, command: str, number: signal.Signals) -> tuple[int, str]:
    """Start a command, and send it a signal when the program at work says that it is ready."""
    with subprocess.Popen(
        [sys.executable, str(clone.folder / "run.py"), command],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as child:
        assert child.stderr is not None
        assert any(line == "ready\n" for line in child.stderr)
        child.send_signal(number)
        words = child.stderr.read()
        return child.wait(60), words


def test_where_nobody_hears_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    run.say("somebody closed it")
