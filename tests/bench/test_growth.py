"""The growth of costs: what is measured, and how it is drawn. Nothing here says how fast."""

from contextlib import closing
from pathlib import Path

import pygame
import pytest

from bench import growth
from bench.plot import SIZE, exponent, plot
from protocol.games.roulette.records import ListResults, ResultsListed
from server.books.ledger import Ledger
from server.games import STATES
from server.games.roulette import questions


@pytest.mark.parametrize("power", [-1, 0, 0.5, 2])
def test_the_exponent_is_that_of_the_end(power: float) -> None:
    points = [(1, 1e6), *((float(x), 3 * x**power) for x in (10, 100, 1000))]
    assert exponent(points) == pytest.approx(power)


def test_lines_become_a_picture(tmp_path: Path) -> None:
    file = tmp_path / "plot.png"
    lines = {"flat": [(1, 5.0), (1000, 5.0)], "steep": [(1, 0.02), (1000, 20_000.0)]}
    plot(file, "something", "players", lines)
    drawn = pygame.image.load(file)
    assert drawn.get_size() == SIZE
    colours = {tuple(drawn.get_at((x, y)))[:3] for x in range(80, 620, 4) for y in range(56, 456)}
    assert len(colours) > 4


def test_books_of_several_ages_are_asked_the_same(tmp_path: Path) -> None:
    found = growth.by_age(tmp_path, [1, 20, 40])
    assert all([x for x, _ in points] == [1, 20, 40] for points in found.values())
    assert "a start" in found


def test_the_last_numbers_are_answered_without_the_history(tmp_path: Path) -> None:
    """Nothing is read from the disk for them."""
    growth.by_age(tmp_path, [30])
    read: list[str] = []
    with closing(Ledger(tmp_path, STATES)) as ledger:
        play = growth.play_of(ledger)
        ledger._db.set_trace_callback(read.append)
        answer = questions.list_results(play, growth.PLAYER, ListResults(1))
    assert isinstance(answer, ResultsListed)
    assert len(answer.pockets) >= 30
    assert not read
