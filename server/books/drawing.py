"""What a table's draw has in the books. Pure: every deed writes itself down (`Books.draw`).

A *chain* counts from the freeze after it was registered: until then it is *coming*. Who showed no
link, left, or has a newer chain is *out* for the rest of the round, and their chain ends with it.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from struct import iter_unpack
from typing import Any, ClassVar, Self

from protocol.fair.hashes import NOTES, NOTHING, Account, Hash, What
from protocol.limits import CHAIN_LINKS
from server.books.purse import BooksError

ROUNDS_WITHOUT_SAY = 20
"""For who was asked for a link and showed none."""


@dataclass(slots=True)
class Chain:
    """What is known of a player's chain."""

    head: Hash
    """The last link that was shown, or its public end."""
    left: int = CHAIN_LINKS
    shown: int = 0
    """How many links of it were shown in this round."""


@dataclass(slots=True)
class Step:
    """A step of the round in play."""

    what: int
    detail: bytes
    step: Hash
    event: int = 0
    links_root: Hash = NOTHING
    shown: Hash = NOTHING
    seed: Hash = NOTHING
    done: Hash = NOTHING


@dataclass(slots=True)
class Frozen:
    """The freeze of the round in play, or of the last one."""

    number: int
    event: int
    draw: int
    seed_before: Hash
    history: Hash
    rules: str
    state: bytes
    contributors: int
    says_root: Hash
    players: int
    stakes_root: Hash
    freeze: Hash
    steps: list[Step] = field(default_factory=list)
    missing: set[Account] = field(default_factory=set)
    """Who was asked in it and showed nothing."""


