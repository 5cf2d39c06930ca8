"""Bets within five milliseconds of the freeze: what was acknowledged is exactly what was frozen."""

from collections.abc import Sequence
from random import Random

from server.games.roulette.state import State
from torture.books_check import acknowledged_roots, wrong_evening
from torture.onlooker import stakes_root
from torture.punter import Boss, Punter
from torture.report import Row, Run, scratch
from torture.stage import Stage

PLAYERS = 5
AUTO_SECONDS = 20
NEAR = 0.005
STEP = 0.0005


def do(run: Run) -> None:
    with scratch() as folder:
        stage = Stage(folder, run.seed)
        dice = Random(run.seed)
        punters = [Punter(f"P{n}", run.seed, most=2) for n in range(PLAYERS)]
        boss = Boss("Boss", run.seed)
        stage.seat([*punters, boss])
        stage.settle_down()
        boss.auto(AUTO_SECONDS)
        stage.settle_down()
        near = "bets near a freeze"
        for _ in run.reach(near, lambda: run.tried[near]):
            run.tried[near] += freeze(run, stage, punters, boss, dice)
            run.tried["freezes"] += 1
        run.tried["acknowledged"] = sum(len(each.log.told) for each in punters)
        stage.settle_down()
        stage.close()
        run.wrong += wrong_evening(folder, [*punters, boss], stage.onlooker)
        known = acknowledged_roots(punters)
        for number, root in stage.onlooker.roots.items():
            run.check(
                known.get(number, stakes_root(())).hex() == root,
                f"round {number}: the frozen bets are not those told",
            )
        late = sum(len(each.log.refused) for each in punters)
        run.tried["refused"] = late
        run.check(late and run.tried["acknowledged"] > late / 50, "only one side of it was tried")


def freeze(run: Run, stage: Stage, punters: Sequence[Punter], boss: Boss, dice: Random) -> int:
    """One freeze, by the clock or by the croupier, with bets all around it."""
    table = stage.table
    number = table.round.number
    punters[0].bet()
    stage.settle_down(3)
    deadline = table.next_moment()
    if table.round.number != number or table.round.state is not State.OPEN or deadline is None:
        run.check(False, f"round {number} did not wait for its bets")
        return 0
    by_hand = dice.random() < 0.3
    moments = sorted(dice.uniform(-NEAR, NEAR) for _ in range(dice.randint(10, 30)))
    order = dice.uniform(-NEAR / 2, NEAR / 2)
    stage.clock = deadline - NEAR
    fired = 0
    while stage.clock < deadline + NEAR:
        stage.clock += STEP * dice.random() * 2
        while moments and stage.clock >= deadline + moments[0]:
            moments.pop(0)
            punter = dice.choice(punters)
            before = punter.number
            punter.bet()
            fired += punter.number - before
        if by_hand and stage.clock >= deadline + order:
            by_hand = False
            boss.lead()
        stage.exchange()
        if dice.random() < 0.7:
            stage.turn()
    for _ in range(4):
        stage.clock += 4.0
        stage.settle_down(2)
    stage.onlooker.look()
    return fired


ROW = Row("late", "bet within 5 ms of the freeze", do, 300, 2_000, 1_000_000)
