"""Kill -9 at random instants under load: nothing that anybody was told is lost or done twice."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from time import monotonic

from torture.books_check import wrong_evening
from torture.crowd import Crowd
from torture.onlooker import Onlooker
from torture.program import Program
from torture.punter import Boss, Punter
from torture.report import Row, Run, scratch

PLAYERS = 4
NIGHT = 100
"""Kills on one folder; then comes a new one, so that reading the books stays quick."""
LONGEST = 0.25
LOOKED = 0.2
"""How often, between two steps, somebody reads the books."""
SOON = 0.004
"""After something that is in the middle of a commit or just behind it."""


def do(run: Run) -> None:
    kills = run.each("kills")
    for night in range(0, run.count, NIGHT):
        with scratch() as folder:
            spend_night(run, folder / "data", run.seed + night, islice(kills, NIGHT))


def spend_night(run: Run, data: Path, seed: int, kills: Iterator[int]) -> None:
    """A folder, a few players, and many kills."""
    dice = Random(seed)
    punters = [Punter(f"P{n}", seed) for n in range(PLAYERS)]
    boss = Boss("Boss", seed)
    everybody = [*punters, boss]
    onlooker = Onlooker(data)
    for _ in kills:
        with Program(data, "--stack", "100000000") as house:
            crowd = Crowd(house.port, everybody)
            play(run, crowd, punters, boss, dice, onlooker)
            onlooker.away()  # Or the next start would find what a kill leaves tidied up.
            house.kill()
            crowd.close()
    if not data.exists():  # There was no time for this night.
        return
    run.wrong += wrong_evening(data, everybody, onlooker)
    run.tried["acknowledgements"] += sum(len(each.log.told) for each in everybody)
    run.tried["rounds frozen"] += len(onlooker.roots)
    run.tried["times everything was added up meanwhile"] += onlooker.looks


def play(
    run: Run,
    crowd: Crowd,
    punters: Sequence[Punter],
    boss: Boss,
    dice: Random,
    onlooker: Onlooker,
) -> None:
    """Until the instant of the kill: any, or just after somebody was told something."""
    if not crowd.until(lambda: all(each.seated for each in (*punters, boss))):
        run.check(False, f"nobody could sit down again: {[each.gone for each in punters]}")
        return
    instant = dice.choice(("any", "told", "closed", "settled"))
    end = monotonic() + dice.uniform(0.0, LONGEST)
    before = signs(punters)
    while monotonic() < end:
        for punter in punters:
            if not punter.open:
                punter.bet()
                crowd.send(punter)
        if dice.random() < 0.1:
            boss.lead()
            crowd.send(boss)
        crowd.step(0.005)
        if dice.random() < LOOKED:
            onlooker.look()
        now = signs(punters)
        if instant != "any" and now[instant] > before[instant] and dice.random() < 0.3:
            crowd.for_seconds(dice.uniform(0, SOON))
            run.tried[f"kills just after a sign: {instant}"] += 1
            return
        before = now
    run.tried["kills at any instant"] += 1


def signs(punters: Sequence[Punter]) -> dict[str, int]:
    """What everybody was told so far, counted."""
    return {
        "told": sum(len(each.log.told) for each in punters),
        "closed": sum(len(each.log.freezes) for each in punters),
        "settled": sum(len(each.log.pockets) for each in punters),
    }


ROW = Row("kill", "kill the house at random instants", do, 10, 100, 10_000)
