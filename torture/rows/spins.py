"""Many draws: every number as often as every other, whatever fell before it."""

import math
from collections import Counter
from collections.abc import Iterable
from random import Random

from protocol.fair.words import Words
from protocol.games.roulette.rules import POCKETS
from torture.report import Row, Run

UNLIKELY = 1e-5
"""A result rarer than this, among so few tests, means that something is wrong."""
NUMBERS = len(POCKETS)
LONGEST_GAP = 150
LONGEST_RUN = 6


def do(run: Run) -> None:
    dice = Random(run.seed)
    single: Counter[int] = Counter()
    pairs: Counter[int] = Counter()
    gaps: Counter[int] = Counter()
    runs: Counter[int] = Counter()
    last, seen, rising = 0, dict.fromkeys(POCKETS, -1), 1
    fell = -1
    for at in run.each("draws"):
        last = fell
        fell = Words(*(dice.randbytes(32) for _ in range(3))).below(NUMBERS)
        single[fell] += 1
        if last >= 0:
            pairs[last * NUMBERS + fell] += 1
            if fell == last:
                rising += 1
            else:
                runs[min(rising, LONGEST_RUN)] += 1
                rising = 1
        if seen[fell] >= 0:
            gaps[min(at - seen[fell], LONGEST_GAP)] += 1
        seen[fell] = at
    judge(run, single, pairs, gaps, runs)


def judge(
    run: Run, single: Counter[int], pairs: Counter[int], gaps: Counter[int], runs: Counter[int]
) -> None:
    """Four tests of the same thing: 37 numbers, equally likely, without memory."""
    one = 1 / NUMBERS
    gap_odds = [one * (1 - one) ** (n - 1) for n in range(1, LONGEST_GAP)]
    run_odds = [one ** (n - 1) * (1 - one) for n in range(1, LONGEST_RUN)]
    tests = {
        "numbers": (single, range(NUMBERS), [one] * NUMBERS),
        "pairs": (pairs, range(NUMBERS**2), [one * one] * NUMBERS**2),
        "gaps": (gaps, range(1, LONGEST_GAP + 1), [*gap_odds, 1 - sum(gap_odds)]),
        "runs": (runs, range(1, LONGEST_RUN + 1), [*run_odds, 1 - sum(run_odds)]),
    }
    for name, (counts, keys, odds) in tests.items():
        likely = probability([counts[key] for key in keys], odds)
        run.notes.append(f"{name}: p = {likely:.3f}")
        run.check(UNLIKELY < likely < 1 - UNLIKELY, f"{name} are not even: p = {likely:.2g}")


def probability(counts: Iterable[int], odds: Iterable[float]) -> float:
    """How likely a chi-square at least as large is, by Wilson and Hilferty's approximation."""
    cells = list(zip(counts, odds, strict=True))
    total = sum(count for count, _ in cells)
    wide: list[tuple[float, float]] = []
    rest_count, rest_odds = 0.0, 0.0
    for count, chance in cells:
        if total * chance >= 5:
            wide.append((count, chance))
        else:  # Cells with hardly anything in them are joined.
            rest_count, rest_odds = rest_count + count, rest_odds + chance
    if total * rest_odds >= 5:
        wide.append((rest_count, rest_odds))
    chi = sum((count - total * chance) ** 2 / (total * chance) for count, chance in wide)
    free = len(wide) - 1
    deviation = ((chi / free) ** (1 / 3) - (1 - 2 / (9 * free))) / math.sqrt(2 / (9 * free))
    return 0.5 * math.erfc(deviation / math.sqrt(2))


ROW = Row(
    "spins", "draw a million numbers: chi-square, pairs, runs, gaps", do, 100_000, 10**6, 10**8
)
