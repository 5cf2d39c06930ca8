"""Every request said one to five times, over cuts and reconnects: no chip moves twice."""

from collections.abc import Sequence
from random import Random

from torture.books_check import wrong_evening, wrong_sums
from torture.punter import Boss, Punter
from torture.report import Row, Run, scratch
from torture.stage import Line, Stage

PLAYERS = 8
COPIES = 5
CUT = 0.02
"""The chance, in each step, that a player's line breaks with what is under way on it."""
SPIN = 0.03


def do(run: Run) -> None:
    with scratch() as folder:
        stage = Stage(folder, run.seed)
        dice = Random(run.seed)
        punters = [Punter(f"P{n}", run.seed, copies=COPIES) for n in range(PLAYERS)]
        boss = Boss("Boss", run.seed)
        stage.seat([*punters, boss])
        stage.settle_down()
        for _ in run.reach("bets", lambda: sum(each.bets for each in punters)):
            stage.clock += dice.random() / 4
            step(run, stage, punters, boss, dice)
        finish(run, stage, [*punters, boss])
        stage.close()
        run.wrong += wrong_evening(folder, [*punters, boss], stage.onlooker)


def step(run: Run, stage: Stage, punters: Sequence[Punter], boss: Boss, dice: Random) -> None:
    stage.exchange()
    for punter in (*punters, boss):
        if dice.random() < CUT or not stage.lines[punter].open:
            stage.exchange() if dice.random() < 0.5 else None
            stage.lines[punter].cut()
            stage.lines[punter] = Line(stage)
            punter.come()
            run.tried["cuts"] += 1
    for punter in punters:
        if punter.seated:
            some = dice.random()
            if not punter.open:
                punter.bet()
            if some < 0.1:
                punter.ask_again()
            elif some < 0.2:
                punter.use_number_again()
    if boss.seated and dice.random() < SPIN:
        boss.lead()
    stage.exchange()
    stage.turn()
    stage.turn()
    stage.house.books.check()
    stage.onlooker.look()
    for words in wrong_sums(stage.house.books):
        run.check(False, words)


def finish(run: Run, stage: Stage, everybody: Sequence[Punter]) -> None:
    stage.settle_down()
    asked = sum(len(each.log.asked) for each in everybody)
    run.tried["requests in all"] = asked
    run.tried["carried out"] = sum(len(each.log.told) for each in everybody)
    run.tried["rounds"] = stage.table.state.history.rounds
    run.check(run.tried["carried out"] > asked / 3, "hardly anything was carried out")
    run.check(run.tried["rounds"] > 0, "no round was played")
    run.notes.append(f"trace {stage.trace.hexdigest()[:16]}")


ROW = Row("twice", "say every request one to five times, over cuts", do, 2_000, 20_000, 1_000_000)
