"""The draw of one table, for every game: who has a say, and one event after another. Pure.

    freeze -> ask -> link, link, … -> draw, close -> ask -> … -> end -> the next freeze

A game freezes what its round begins with, and asks for an event. Whoever has a say sends the next
link of their chain; when all are there, or the window is over, `draw` gives the words that the
event draws from, and `close` writes down how it ended, with whatever the game has made of it. What
is frozen, asked or drawn is told only when it is durable; links are kept in memory until then.

From the freeze to the end of the round who had a say in it cannot lose it: who goes is noted as out
before the next step, and who is thrown out is heard until the round is over.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, NamedTuple, Protocol, TypeAlias

from protocol.fair import hashes, tree
from protocol.fair.hashes import NOTES, Account, Hash, Stake, What
from protocol.fair.words import Words
from protocol.house.draw import (
    DrawShown,
    EventAsked,
    EventDrawn,
    LinkRow,
    LinksShown,
    Noted,
    RoundFrozen,
    StakeRow,
    YourDraw,
    YourFreeze,
)
from protocol.house.lists import Reason
from protocol.limits import LINKS_A_PAGE
from protocol.wire import Message, packer
from server.books.drawing import Chain, DrawState, Frozen, pack
from server.draw.frames import Frames
from server.refusal import Refusal

Each: TypeAlias = Mapping[Account, Message] | Frames
AFTER_A_CRASH = 30.0
"""So long links are waited for that were asked for before the house was started anew."""


class Seeds(Protocol):
    """The house's chain for one table."""

    @property
    def table(self) -> bytes:
        """The table's name in its draws."""

    @property
    def length(self) -> int:
        """So many events can be drawn; after them the table stays closed."""

    def seed(self, number: int) -> Hash: ...


class Written(Protocol):
    """Where the deeds of a draw are written down: the books, or nowhere."""

    def drawing(self, table: int) -> DrawState: ...

    def draw(self, table: int, name: str, what: list[Any]) -> None: ...


class Drawn(NamedTuple):
    """An event whose links are in."""

    event: int
    words: Words
    seed: Hash
    links_root: Hash
    shown: Hash
    done: Hash
    links: Mapping[Account, Hash]


