"""Cheats against the wheel: they hit no more often than chance, or every honest window sees it."""

import math
from random import Random

from torture.crooked import WANTED, Crooked
from torture.naive import NAIVE
from torture.report import Row, Run
from torture.schemes import SCHEMES, Scheme, honest

SIGMAS = 5
FAIR = 1 / 37


def most_hits(rounds: int) -> float:
    """More than so many is no chance."""
    return rounds * FAIR + SIGMAS * math.sqrt(rounds * FAIR * (1 - FAIR))


def do(run: Run) -> None:
    for scheme in SCHEMES:
        cheat(run, scheme)
    for naive in NAIVE:
        dice = Random(f"{naive.__name__} {run.seed}")
        hits = sum(naive(dice) == WANTED for _ in range(run.count))
        run.tried["rounds of naive schemes"] += run.count
        wins = hits > run.count * FAIR * 1.4
        run.check(wins, f"the cheat does not win against {naive.__name__}: {hits} hits")


def cheat(run: Run, scheme: Scheme) -> None:
    """Many rounds of one scheme."""
    name = scheme.__name__.replace("_", " ")
    house = Crooked(Random(f"{name} {run.seed}"), run.count)
    hits = seen = blind = 0
    short = Run(run.count, run.seed, run.until, run.tried, run.wrong, run.notes)
    played = 0
    for _ in short.each("rounds of cheats"):
        pocket = house.play(scheme)
        played += 1
        if house.seen_by_all:
            seen += 1
        elif pocket == WANTED:
            hits += 1
        blind += not all(each.verdicts for each in house.honest)
    most = most_hits(played)
    run.notes.append(f"{name}: {played:,} rounds, {seen:,} seen by all, {hits} unseen hits")
    run.check(hits <= most, f"{name}: {hits} unseen hits; chance gives {most:.0f} at the most")
    if scheme is honest:
        run.check(not seen, f"{seen} honest rounds were flagged")
        run.check(not blind, f"{blind} honest rounds were not judged")
        run.check(hits > 2 * played * FAIR - most, f"only {hits} hits in honest rounds")


ROW = Row("steer", "cheat against the wheel, and against naive schemes", do, 300, 100_000)
