"""What the tests of the tables share."""

import pytest

from tests.server.tables.dice import DiceHouse


@pytest.fixture
def dice() -> DiceHouse:
    return DiceHouse()
