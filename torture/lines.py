"""Several lines of several accounts, and any request on each, many of them in one batch.

The house is the one in a glass (`stage.py`). Who is told to go, or is replaced, goes on asking in
the same batch, as a hostile client does: what it had sent is there already. After every single
request the invariants are looked at, and at the end of each batch what every line was told.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

from protocol import classic
from protocol.errors import ProtocolError
from protocol.framing import Decoder, Dialect, Spoken
from protocol.games.roulette import bets, desk, records
from protocol.games.roulette.fields import Bet
from protocol.house import door as entrance
from protocol.house import draw as draws
from protocol.house import talk
from protocol.house.door import Goodbye, Refused, SeatTaken
from protocol.house.form import Act
from protocol.house.lists import Phrase, Seat
from protocol.house.people import (
    Announce,
    HandOver,
    KickPlayer,
    ListPlayers,
    MutePlayer,
    WarnPlayer,
)
from protocol.wire import Message, Request
from server.games.roulette.settings import Rules
from server.host.commands import ORDERS, Order, obey
from server.limits import Limits
from server.net.session import Item, Left
from server.owner import Call, Owner
from server.people.people import Client
from server.sayings import To
from server.tables.hall import FIRST
from tests.says import Say
from torture.chain import TABLE
from torture.invariants import broken
from torture.punter import DIGEST
from torture.stage import Line, Stage

ACCOUNTS = 4
LINES = 7
NAMES = [f"Eve {number}" for number in range(ACCOUNTS)]
TOKENS = [name.encode().ljust(32, b".") for name in NAMES]
LIMITS = Limits(
    requests_a_second=1e9,
    request_burst=1e9,
    names_an_address=10**6,
    guesses=10**6,
    shut_out_seconds=2.0,
    keep_seat_seconds=20.0,
    away_seconds=15.0,
    ack_timeout=10.0,
    ask_again_seconds=3.0,
    storm_warn=2,
    storm_mute=4,
    storm_kick=6,
    talk_burst=3.0,
    storm_mute_seconds=5.0,
)


class _Says(dict[int, Say]):
    """The chain of each account, at its beginning for ever: it is registered again and again."""

    def __missing__(self, account: int) -> Say:
        return self.setdefault(account, Say(TABLE, account))


SAYS = _Says()
PASSES = (0.0, 0.1, 1.0, 4.0, 16.0, 61.0)


class Caller:
    """One line, and what it is owed."""

    def __init__(self, stage: Stage, dialect: Dialect) -> None:
        self.line = Line(stage, "10.0.0.1")
        self.line.session.decoder.dialect = dialect
        self.decoder = Decoder(dialect, from_server=True)
        self.dialect = dialect
        self.owed: deque[int] = deque()
        """The numbers of what it asked, in order."""
        self.leaving = False
        """Whether it was thrown out in the middle of a draw: then most of it is not answered."""
        self.greeted = False
        self.ended = False
        """Whether it was told goodbye."""

    @property
    def modern(self) -> bool:
        return self.dialect is Dialect.MODERN

    @property
    def client(self) -> Client | None:
        """As the house knows it, once it has said something."""
        client: Client | None = self.line.session.who
        return client

    @property
    def account(self) -> int:
        return self.client.account if self.client else 0

    def hear(self) -> Iterator[str]:
        """Take what came; whatever should not have."""
        try:
            came = list(self.decoder.feed(self.line.drain()))
        except ProtocolError as error:
            yield f"it was told nonsense: {error}"
            return
        for said in came:
            if self.ended:
                yield f"after goodbye it was told {said}"
            self.ended = isinstance(said, Goodbye)
            unasked = isinstance(said, SeatTaken | Refused) and not said.number
            number = None if unasked else getattr(said, "number", None)
            if number is not None:
                owed = self.owed.popleft() if self.owed else None
                while self.leaving and self.owed and owed != number:
                    owed = self.owed.popleft()
                if owed != number:
                    yield f"it was owed an answer to {owed}, not {said}"


class Lines:
    """The house, the lines, and the batch that is put together."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.stage = Stage(folder, seed, rules=Rules(least_seconds=0.0), stack=1_000, limits=LIMITS)
        self.callers = [self._caller(Dialect.MODERN) for _ in range(LINES)]
        self.batch: list[Item | Call] = []
        self.number = 0
        self.said = 0
        self.turns = 0
        self.wrong: list[str] = []

    def _caller(self, dialect: Dialect) -> Caller:
        return Caller(self.stage, dialect)

    # --- steps ------------------------------------------------------------------------------

    def say(self, at: int, dice: Random) -> None:
        """One request of one line, into the batch."""
        caller = self.callers[at % LINES]
        asks = modern if caller.modern else in_classic
        self._put(caller, dice.choice(asks(self, dice, caller)))

    def hurry(self, at: int, who: int, seat: int) -> None:
        """Greet, sign in and sit down at once: as a rule somebody is replaced by it."""
        caller = self.callers[at % LINES]
        if caller.modern:
            self._put(caller, entrance.Greeting(1, 1, "lines"))
            self._put(caller, self.signing_in(who))
            self._put(caller, entrance.TakeSeat(self.next(), list(Seat)[seat % len(Seat)], DIGEST))
        else:
            self._put(caller, classic.RegisterPlayer(NAMES[who % ACCOUNTS].encode()))

    def signing_in(self, who: int) -> entrance.SignIn:
        at = who % ACCOUNTS
        return entrance.SignIn(self.next(), NAMES[at], TOKENS[at], b"")

    def draw(self, dice: Random) -> None:
        """A round that somebody has a say in, and in the middle of which somebody is thrown out."""
        table = self.stage.table
        number = table.round.number
        seats = {
            client.seats.get(FIRST): caller for caller in self.callers if (client := caller.client)
        }
        player, boss = seats.get(Seat.PLAYER), seats.get(Seat.CROUPIER)
        if not (player and boss and player.modern and boss.modern):
            return
        say = SAYS[player.account]
        event = table.draw.state.event + 1
        for caller, said in (
            (player, bets.PlaceBets(self.next(), number, (Bet(1, 1),))),
            (player, draws.RegisterChain(self.next(), say.first)),
            (boss, desk.CloseBetting(self.next(), number)),
            (boss, KickPlayer(self.next(), player.account, "go")),
            (player, talk.Say(self.next(), "a line")),
            (player, entrance.LeaveSeat(self.next())),
            (boss, desk.StartSpin(self.next(), number)),
            (player, draws.SendLink(self.next(), event, say.next)),
        ):
            if dice.random() < 0.9:
                self._put(caller, said)
            if dice.random() < 0.1:
                self.turn(0.1)

    def _put(self, caller: Caller, said: Spoken) -> None:
        if caller.modern and not caller.greeted:  # Its decoder would take nothing else.
            said = entrance.Greeting(1, 1, "lines")
        elif isinstance(said, Message) and said.AT_TABLE:
            said = replace(said, table=FIRST)
        caller.greeted = True
        house = self.stage.house
        was: list[int] = []

        def look(_: Owner) -> None:
            was[:] = [caller.client in house.leaving, len(house.said)]

        def look_again(owner: Owner) -> None:
            leaving, before = was
            told = [each for each in house.said[before:] if isinstance(each, To)]
            if leaving and type(said) is not draws.SendLink and told:
                self.wrong.append(f"{said} of somebody thrown out was answered: {told}")
            self._look(owner)

        self.batch += [Call(look), (caller.line.session, said), Call(look_again)]
        self.said += 1
        if isinstance(said, Request):
            caller.owed.append(said.number)

    def cut(self, at: int, *, politely: bool, modern: bool) -> None:
        """A line ends, and somebody else comes."""
        caller = self.callers[at % LINES]
        session = caller.line.session
        if not caller.line.plug.closed:
            session.end("cut")
            self.batch += [(session, Left("cut", not politely)), Call(self._look)]
        dialect = Dialect.MODERN if modern else Dialect.CLASSIC
        self.callers[at % LINES] = self._caller(dialect)

    def order(self, who: int, word: str) -> None:
        """The host's word about somebody, from the console, in the middle of the batch. (A ban is
        soon lifted: all lines come from one address, and it keeps all of them out.)
        """
        for each in ("ban", "unban") if word == "ban" else (word,):
            self.batch += [
                Call(partial(_obey, ORDERS[each], NAMES[who % ACCOUNTS])),
                Call(self._look),
            ]

    def turn(self, seconds: float) -> None:
        """The batch is done, and told; time goes on."""
        house, porter = self.stage.house, self.stage.porter
        items, self.batch = self.batch, list[Item | Call]()
        self.stage.turn(items)
        self.turns += 1
        for at, caller in enumerate(self.callers):
            session, client = caller.line.session, caller.client
            self.wrong += caller.hear()
            here = client and not client.gone and client not in house.leaving
            if here and caller.owed and not porter.items:
                self.wrong.append(f"no answer to {list(caller.owed)}")
            if session.over:
                session.end("it was told to go")
                self.callers[at] = self._caller(caller.dialect)
        self.batch += self.stage.items()
        self.stage.clock += seconds

    def close(self) -> None:
        self.turn(0.0)
        self.stage.close()

    def next(self) -> int:
        self.number += 1
        return self.number

    def _look(self, _: Owner) -> None:
        house = self.stage.house
        self.wrong += broken(house, self.stage.owner.streams)
        for caller in self.callers:
            caller.leaving = caller.leaving or caller.client in house.leaving


