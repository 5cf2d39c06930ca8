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
from protocol.fair.verdict import Colour, Verdict
from protocol.house.draw import (
    ChainTaken,
    DrawShown,
    EventAsked,
    EventDrawn,
    LinkRow,
    LinksShown,
    Noted,
    RoundFrozen,
    SendLink,
    YourDraw,
    YourFreeze,
)
from protocol.limits import LINKS_A_PAGE
from protocol.wire import Message

YOUR_FREEZE_SECONDS = 5.0
DRAWN_SECONDS = 10.0
"""After the end of the window, as it was told."""
STEP_SECONDS = 600.0
AGAIN_SECONDS = 40.0
"""After one came back: what was open is said again, or it is over."""
AT_ONCE = 2_000
"""So many seeds are walked in one go, which takes a few milliseconds: a line is heard meanwhile."""
LISTED_SECONDS = 10.0
"""After a page was asked for."""
SURE_SECONDS = 1.0
"""A chain that was answered so long before a freeze is in it."""
IN_TIME_SECONDS = 0.5
"""A link that was written so long before the end of the window was in time."""
LEAST_WINDOW, MOST_WINDOW = 1.5, 30.0
EVENTS_KEPT = 400
"""Of a round, notes among them; in no game there are as many, ..."""
OUT_KEPT = 20_000
"""... but for those who are noted as out."""
EVENTS = 1 << 64
"""No event has a number from there on."""
OTHERS_KEPT = 4
"""So often it is told apart what the house said of one and the same."""


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
    """The line is cut."""
    repeated: bool = False
    """The question was told again to one who came within its window: how much of that is left is
    not known, and a link was in time only if the house says so."""
    gap: bool = False
    """The line was cut, and the round is not told anew since: something of it may be missing."""
    again: float | None = None
    """When one came back to it, and what is open was not said again since."""
    listed: float | None = None
    """Since when a page of everybody's links is waited for."""

    @property
    def is_asked(self) -> bool:
        """Whether an event is open."""
        return bool(self.events) and not (self.events[-1].is_note or self.events[-1].is_drawn)

    @property
    def drawn(self) -> list[Event]:
        return [event for event in self.events if event.is_drawn]

    def is_drawn(self, event: int) -> bool:
        """Whether one was told how this event ended. Who is in the house and not yet at the table
        again is told of their own link all the same, and of nothing else.
        """
        return bool(self.events) and self.events[-1].is_drawn and self.events[-1].number == event

    def add(self, event: Event) -> None:
        """Another event or note: no game has as many as a house could tell without an end. Whoever
        has a say may leave, and be noted as out.
        """
        if len(self.events) < EVENTS_KEPT + min(self.frozen.contributors, OUT_KEPT):
            self.events.append(event)
        else:
            self.live["order"] = None


