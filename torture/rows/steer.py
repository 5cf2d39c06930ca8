"""Cheats against the wheel: they hit no more often than chance, or every honest player is shown it.

What a player is shown is a line of the terminal, and the alarm or the tick that a window paints.
"""

import math
from random import Random

from protocol.fair.verdict import Colour
from torture.crooked import WANTED, Crooked
from torture.eyes import Look, window
from torture.lies import BEFORE, LIES, Lie, tell
from torture.naive import NAIVE
from torture.report import Row, Run
from torture.schemes import SCHEMES, Scheme, honest

SIGMAS = 5
FEW, ENOUGH = 100, 2_000
"""Rounds in which a naive scheme is seen to lose."""
EVENINGS = 50
"""Rounds of each scheme for one evening of every lie."""
FAIR = 1 / 37


def most_hits(rounds: int) -> float:
    """More than so many is no chance."""
    return rounds * FAIR + SIGMAS * math.sqrt(rounds * FAIR * (1 - FAIR))


def do(run: Run) -> None:
    lies(run.part(max(1, run.count // EVENINGS // EVENINGS), 0.2))
    for done, scheme in enumerate(SCHEMES):
        cheat(run.part(run.count, 1 / (len(SCHEMES) - done)), scheme)
    for naive in NAIVE:
        dice = Random(f"{naive.__name__} {run.seed}")
        rounds = min(max(run.count, FEW), ENOUGH)
        hits = sum(naive(dice) == WANTED for _ in range(rounds))
        run.tried["rounds of naive schemes"] += rounds
        wins = hits > rounds * FAIR * 1.4
        run.check(wins, f"the cheat does not win against {naive.__name__}: {hits} hits")


def lies(run: Run) -> None:
    """Evenings with one lie each."""
    look = window()
    run.notes += [] if look else ["without pygame no window is looked at"]
    for at in run.each("evenings of every lie"):
        for lie in LIES:
            lied_to(run, lie, tell(lie, Random(f"{lie.name} {run.seed} {at}")), look)
            run.tried["lies"] += 1


def lied_to(run: Run, lie: Lie, house: Crooked, look: Look | None) -> None:
    """What everybody was shown of an evening, up to its lie."""
    for player in house.honest:
        colours = [colour for colour, _ in player.eyes.seen]
        honest, since = colours[:BEFORE], colours[BEFORE:]
        run.check(honest == [Colour.GREEN] * BEFORE, f"{lie.name}: honest rounds are {honest}")
        worst = max(since, default=None)
        run.check(worst is lie.colour, f"{lie.name}: the terminal shows {worst and worst.name}")
        if look is not None:
            painted = look(player.dialogue.state, player.now)
            wanted = lie.colour if lie.colour is Colour.RED else None
            run.check(painted is wanted, f"{lie.name}: the window shows {painted and painted.name}")


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


ROW = Row("steer", "cheat against the wheel, and against naive schemes", do, 50, 300, 100_000)
