"""What all tests of the host's room need."""

import pytest

from protocol.passwords import VARIABLES


@pytest.fixture(autouse=True)
def outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing from the environment of whoever runs the tests."""
    for name in VARIABLES.values():
        monkeypatch.delenv(name, raising=False)
