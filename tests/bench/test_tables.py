"""What the bench of tables makes of the times that it took."""

import pytest

from bench.tables import hundredth


def test_of_a_hundred_moments_one_waits_longer() -> None:
    """Who comes in a batch waits for the rest of it."""
    assert hundredth([10.0]) == pytest.approx(9.9)
    assert hundredth([1.0] * 90 + [10.0]) == pytest.approx(9.0)
    assert hundredth([5.0] * 100) == pytest.approx(4.95)
    assert hundredth([2.0, 2.0, 1.0] * 10) == pytest.approx(2.0 - 0.5 / 20)
    assert hundredth([2.0, 1.0] + [0.001] * 400_000) == pytest.approx(0.0, abs=1e-3)
