"""The draw of one table, for every game: who has a say, and one event after another. Pure.

    freeze -> ask -> link, link, … -> drawn -> ask -> … -> the next freeze

A game freezes what its round begins with, and asks for an event. Whoever has a say sends the next
link of their chain; when all are there, or the window is over, `draw` gives the words that the
event draws from, and `close` writes down how it ended, with whatever the game has made of it. What
is frozen, asked or drawn is told only when it is durable; links are kept in memory until then.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from protocol.fair import hashes, tree
from protocol.fair.hashes import Account, Hash, Stake, What
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
from protocol.wire import Message
from server.books.books import Books
from server.books.drawing import DrawState, Frozen, pack
from server.refusal import Refusal

AFTER_A_CRASH = 30.0
"""So long links are waited for that were asked for before the house was started anew."""


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

    def __init__(
        self, books: Books, table: int, seed: Callable[[int], Hash], *, now: float
    ) -> None:
        """Go on where the books are: what was asked is asked again."""
        self._books = books
        self._table = table
        self._seed = seed
        self.state: DrawState = books.tills[table].drawing
        self.name = bytes.fromhex(books.tills[table].draw)
        self._accounts: list[Account] = []
        """Who has a say in the round, ascending."""
        self._index: dict[Account, int] = {}
        self._leaves: list[Hash] = []
        self._links: dict[Account, Hash] = {}
        """What was shown for the event that is open."""
        self._leaving: dict[Account, None] = {}
        """Who will be out before the next step."""
        self._window = 0.0
        self._until: float | None = None
        self._again = self.state.asked is not None
        if self._again:
            self._seat_all()
            self._until = now + AFTER_A_CRASH
            self._window = AFTER_A_CRASH

    # --- who has a say ----------------------------------------------------------------------

    def register(self, account: Account, first: Hash, number: int, *, frozen: bool) -> int:
        """Take a chain; the round in which it counts, `number` being the one on the table."""
        locked = self.state.locked.get(account, 0) - number + 1
        if locked > 0:
            raise Refusal(
                Reason.NO_SAY, f"you withheld a link: no say for {locked} rounds", figure=locked
            )
        if self.state.coming.get(account) != first:
            self._do("register", account, first.hex())
        if self.state.asked is not None and self._is_asked(account):
            self._leaving[account] = None
        return number + frozen

    def leave(self, account: Account) -> None:
        """Somebody goes: no blame, and no say from the next step on."""
        if self.state.asked is not None and self._is_asked(account):
            self._leaving[account] = None
        elif account in self.state.chains or account in self.state.coming:
            self._do("withdraw", account)

    def _is_asked(self, account: Account) -> bool:
        return account in self._index and account not in self.state.out

    @property
    def contributors(self) -> Collection[Account]:
        """Who is asked for a link that is not there yet, or has shown one that counts."""
        return self._accounts if self.state.asked is not None else ()

    # --- a round ----------------------------------------------------------------------------

    def freeze(
        self,
        number: int,
        draw: int,
        rules: str,
        state: bytes,
        stakes: Mapping[Account, Sequence[Stake]],
    ) -> "Fixed":
        """Fix everything that goes into a round but what is not shown yet."""
        self._do("admit")
        self._seat_all()
        leaves = [hashes.stake_leaf(account, stakes[account]) for account in sorted(stakes)]
        says, bets = tree.root(self._leaves), tree.root(leaves)
        here = self.state
        seed = self._seed(here.event)
        frozen = hashes.freeze(
            self.name,
            number,
            here.event + 1,
            draw,
            seed,
            here.history,
            rules,
            state,
            (len(self._leaves), says),
            (len(leaves), bets),
        )
        roots = len(self._leaves), says.hex(), len(leaves), bets.hex(), frozen.hex()
        self._do("freeze", number, draw, seed.hex(), rules, state.hex(), *roots)
        return Fixed(number, self._accounts, self._heads(), self._leaves, stakes, leaves)

    def ask(self, what: What, detail: bytes, window: float, now: float) -> EventAsked:
        """The next event. Whoever is leaving is noted as out before it."""
        self._step(what, detail)
        self._links.clear()
        self._window = window if self._waited_for() else 0.0
        self._until = now + self._window
        return self.asked_again()

    def notes(self) -> Iterator[Noted]:
        """What is to be noted before the next step: who is out from then on."""
        for account in self._leaving:
            yield self.note(What.OUT, hashes.u64(account))
        self._leaving.clear()

    def note(self, what: What, detail: bytes) -> Noted:
        """A decision that draws nothing."""
        self._step(what, detail)
        return Noted(what, detail, self._frozen.steps[-1].step)

    def _step(self, what: What, detail: bytes) -> None:
        step = hashes.step(self.state.before, what, detail)
        self._do("step", int(what), detail.hex(), step.hex())

    # --- an event ---------------------------------------------------------------------------

    def take(self, account: Account, event: int, link: Hash) -> None:
        """A link that somebody shows."""
        if self.state.asked is None or event != self.state.event + 1:
            reason = Reason.TOO_LATE if event <= self.state.event else Reason.NOT_NOW
            raise Refusal(reason, "no link is waited for in this event")
        if not self._is_asked(account):
            raise Refusal(Reason.NOT_NOW, "you have no say in this round")
        if self._links.get(account) == link:
            return
        if hashes.link_before(self.name, account, link) != self.state.chains[account].head:
            raise Refusal(Reason.WRONG_SECRET, "this is not the next link of your chain")
        self._links[account] = link
        self._leaves[self._index[account]] = hashes.say_leaf(account, link)

    def _waited_for(self) -> int:
        return len(self._accounts) - len(self.state.out.intersection(self._accounts))

    def is_due(self, now: float) -> bool:
        """Whether the event that is open can be drawn."""
        if self.state.asked is None:
            return False
        return len(self._links) >= self._waited_for() or now >= (self._until or 0.0)

    def next_moment(self) -> float | None:
        """When the window of the event that is open is over."""
        return self._until if self.state.asked is not None else None

    def draw(self) -> Drawn:
        """What the open event draws from."""
        asked = self.state.asked
        assert asked is not None
        event = self.state.event + 1
        links = tree.root(self._leaves)
        shown = hashes.reveals(asked.step, len(self._leaves), links)
        seed = self._seed(event)
        done = hashes.done(asked.step, shown, seed)
        words = Words(seed, asked.step, shown)
        return Drawn(event, words, seed, links, shown, done, dict(self._links))

    def close(self, drawn: Drawn) -> EventDrawn:
        """Write down how the event ended."""
        before = len(self._frozen.missing)
        roots = drawn.links_root.hex(), drawn.shown.hex(), drawn.done.hex()
        self._do("drawn", drawn.seed.hex(), *roots, pack(drawn.links), self._again)
        self._again, self._until = False, None
        missing = len(self._frozen.missing) - before
        count = len(self._leaves)
        return EventDrawn(
            drawn.event, drawn.seed, count, drawn.links_root, drawn.shown, drawn.done, missing
        )

    # --- showing ----------------------------------------------------------------------------

    def shown(self) -> list[Message]:
        """Where the draw is, for who sits down or looks on, with what is open said again."""
        here = self.state
        said: list[Message] = [DrawShown(here.event, self._seed(here.event), here.history)]
        if here.asked is not None:
            said += [self.frozen_again(), self.asked_again()]
        return said

    def frozen_again(self) -> RoundFrozen:
        """The freeze, as everybody is told it."""
        f = self._frozen
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
        heads = self._heads()
        shown = self._shown_in_round()
        return LinksShown(event, tuple(LinkRow(a, shown[a], heads[a]) for a in self._accounts))

    def your_draws(self, event: int) -> Iterator[tuple[Account, YourDraw]]:
        """To each who has a say, where their link stands among all."""
        for account, proof in zip(self._accounts, tree.proofs(self._leaves), strict=True):
            yield account, YourDraw(event, tuple(proof))

    # --- small steps ------------------------------------------------------------------------

    @property
    def _frozen(self) -> Frozen:
        assert self.state.frozen is not None
        return self.state.frozen

    def _heads(self) -> dict[Account, Hash]:
        chains = self.state.chains
        return {account: chains[account].head for account in self._accounts}

    def _shown_in_round(self) -> dict[Account, int]:
        return {account: self.state.chains[account].shown for account in self._accounts}

    def _seat_all(self) -> None:
        self._accounts = sorted(self.state.chains)
        self._index = {account: at for at, account in enumerate(self._accounts)}
        heads = self._heads()
        self._leaves = [hashes.say_leaf(account, heads[account]) for account in self._accounts]

    def _do(self, name: str, *what: object) -> None:
        self._books.draw(self._table, name, [*what])


class Fixed(NamedTuple):
    """A freeze, for what each is told of their own part in it."""

    number: int
    accounts: Sequence[Account]
    heads: Mapping[Account, Hash]
    leaves: Sequence[Hash]
    stakes: Mapping[Account, Sequence[Stake]]
    stake_leaves: Sequence[Hash]

    def parts(self) -> Iterator[tuple[Account, YourFreeze]]:
        """To each who has a chain or chips."""
        says = dict(zip(self.accounts, enumerate(tree.proofs(self.leaves)), strict=True))
        owners = sorted(self.stakes)
        bets = dict(zip(owners, enumerate(tree.proofs(self.stake_leaves)), strict=True))
        for account in sorted({*says, *bets}):
            say, proof = says.get(account, (0, ()))
            stake, stake_proof = bets.get(account, (0, ()))
            yield (
                account,
                YourFreeze(
                    self.number,
                    account in says,
                    say,
                    self.heads.get(account, hashes.NOTHING),
                    tuple(proof),
                    account in bets,
                    stake,
                    tuple(StakeRow(*bet) for bet in sorted(self.stakes.get(account, ()))),
                    tuple(stake_proof),
                ),
            )
