"""A flooded table beside a quiet one. A hundred people change their bets at one as fast as they
may, three play at the other; there all is answered, told and settled as soon as without the flood.

The same short evening is played twice in a glass, in peace and in the flood, and what everybody was
told is held against the books. Time is counted in steps of the house's own clock.
"""

from collections import Counter
from collections.abc import Sequence
from functools import reduce
from operator import or_
from random import Random

from protocol.framing import Spoken
from protocol.games.roulette.bets import BetsChanged, BetsPlaced, PlaceBets
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rounds import PlayerSettled, RoundOpened
from protocol.house.door import TakeSeat
from protocol.house.lists import Seat
from server.games import GAMES
from server.games.roulette.settings import Rules
from server.host.audit import audit
from server.limits import Limits
from server.tables.hall import FIRST
from torture.chain import chain
from torture.report import Row, Run, scratch
from torture.rows.tables import STACK, Racer
from torture.stage import Stage

FLOOD, QUIET = 100, 3
STEP = 0.01
PATIENCE = 6
"""Steps between two requests of one player: no faster than the house hears everybody."""
BETWEEN = 35
"""Steps between two bets at the quiet table: in each of its rounds there are some."""
EVENING = 30
"""Bets there; then everybody begins anew with other dice."""
RULES = Rules(auto_seconds=1, spin_seconds=0.0, least_seconds=0.0)
LIMITS = Limits(change_deliveries_a_second=1_000)
"""So few that a hundred are a full table."""
GRACE = 2
"""Steps; later than that is not as soon."""


class Quiet(Racer):
    """Plays at the quiet table, and counts the steps until what they wait for is heard."""

    def __init__(self, name: str, dice: Random) -> None:
        super().__init__(name, dice)
        self.step = 0
        self.since: dict[str, int] = {}
        self.most: Counter[str] = Counter()

    def lay(self, table: int) -> None:
        self.number += 1
        self.asked[self.number] = (table, 1)
        bets = (Bet(self.dice.randrange(37), 1),)
        self.say(PlaceBets(self.number, self.rounds[table], bets), table=table)
        self.since["an answer"] = self.step

    def take(self, said: Spoken) -> None:
        super().take(said)
        if isinstance(said, RoundOpened):
            self.since["a round"] = self.step
        if what := ENDS.get(type(said)):
            self.end(what)

    def end(self, what: str) -> None:
        if what in self.since:
            steps = 1 + self.step - self.since.pop(what)
            self.most[what] = max(self.most[what], steps)


ENDS = {BetsPlaced: "an answer", BetsChanged: "what others bet", PlayerSettled: "a round"}


def do(run: Run) -> None:
    for number in run.each("bets beside a flood"):
        if number % EVENING:
            continue
        bets = min(EVENING, run.count - number)
        peace, flood = (play(run, f"{run.seed} {number}", bets, many) for many in (0, FLOOD))
        for what in ENDS.values():
            words = f"{what} took {flood[what]} steps in the flood, and {peace[what]} in peace"
            run.check(0 < flood[what] <= peace[what] + GRACE, words)
        if run.wrong:
            return
    run.check(run.tried["changes of mind"] > 10 * run.count, "there was hardly a flood")


def play(run: Run, seed: str, bets: int, flooders: int) -> Counter[str]:
    """An evening; how long the quiet table waited for each thing at the most."""
    dice, other = Random(f"flood {seed}"), Random(f"quiet {seed}")
    flood = [Racer(f"F{n}", dice) for n in range(flooders)]
    quiet = [Quiet(f"Q{n}", other) for n in range(QUIET)]
    with scratch() as folder:
        stage = Stage(folder, run.seed, rules=RULES, stack=STACK, limits=LIMITS)
        stage.onlooker.away()  # He knows one table.
        second = stage.house.open_table(GAMES["roulette"], chain(), RULES, stage.clock).number
        sit(stage, flood, FIRST)
        sit(stage, quiet, second)
        for step in range(bets * BETWEEN):
            for racer in flood[step % PATIENCE :: PATIENCE]:
                racer.ask([FIRST])
            at, due = divmod(step, BETWEEN)
            begin(quiet, step, quiet[at % QUIET] if due == BETWEEN // 2 else None, second)
            stage.owner.turn(stage.items())
            stage.owner._timeout()
            for racer in (*flood, *quiet):
                racer.hear()
            stage.clock += STEP
        stage.turn()
        for racer in (*flood, *quiet):
            racer.hear()
            run.wrong += racer.wrongs(stage)
        stage.close()
        found = audit(folder)
        run.check(not found.wrong, f"audit: {found.wrong}")
    run.tried["changes of mind"] += sum(racer.bets for racer in flood)
    return reduce(or_, (each.most for each in quiet))


def begin(quiet: Sequence[Quiet], step: int, bets: Quiet | None, table: int) -> None:
    """The next step; one of them bets in it."""
    for each in quiet:
        each.step = step
        if bets:
            each.since["what others bet"] = step
    if bets:
        bets.lay(table)


def sit(stage: Stage, racers: Sequence[Racer], table: int) -> None:
    for racer in racers:
        racer.come(stage)
        racer.say(TakeSeat(2, Seat.PLAYER, b""), table=table)
    stage.turn()
    for racer in racers:
        racer.hear()


ROW = Row(
    "beside",
    "a table flooded with changes of mind, and a quiet one beside it",
    do,
    10,
    90,
    3_000,
)
