"""What is installed is what was asked for, and each package is named by its hash."""

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.test_scripts import CLONE

NAMES = ("requirements", "requirements-text", "requirements-dev")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def asked(name: str) -> list[Requirement]:
    """What the file for people asks for, and what the files ask for that it includes."""
    found = []
    for line in Path(CLONE, f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("-r "):
            found += asked(line.removeprefix("-r ").removesuffix(".txt"))
        elif line and not line.startswith("#"):
            found.append(Requirement(line))
    return found


def locked(name: str) -> dict[str, tuple[Requirement, set[str]]]:
    """Each package of a lock with its hashes."""
    text = Path(CLONE, f"{name}.lock").read_text("utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    found = {}
    for each in lines.replace("\\\n", " ").splitlines():
        wanted, *hashes = re.split(r"\s+(?=--hash)", each.strip())
        assert all(HASH.fullmatch(one) for one in hashes), each
        found[Requirement(wanted).name] = (Requirement(wanted), set(hashes))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_lock_has_what_is_asked_for_and_each_by_its_hash(name: str) -> None:
    pins = locked(name)
    for wanted in asked(name):
        pin, _ = pins[wanted.name.replace("_", "-")]
        (exact,) = pin.specifier
        assert exact.operator == "=="
        assert wanted.specifier.contains(exact.version), f"{pin}: write the locks anew"
        for python in ("3.11", "3.13", "3.14", "3.15"):
            system = {"python_version": python, "python_full_version": f"{python}.1"}
            asks = wanted.marker is None or wanted.marker.evaluate(system)
            assert asks == (pin.marker is None or pin.marker.evaluate(system)), (pin, python)
    for pin, hashes in pins.values():
        assert hashes, f"{pin} has no hash"


def test_the_locks_agree() -> None:
    everything = locked("requirements-dev")
    for name in NAMES:
        for package, pin in locked(name).items():
            assert everything[package] == pin