class Draw:
    """Of one table."""

    def __init__(self, books: Written, table: int, seeds: Seeds, *, now: float) -> None:
        """Go on where the books are: what was asked is asked again."""
        self._books = books
        self._table = table
        self.seeds = seeds
        self.state = books.drawing(table)
        self.name = seeds.table
        self.number = 0
        """The round that is on the table: its game says so when it begins."""
        self._accounts: list[Account] = []
        """Who has a say in the round, ascending."""
        self._index: dict[Account, int] = {}
        self._leaves: list[Hash] = []
        self._shown = tree.Tree(())
        """What they were when the event was drawn."""
        self._awaited = 0
        """How many links an open event waits for. Nobody is out of the round within one."""
        self._links: dict[Account, Hash] = {}
        """What was shown for the event that is open."""
        self._drawn: Drawn | None = None
        """What that event draws from, once it is fixed."""
        self._fixed: Fixed | None = None
        """The freeze of the round in play."""
        self._out_next: dict[Account, None] = {}
        """Who is noted as out before the next step of the round."""
        self._gone = dict.fromkeys((*self.state.chains, *self.state.coming))
        """Whose chain ends with the next freeze: after a start all who do not come back."""
        self._again = self.state.asked is not None
        self._window = AFTER_A_CRASH
        self._until = now + self._window if self._again else None

    # --- who has a say ----------------------------------------------------------------------

    def register(self, account: Account, first: Hash) -> int:
        """Take a chain; the round from which it counts."""
        locked = self.state.locked.get(account, 0) - self.number + 1
        if locked > 0:
            raise Refusal(
                Reason.NO_SAY, f"you withheld a link: no say for {locked} rounds", figure=locked
            )
        if self.has_say(account):
            if self.state.asked is not None and account not in self._links:
                raise Refusal(Reason.NOT_NOW, "first show the link that you are asked for")
            self._out_next[account] = None
        if self.state.coming.get(account) != first:
            self._do("register", account, first.hex())
        self._gone.pop(account, None)
        return self.number + self.is_open

    def leave(self, account: Account) -> None:
        """Somebody goes: no blame, and no say from the next step on."""
        if account in self.state.chains or account in self.state.coming:
            self._gone[account] = None
        if self.has_say(account):
            self._out_next[account] = None

    def has_say(self, account: Account) -> bool:
        """Whether the round in play asks this account for links."""
        return self.is_open and account in self._index and account not in self.state.out

    @property
    def contributors(self) -> Collection[Account]:
        """Who has a say in the round in play."""
        return self._index.keys() if self.is_open else ()

    @property
    def missing(self) -> Collection[Account]:
        """Who was asked in the last round, and showed nothing."""
        return self.state.frozen.missing if self.state.frozen is not None else ()

    @property
    def is_open(self) -> bool:
        """Whether a round is frozen and not over."""
        return self._fixed is not None

    @property
    def lasts(self) -> bool:
        """Whether there is a seed for one event more."""
        return self.state.event < self.seeds.length

    # --- a round ----------------------------------------------------------------------------

    def freeze(
        self,
        draw: int,
        rules: str,
        state: bytes,
        stakes: Mapping[Account, Sequence[Stake]],
    ) -> "Fixed":
        """Fix everything that goes into a round but what is not shown yet."""
        for account in self._gone:
            self._do("withdraw", account)
        self._gone.clear()
        self._out_next.clear()
        self._do("admit")
        here, number = self.state, self.number
        fixed = self._fix(number, stakes)
        seed = self.seeds.seed(here.event)
        says, bets = fixed.roots()
        frozen = hashes.freeze(
            self.name, number, here.event + 1, draw, seed, here.history, rules, state, says, bets
        )
        roots = says[0], says[1].hex(), bets[0], bets[1].hex(), frozen.hex()
        self._do("freeze", number, draw, seed.hex(), rules, state.hex(), *roots)
        self._fixed = fixed
        return fixed

    def resume(self, stakes: Mapping[Account, Sequence[Stake]]) -> None:
        """Go on with a round that is frozen, and these stakes in it."""
        self._fixed = self._fix(self._now().number, stakes)
        self._await()

    def _fix(self, number: int, stakes: Mapping[Account, Sequence[Stake]]) -> "Fixed":
        chains = self.state.chains
        self._accounts = sorted(chains)
        self._index = {account: at for at, account in enumerate(self._accounts)}
        self._leaves = [hashes.say_leaf(who, chains[who].head) for who in self._accounts]
        heads = {who: self._head_of(who, chains[who]) for who in self._accounts}
        return Fixed(number, heads, stakes)

    def _head_of(self, account: Account, chain: Chain) -> Hash:
        """As it was when the round was frozen."""
        head = chain.head
        for _ in range(chain.shown):
            head = hashes.link_before(self.name, account, head)
        return head

    def end(self) -> None:
        """The round is over."""
        self._fixed = None

    def ask(self, what: What, detail: bytes, window: float, now: float) -> EventAsked:
        """The next event. Whoever is leaving is noted as out before it."""
        self._step(what, detail)
        self._links.clear()
        self._await()
        self._window = window if self._awaited else 0.0
        self._until = now + self._window
        return self.asked_again()

    def notes(self) -> Iterator[Noted]:
        """What is to be noted before the next step: who is out from then on."""
        for account in self._out_next:
            if self.has_say(account):
                yield self.note(What.OUT, hashes.u64(account))
        self._out_next.clear()

    def note(self, what: What, detail: bytes) -> Noted:
        """A decision that draws nothing."""
        self._step(what, detail)
        return Noted(what, detail, self._now().steps[-1].step)

    def _step(self, what: What, detail: bytes) -> None:
        step = hashes.step(self.state.before, what, detail)
        self._do("step", int(what), detail.hex(), step.hex())

    # --- an event ---------------------------------------------------------------------------

    def take(self, account: Account, event: int, link: Hash) -> None:
        """A link that somebody shows."""
        is_open = self.state.asked is not None and event == self.state.event + 1
        if is_open and self._links.get(account) == link:
            return
        if self._drawn or not is_open:
            over = self.state.event + (self._drawn is not None)
            reason = Reason.TOO_LATE if event <= over else Reason.NOT_NOW
            raise Refusal(reason, "no link is waited for in this event")
        if not self.has_say(account):
            raise Refusal(Reason.NOT_NOW, "you have no say in this round")
        if hashes.link_before(self.name, account, link) != self.state.chains[account].head:
            raise Refusal(Reason.WRONG_LINK, "this is not the next link of your chain")
        self._links[account] = link
        self._leaves[self._index[account]] = hashes.say_leaf(account, link)

    def _await(self) -> None:
        self._awaited = len(self._accounts) - len(self.state.out.intersection(self._accounts))

    def is_due(self, now: float) -> bool:
        """Whether the event that is open can be drawn."""
        if self.state.asked is None:
            return False
        in_time = len(self._links) < self._awaited and now < (self._until or 0.0)
        return self._drawn is not None or not in_time

    def next_moment(self) -> float | None:
        """When the window of the event that is open is over."""
        return self._until if self.state.asked is not None else None

    def draw(self) -> Drawn:
        """What the open event draws from: no link is taken any more. It is told when it is closed;
        until then it is nowhere but here, and a house that starts anew asks again.
        """
        asked = self.state.asked
        assert asked is not None
        event = self.state.event + 1
        self._shown = tree.Tree([*self._leaves])
        links = self._shown.root
        shown = hashes.reveals(asked.step, len(self._leaves), links)
        seed = self.seeds.seed(event)
        done = hashes.done(asked.step, shown, seed)
        words = Words(seed, asked.step, shown)
        self._drawn = Drawn(event, words, seed, links, shown, done, dict(self._links))
        return self._drawn

    def close(self) -> EventDrawn:
        """Write down how the event ended."""
        drawn, self._drawn = self._drawn, None
        assert drawn is not None
        before = len(self._now().missing)
        roots = drawn.links_root.hex(), drawn.shown.hex(), drawn.done.hex()
        self._do("drawn", drawn.seed.hex(), *roots, pack(drawn.links), self._again)
        self._again, self._until = False, None
        missing = len(self._now().missing) - before
        count = len(self._leaves)
        return EventDrawn(
            drawn.event, drawn.seed, count, drawn.links_root, drawn.shown, drawn.done, missing
        )

    # --- showing ----------------------------------------------------------------------------

    def shown(self, account: Account) -> Iterator[Message]:
        """Where the draw is, for who sits down or looks on, with what is open said again."""
        here, fixed = self.state, self._fixed
        yield DrawShown(here.event, self.seeds.seed(here.event), here.history)
        if fixed is None:
            return
        yield self.frozen_again()
        if (mine := fixed.part(account)) is not None:
            yield mine
        for step in self._now().steps:
            if step.what in NOTES:
                yield Noted(step.what, step.detail, step.step)
        if here.asked is not None:
            yield self.asked_again()

    def frozen_again(self) -> RoundFrozen:
        """The freeze, as everybody is told it."""
        f = self._now()
        fixed = f.number, f.event, f.draw, f.seed_before, f.history, f.rules, f.state
        return RoundFrozen(*fixed, f.contributors, f.says_root, f.players, f.stakes_root, f.freeze)

    def asked_again(self) -> EventAsked:
        """The event that is open, as everybody is told it."""
        asked = self.state.asked
        assert asked is not None
        window = round(self._window * 1000)
        return EventAsked(self.state.event + 1, asked.what, asked.detail, asked.step, window)

    def links_shown(self, event: int) -> LinksShown | None:
        """All links, for who has a say; nothing where they are too many."""
        if not 0 < len(self._accounts) <= LINKS_A_PAGE:
            return None
        return LinksShown(event, tuple(self.links()))

    def links(self) -> Iterator[LinkRow]:
        """The last link that is known of each who has a say, ascending."""
        for account in self._accounts:
            chain = self.state.chains[account]
            yield LinkRow(account, chain.shown, chain.head)

    def last_word(self, drawn: EventDrawn) -> Iterator[Each]:
        """What those who have a say are told of an event that is over: all links, and to each where
        their own stands among them.
        """
        links = self.links_shown(drawn.event)
        if links is not None:
            yield dict.fromkeys(self._accounts, links)
        table, event = self._table, drawn.event
        places, shown = self._index, self._shown

        def frame(account: Account) -> bytes | None:
            at = places.get(account)
            if at is None:
                return None
            proof = shown.proof(at)
            return packer(YourDraw, table, len(proof))(event, len(proof), *proof)

        yield Frames(self._accounts, frame)

    # --- small steps ------------------------------------------------------------------------

    def _now(self) -> Frozen:
        assert self.state.frozen is not None
        return self.state.frozen

    def _do(self, name: str, *what: object) -> None:
        self._books.draw(self._table, name, [*what])


