"""What the ordinary run does and what the long one: by the marks of the tests."""

import subprocess
import sys

from client_gui.kit.words import LANGUAGES
from tests.test_scripts import CLONE
from torture.catalogue import ROWS

ROW = "tests/torture/test_rows.py"
EVENING = "tests/client_gui/test_evening.py"
PLAIN = "tests/test_tools.py"


BOTH = """
import sys, pytest
for options in ([], ["--long"]):
    print("run", flush=True)
    code = pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", *options, *sys.argv[1:]])
    assert not code, code
"""
"""One Python for both, since most of the time goes into loading what they share."""


def collected() -> tuple[set[str], set[str]]:
    """The tests of some files that the ordinary run would do, and the long one."""
    found = subprocess.run(
        [sys.executable, "-c", BOTH, ROW, EVENING, PLAIN],
        cwd=CLONE,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    _, usual, long = found.stdout.split("run\n")
    return names_in(usual), names_in(long)


def names_in(said: str) -> set[str]:
    return {line for line in said.splitlines() if "::" in line}


def test_each_run_does_what_has_something_to_do_in_it() -> None:
    usual, long = collected()
    rows = {f"{ROW}::test_the_house_stands[{row.name}]" for row in ROWS}
    assert rows <= usual & long
    assert any(name.startswith(PLAIN) for name in usual)
    assert not any(name.startswith(PLAIN) for name in long)
    evenings = {name.rpartition("[")[0] for name in long if name.startswith(EVENING)}
    assert evenings
    for name in evenings:
        there = [{f"{name}[{language}]" for language in LANGUAGES} & run for run in (usual, long)]
        assert [len(each) for each in there] == [1, len(LANGUAGES) - 1]
        assert not there[0] & there[1]
