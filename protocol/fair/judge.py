"""The verdict on each round of a document: every step of it made again.

After a step that fails it goes on from the value in the file, so that one lie is one step, and what
follows from it holds or does not by itself.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from protocol.fair import hashes, tree
from protocol.fair.document import Document, Event, Own, Round
from protocol.fair.drawing import Drawing, Halves, Kind, Misread, Unlawful
from protocol.fair.hashes import NOTHING, Account, Hash, What
from protocol.fair.trail import Trail
from protocol.fair.verdict import Verdict
from protocol.fair.words import Words

ODD: Mapping[str, Callable[[Sequence[int]], set[int]]] = {
    "odd=down": lambda halves: {sum(half // 2 for half in halves)},
    "odd=carry": lambda halves: {sum(halves) // 2, (sum(halves) + 1) // 2},
}
"""What an account may be paid, by what each bet returned in half chips: each half rounded down, or
summed with the half chip that it may have been owed before."""
OF_ANOTHER_SHAPE = (ValueError, TypeError, KeyError, AttributeError)
"""What a result is that no step of the game gives."""


class Before(NamedTuple):
    """Where a table stood before a round."""

    number: int = 0
    """The last round."""
    event: int = 0
    history: Hash = NOTHING
    """D of this event."""

    @classmethod
    def of(cls, told: Round) -> "Before":
        """Behind this round."""
        drawn = [event for event in told.events if event.is_drawn]
        if drawn:
            return cls(told.number, drawn[-1].number, drawn[-1].done)
        return cls(told.number, told.first_event - 1, told.history)


def judge(document: Document, kinds: Mapping[str, Kind]) -> Iterator[tuple[Round, Verdict]]:
    """Each round with its verdict, in their order."""
    trail, before = Trail(document.table, document.anchor), Before()
    for told in document.rounds:
        yield told, examine(document, told, kinds.get(told.game), trail, before)
        before = Before.of(told)


def examine(
    where: Document, told: Round, kind: Kind | None, trail: Trail, before: Before
) -> Verdict:
    """The verdict on one round of a table, as far as it has gone."""
    examined = _Round(where, told, kind, trail)
    examined.follow(before)
    return examined.verdict


class _Round:
    """One round that is being looked at."""

    def __init__(self, document: Document, told: Round, kind: Kind | None, trail: Trail) -> None:
        self.told = told
        self.verdict = Verdict()
        self._table = document.table
        self._anchor = document.anchor
        self._trail = trail
        self._kind = kind
        words = [word for word in told.rules.split(";") if word]
        self._odd = next((word for word in words if word in ODD), "odd=down")
        self._rules = [word for word in words if word not in ODD]
        self._drawing: Drawing | None = None
        self._heads: dict[Account, Hash] | None = dict(told.says) if told.says is not None else None
        """The last link that is known of each."""
        self._out: set[Account] = set()
        """Who is not asked any more."""

    def follow(self, before: Before) -> None:
        """Every step, and what one saw oneself."""
        self._order(before)
        self._seeds()
        self._freeze()
        self._steps()
        self._payouts()
        if not self.told.contributors:
            self.verdict.grey("nobody")
        if not any(event.is_drawn for event in self.told.events):
            self.verdict.grey("open")
        if self.told.own is None:
            self.verdict.grey("watcher")
        else:
            self._saw(self.told.own)
            self._own_say(self.told.own)
            self._own_stake(self.told.own)

    # --- where it stands --------------------------------------------------------------------

    def _order(self, before: Before) -> None:
        told, red = self.told, self.verdict.red
        if told.number <= before.number:
            red("order", f"round {told.number}")
        if told.first_event <= before.event:
            red("order", f"event {told.first_event}")
        if told.first_event == before.event + 1 and told.history != before.history:
            red("history")
        following = told.first_event
        for event in told.events:
            if not event.is_note:
                if event.number != following:
                    red("order", f"event {event.number}")
                following = event.number + 1

    def _seeds(self) -> None:
        told, red = self.told, self.verdict.red
        pinned = told.own.saw.anchor if told.own is not None else None
        if pinned not in (None, self._anchor):
            red("anchor", "it is not the one that was pinned at the first visit")
        leads = told.first_event and self._trail.leads(told.first_event - 1, told.seed_before)
        if leads is None:
            self.verdict.grey("open", "the seeds are still walked back to the anchor")
        elif not leads:
            red("anchor")
        seed = told.seed_before
        for event in told.events:
            if event.is_drawn:
                if hashes.seed_before(self._table, event.seed) != seed:
                    red("chain", f"event {event.number}")
                seed = event.seed

    def _freeze(self) -> None:
        told, red = self.told, self.verdict.red
        if told.says is not None:
            leaves = [hashes.say_leaf(*each) for each in sorted(told.says.items())]
            if (len(leaves), tree.root(leaves)) != (told.contributors, told.says_root):
                red("says")
        if told.stakes is not None:
            leaves = [hashes.stake_leaf(*each) for each in sorted(told.stakes.items())]
            if (len(leaves), tree.root(leaves)) != (told.players, told.stakes_root):
                red("stakes")
        frozen = hashes.freeze(
            self._table,
            told.number,
            told.first_event,
            self._kind.number if self._kind is not None else 0,
            told.seed_before,
            told.history,
            told.rules,
            told.state,
            (told.contributors, told.says_root),
            (told.players, told.stakes_root),
        )
        if frozen != told.freeze:
            red("freeze")

    # --- the events -------------------------------------------------------------------------

    def _steps(self) -> None:
        red = self.verdict.red
        self._start()
        before = self.told.freeze
        for at, event in enumerate(self.told.events):
            where = "a note" if event.is_note else f"event {event.number}"
            if hashes.step(before, event.what, event.detail) != event.step:
                red("transcript", where)
            if at and not (self.told.events[at - 1].is_note or self.told.events[at - 1].is_drawn):
                red("order", f"{where} was asked for before the last one was drawn")
            before = event.step
            if event.what == What.OUT:
                self._note_out(event, at)
            elif event.is_note:
                self._decide(event)
            elif event.is_drawn:
                self._reveals(event, where)
                self._draw(event, where)
                if hashes.done(event.step, event.shown, event.seed) != event.done:
                    red("done", where)
                before = event.done

    def _start(self) -> None:
        if self._kind is None:
            return
        stakes = self.told.stakes
        whole = stakes is not None
        if stakes is None:
            own = self.told.own
            stakes = {own.account: own.bets} if own is not None and own.bets is not None else {}
        try:
            self._drawing = self._kind.start(self._rules, self.told.state, stakes, whole)
        except ValueError as error:
            self.verdict.red("draw", str(error))

    def _note_out(self, event: Event, at: int) -> None:
        if len(event.detail) != 8:
            self.verdict.red("transcript", "a note says whom it is about in eight bytes")
            return
        account, own = int.from_bytes(event.detail, "big"), self.told.own
        self._out.add(account)
        if own is not None and account == own.account and not own.left:
            asked = [each.number for each in self.told.events[:at] if not each.is_note]
            if all(event in own.links and own.links[event].in_time for event in asked):
                self.verdict.red("own_out")

    def _decide(self, event: Event) -> None:
        if self._drawing is not None:
            try:
                self._drawing.note(event.detail)
            except Misread as error:
                self.verdict.red("transcript", str(error))
            except ValueError as error:
                self.verdict.red("draw", str(error))

    def _reveals(self, event: Event, where: str) -> None:
        """The links that were shown, against what was frozen."""
        told, verdict = self.told, self.verdict
        if not told.contributors:
            if event.links or event.links_root != tree.root(()):
                verdict.red("reveals", where)
        elif event.links is None or self._heads is None:
            self._heads = None
            verdict.grey("unlisted")
        else:
            self._shown(event.links, self._heads, where)
            leaves = [hashes.say_leaf(*each) for each in sorted(self._heads.items())]
            if tree.root(leaves) != event.links_root:
                verdict.red("reveals", where)
        if hashes.reveals(event.step, told.contributors, event.links_root) != event.shown:
            verdict.red("reveals", where)

    def _shown(
        self, links: Mapping[Account, Hash | None], heads: dict[Account, Hash], where: str
    ) -> None:
        verdict, own = self.verdict, self.told.own
        if links.keys() != heads.keys():
            verdict.red("links", where)
        for account, link in links.items():
            if account not in heads:
                continue
            if link is None:
                if account not in self._out and (own is None or account != own.account):
                    verdict.grey("withheld", f"account {account}")
                self._out.add(account)
                continue
            fits = hashes.link_before(self._table, account, link) == heads[account]
            if not fits or account in self._out:
                verdict.red("links", f"{where}, account {account}")
            heads[account] = link

    def _draw(self, event: Event, where: str) -> None:
        """The result, made again; and the round goes on from the one in the file."""
        if self._drawing is None:
            return
        words = Words(event.seed, event.step, event.shown)
        step = event.what, event.detail
        try:
            if not self._drawing.fits(*step, words, event.result):
                self.verdict.red("draw", where)
        except Misread as error:
            self.verdict.red("transcript", f"{where}: {error}")
        except OF_ANOTHER_SHAPE as error:
            self.verdict.red("draw", f"{where}: {error}" if type(error) is Unlawful else where)
        try:
            self._drawing.keep(*step, event.result)
        except Misread:
            self._drawing = None  # It was said above; from there no game goes on.
        except OF_ANOTHER_SHAPE:
            self.verdict.red("draw", where)
            self._drawing = None

    # --- chips ------------------------------------------------------------------------------

    def _payouts(self) -> None:
        told, kind = self.told, self._kind
        if kind is None or not all(map(kind.known, self._rules)):
            self.verdict.grey("rules")
            return
        if self._drawing is None:
            return
        try:
            halves = self._drawing.payouts()
        except Unlawful as early:
            self._told_early(str(early))
            return
        if halves is None:
            return
        if told.payouts is not None and told.stakes is not None:
            # Who has a stake and is not in `halves` is paid by another page than this.
            judged = halves.keys() | (told.payouts.keys() - told.stakes.keys())
            wrong = [
                account
                for account in judged
                if told.payouts.get(account) not in self._owed(halves, account)
            ]
            if wrong:
                self.verdict.red("payouts", f"account {min(wrong)}")
        own = told.own
        if own is None or own.payout is None or (own.bets and own.account not in halves):
            return
        if own.payout not in self._owed(halves, own.account):
            self.verdict.red("own_payout")

    def _told_early(self, why: str) -> None:
        """Whatever was paid before the end does not follow."""
        if self.told.payouts:
            self.verdict.red("payouts", why)
        if self.told.own is not None and self.told.own.payout is not None:
            self.verdict.red("own_payout", why)

    def _owed(self, halves: Halves, account: Account) -> set[int]:
        return ODD[self._odd](halves.get(account, []))

    # --- what one saw oneself ---------------------------------------------------------------

    def _saw(self, own: Own) -> None:
        red = self.verdict.red
        for step in own.saw.steps:
            red(step)
        if any(freeze != self.told.freeze for freeze in own.saw.freezes):
            red("two_freezes")
        for event in self.told.events:
            seen = own.saw.transcripts.get(event.number, ()) if not event.is_note else ()
            if any(step != event.step for step in seen):
                red("two_transcripts", f"event {event.number}")

    def _own_say(self, own: Own) -> None:
        told, verdict = self.told, self.verdict
        if own.why_not:
            verdict.grey(own.why_not)
        if own.left:
            verdict.grey("left")
        if own.head is None:
            if not own.why_not:
                verdict.grey("no chain")
            return
        if own.say is None:
            if not own.why_not:
                verdict.red("own_say")
            return
        leaf = hashes.say_leaf(own.account, own.head)
        index, proof = own.say
        if not tree.proves(told.says_root, told.contributors, index, leaf, proof):
            verdict.red("own_say")
        self._own_links(own, index)

    def _own_links(self, own: Own, index: int) -> None:
        told, verdict = self.told, self.verdict
        drawn = [event for event in told.events if event.is_drawn]
        for event in drawn:
            link = own.links.get(event.number)
            if link is None or not link.in_time:
                verdict.grey("left" if own.left else "missed", f"event {event.number}")
                continue
            leaf = hashes.say_leaf(own.account, link.link)
            where = (event.links_root, told.contributors, index)
            if not tree.proves(*where, leaf, link.proof):
                verdict.red("own_link", f"event {event.number}")
        gone = own.links.keys() - {event.number for event in drawn}
        if any(own.links[event].in_time for event in gone):
            verdict.red("own_link", f"event {min(gone)}")

    def _own_stake(self, own: Own) -> None:
        told = self.told
        listed = told.stakes.get(own.account) if told.stakes is not None else None
        if own.bets is None or own.stake is None:
            if listed:
                self.verdict.red("own_stake", "bets are stated that you did not lay")
            return
        leaf = hashes.stake_leaf(own.account, own.bets)
        where = (told.stakes_root, told.players, own.stake.at)
        if not tree.proves(*where, leaf, own.stake.proof) or (
            listed is not None and _row(listed) != _row(own.bets)
        ):
            self.verdict.red("own_stake")


def _row(bets: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    return sorted(bets)
