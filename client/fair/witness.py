"""Follows the draws of one table: shows one's own links, and judges each round as it goes.

What the house says of a round is put together as the file that anybody could verify (`document`),
and judged by the same code, at every step: before a link is shown, and when the round is over. So a
red verdict, its evidence and `run.py verify` never differ. Besides there are the clocks: what is
due and does not come is red as well. Pure: messages, time and chance are passed in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from client.fair.own_chain import OwnChain
from protocol.fair import hashes, tree
from protocol.fair.document import Document, Event, Own, OwnLink, Place, Round, Saw
from protocol.fair.drawing import Kind
from protocol.fair.hashes import Account, Hash, Stake
from protocol.fair.judge import Before, examine
from protocol.fair.trail import Trail
from protocol.fair.verdict import Verdict
from protocol.house.draw import (
    ChainTaken,
    DrawShown,
    EventAsked,
    EventDrawn,
    LinksShown,
    Noted,
    RoundFrozen,
    SendLink,
    YourDraw,
    YourFreeze,
)
from protocol.wire import Message

YOUR_FREEZE_SECONDS = 5.0
DRAWN_SECONDS = 10.0
"""After the end of the window, as it was told."""
STEP_SECONDS = 600.0
SURE_SECONDS = 1.0
"""A chain that was answered so long before a freeze is in it."""
IN_TIME_SECONDS = 0.5
"""A link that was written so long before the end of the window was in time."""
LEAST_WINDOW, MOST_WINDOW = 1.5, 30.0


@dataclass(slots=True)
class Telling:
    """A round, as far as it was told."""

    frozen: RoundFrozen
    came: float
    bets: Sequence[Stake] | None
    """One's own, as they were acknowledged; None: that is not known."""
    head: Hash | None
    """Of one's own chain, where it has to be in the freeze."""
    why_not: str
    mine: YourFreeze | None = None
    events: list[Event] = field(default_factory=list)
    says: Mapping[Account, Hash] | None = None
    links: dict[int, OwnLink] = field(default_factory=dict)
    sent: dict[int, tuple[Hash, bool]] = field(default_factory=dict)
    """One's own links that were sent, and whether in time."""
    freezes: list[Hash] = field(default_factory=list)
    transcripts: dict[int, list[Hash]] = field(default_factory=dict)
    live: dict[str, None] = field(default_factory=dict)
    """What was red at the time."""
    payout: int | None = None
    left: bool = False
    asked: float = 0.0
    """When the event that is open was asked for, ..."""
    until: float | None = None
    """... and when its window is over."""
    torn: bool = False
    """The line was cut in it."""


class Judged(NamedTuple):
    """A verdict, with everything that it is about."""

    verdict: Verdict
    document: Document
    over: bool


