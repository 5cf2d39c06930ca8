"""An honest house with cuts, crashes and slow lines: no client ever holds anything against it."""

from torture.honest import Night, Tally
from torture.report import Row, Run, scratch

GUESTS = 4
ROUNDS = 200
"""Of a night; then everybody begins anew, with other dice."""
STEPS = 400
"""For each round: more, and the house stands still."""


def do(run: Run) -> None:
    tally = Tally()
    nights = run.reach("rounds", lambda: done)
    done = 0
    for night, _ in enumerate(nights):
        done += play(run, tally, run.seed * 1_000_000 + night, min(ROUNDS, run.count - done))
        for red in tally.reds:
            run.check(False, f"seed {run.seed} night {night}: an honest house is red: {red}")
        tally.reds.clear()
    told = sum(tally.colours[colour] for colour in ("green", "grey", "red"))
    greys = ", ".join(f"{why} {n:,}" for why, n in tally.greys.most_common())
    run.tried |= {"verdicts": told, "cuts": tally.cuts, "crashes": tally.crashes}
    run.notes.append(f"{tally.colours['green']:,} green, {tally.colours['grey']:,} grey ({greys})")
    run.check(tally.colours["green"] > told / 2, f"only {tally.colours['green']} of {told} green")
    run.check(told >= tally.colours["settled"], "a number was told and not judged")


def play(run: Run, tally: Tally, seed: int, rounds: int) -> int:
    """How many rounds are over."""
    with scratch() as folder:
        night = Night(folder, seed, GUESTS, tally)
        for _ in range(rounds * STEPS):
            if night.rounds > rounds:
                break
            night.step()
        run.check(night.rounds > rounds, f"seed {seed}: the house stands still")
        night.close()
        return rounds


ROW = Row("honest", "a true house, cuts, crashes, slow lines: never red", do, 150, 1_500, 100_000)
