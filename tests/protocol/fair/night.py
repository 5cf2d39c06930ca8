"""An honest night at a table, round by round, as a file has it; a test then spoils what it wants.

What is given as `told` is told instead of what was drawn, and all that follows is made from it: so
a lie may stand alone, or with everything that a house would bend to cover it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from hashlib import sha256
from typing import Any, NamedTuple

from protocol.fair import hashes, tree
from protocol.fair.document import read
from protocol.fair.drawing import Drawing, Unlawful
from protocol.fair.hashes import NOTHING, Hash
from protocol.fair.judge import judge
from protocol.fair.verdict import Verdict
from protocol.fair.words import Words
from protocol.games.kinds import KINDS

TABLE = bytes(range(16))
LINKS = 64
Document = dict[str, Any]
Bets = Sequence[tuple[int, int, int]]


class Step(NamedTuple):
    """What is asked next, or noted."""

    what: int
    detail: bytes = b""
    missing: Collection[int] = ()
    """Who does not show a link."""
    told: Any = None
    """A result that is told instead of the one that was drawn."""


SPIN = Step(1)


def chain(label: str, before: Callable[[Hash], Hash], length: int = LINKS) -> list[Hash]:
    """From its public end."""
    links = [sha256(label.encode()).digest()]
    while len(links) <= length:
        links.append(before(links[-1]))
    return links[::-1]


class Night:
    """A house and its guests."""

    def __init__(self, table: bytes = TABLE, length: int = LINKS) -> None:
        self.table = table
        self.seeds = chain("house", lambda seed: hashes.seed_before(table, seed), length)
        self.history = NOTHING
        self.event = 0
        self.number = 0
        self.rounds: list[Document] = []
        self._links: dict[int, list[Hash]] = {}
        self._shown: dict[int, int] = {}

    def head(self, account: int) -> Hash:
        """The last link of it that was shown."""
        if account not in self._links:
            before = lambda link: hashes.link_before(self.table, account, link)  # noqa: E731
            self._links[account] = chain(f"player {account}", before)
            self._shown[account] = 0
        return self._links[account][self._shown[account]]

    def play(
        self,
        game: str = "roulette",
        *steps: Step,
        says: Sequence[int] = (1, 2, 3),
        stakes: Mapping[int, Bets] | None = None,
        rules: str = "",
        state: bytes = b"",
        own: int | None = 1,
        payouts: Mapping[int, int] | None = None,
    ) -> Document:
        """One round, with all lists and all that `own` saw; it stands in the document then."""
        laid: Mapping[int, Bets] = {} if stakes is None else stakes
        heads = {account: self.head(account) for account in sorted(says)}
        told = self._freeze(KINDS[game].number, heads, laid, rules, state)
        told["game"] = game
        if own is not None:
            told["own"] = _seen(own, heads, laid)
        drawing = _drawing(game, rules, state, laid)
        before = bytes.fromhex(told["freeze"])
        for step in steps or (SPIN,):
            before = hashes.step(before, step.what, step.detail)
            event = {"what": step.what, "detail": step.detail.hex(), "T": before.hex()}
            told["events"].append(event)
            if step.what == hashes.What.NOTE:
                with suppress(ValueError):  # It is noted all the same.
                    drawing.note(step.detail)
            if step.what not in hashes.NOTES:
                self._draw(drawing, step, heads, told, event)
                before = self.history
        _settle(told, drawing, payouts)
        self.rounds.append(told)
        return told

    def _freeze(
        self,
        draw: int,
        heads: Mapping[int, Hash],
        laid: Mapping[int, Bets],
        rules: str,
        state: bytes,
    ) -> Document:
        self.number += 1
        says = tree.root(_says(heads))
        stakes = tree.root(_stakes(laid))
        frozen = hashes.freeze(
            self.table,
            self.number,
            self.event + 1,
            draw,
            self.seeds[self.event],
            self.history,
            rules,
            state,
            (len(heads), says),
            (len(laid), stakes),
        )
        return {
            "name": f"round {self.number}",
            "round": self.number,
            "first_event": self.event + 1,
            "seed_before": self.seeds[self.event].hex(),
            "history": self.history.hex(),
            "rules": rules,
            "state": state.hex(),
            "contributors": len(heads),
            "says_root": says.hex(),
            "players": len(laid),
            "stakes_root": stakes.hex(),
            "freeze": frozen.hex(),
            "says": {str(account): head.hex() for account, head in heads.items()},
            "stakes": {str(account): [*map(list, bets)] for account, bets in laid.items()},
            "events": [],
        }

    def _draw(
        self,
        drawing: Drawing,
        step: Step,
        heads: dict[int, Hash],
        told: Document,
        event: Document,
    ) -> None:
        """Everybody shows a link, and the house its seed. `heads` are those that are known."""
        self.event += 1
        seed, before = self.seeds[self.event], bytes.fromhex(event["T"])
        for account in heads.keys() - {*step.missing}:
            self._shown[account] += 1
            heads[account] = self.head(account)
        leaves = _says(heads)
        shown = hashes.reveals(before, len(heads), tree.root(leaves))
        result = step.told
        if result is None:
            result = drawing.draw(step.what, step.detail, Words(seed, before, shown))
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            drawing.keep(step.what, step.detail, result)
        self.history = hashes.done(before, shown, seed)
        event |= {
            "event": self.event,
            "links_root": tree.root(leaves).hex(),
            "R": shown.hex(),
            "seed": seed.hex(),
            "done": self.history.hex(),
            "links": {str(a): None if a in step.missing else h.hex() for a, h in heads.items()},
            "result": result,
        }
        own = told["own"]["account"] if "own" in told else None
        if own in heads and own not in step.missing:
            told["own"]["links"][str(self.event)] = {
                "link": heads[own].hex(),
                "in_time": True,
                "proof": _hex(tree.proof(leaves, [*heads].index(own))),
            }

    def document(self) -> Document:
        """All of it; nothing of it is shared with the night."""
        anchor = self.seeds[0].hex()
        whole = {"scheme": "croupier/2", "table": self.table.hex(), "anchor": anchor}
        return deepcopy({**whole, "rounds": self.rounds})


def _seen(own: int, heads: Mapping[int, Hash], laid: Mapping[int, Bets]) -> Document:
    """What this account has of a round when it is frozen."""
    seen: Document = {"account": own, "links": {}}
    if own in heads:
        index = [*heads].index(own)
        seen["head"] = heads[own].hex()
        seen["say"] = {"index": index, "proof": _hex(tree.proof(_says(heads), index))}
    if own in laid:
        index = sorted(laid).index(own)
        proof = _hex(tree.proof(_stakes(laid), index))
        seen["stake"] = {"bets": [*map(list, laid[own])], "index": index, "proof": proof}
    return seen


def _drawing(game: str, rules: str, state: bytes, laid: Mapping[int, Bets]) -> Drawing:
    words = [word for word in rules.split(";") if word and not word.startswith("odd=")]
    return KINDS[game].start(words, state, laid, True)


def _settle(told: Document, drawing: Drawing, payouts: Mapping[int, int] | None) -> None:
    """What was paid: by default what follows, each half rounded down."""
    if payouts is None:
        try:
            halves = drawing.payouts()
        except Unlawful:
            return
        if halves is None:
            return
        payouts = {account: sum(half // 2 for half in back) for account, back in halves.items()}
    told["payouts"] = {str(account): chips for account, chips in payouts.items()}
    own = told.get("own", {}).get("account")
    if own in payouts:
        told["own"]["payout"] = payouts[own]


def _says(heads: Mapping[int, Hash]) -> list[Hash]:
    return [hashes.say_leaf(*each) for each in sorted(heads.items())]


def _stakes(laid: Mapping[int, Bets]) -> list[Hash]:
    return [hashes.stake_leaf(*each) for each in sorted(laid.items())]


def _hex(proof: Sequence[Hash]) -> list[str]:
    return [each.hex() for each in proof]


def verdicts(document: Document) -> list[Verdict]:
    return [verdict for _, verdict in judge(read(document), KINDS)]


def said(document: Document, at: int = -1) -> tuple[set[str], set[str]]:
    """The red steps and the grey words of a round: by default the last."""
    verdict = verdicts(document)[at]
    return {*verdict.reds}, {*verdict.greys}
