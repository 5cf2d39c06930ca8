"""What the tests of the tables share."""

import pytest

from tests.server.tables.dice import DiceHouse


@pytest.fixture
def dice(monkeypatch: pytest.MonkeyPatch) -> DiceHouse:
    return DiceHouse(monkeypatch)