def _obey(order: Order, name: str, owner: Owner) -> None:
    for _ in obey(owner.house, order, name):
        pass


def step(lines: Lines, dice: Random) -> None:
    """One thing more, as the dice fall: mostly a request into the batch."""
    at, who, what = dice.randrange(LINES), dice.randrange(ACCOUNTS), dice.random()
    if what < 0.62:
        lines.say(at, dice)
    elif what < 0.76:
        lines.hurry(at, who, dice.choice((1, 1, 1, 2, 3)))
    elif what < 0.80:
        lines.cut(at, politely=dice.random() < 0.5, modern=dice.random() < 0.8)
    elif what < 0.82:
        lines.draw(dice)
    elif what < 0.84:
        lines.order(who, dice.choice(("kick", "ban", "unban", "release", "mute")))
    else:
        lines.turn(dice.choice(PASSES))


# --- every request ------------------------------------------------------------------------------


def modern(lines: Lines, dice: Random, caller: Caller) -> tuple[Spoken, ...]:
    """What a modern client can ask now; what is nearer to trouble more often."""
    n, other = lines.next(), dice.randrange(1, ACCOUNTS + 3)
    on_table = lines.stage.table.round.number
    now = on_table if dice.random() < 0.8 else on_table + dice.choice((-1, 1))
    chips = tuple(
        Bet(dice.randrange(157), dice.choice((1, 2, 900))) for _ in range(dice.choice((0, 1, 1, 2)))
    )
    say, event = SAYS[caller.account], lines.stage.table.draw.state.event + 1
    return (
        entrance.Greeting(1, dice.choice((1, 1, 1, 9)), "lines"),
        entrance.Ping(n),
        lines.signing_in(other),
        entrance.SignIn(n, "", b"", b""),
        entrance.TakeSeat(n, dice.choice(list(Seat)), DIGEST),
        entrance.TakeSeat(n, Seat.CROUPIER, bytes(64)),
        entrance.LeaveSeat(n),
        *[bets.PlaceBets(n, now, chips)] * 3,
        bets.TakeBackBets(n, now, chips),
        bets.TakeBackBets(n, now, ()),
        bets.SayReady(n, now),
        bets.ListBets(n, now, 0, 0),
        *[draws.RegisterChain(n, say.first)] * 2,
        *[draws.SendLink(n, event, say.next)] * 2,
        *[desk.StartSpin(n, now)] * 2,
        *[desk.CloseBetting(n, now)] * 2,
        desk.VoidRound(n, now, "wine"),
        *[KickPlayer(n, other, "go")] * 2,
        HandOver(n, other),
        desk.SetAuto(n, dice.choice((0, 0, 15))),
        MutePlayer(n, other, dice.choice((0, 5)), ""),
        WarnPlayer(n, other, ""),
        Announce(n, Phrase.OTHER, "a word"),
        *[talk.Say(n, "a line")] * 2,
        talk.SayPrivately(n, other, dice.random() < 0.5, "a word"),
        *[talk.AskSession(n, other)] * 2,
        talk.AnswerSession(n, other, dice.random() < 0.7),
        talk.EndSession(n, other),
        talk.ListTalk(n),
        ListPlayers(n, 0),
        entrance.ListTables(n, 0),
        records.ListRounds(n, 0),
        records.ListOwnRounds(n, 0),
        records.ListResults(n),
        draws.AskRound(n, now),
        draws.ListLinks(n, now, other),
        Act(n, 0, dice.randrange(3), dice.randrange(3), ""),
    )


def in_classic(_: Lines, dice: Random, __: Caller) -> tuple[Spoken, ...]:
    """The same for a classic client."""
    return (
        classic.RegisterPlayer(dice.choice(NAMES).encode()),
        classic.RegisterCroupier(dice.choice((DIGEST, DIGEST, bytes(64)))),
        *[classic.PlaceBet(dice.randrange(39), dice.choice((1, 5)))] * 2,
        classic.StartSpin(DIGEST),
        classic.ListBets(),
        classic.ConfirmResults(),
    )
