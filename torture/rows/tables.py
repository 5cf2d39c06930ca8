"""Several tables, one wallet: racing bets at all of them, tables that close with chips on them, and
kills between. Nobody spends a chip twice, and no chip is left where nobody sits. Some of the tables
are for rock-paper-scissors, so that chips lie at two kinds of games.

Everybody adds up what they were told, and that is held against the books after every batch.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from random import Random
from typing import Any

from protocol.framing import Decoder, Dialect, Spoken
from protocol.games.roulette.bets import BetsPlaced, BetsTakenBack, PlaceBets, TakeBackBets
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rounds import PlayerSettled, RoundOpened, TableShown
from protocol.house.door import (
    Done,
    Greeting,
    Refused,
    SeatLost,
    SignedIn,
    SignIn,
    TablesClosed,
    TakeSeat,
)
from protocol.house.form import Act, ChipsMoved, FormShown
from protocol.house.lists import Seat
from protocol.wire import Message, encode
from server.books.purse import BooksError
from server.games import GAMES, rps
from server.games.roulette.settings import Rules
from server.host.audit import audit
from server.owner import Call
from server.tables.hall import FIRST
from torture.chain import chain
from torture.report import Row, Run, scratch
from torture.stage import Killed, Line, Stage

RULES = Rules(auto_seconds=4, spin_seconds=0.0, least_seconds=0.0, reveal_seconds=1.5)
RULES_OF = {"roulette": RULES, "rps": rps.Rules(wins=1)}
STACK = 300
RACERS = 6
TABLES = 3
BATCHES = 400
"""Of an evening, after which everybody begins anew with other dice."""
AT_ONCE = 8
"""Requests of one racer in one write."""


class Racer:
    """Bets at every table at once, and adds up what they are told."""

    def __init__(self, name: str, dice: Random) -> None:
        self.name, self.dice = name, dice
        self.token = b""
        self.account = self.number = self.chips = 0
        self.stakes: dict[int, int] = {}
        """What lies on each table where they have a seat, by what they were told."""
        self.rounds: dict[int, int] = {}
        self.turns: dict[int, int] = {}
        """Those of the forms."""
        self.asked: dict[int, tuple[int, int]] = {}
        """The table and the chips of each request that is not answered; less than 0: back."""
        self.wrong: list[str] = []
        self.bets = self.acts = self.refused = 0

    def come(self, stage: Stage) -> None:
        self.line = Line(stage)
        self.decoder = Decoder(Dialect.MODERN, from_server=True)
        self.stakes, self.rounds, self.turns, self.asked = {}, {}, {}, {}
        self.say(Greeting(1, 1, "a racer"), SignIn(1, self.name, self.token, b""))

    def say(self, *said: Message, table: int = 0) -> None:
        self.line.say(b"".join(encode(replace(each, table=table)) for each in said))

    def race(self, tables: list[int]) -> None:
        """Some requests in one write, for more chips than there are."""
        for _ in range(self.dice.randrange(AT_ONCE)):
            self.ask(tables)

    def ask(self, tables: list[int]) -> None:
        """One of them."""
        table = self.dice.choice(tables)
        if table not in self.stakes:
            self.say(TakeSeat(2, Seat.PLAYER, b""), table=table)
        elif table in self.rounds:
            self._bet(table)
        elif table in self.turns:
            self._act(table)

    def _bet(self, table: int) -> None:
        self.number += 1
        spot, number = self.dice.randrange(37), self.rounds[table]
        if self.dice.random() < 0.3:
            self.asked[self.number] = (table, -1)
            self.say(TakeBackBets(self.number, number, ()), table=table)
            return
        chips = self.dice.randint(1, max(2, self.chips // 2))
        self.asked[self.number] = (table, chips)
        self.say(PlaceBets(self.number, number, (Bet(spot, chips),)), table=table)

    def _act(self, table: int) -> None:
        """Something of this form, or of the next one."""
        self.number += 1
        turn = self.turns[table] + self.dice.randrange(2)
        action, value = self.dice.randint(1, 4), self.dice.randrange(3)
        self.say(Act(self.number, turn, action, value, ""), table=table)

    def hear(self) -> None:
        for said in self.decoder.feed(self.line.drain()):
            self.take(said)

    def take(self, said: Spoken) -> None:
        if hear := _HEARD.get(type(said)):
            hear(self, said)

    def _signed_in(self, said: SignedIn) -> None:
        self.account, self.token = said.account, said.token or self.token
        self.chips, self.number = said.balance, said.next_number - 1

    def _shown(self, said: TableShown) -> None:
        self.rounds[said.table], self.stakes[said.table] = said.round_number, said.at_stake

    def _opened(self, said: RoundOpened) -> None:
        self.rounds[said.table] = said.round_number

    def _form_shown(self, said: FormShown) -> None:
        self.turns[said.table] = said.turn
        self.stakes.setdefault(said.table, 0)

    def _done(self, _: Done) -> None:
        self.acts += 1

    def _moved(self, said: ChipsMoved) -> None:
        self.chips, self.stakes[said.table] = said.balance, said.at_stake

    def _refused(self, said: Refused) -> None:
        self.refused += self.asked.pop(said.number, None) is not None

    def _settled(self, said: PlayerSettled) -> None:
        self.chips += self.stakes[said.table] + said.net
        self.stakes[said.table] = 0

    def _lost(self, said: SeatLost) -> None:
        if self.stakes.pop(said.table):
            self.wrong.append(f"{self.name} left chips at a table that is closed")
        self.rounds.pop(said.table, None)
        self.turns.pop(said.table, None)

    def _closed(self, said: TablesClosed) -> None:
        if self.stakes.keys() & set(said.tables):
            self.wrong.append(f"{self.name} sits at a table that is closed")

    def _answered(self, said: BetsPlaced | BetsTakenBack) -> None:
        table, chips = self.asked.pop(said.number)
        moved = chips if isinstance(said, BetsPlaced) else -self.stakes[table]
        self.chips -= moved
        self.stakes[table] += moved
        self.bets += 1
        if (said.balance, said.at_stake) != (self.chips, self.stakes[table]):
            told = f"{said.balance} and {said.at_stake}"
            self.wrong.append(f"{self.name} was told {told}, not {self.chips} and {self.stakes}")

    def wrongs(self, stage: Stage) -> Iterator[str]:
        """What of it is not so in the books."""
        books = stage.ledger.books
        if self.account and books.wallet(self.account) != self.chips:
            yield f"{self.name} has {books.wallet(self.account)}, and was told {self.chips}"
        for table, stake in self.stakes.items():
            if books.tills[table].stakes.get(self.account, 0) != stake:
                yield f"{self.name} has another stake on table {table} than was told"
        yield from self.wrong


_HEARD: dict[type, Callable[[Racer, Any], None]] = {
    SignedIn: Racer._signed_in,
    TableShown: Racer._shown,
    RoundOpened: Racer._opened,
    BetsPlaced: Racer._answered,
    BetsTakenBack: Racer._answered,
    FormShown: Racer._form_shown,
    Done: Racer._done,
    ChipsMoved: Racer._moved,
    Refused: Racer._refused,
    PlayerSettled: Racer._settled,
    SeatLost: Racer._lost,
    TablesClosed: Racer._closed,
}


class Evening:
    """One house, its host and its racers."""

    def __init__(self, run: Run, stage: Stage, dice: Random) -> None:
        self.run, self.stage, self.dice = run, stage, dice
        self.racers = [Racer(f"R{n}", dice) for n in range(RACERS)]
        self.begin()

    def begin(self) -> None:
        """As a start opens what the books have open; then as many as there should be."""
        for number, till in self.stage.ledger.books.tills.items():
            if number != FIRST and not till.closed:
                self.open(till.game, number)
        for racer in self.racers:
            racer.come(self.stage)
        self.turn()
        for racer in self.racers:  # Who has chips somewhere hears what becomes of them.
            for number in self.stage.house.hall.tables:
                racer.say(TakeSeat(2, Seat.PLAYER, b""), table=number)
        self.turn()

    def open(self, game: str, number: int = 0) -> None:
        stage, rules = self.stage, RULES_OF[game]
        stage.house.open_table(GAMES[game], chain(), rules, stage.clock, number=number)

    def close(self, number: int, *, void: bool) -> None:
        stage, tried = self.stage, self.run.tried
        if table := stage.house.hall.tables.get(number):
            game, pot = table.game.name, stage.ledger.books.tills[number].pot
            tried["tables closed"] += number not in stage.house.closing
            tried[f"{game} with chips"] += bool(pot)
            stage.house.close_table(table, void=void)

    def turn(self) -> None:
        self.stage.turn()
        for _ in range(2):
            for racer in self.racers:
                racer.hear()
            self.stage.turn()
        for racer in self.racers:
            racer.hear()

    def batch(self) -> None:
        """Somebody races, the host opens and closes, sometimes the house is killed."""
        dice, stage = self.dice, self.stage
        hall = stage.house.hall
        stage.clock += dice.choice((0.0, 0.0, 0.1, 0.3, 1.0, 4.0))
        for racer in self.racers:
            racer.race([*hall.tables])
        if len(hall.tables) < TABLES:
            self.open(dice.choice([*RULES_OF]))
            self.run.tried["tables opened"] += 1
        elif dice.random() < 0.1:
            number = dice.choice([*hall.tables])
            if number != FIRST:
                void, at = dice.random() < 0.5, dice.randrange(len(stage.porter.items) + 1)
                call = Call(lambda _: self.close(number, void=void))
                stage.porter.items.insert(at, call)  # Among what people ask for.
        if dice.random() < 0.01:
            stage.ledger.dies = dice.choice(("before", "after"))
        try:
            self.turn()
        except Killed:
            self.run.tried["kills"] += 1
            self.stage = stage.again(dice.randrange(10**9))
            self.begin()

    def wrongs(self) -> Iterator[str]:
        """What is wrong now."""
        for racer in self.racers:
            yield from racer.wrongs(self.stage)
        try:
            self.stage.ledger.books.check()
        except BooksError as error:
            yield str(error)


def do(run: Run) -> None:
    reach = run.reach("bets", lambda: run.tried["bets"])
    for evenings, _ in zip(count(1), reach, strict=False):
        dice = Random(f"{run.seed} {evenings}")
        with scratch() as folder:
            stage = Stage(folder, run.seed, rules=RULES, stack=STACK)
            stage.onlooker.away()  # He knows one table.
            evening = Evening(run, stage, dice)
            for at in range(BATCHES):
                if run.tried["bets"] >= run.count:
                    break
                before = sum(each.bets for each in evening.racers)
                evening.batch()
                run.tried["bets"] += sum(each.bets for each in evening.racers) - before
                if wrong := [*evening.wrongs()]:
                    run.wrong += [f"evening {evenings}, batch {at}: {words}" for words in wrong]
                    break
            evening.stage.close()
            run.tried["acts"] += sum(each.acts for each in evening.racers)
            run.tried["refused"] += sum(each.refused for each in evening.racers)
            found = audit(folder)
            run.check(not found.wrong, f"audit: {found.wrong}")
        if run.wrong:
            return
    run.check(run.tried["refused"] > run.tried["bets"] / 10, "hardly anybody asked for too much")
    for game in RULES_OF:
        run.check(run.tried[f"{game} with chips"], f"no {game} was closed with chips on it")
    run.check(run.tried["acts"], "nobody played for a stake")


ROW = Row(
    "tables",
    "several tables, one wallet, and tables that close with chips on them",
    do,
    1_000,
    10_000,
    10**5,
)
