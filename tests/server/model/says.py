"""The model's draw: whose chains are in it, what is frozen, and which number follows."""

from collections.abc import Iterator
from typing import Any

from protocol.fair import hashes, tree
from protocol.fair.words import Words
from protocol.games.roulette import rounds
from protocol.games.roulette.lists import Phase
from protocol.house import draw
from protocol.house.door import Done
from protocol.house.lists import Notice, Reason
from tests.server.model.layout import CHANCES, ONCE
from tests.server.model.people import Expected, Person
from tests.server.model.state import Fault, State

LOCKS = {"": "", **{zero: f"{zero};odd=carry" for zero in ("partage", "prison", "prison2")}}
LOCKS["surrender"] = "surrender;odd=carry"
SPIN, OUT = 1, 10


class Says(State):
    """Who has a say in the number, and how it is drawn."""

    def begin_draw(self, anchor: bytes) -> None:
        """A table at which nothing was drawn yet."""
        self.event, self.seed, self.history = 0, anchor, bytes(32)
        self.chains: dict[int, bytes] = {}
        """Of each who has a say, the last link that was shown, or the public end."""
        self.coming: dict[int, bytes] = {}
        self.gone: set[int] = set()
        self.out_of_it: set[int] = set()
        """Who is not asked in this round any more."""
        self.out_next: list[int] = []
        self.contributing: list[int] = []
        self.links: dict[int, bytes] = {}
        self.step: bytes | None = None
        self.frozen: dict[str, Any] = {}
        self.parts: dict[int, dict[str, Any]] = {}
        self.notes: list[dict[str, Any]] = []

    @property
    def is_frozen(self) -> bool:
        return self.phase in (Phase.CLOSED, Phase.SPINNING)

    def has_say(self, account: int) -> bool:
        asked = account in self.contributing and account not in self.out_of_it
        return self.is_frozen and asked

    # Chains

    def judge_chain(self, who: Person, _: draw.RegisterChain) -> Iterator[Fault]:
        account = who.account
        if not account:
            yield Fault(Reason.NOT_FOR_GUESTS)
        if who.no_say_until >= self.round:
            yield Fault(Reason.NO_SAY, who.no_say_until - self.round + 1)
        if self.has_say(account) and self.step is not None and account not in self.links:
            yield Fault(Reason.NOT_NOW)

    def take_chain(self, who: Person, request: draw.RegisterChain, _: Any) -> Expected:
        self.coming[who.account] = request.first
        self.gone.discard(who.account)
        if self.has_say(who.account) and who.account not in self.out_next:
            self.out_next.append(who.account)
        known = {"number": request.number, "round_number": self.round + self.is_frozen}
        return Expected(draw.ChainTaken, known)

    def no_say(self, who: Person) -> None:
        """Somebody goes."""
        if who.account in self.chains or who.account in self.coming:
            self.gone.add(who.account)
        if self.has_say(who.account) and who.account not in self.out_next:
            self.out_next.append(who.account)

    # A freeze

    def freeze_says(self, stakes: dict[int, dict[int, int]]) -> None:
        for account in self.gone | self.out_of_it:
            self.chains.pop(account, None)
        for account in self.gone:
            self.coming.pop(account, None)
        self.chains |= self.coming
        self.gone, self.out_of_it, self.out_next, self.coming = set(), set(), [], {}
        self.contributing = sorted(self.chains)
        says = [hashes.say_leaf(who, self.chains[who]) for who in self.contributing]
        lie = {who: sorted(map(_stake, mine.items())) for who, mine in sorted(stakes.items())}
        bets = [hashes.stake_leaf(who, mine) for who, mine in lie.items()]
        kind, rules = 1 + self.law["wheel"], LOCKS[self.rules.zero]
        counted = (len(says), tree.root(says)), (len(bets), tree.root(bets))
        where = self.table, self.round, self.event + 1, kind, self.seed, self.history
        self.frozen = {
            "round_number": self.round,
            "event": self.event + 1,
            "draw": kind,
            "seed_before": self.seed,
            "history": self.history,
            "rules": rules,
            "state": b"",
            "contributors": len(says),
            "says_root": counted[0][1],
            "players": len(bets),
            "stakes_root": counted[1][1],
            "freeze": hashes.freeze(*where, rules, b"", *counted),
        }
        self.step, self.notes, self.links = None, [], {}
        self.before = self.frozen["freeze"]
        owners = list(lie)
        self.parts = {
            who: {
                "round_number": self.round,
                "has_say": who in self.chains,
                "head": self.chains.get(who, bytes(32)),
                "has_stake": who in lie,
                "bets": tuple(lie.get(who, ())),
                **_place("say", self.contributing, says, who),
                **_place("stake", owners, bets, who),
            }
            for who in {*self.contributing, *owners}
        }
        self.tell_all(draw.RoundFrozen, **self.frozen)
        for who, part in self.parts.items():
            self.tell(self.line_at(who), draw.YourFreeze, **part)

    def line_at(self, account: int) -> str | None:
        """The line of somebody who sits here."""
        who = self.people[account]
        return who.line if who.seat and who.present else None

    def say_draw(self, who: Person) -> None:
        """Where the draw is, to somebody who sits down."""
        shown = {"event": self.event, "seed": self.seed, "history": self.history}
        self.tell(who.line, draw.DrawShown, **shown)
        if self.is_frozen:
            self.tell(who.line, draw.RoundFrozen, **self.frozen)
            if who.account in self.parts:
                self.tell(who.line, draw.YourFreeze, **self.parts[who.account])
            for note in self.notes:
                self.tell(who.line, draw.Noted, **note)
            if self.step is not None:
                self.tell(who.line, draw.EventAsked, **self.asking)

    # An event

    def ask_for_links(self) -> float:
        """How long they are waited for."""
        for account in self.out_next:
            if self.has_say(account):
                self.out_of_it.add(account)
                detail = account.to_bytes(8, "big")
                self.before = hashes.step(self.before, OUT, detail)
                self.notes.append({"what": OUT, "detail": detail, "step": self.before})
                self.tell_all(draw.Noted, **self.notes[-1])
        self.out_next = []
        self.step = hashes.step(self.before, SPIN, b"")
        window = self.rules.reveal_seconds if self.awaited else 0.0
        self.asking: dict[str, Any] = {
            "event": self.event + 1,
            "what": SPIN,
            "detail": b"",
            "step": self.step,
            "window_ms": round(window * 1000),
        }
        self.tell_all(rounds.WheelStarted, round_number=self.round, ms_left=round(window * 1000))
        self.tell_all(draw.EventAsked, **self.asking)
        return window

    @property
    def awaited(self) -> list[int]:
        """Who has not shown a link."""
        asked = (who for who in self.contributing if who not in self.out_of_it)
        return [who for who in asked if who not in self.links]

    def judge_link(self, who: Person, request: draw.SendLink) -> Iterator[Fault]:
        account, link = who.account, request.link
        if self.step is None or request.event != self.event + 1:
            yield Fault(Reason.TOO_LATE if request.event <= self.event else Reason.NOT_NOW)
        elif not self.has_say(account):
            yield Fault(Reason.NOT_NOW)
        elif hashes.link_before(self.table, account, link) != self.chains[account]:
            yield Fault(Reason.WRONG_LINK)

    def take_link(self, who: Person, request: draw.SendLink, _: Any) -> Expected:
        self.links[who.account] = request.link
        if not self.awaited:
            self.links_are_in()
        return Expected(Done, {"number": request.number})

    def links_are_in(self) -> None:
        raise NotImplementedError

    def spin(self) -> int:
        """The event is over: the number."""
        assert self.step is not None
        missing = self.awaited
        self.chains |= self.links
        says = [hashes.say_leaf(who, self.chains[who]) for who in self.contributing]
        root = tree.root(says)
        shown = hashes.reveals(self.step, len(says), root)
        self.event += 1
        self.seed = self.seed_of(self.event)
        self.history = hashes.done(self.step, shown, self.seed)
        drawn: dict[str, Any] = {
            "event": self.event,
            "seed": self.seed,
            "contributors": len(says),
            "links_root": root,
            "shown": shown,
            "done": self.history,
        }
        self.tell_all(draw.EventDrawn, **drawn, missing=len(missing))
        self.rows = tuple((who, who in self.links, self.chains[who]) for who in self.contributing)
        proofs = tree.proofs(says)
        for who, proof in zip(self.contributing, proofs, strict=True):
            links = {"event": self.event, "rows": self.rows}
            self.tell(self.people[who].line, draw.LinksShown, **links)
            own = {"event": self.event, "proof": tuple(proof)}
            self.tell(self.line_at(who), draw.YourDraw, **own)
        for who in missing:
            self.people[who].no_say_until = self.round + 20
        self.withheld = missing
        self.out_of_it |= {*missing}
        steps = [(OUT, 0, each["step"], *[bytes(32)] * 4, each["detail"]) for each in self.notes]
        fixed = (root, shown, self.seed, self.history)
        self.proof = {**self.frozen, "steps": (*steps, (SPIN, self.event, self.step, *fixed, b""))}
        pocket = Words(self.seed, self.step, shown).below(38 if self.law["wheel"] else 37)
        self.step = None
        return pocket

    def say_who_withheld(self) -> None:
        for account in self.withheld:
            self.notice(self.people[account], Notice.WITHHELD)


def _stake(bet: tuple[int, int]) -> tuple[int, int, int]:
    """As it is frozen: what zero has locked lies on its chance."""
    spot, chips = bet
    if spot < ONCE[0]:
        return spot, 0, chips
    locked, at = divmod(spot - ONCE[0], len(CHANCES))
    return CHANCES[at], 1 + locked, chips


def _place(name: str, owners: list[int], leaves: list[bytes], who: int) -> dict[str, Any]:
    at = owners.index(who) if who in owners else 0
    proof = tuple(tree.proof(leaves, at)) if who in owners else ()
    return {f"{name}_index": at, f"{name}_proof": proof}
