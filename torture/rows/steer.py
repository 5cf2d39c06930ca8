"""Cheats against the wheel: they hit no more often than chance, or every honest window sees it."""

import math
from random import Random

from torture.crooked import WANTED, Crooked
from torture.naive import NAIVE
from torture.report import Row, Run
from torture.schemes import SCHEMES, Scheme, honest

SIGMAS = 5
ENOUGH = 2_000
"""Rounds in which a naive scheme is seen to lose."""
FAIR = 1 / 37


def most_hits(rounds: int) -> float:
    """More than so many is no chance."""
    return rounds * FAIR + SIGMAS * math.sqrt(rounds * FAIR * (1 - FAIR))


def do(run: Run) -> None:
    for done, scheme in enumerate(SCHEMES):
        cheat(run.part(run.count, 1 / (len(SCHEMES) - done)), scheme)
    for naive in NAIVE:
        dice = Random(f"{naive.__name__} {run.seed}")
        rounds = min(run.count, ENOUGH)
        hits = sum(naive(dice) == WANTED for _ in range(rounds))
        run.tried["rounds of naive schemes"] += rounds
        wins = hits > rounds * FAIR * 1.4
        run.check(wins, f"the cheat does not win against {naive.__name__}: {hits} hits")


def cheat(run: Run, scheme: Scheme) -> None:
    """Many rounds of one scheme."""
    name = scheme.__name__.replace("_", " ")
    house = Crooked(Random(f"{name} {run.seed}"), run.count)
    hits = seen = blind = 0
    played = 0
    for _ in run.each("rounds of cheats"):
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


ROW = Row("steer", "cheat against the wheel, and against naive schemes", do, 100, 2_000, 100_000)
