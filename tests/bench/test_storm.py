"""What a storm costs is told turn by turn, beside what two turns in peace differ by."""

import pytest

from bench.storm import Turn, compared, turn


def test_a_storm_is_held_against_the_peace_around_it() -> None:
    peace = [Turn(1.0, 4.0), Turn(3.0, 4.0), Turn(3.0, 8.0)]
    stormy = [Turn(4.0, 8.0), Turn(3.0, 6.0)]
    figures = compared(peace, stormy)
    assert figures["storm / peace, p50"] == {"median": 1.5, "least": 1.0, "most": 2.0}
    assert figures["storm / peace, p99"] == {"median": 1.5, "least": 1.0, "most": 2.0}
    assert figures["peace / peace, p50"] == {"median": 2.0, "least": 1.0, "most": 3.0}


@pytest.mark.parametrize("weather", ["crowd", "talk", "questions", "rounds"])
def test_a_turn_lays_its_bets(weather: str) -> None:
    assert turn(weather, warming=2, count=4).p50 > 0