class Fixed:
    """A freeze, for what each is told of their own part in it."""

    def __init__(
        self,
        number: int,
        heads: Mapping[Account, Hash],
        stakes: Mapping[Account, Sequence[Stake]],
    ) -> None:
        """Of a round: the heads of who has a say, by ascending account, and everybody's chips."""
        self._number = number
        self._heads = heads
        self._stakes = stakes
        players = sorted(stakes)
        self._say_at = {account: at for at, account in enumerate(heads)}
        self._bet_at = {account: at for at, account in enumerate(players)}
        self._says = tree.Tree([hashes.say_leaf(*each) for each in heads.items()])
        self._bets = tree.Tree([hashes.stake_leaf(who, stakes[who]) for who in players])

    def roots(self) -> tuple[tuple[int, Hash], tuple[int, Hash]]:
        """Of the says and the stakes, how many and under which root."""
        return (self._says.count, self._says.root), (self._bets.count, self._bets.root)

    def frames(self, table: int) -> Frames:
        """To each who has a chain or chips: a `YourFreeze`, packed in one step."""
        return Frames([*{**self._say_at, **self._bet_at}], partial(self._frame, table))

    def _frame(self, table: int, account: Account) -> bytes | None:
        say_at, bet_at = self._say_at.get(account), self._bet_at.get(account)
        if say_at is None and bet_at is None:
            return None
        say_proof = self._says.proof(say_at) if say_at is not None else ()
        bet_proof = self._bets.proof(bet_at) if bet_at is not None else ()
        mine = sorted(self._stakes.get(account, ()))
        head = self._heads.get(account, hashes.NOTHING)
        counts = len(say_proof), len(mine), len(bet_proof)
        pack = packer(YourFreeze, table, *counts)
        return pack(
            *(self._number, say_at is not None, say_at or 0, head, counts[0], *say_proof),
            *(bet_at is not None, bet_at or 0, counts[1], *chain.from_iterable(mine)),
            *(counts[2], *bet_proof),
        )

    def part(self, account: Account) -> YourFreeze | None:
        """The same to one who comes later."""
        say_at, bet_at = self._say_at.get(account), self._bet_at.get(account)
        if say_at is None and bet_at is None:
            return None
        return YourFreeze(
            self._number,
            say_at is not None,
            say_at or 0,
            self._heads.get(account, hashes.NOTHING),
            tuple(self._says.proof(say_at)) if say_at is not None else (),
            bet_at is not None,
            bet_at or 0,
            tuple(StakeRow(*each) for each in sorted(self._stakes.get(account, ()))),
            tuple(self._bets.proof(bet_at)) if bet_at is not None else (),
        )