class Witness:
    """Of one table, for one account; 0 is a guest, who has no say."""

    def __init__(
        self,
        table: bytes,
        anchor: Hash,
        kinds: Mapping[int, tuple[str, Kind]],
        account: Account,
        chain: OwnChain | None,
    ) -> None:
        self._where = Document(table, anchor, ())
        self._kinds = kinds
        self._trail = Trail(table, anchor)
        self._before = Before()
        self.account = account
        self.chain = chain
        self._taken: float | None = None
        """When the house answered for the chain."""
        self._why_not = "no chain" if account else "watcher"
        self.telling: Telling | None = None

    # --- what the house says ----------------------------------------------------------------

    def hear(self, said: Message, now: float, bets: Sequence[Stake] | None) -> SendLink | None:
        """Take in what is said; one's link, where it is asked for and all is well. `bets` are one's
        own as they are known to lie.
        """
        step = _STEPS.get(type(said))
        if isinstance(said, RoundFrozen):
            self._freeze(said, now, bets)
        elif step is not None:
            step(self, said, now)
        return self._link(now) if isinstance(said, EventAsked | YourFreeze) else None

    def _shown(self, said: DrawShown, _: float) -> None:
        if self.telling is None and said.event >= self._before.event:
            self._before = Before(0, said.event, said.history)

    def _registered(self, _: ChainTaken, now: float) -> None:
        self._taken, self._why_not = now, ""

    def refused(self, why: str) -> None:
        """The chain was not taken."""
        self._taken, self._why_not = None, why

    def _freeze(self, said: RoundFrozen, now: float, bets: Sequence[Stake] | None) -> None:
        telling = self.telling
        if telling is not None and telling.frozen.event == said.event:
            telling.freezes.append(said.freeze)
            return
        why, head = self._why_not, None
        if self.chain is not None and self._taken is not None:
            sure = now - self._taken >= SURE_SECONDS
            head, why = (self.chain.head, "") if sure else (None, "too late")
        self.telling = Telling(said, now, bets, head, why)

    def _mine(self, said: YourFreeze, _: float) -> None:
        telling = self.telling
        if telling is None or telling.frozen.round_number != said.round_number:
            return
        telling.mine = said
        if said.has_say and self.chain is not None and telling.head is None:
            telling.head, telling.why_not = self.chain.head, ""

    def _asked(self, said: EventAsked, now: float) -> None:
        telling = self.telling
        if telling is None:
            return
        last = telling.events[-1] if telling.events else None
        if last is not None and last.number == said.event:
            telling.transcripts.setdefault(said.event, []).append(said.step)
        else:
            telling.events.append(_open(said.what, said.detail, said.step, said.event))
        window = said.window_ms / 1000
        telling.asked, telling.until = now, now + window
        if telling.frozen.contributors and not LEAST_WINDOW <= window <= MOST_WINDOW:
            telling.live["window"] = None

    def _noted(self, said: Noted, now: float) -> None:
        if self.telling is not None:
            self.telling.events.append(_open(said.what, said.detail, said.step, 0))
            self.telling.asked = now

    def _drawn(self, said: EventDrawn, now: float) -> None:
        telling = self.telling
        last = telling.events[-1] if telling is not None and telling.events else None
        if telling is None or last is None or last.is_note or last.number != said.event:
            return
        drawn = last._replace(
            links_root=said.links_root, shown=said.shown, seed=said.seed, done=said.done,
            links=None if said.contributors else {},
        )  # fmt: skip
        telling.events[-1] = drawn
        telling.asked, telling.until = now, now

    def _links(self, said: LinksShown, _: float) -> None:
        telling = self.telling
        if telling is None or not telling.events or telling.events[-1].number != said.event:
            return
        drawn = sum(event.is_drawn for event in telling.events)
        table = self._where.table
        heads: dict[Account, Hash] = {}
        links: dict[Account, Hash | None] = {}
        for row in said.rows:
            head = row.link
            for _step in range(min(row.shown, drawn)):
                head = hashes.link_before(table, row.account, head)
            heads[row.account] = head
            links[row.account] = row.link if row.shown == drawn else None
        telling.says = telling.says or heads
        telling.events[-1] = telling.events[-1]._replace(links=links)

    def _own(self, said: YourDraw, _: float) -> None:
        telling, chain = self.telling, self.chain
        if telling is None or chain is None or telling.mine is None:
            return
        sent = telling.sent.pop(said.event, None)
        link, in_time = sent if sent is not None else (chain.head, False)
        telling.links[said.event] = OwnLink(link, in_time, said.proof)
        root = next((e.links_root for e in telling.events if e.number == said.event), b"")
        leaf = hashes.say_leaf(self.account, link)
        where = root, telling.frozen.contributors, telling.mine.say_index
        if sent is not None and tree.proves(*where, leaf, said.proof):
            chain.used += 1
        elif not telling.left:
            self._taken, self._why_not = None, "missed"  # The chain ends with a missing link.

    def resulted(self, event: int, result: Mapping[str, Any]) -> None:
        """What the game said was drawn."""
        telling = self.telling
        for at, each in enumerate(telling.events if telling is not None else ()):
            if telling is not None and not each.is_note and each.number == event:
                telling.events[at] = each._replace(result=result)

    def paid(self, chips: int) -> None:
        """What the game said that one got back of the round."""
        if self.telling is not None:
            self.telling.payout = chips

    def accepted(self, event: int) -> None:
        """The house has one's link: it was in time."""
        if self.telling is not None and event in self.telling.sent:
            link, _ = self.telling.sent[event]
            self.telling.sent[event] = link, True

    def torn(self) -> None:
        """The line is cut: what was sent may not have come, and clocks stand."""
        if self.telling is not None:
            self.telling.torn = True
            self.telling.sent = {e: (link, False) for e, (link, _) in self.telling.sent.items()}

    # --- one's own link ---------------------------------------------------------------------

    def _link(self, now: float) -> SendLink | None:
        """The next link, if one has a say in this round and nothing is wrong so far."""
        telling, chain = self.telling, self.chain
        if telling is None or chain is None or telling.mine is None or not telling.mine.has_say:
            return None
        asked = telling.events[-1] if telling.events else None
        if asked is None or asked.is_note or asked.is_drawn or asked.number in telling.sent:
            return None
        link = chain.next
        if link is None or telling.left or self.judged().verdict.reds:
            return None
        in_time = telling.until is not None and now <= telling.until - IN_TIME_SECONDS
        telling.sent[asked.number] = link, in_time and not telling.torn
        return SendLink(0, asked.number, link)

    # --- the verdict ------------------------------------------------------------------------

    def tick(self, now: float) -> bool:
        """Look at the clocks; whether something is red that was not."""
        telling = self.telling
        if telling is None or telling.torn:
            return False
        before = len(telling.live)
        has_part = bool(telling.head is not None or telling.bets)
        if has_part and telling.mine is None and now > telling.came + YOUR_FREEZE_SECONDS:
            telling.live["late"] = None
        last = telling.events[-1] if telling.events else None
        if last is None or (last.is_drawn and last.result is not None):
            waited = STEP_SECONDS
        else:
            waited = DRAWN_SECONDS
        since = telling.until if telling.until is not None else telling.came
        if last is None or last.is_note:
            since, waited = max(since, telling.asked), STEP_SECONDS
        if now > since + waited:
            telling.live["late"] = None
        return len(telling.live) > before

    def judged(self, *, over: bool = False) -> Judged:
        """The verdict on the round that is told, as far as it has gone."""
        telling = self.telling
        assert telling is not None
        told, kind = self._told(telling)
        document = self._where._replace(rounds=(told,))
        verdict = examine(self._where, told, kind, self._trail, self._before)
        return Judged(verdict, document, over)

    def over(self) -> Judged | None:
        """The round is over: the last word on it."""
        if self.telling is None:
            return None
        judged = self.judged(over=True)
        self._before = Before.of(judged.document.rounds[0])
        self.telling = None
        return judged

    def _told(self, telling: Telling) -> tuple[Round, Kind | None]:
        said, mine = telling.frozen, telling.mine
        name, kind = self._kinds.get(said.draw, ("", None))
        bets, stake = telling.bets, None
        if mine is not None and mine.has_stake:
            stake = Place(mine.stake_index, mine.stake_proof)
            if bets is None:  # An answer was lost: it is not known what they should be.
                bets = [(bet.place, bet.kind, bet.chips) for bet in mine.bets]
        elif bets:
            stake = Place(0, ())
        own = Own(
            account=self.account,
            why_not=telling.why_not,
            head=telling.head,
            say=Place(mine.say_index, mine.say_proof) if mine and mine.has_say else None,
            bets=bets if stake is not None else None,
            stake=stake,
            links=telling.links,
            left=telling.left,
            payout=telling.payout,
            saw=Saw(None, telling.freezes, telling.transcripts, [*telling.live]),
        )
        return (
            Round(
                name="",
                game=name,
                number=said.round_number,
                first_event=said.event,
                seed_before=said.seed_before,
                history=said.history,
                rules=said.rules,
                state=said.state,
                contributors=said.contributors,
                says_root=said.says_root,
                players=said.players,
                stakes_root=said.stakes_root,
                freeze=said.freeze,
                says=telling.says if said.contributors else {},
                stakes=None,
                events=telling.events,
                payouts=None,
                own=own if self.account else None,
            ),
            kind,
        )


def _open(what: int, detail: bytes, step: Hash, number: int) -> Event:
    return Event(what, detail, step, number, b"", b"", b"", b"", None, None)


_STEPS: dict[type[Message], Callable[[Witness, Any, float], None]] = {
    DrawShown: Witness._shown,
    ChainTaken: Witness._registered,
    YourFreeze: Witness._mine,
    EventAsked: Witness._asked,
    Noted: Witness._noted,
    EventDrawn: Witness._drawn,
    LinksShown: Witness._links,
    YourDraw: Witness._own,
}
