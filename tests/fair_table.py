"""A table with its draw and people who watch it, without a house: for tests of both ends.

`told` is everything that somebody is told of a round, in order; a test may change it on the way, as
a house would that lies.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count
from random import Random
from typing import Any, TypeAlias, TypeVar

from client.fair.own_chain import OwnChain
from client.fair.witness import Judged, Witness
from protocol.fair.drawing import Kind
from protocol.fair.hashes import Account, Hash, Stake, What, seed_before
from protocol.games.kinds import KINDS
from protocol.games.roulette.rules import SPOTS
from protocol.house.draw import ChainTaken, EventAsked, EventDrawn, SendLink
from protocol.messages import FROM_SERVER
from protocol.wire import HEADER, Message, decode
from server.books.books import Books
from server.draw.draw import Draw
from server.refusal import Refusal

TABLE = bytes(range(16))
ROUNDS = 400
BY_NUMBER: Mapping[int, tuple[str, Kind]] = {k.number: (n, k) for n, k in KINDS.items()}
WINDOW = 3.0

M = TypeVar("M", bound=Message)


class NoState:
    OWN = frozenset[str]()

    def snapshot(self) -> dict[str, Any]:
        return {}

    @classmethod
    def of_snapshot(cls, _: Any) -> "NoState":
        return cls()

    def check(self, _: Any) -> None: ...


def _chain() -> list[Hash]:
    links = [b"house's secret end of its chain.."[:32]]
    for _ in range(ROUNDS):
        links.append(seed_before(TABLE, links[-1]))
    return links[::-1]


SEEDS = _chain()


class Chain:
    """The house's seeds."""

    table, length = TABLE, ROUNDS

    def seed(self, number: int) -> Hash:
        return SEEDS[number]


Lie: TypeAlias = Callable[[Account, Message], Iterable[Message]]
"""What a house does to what it tells somebody."""


def honest(_: Account, said: Message) -> Iterable[Message]:
    return (said,)


def changed(kind: type[M], change: Callable[[M], Message | None]) -> Lie:
    """Every message of this kind is another, or is not said."""

    def lie(_: Account, said: Message) -> Iterable[Message]:
        if not isinstance(said, kind):
            return (said,)
        other = change(said)
        return () if other is None else (other,)

    return lie


def but(**changes: Any) -> Callable[[Any], Message]:
    """The same with these fields changed."""
    return lambda said: replace(said, **changes)


class FairTable:
    """A roulette that is played by hand."""

    def __init__(self, people: int, seed: int = 1) -> None:
        self.dice = Random(seed)
        self.now = 1000.0
        self.numbers = count(1)
        self.draw = draw_alone(self.now)
        self.draw.number = 1
        self.people = {
            account: Witness(TABLE, SEEDS[0], BY_NUMBER, account, None)
            for account in range(1, people + 1)
        }
        self.lie: Lie = honest
        self.deaf: set[Account] = set()
        """Whose links do not arrive."""
        self.leaving: list[Account] = []
        """Who has a say, and goes when betting is closed."""
        self.number = 0
        self.pocket = -1

    def register(self, *accounts: Account) -> None:
        """These have a say from the next freeze on, if they may."""
        for account in accounts or self.people:
            witness = self.people[account]
            witness.chain = OwnChain(TABLE, account, self.dice.randbytes(32))
            try:
                number = self.draw.register(account, witness.chain.first)
            except Refusal:
                witness.refused("locked")
            else:
                witness.hear(ChainTaken(1, number), self.now, None)
        self.now += 2

    def freeze(self, stakes: Mapping[Account, Sequence[Stake]]) -> EventAsked:
        """Betting closes, and the spin is asked for."""
        self.number = self.draw.number
        self.stakes = stakes
        fixed = self.draw.freeze(BY_NUMBER_OF["roulette"], "", b"", stakes)
        frozen = self.draw.frozen_again()
        for account in self.leaving:
            self.draw.leave(account)
        notes = [*self.draw.notes()]
        asked = self.draw.ask(What.SPIN, b"", WINDOW, self.now)
        for account in self.people:
            self.tell(account, frozen, fixed.part(account), *notes, asked)
        return asked

    def crowd(self, people: int) -> None:
        """So many more have a say, and will have gone."""
        for account in range(1000, 1000 + people):
            self.draw.register(account, self.dice.randbytes(32))
            self.leaving.append(account)

    def tell(self, account: Account, *said: Message | None) -> None:
        witness = self.people[account]
        for each in said:
            for message in self.lie(account, each) if each is not None else ():
                bets = self.stakes.get(account, ())
                self._take(account, witness.hear(message, self.now, bets))

    def _take(self, account: Account, link: SendLink | None) -> None:
        if link is None or account in self.deaf:
            return
        try:
            self.draw.take(account, link.event, link.link)
        except Refusal:
            return
        self.people[account].accepted(link.event)

    def spin(self, pocket: int | None = None) -> EventDrawn:
        """The window closes, and the wheel stops; `pocket`: where the house says that it did."""
        self.now += WINDOW
        assert self.draw.is_due(self.now)
        drawn = self.draw.draw()
        self.pocket = drawn.words.below(37) if pocket is None else pocket
        said = self.draw.close()
        last = list(self.draw.last_word(said))
        for account, witness in self.people.items():
            mine = [each[account] for each in last if account in each]
            own = [unpacked(each) if isinstance(each, bytes) else each for each in mine]
            self.tell(account, said, *own)
            witness.resulted(drawn.event, {"pocket": self.pocket})
            if account in self.stakes:
                witness.paid(sum(back(bet, self.pocket) for bet in self.stakes[account]))
        return said

    def over(self) -> dict[Account, Judged]:
        """What each says of the round."""
        self.draw.end()
        self.draw.number += 1
        judged = {account: witness.over() for account, witness in self.people.items()}
        return {account: each for account, each in judged.items() if each is not None}

    def round(
        self, stakes: Mapping[Account, Sequence[Stake]] | None = None
    ) -> dict[Account, Judged]:
        """A whole one."""
        self.freeze(stakes or {})
        self.spin()
        return self.over()


BY_NUMBER_OF = {name: kind.number for name, kind in KINDS.items()}


def draw_alone(now: float) -> Draw:
    """A draw in books of its own."""
    books = Books({"none": NoState})  # type: ignore[dict-item]
    books.open_till(1, "none", "", 0, TABLE.hex(), SEEDS[0].hex())
    return Draw(books, 1, Chain(), now=now)


def unpacked(frame: bytes) -> Message:
    """What one frame says."""
    _, kind, _, _ = HEADER.unpack_from(frame)
    said = decode(FROM_SERVER, kind, 0, frame[HEADER.size :])
    assert said is not None
    return said


def back(bet: Stake, pocket: int) -> int:
    """What an unlocked bet returns."""
    place, _, chips = bet
    covers = SPOTS[place].covers
    return chips * (36 // len(covers)) if pocket in covers else 0
