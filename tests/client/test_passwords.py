"""How a client is told its passwords: the same for the window, the terminal and the bots."""

import argparse
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from client import passwords
from client_gui.options import read as read_window
from tests.server.houses import ROOT


def test_the_window_takes_both_from_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "croupier").write_text("geheim\n", "utf-8")
    (tmp_path / "table").write_text("пароль", "utf-8")
    files = ["--croupier-password-file", str(tmp_path / "croupier")]
    files += ["--table-password-file", str(tmp_path / "table")]
    options = read_window(["host", "--croupier", *files])
    assert (options.croupier_password, options.table_password) == ("geheim", "пароль")
    assert "geheim" not in repr(options)
    monkeypatch.setenv("CROUPIER_PASSWORD", "from outside")
    assert read_window(["host"]).croupier_password == "from outside"
    assert read_window(["host", "--croupier-password", "x"]).croupier_password == "x"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--table-password-file", "nowhere"], "nowhere: No such file or directory"),
        (["--table-password-file", "bad"], "bad: this is no text in UTF-8"),
        (["--table-password-file", "bad", "--table-password", "x"], "two passwords"),
        (["--table-password", "-"], "there is no terminal to ask for a password"),
    ],
)
def test_what_cannot_be_is_one_plain_line_and_the_status_of_a_wrong_option(
    tmp_path: Path, options: list[str], words: str
) -> None:
    (tmp_path / "bad").write_bytes(b"\xff\xfe")
    ran = subprocess.run(
        [sys.executable, str(ROOT / "bots" / "main.py"), "1", *options],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,  # Without a terminal, whoever runs the tests.
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.splitlines()[-1].endswith(words) or words in ran.stderr.splitlines()[-1]
    assert "Traceback" not in ran.stderr


@pytest.mark.skipif(os.name == "nt", reason="a terminal of its own is POSIX's")
def test_a_password_is_asked_for_unseen() -> None:
    code = (
        "import argparse; from client import passwords; parse = argparse.ArgumentParser();"
        "passwords.add_options(parse, 'table');"
        "print(repr(passwords.read(parse, parse.parse_args(['--table-password', '-']), 'table')))"
    )
    child, terminal = pty.fork()
    if not child:
        os.chdir(ROOT)
        os.execv(sys.executable, [sys.executable, "-c", code])
    shown = b""
    while b"The table's password: " not in shown:
        shown += os.read(terminal, 1000)
    os.write(terminal, b"geheim\n")
    try:
        while more := os.read(terminal, 1000):
            shown += more
    except OSError:
        pass  # So Linux says that the other end is gone.
    os.waitpid(child, 0)
    os.close(terminal)
    assert shown.count(b"geheim") == shown.count(b"'geheim'") == 1


def test_help_says_who_else_can_read_an_option() -> None:
    parse = argparse.ArgumentParser()
    passwords.add_options(parse, "croupier", "table")
    said = " ".join(parse.format_help().split())
    assert said.count("(ps)") == 2
    assert "the croupier's password" in said
    assert "the table's password, if it has one" in said