class DrawState:
    """One table's."""

    OWN: ClassVar[frozenset[str]] = frozenset(
        ("register", "withdraw", "admit", "freeze", "step", "drawn")
    )

    def __init__(self) -> None:
        self.event = 0
        self.seed: Hash = b""
        """The last one of the house that was shown; nothing before the first event."""
        self.history: Hash = NOTHING
        self.chains: dict[Account, Chain] = {}
        self.coming: dict[Account, Hash] = {}
        self.locked: dict[Account, int] = {}
        """The last round in which an account has no say, for having withheld."""
        self.out: set[Account] = set()
        self.frozen: Frozen | None = None

    @property
    def before(self) -> Hash:
        """What the next step follows; before the first freeze, nothing."""
        if self.frozen is None:
            return NOTHING
        if not self.frozen.steps:
            return self.frozen.freeze
        last = self.frozen.steps[-1]
        return last.step if last.what in NOTES else last.done

    @property
    def asked(self) -> Step | None:
        """The event that is open."""
        steps = self.frozen.steps if self.frozen is not None else ()
        return steps[-1] if steps and steps[-1].what not in NOTES and not steps[-1].event else None

    # --- the deeds --------------------------------------------------------------------------

    def register(self, account: Account, first: str) -> None:
        """A say, from the next freeze on."""
        self.coming[account] = bytes.fromhex(first)

    def withdraw(self, account: Account) -> None:
        """Somebody has no say any more from the next freeze on."""
        self.coming.pop(account, None)
        self.out.add(account)

    def admit(self) -> None:
        """What comes before a freeze: who is out goes, who is coming is there."""
        for account in self.out:
            self.chains.pop(account, None)
        for account, first in self.coming.items():
            self.chains[account] = Chain(first)
        self.out.clear()
        self.coming.clear()
        ended = [account for account, chain in self.chains.items() if not chain.left]
        for account in ended:
            del self.chains[account]
        for chain in self.chains.values():
            chain.shown = 0

    def freeze(
        self, number: int, draw: int, seed: str, rules: str, state: str, *roots: Any
    ) -> None:
        """`roots`: contributors and their root, players and theirs, and the freeze over it all."""
        if self.asked:
            raise BooksError("an event is open")
        contributors, says, players, stakes, freeze = roots
        if contributors != len(self.chains):
            raise BooksError(f"{len(self.chains)} have a say, not {contributors}")
        if self.seed and seed != self.seed.hex():
            raise BooksError("the seed before is not the last one that was shown")
        self.frozen = Frozen(
            number,
            self.event + 1,
            draw,
            bytes.fromhex(seed),
            self.history,
            rules,
            bytes.fromhex(state),
            contributors,
            bytes.fromhex(says),
            players,
            bytes.fromhex(stakes),
            bytes.fromhex(freeze),
        )

    def step(self, what: int, detail: str, step: str) -> None:
        """The next event is asked for, or something is noted."""
        if self.frozen is None or self.asked:
            raise BooksError("nothing is frozen, or an event is open")
        self.frozen.steps.append(Step(what, bytes.fromhex(detail), bytes.fromhex(step)))
        if what == What.OUT:
            self.out.add(int(detail, 16))

    def drawn(
        self, seed: str, links_root: str, shown: str, done: str, links: str, pardoned: bool
    ) -> None:
        """The event that is open ends. `links`: who showed which, packed; `pardoned`: the house was
        away in between, and nobody is blamed.
        """
        asked, frozen = self.asked, self.frozen
        if asked is None or frozen is None:
            raise BooksError("no event is open")
        rows = unpack(links)
        for account, link in rows.items():
            chain = self.chains[account]
            chain.head, chain.left, chain.shown = link, chain.left - 1, chain.shown + 1
        missing = self.chains.keys() - rows.keys() - self.out
        for account in missing:
            self.out.add(account)
            frozen.missing.add(account)
            if not pardoned:
                self.locked[account] = frozen.number + ROUNDS_WITHOUT_SAY
        self.event += 1
        asked.event = self.event
        asked.links_root, asked.shown = bytes.fromhex(links_root), bytes.fromhex(shown)
        asked.seed, asked.done = bytes.fromhex(seed), bytes.fromhex(done)
        self.seed, self.history = asked.seed, asked.done

    def snapshot(self) -> dict[str, Any]:
        """Everything, as JSON can hold it."""
        frozen = self.frozen
        return {
            "event": self.event,
            "seed": self.seed.hex(),
            "history": self.history.hex(),
            "chains": {
                account: [each.head.hex(), each.left, each.shown]
                for account, each in self.chains.items()
            },
            "coming": {account: first.hex() for account, first in self.coming.items()},
            "locked": self.locked,
            "out": sorted(self.out),
            "frozen": _plain(frozen) if frozen is not None else None,
        }

    @classmethod
    def of_snapshot(cls, kept: dict[str, Any]) -> Self:
        """The state that gave this snapshot, after it went through JSON."""
        state = cls()
        state.event, state.seed = kept["event"], bytes.fromhex(kept["seed"])
        state.history = bytes.fromhex(kept["history"])
        state.chains = {
            int(account): Chain(bytes.fromhex(head), *rest)
            for account, (head, *rest) in kept["chains"].items()
        }
        state.coming = {int(who): bytes.fromhex(first) for who, first in kept["coming"].items()}
        state.locked = {int(account): number for account, number in kept["locked"].items()}
        state.out = set(kept["out"])
        if kept["frozen"] is not None:
            fields, steps, missing = kept["frozen"]
            state.frozen = Frozen(*of_hex(Frozen, fields))
            state.frozen.steps = [Step(*of_hex(Step, step)) for step in steps]
            state.frozen.missing = set(missing)
        return state


# --- as text ------------------------------------------------------------------------------------


def pack(links: Mapping[Account, Hash]) -> str:
    """Who showed which link, as a deed has it."""
    rows = b"".join([who.to_bytes(8, "big") + links[who] for who in sorted(links)])
    return b64encode(rows).decode()


def unpack(links: str) -> dict[Account, Hash]:
    """What `pack` packed."""
    return dict(iter_unpack(">Q32s", b64decode(links)))


def _plain(frozen: Frozen) -> list[Any]:
    return [in_hex(frozen, but=2), [*map(in_hex, frozen.steps)], sorted(frozen.missing)]


def in_hex(value: Any, but: int = 0) -> list[Any]:
    """The fields of one of these in their order; `but` so many, the last ones."""
    names = [each.name for each in fields(value)]
    values = [getattr(value, name) for name in names[: len(names) - but]]
    return [each.hex() if isinstance(each, bytes) else each for each in values]


def of_hex(kind: type, values: Sequence[Any]) -> list[Any]:
    """What `in_hex` made a list of."""
    return [
        bytes.fromhex(value) if each.type in ("bytes", bytes, Hash) else value
        for each, value in zip(fields(kind), values, strict=False)
    ]