class Judged(NamedTuple):
    """A verdict, with everything that it is about."""

    verdict: Verdict
    document: Document
    over: bool
    """Whether it is the last word."""

    @property
    def round_number(self) -> int:
        return self.round.number

    @property
    def round(self) -> Round:
        return self.document.rounds[0]

    @property
    def colour(self) -> Colour:
        return self.verdict.colour

    @property
    def holds(self) -> bool:
        """Whether nothing is red."""
        return self.colour is not Colour.RED


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
        self._trail = Trail(table, anchor, at_once=AT_ONCE)
        self._before = Before()
        self.account = account
        self.chain = chain
        self._maybe: OwnChain | None = None
        """It may be that the house has this one."""
        self._taken: float | None = None
        """When the house answered for the chain."""
        self._why_not = "no chain" if account else "watcher"
        self.telling: Telling | None = None
        self._past: tuple[Telling, Before, Judged] | None = None
        """The round that was told last, where the table stood before it, and the last word on it.
        """
        self._seed = anchor
        """The last that was shown."""
        self._fresh = True
        """Nothing was said on this line yet: the draw may have gone on meanwhile."""
        self._frozen: dict[int, Hash] = {}
        """The freezes that were told last, by their events."""
        self._within = False
        """One came when a round was frozen already."""
        self._astray = False
        """The house said on an unbroken line that its draw is elsewhere."""

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

    def _shown(self, said: DrawShown, now: float) -> None:
        telling = self.telling
        if telling is not None:
            self.back(now)
        elif self._fresh and said.event >= self._before.event:
            self._before = Before(self._before.number, said.event, said.history)
            self._seed = said.seed
        elif not self._fresh and (said.event, said.history) != self._before[1:]:
            self._astray = True
        self._fresh = False
        self._trail.leads(said.event, said.seed)

    def back(self, now: float) -> None:
        """One is at the table again after a cut: what is open is said again, or it is over."""
        telling = self.telling
        if telling is not None and telling.torn:
            telling.torn, telling.again = False, now

    def within(self) -> None:
        """What is told next, on a new line, was told to others before."""
        if self._fresh:
            self._within = True
            if self.telling is not None:
                self.telling.repeated = True

    def passed(self, said: DrawShown) -> bool:
        """Whether the round that is told was drawn to its end while one was away."""
        telling = self.telling
        known = [each for each in telling.drawn if each.result is not None] if telling else []
        return telling is not None and said.event >= telling.frozen.event + len(known)

    def _registered(self, _: ChainTaken, now: float) -> None:
        self._taken, self._why_not = now, ""

    def refused(self, why: str) -> None:
        """The chain was not taken."""
        self._taken, self._why_not = None, why

    def _freeze(self, said: RoundFrozen, now: float, bets: Sequence[Stake] | None) -> None:
        telling = self.telling
        if telling is not None and telling.frozen.event == said.event:
            self._within = False
            if said.freeze not in telling.freezes[:OTHERS_KEPT]:
                telling.freezes = [*telling.freezes, said.freeze][:OTHERS_KEPT]
            if telling.again is not None:
                telling.gap, telling.came = False, now
                if not telling.is_asked:  # Else the question comes again behind it.
                    telling.again = None
            return
        why, head = self._why_not, None
        if self.chain is not None and self._taken is not None:
            sure = now - self._taken >= SURE_SECONDS
            head, why = (self.chain.head, "") if sure else (None, "too late")
        self.telling = telling = Telling(said, now, bets, head, why, repeated=self._within)
        known = self._frozen.setdefault(said.event, said.freeze)
        if known != said.freeze:
            telling.freezes.append(known)
        while len(self._frozen) > OTHERS_KEPT:
            del self._frozen[next(iter(self._frozen))]
        if self._astray or (not self._fresh and said.event != self._before.event + 1):
            telling.live["late"] = None  # An event that was due did not come.
        self._astray = self._within = False

    def _mine(self, said: YourFreeze, _: float) -> None:
        telling = self.telling
        if telling is None or telling.frozen.round_number != said.round_number:
            return
        telling.mine = said
        if said.has_say and telling.head is None:
            self._find(telling, said)

    def _find(self, telling: Telling, said: YourFreeze) -> None:
        """Which of one's chains is in a freeze that none had to be in."""
        where = telling.frozen.says_root, telling.frozen.contributors, said.say_index
        for chain in filter(None, (self.chain, self._maybe)):
            leaf = hashes.say_leaf(self.account, chain.head)
            if telling.head is None and tree.proves(*where, leaf, said.say_proof):
                self.chain = chain
                telling.head, telling.why_not = chain.head, ""

    def _asked(self, said: EventAsked, now: float) -> None:
        telling = self.telling
        if telling is None:
            return
        last = telling.events[-1] if telling.events else None
        known = last is not None and last.number == said.event
        if known:
            steps = telling.transcripts.setdefault(said.event, [])
            if said.step not in steps and len(steps) < OTHERS_KEPT:
                steps.append(said.step)
        else:
            telling.add(_open(said.what, said.detail, said.step, said.event))
        window = said.window_ms / 1000
        if not known or telling.again is not None:
            telling.asked, telling.until, telling.again = now, now + window, None
        if telling.frozen.contributors and not LEAST_WINDOW <= window <= MOST_WINDOW:
            telling.live["window"] = None

    def _noted(self, said: Noted, now: float) -> None:
        telling = self.telling
        if telling is not None and said.step not in [each.step for each in telling.events]:
            telling.add(_open(said.what, said.detail, said.step, 0))
            telling.asked = now

    def _drawn(self, said: EventDrawn, now: float) -> None:
        telling = self.telling
        last = telling.events[-1] if telling is not None and telling.events else None
        if telling is None or last is None or last.is_note or last.number != said.event:
            return
        if said.contributors != telling.frozen.contributors:
            return  # It is no end of this round, and one is due.
        drawn = last._replace(
            links_root=said.links_root, shown=said.shown, seed=said.seed, done=said.done,
            links=None if said.contributors else {},
        )  # fmt: skip
        telling.events[-1] = drawn
        telling.asked, telling.until = now, now
        telling.repeated = False
        self._seed = said.seed

    def _links(self, said: LinksShown, _: float) -> None:
        telling = self.telling
        if telling is None or not telling.is_drawn(said.event):
            return
        drawn = sum(event.is_drawn for event in telling.events)
        heads: dict[Account, Hash] = {}
        links: dict[Account, Hash | None] = {}
        for row in said.rows:
            heads[row.account] = self._walked(row, drawn)[0]
            links[row.account] = row.link if row.shown == drawn else None
        telling.says = telling.says or heads
        telling.events[-1] = telling.events[-1]._replace(links=links)

    @property
    def is_too_long(self) -> bool:
        """Whether one has a say among too many to be told all links unasked."""
        telling = self.telling
        if telling is None or telling.mine is None or not telling.mine.has_say:
            return False
        return telling.frozen.contributors > LINKS_A_PAGE

    def await_page(self, now: float) -> None:
        """All links of the round were asked for, or the next page of them."""
        if self.telling is not None:
            self.telling.listed = now

    def all_links(self, rows: Sequence[LinkRow]) -> None:
        """Every page has come: the links of each event of the round."""
        telling = self.telling
        if telling is None:
            return
        telling.listed = None
        drawn = [at for at, event in enumerate(telling.events) if event.is_drawn]
        chains = {row.account: self._walked(row, len(drawn)) for row in rows}
        telling.says = {account: chain[0] for account, chain in chains.items()}
        for number, at in enumerate(drawn, 1):
            shown = {
                account: chain[number] if number < len(chain) else None
                for account, chain in chains.items()
            }
            telling.events[at] = telling.events[at]._replace(links=shown)

    def _walked(self, row: LinkRow, most: int) -> list[Hash]:
        """The head of a chain as it was frozen, and what was shown of it since."""
        chain = [row.link]
        for _ in range(min(row.shown, most)):
            chain.append(hashes.link_before(self._where.table, row.account, chain[-1]))
        return chain[::-1]

    def _own(self, said: YourDraw, _: float) -> None:
        telling, chain = self.telling, self.chain
        if telling is None or chain is None or telling.mine is None:
            return
        if not telling.is_drawn(said.event) or said.event in telling.links:
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
            self._end_chain()

    def _end_chain(self) -> None:
        """A link is missing. It may be known all the same: no other event may draw from it."""
        if self._maybe is self.chain:
            self._maybe = None
        self.chain, self._taken, self._why_not = None, None, "missed"

    def resulted(self, event: int, result: Mapping[str, Any]) -> None:
        """What the game said was drawn."""
        telling = self.telling
        for at, each in enumerate(telling.events if telling is not None else ()):
            if telling is not None and not each.is_note and each.number == event:
                telling.events[at] = each._replace(result=result)

    def paid(self, chips: int) -> None:
        """What the game said that one got back of the round."""
        telling = self.telling
        if telling is not None:
            if telling.payout not in (None, chips):
                telling.live["late"] = None  # Two sums are as good as none.
            telling.payout = chips

    def accepted(self, event: int) -> None:
        """The house has one's link: it was in time."""
        if self.telling is not None and event in self.telling.sent:
            link, _ = self.telling.sent[event]
            self.telling.sent[event] = link, True

    def torn(self, offered: OwnChain | None = None) -> None:
        """The line is cut: what was sent may not have come, clocks stand, one's chain ends. Whether
        a chain that was `offered` came is not known.
        """
        self._maybe = offered or self._maybe
        self._taken = None
        if self._why_not != "locked":
            self._why_not = "joined" if self.account else "watcher"
        self._fresh, self._astray = True, False
        if self.telling is not None:
            self.telling.torn = self.telling.gap = True
            self.telling.sent = {e: (link, False) for e, (link, _) in self.telling.sent.items()}

    # --- one's own link ---------------------------------------------------------------------

    def _link(self, now: float) -> SendLink | None:
        """The next link, if one has a say in this round and nothing is wrong so far."""
        telling, chain = self.telling, self.chain
        if telling is None or chain is None or telling.mine is None or not telling.mine.has_say:
            return None
        asked = telling.events[-1] if telling.events else None
        if asked is None or asked.is_note or asked.is_drawn:
            return None
        link = chain.next
        if link is None or telling.left or self.judged().verdict.reds or self.is_walking:
            return None
        # What was sent on a line that is cut may not have come: the same link goes out once more.
        in_time = telling.until is not None and now <= telling.until - IN_TIME_SECONDS
        in_time = in_time and not telling.repeated
        telling.sent.setdefault(asked.number, (link, in_time))
        return SendLink(0, asked.number, link)

    # --- the house's seeds ------------------------------------------------------------------

    @property
    def is_walking(self) -> bool:
        """Whether a wide gap in the seeds is on the way to the anchor, or to what leads there."""
        return self._trail.is_walking

    def walk(self, now: float) -> SendLink | None:
        """Walk a piece of it; one's link, if that was all it waited for."""
        self._trail.walk()
        return self._link(now) if not self.is_walking else None

    # --- the verdict ------------------------------------------------------------------------

    def tick(self, now: float) -> bool:
        """Look at the clocks; whether something is red that was not."""
        telling = self.telling
        if telling is None or telling.torn:
            return False
        before = len(telling.live)
        if telling.listed is not None and now > telling.listed + LISTED_SECONDS:
            telling.live["refused"], telling.listed = None, None
            return True
        if telling.again is not None:
            if now > telling.again + AGAIN_SECONDS:
                telling.live["late"] = None
            return len(telling.live) > before
        if self._is_looking:
            return len(telling.live) > before  # What takes long here is no fault of the house's.
        has_part = bool(telling.head is not None or telling.bets)
        if has_part and telling.mine is None and now > telling.came + YOUR_FREEZE_SECONDS:
            telling.live["late"] = None
        last = telling.events[-1] if telling.events else None
        if self.is_owed and self._ends_later(telling):
            return len(telling.live) > before
        since, waited = telling.until if telling.until is not None else telling.came, DRAWN_SECONDS
        if last is None or last.is_note:
            since, waited = max(since, telling.asked), STEP_SECONDS
        if now > since + waited:
            telling.live["late"] = None
        return len(telling.live) > before

    @property
    def is_mute(self) -> bool:
        """Whether no chain of one's own counts from the next freeze on, or none that has a link."""
        return self._taken is None or self.chain is None or self.chain.next is None

    @property
    def is_owed(self) -> bool:
        """Whether an event was asked for on this line, or again, and its seed is not shown."""
        telling = self.telling
        if telling is None or telling.torn or not telling.events:
            return False
        return not (telling.events[-1].is_note or telling.events[-1].is_drawn)

    def part(self) -> None:
        """The table is gone. Where the player decides when a round ends, nothing of it was due."""
        if self.telling is not None and self._ends_later(self.telling):
            self.telling.gap = True

    def _ends_later(self, telling: Telling) -> bool:
        """Whether the player decides when the seed may be shown."""
        _, kind = self._kinds.get(telling.frozen.draw, ("", None))
        return kind is not None and kind.told_at_end

    def seen(self, step: str) -> None:
        """Something was red that no file could show."""
        if self.telling is not None:
            self.telling.live[step] = None

    @property
    def is_whole(self) -> bool:
        """Whether everything that is told of the round was, and nothing is looked at any more."""
        return self._is_told and not self._is_looking

    @property
    def _is_looking(self) -> bool:
        """Whether seeds are walked, or everybody's links are read."""
        return self.is_walking or (self.telling is not None and self.telling.listed is not None)

    @property
    def _is_told(self) -> bool:
        telling = self.telling
        if telling is None or not telling.events:
            return False
        last = telling.events[-1]
        mine = telling.mine
        has_say = mine is not None and mine.has_say
        paid = telling.payout is not None or mine is None or not mine.has_stake
        listed = not has_say or self.is_too_long or last.links is not None
        told = not has_say or telling.head is None or last.number in telling.links
        return last.is_drawn and last.result is not None and paid and listed and told

    def judged(self) -> Judged:
        """The verdict on the round that is told, as far as it has gone."""
        assert self.telling is not None
        return self._judged(self.telling, self._before, over=False)

    def _judged(self, telling: Telling, before: Before, *, over: bool) -> Judged:
        told, kind = self._told(telling)
        document = self._where._replace(rounds=(told,))
        verdict = examine(self._where, told, kind, self._trail, before)
        return Judged(verdict, document, over)

    def over(self) -> Judged | None:
        """The round is over: the last word on it. On an unbroken line nothing of it may be missing:
        a house that goes on without it has left it out.
        """
        telling, before = self.telling, self._before
        if telling is None:
            return None
        if not (self._is_told or telling.gap or telling.live):
            telling.live["late"] = None
        judged = self._judged(telling, before, over=True)
        self._past = telling, before, judged
        self._before = Before.of(judged.round)
        self.telling = None
        if telling.sent:
            self._end_chain()
        return judged

    def over_unfrozen(self, number: int) -> Judged | None:
        """The game said how a round ended that was never frozen: nothing proves it."""
        if number <= self._before.number:
            return None
        before = self._before
        self._before = before._replace(number=number)
        nobody = 0, tree.root(())
        event = (before.event + 1) % EVENTS  # Whatever a house had claimed.
        fixed = number, event, 0, self._seed, before.history, "", b""
        frozen = hashes.freeze(self._where.table, *fixed, nobody, nobody)
        said = RoundFrozen(*fixed, *nobody, *nobody, frozen)
        telling = Telling(said, 0.0, None, None, self._why_not)
        telling.live["late"] = None
        return self._judged(telling, before, over=True)

    def said_again(
        self,
        number: int,
        *,
        result: Mapping[str, Any] | None = None,
        paid: int | None = None,
        void: bool = False,
    ) -> Judged | None:
        """Something more is said of the round that was told last: a verdict, where it is not what
        was said before.
        """
        if self._past is None or self._past[0].frozen.round_number != number:
            return None
        telling, before, judged = self._past
        if telling.gap or judged.verdict.reds:
            return None
        last = telling.events[-1] if telling.events else None
        if void:
            telling.live["void"] = None
        elif paid is not None and paid != (telling.payout or 0):
            telling.payout = paid
        elif result is not None and last is not None and last.result not in (None, result):
            telling.events[-1] = last._replace(result=result)
        else:
            return None
        judged = self._judged(telling, before, over=True)
        self._past = telling, before, judged
        return judged

    def _told(self, telling: Telling) -> tuple[Round, Kind | None]:
        said, mine = telling.frozen, telling.mine
        name, kind = self._kinds.get(said.draw, ("", None))
        sure = mine is not None or bool(telling.events)
        """One's own part comes before anything is asked; until then nothing is missing."""
        events = [_as_known(each) for each in telling.events]
        open_still = {each.number for each in events if not each.is_drawn}
        links = {e: link for e, link in telling.links.items() if e not in open_still}
        bets, stake = telling.bets, None
        head, why_not = (telling.head, telling.why_not) if sure else (None, "open")
        if mine is not None and mine.has_stake:
            stake = Place(mine.stake_index, mine.stake_proof)
            if bets is None:  # An answer was lost: it is not known what they should be.
                bets = [(bet.place, bet.kind, bet.chips) for bet in mine.bets]
        elif bets and sure:
            stake = Place(said.players, ())  # Nowhere.
        own = Own(
            account=self.account,
            why_not=why_not,
            head=head,
            say=Place(mine.say_index, mine.say_proof) if mine and mine.has_say else None,
            bets=bets if stake is not None else None,
            stake=stake,
            links=links,
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
                events=events,
                payouts=None,
                own=own if self.account else None,
            ),
            kind,
        )


def _as_known(event: Event) -> Event:
    """An event whose result was not told is as open as one that was not drawn."""
    if event.is_note or event.result is not None:
        return event
    return _open(event.what, event.detail, event.step, event.number)


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
