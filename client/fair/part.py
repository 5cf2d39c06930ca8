"""What a client does by itself in the draw of a table: it has a say, and watches every round.

It registers a new chain whenever it sits down, and again when a round ends in which it could not
have a say; a chain lasts as long as a line, so no link that was ever sent is one that counts later.
What is heard goes to the witness, whose links are sent and whose verdicts are told. Pure.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from client.fair.audit import Audit, drawn_by_lot
from client.fair.own_chain import OwnChain
from client.fair.witness import Judged, Witness
from protocol.fair.hashes import Account, Hash, Stake
from protocol.games.kinds import KINDS
from protocol.house.door import Done
from protocol.house.draw import (
    ChainTaken,
    DrawShown,
    EventAsked,
    EventDrawn,
    LinksListed,
    LinksShown,
    ListLinks,
    Noted,
    RegisterChain,
    RoundFrozen,
    SendLink,
    YourDraw,
    YourFreeze,
)
from protocol.house.lists import Reason
from protocol.wire import Message, Request

Ask: TypeAlias = Callable[[Request], int]
"""Send a request of the client's own, under a number of its own."""

OF_THE_DRAW = frozenset(
    (
        *(DrawShown, RoundFrozen, YourFreeze, EventAsked, Noted),
        *(EventDrawn, LinksShown, YourDraw),
    )
)
LOOKED_AT = frozenset((RoundFrozen, YourFreeze, EventAsked))
"""Behind these something may be red that was not; what was drawn is looked at with its result."""


class Part:
    """Of one client at one table."""

    def __init__(self, secret: Callable[[], Hash], ask: Ask, kinds: Collection[str]) -> None:
        """Take chains from `secret`, and ask the table with `ask`; only these `kinds` are drawn
        there.
        """
        self._kinds = {KINDS[name].number: (name, KINDS[name]) for name in kinds}
        self._secret = secret
        self._ask = ask
        self._witness: Witness | None = None
        self._table = b""
        self._account: Account = 0
        self._offered: OwnChain | None = None
        """A chain that was sent, and is not answered."""
        self._audit: Audit | None = None
        """Of a round whose links were asked for."""
        self._late = False
        """Whether the next round is on the table, and something of this one is still awaited."""
        self._reds: set[str] = set()
        """What was said to be red of the round that is told."""

    def meet(self, table: bytes, anchor: Hash, account: Account) -> Iterator[Judged]:
        """The table was introduced. What was told of another is over."""
        if (table, account) != (self._table, self._account):
            yield from self._passed_over()
            self._table, self._account = table, account
            self._witness = Witness(table, anchor, self._kinds, account, None)
            self._offered = None

    # --- what is heard ----------------------------------------------------------------------

    def hear(
        self, said: Message, now: float, bets: Sequence[Stake] | None, *, idle: bool
    ) -> Iterator[Judged]:
        """Something of the draw. `bets` are one's own as they are known to lie; `idle`: no round is
        frozen.
        """
        witness = self._witness
        if witness is None:
            return
        if isinstance(said, DrawShown) and witness.passed(said):
            yield from self._over()
        if isinstance(said, RoundFrozen) and self._is_another(said):
            yield from self._passed_over()
        if isinstance(said, DrawShown) and not idle:
            witness.within()
        link = witness.hear(said, now, bets)
        if link is not None:
            self._ask(link)
        if isinstance(said, DrawShown) and idle:
            self.register()
        if type(said) in LOOKED_AT:
            yield from self._looked()
        yield from self._finished()

    def resulted(self, number: int, result: Mapping[str, Any], now: float) -> Iterator[Judged]:
        """The game said what was drawn last in this round."""
        telling = self._telling(number)
        if telling is None:
            yield from self._said_again(number, result=result)
            yield from self.ended_unfrozen(number)
        elif telling.drawn:
            assert self._witness is not None
            self._witness.resulted(telling.drawn[-1].number, result)
            contributors = telling.frozen.contributors
            if self._witness.is_too_long and drawn_by_lot(self._secret, contributors):
                self._audit = Audit(number, contributors)
                self._ask_page(now)
            yield from self._looked()
            yield from self._finished()

    def paid(self, number: int, chips: int) -> Iterator[Judged]:
        """The game said what came back to one of this round."""
        telling = self._telling(number)
        if telling is not None:
            assert self._witness is not None
            if telling.bets is not None and not telling.bets:
                self._witness.seen("late")  # Nothing of one's own was frozen that could be paid.
            self._witness.paid(chips)
            yield from self._finished()
        else:
            yield from self._said_again(number, paid=chips)

    def voided(self, number: int) -> Iterator[Judged]:
        """The game said that this round counts for nothing: it must not be frozen."""
        if self._telling(number) is not None:
            assert self._witness is not None
            self._witness.seen("void")
            yield from self._over()
        else:
            yield from self._said_again(number, void=True)

    def ended_unfrozen(self, number: int) -> Iterator[Judged]:
        """The game said how this round ended: it must have been frozen."""
        judged = self._witness.over_unfrozen(number) if self._witness is not None else None
        if judged is not None:
            yield judged

    def lost(self) -> Iterator[Judged]:
        """The seat is lost, and the table with it: nothing more comes of a round that is frozen."""
        if self._witness is not None:
            self._witness.part()
        yield from self._over()

    def _said_again(self, number: int, **what: Any) -> Iterator[Judged]:
        judged = self._witness.said_again(number, **what) if self._witness is not None else None
        if judged is not None:
            yield judged

    def shown(self, number: int, now: float) -> Iterator[Judged]:
        """The table was shown, with this round on it: one that is told besides is over."""
        if self._witness is not None:
            self._witness.back(now)
        if self.watches and self._telling(number) is None:
            yield from self._over()

    def opened(self) -> Iterator[Judged]:
        """Another round is on the table."""
        self._late = self._audit is not None or self.is_walking
        if not self._late:
            yield from self._over()
        self.register()

    # --- one's own say ----------------------------------------------------------------------

    def register(self) -> None:
        """Have a say, if one has none."""
        witness = self._witness
        if witness is None or not self._account or self._offered or not witness.is_mute:
            return
        self._offered = OwnChain(self._table, self._account, self._secret())
        self._ask(RegisterChain(0, self._offered.first))

    def answered(self, request: Request, said: Message, now: float) -> Iterator[Judged]:
        """An answer to a request of this client."""
        witness = self._witness
        if witness is None:
            return
        offered = self._offered
        if isinstance(request, RegisterChain):
            if offered is None or request.first != offered.first:
                return
            self._offered = None
            if isinstance(said, ChainTaken):
                witness.chain = offered
                witness.hear(said, now, None)
            else:
                reason = getattr(said, "reason", None)
                witness.refused("locked" if reason is Reason.NO_SAY else "no chain")
        elif isinstance(request, SendLink) and isinstance(said, Done):
            witness.accepted(request.event)
        elif isinstance(request, ListLinks):
            yield from self._listed(request, said, now)

    def _ask_page(self, now: float) -> None:
        assert self._witness is not None
        assert self._audit is not None
        self._witness.await_page(now)
        self._ask(self._audit.next_page())

    def _listed(self, request: ListLinks, said: Message, now: float) -> Iterator[Judged]:
        """A page of all links, or none."""
        audit, witness = self._audit, self._witness
        if witness is None or audit is None or request.round_number != audit.round_number:
            return
        if isinstance(said, LinksListed) and audit.take(said):
            self._ask_page(now)
            return
        if isinstance(said, LinksListed):
            witness.all_links(audit.rows)
        else:
            witness.seen("refused")
        yield from self._audited()

    def _audited(self) -> Iterator[Judged]:
        """No more pages come."""
        self._audit = None
        yield from self._at_last()

    def _at_last(self) -> Iterator[Judged]:
        """Something has come to its end that was awaited."""
        yield from self._looked()
        if self._audit is None and not self.is_walking:
            yield from self._over() if self._late else self._finished()

    def cut(self) -> None:
        """The line is gone."""
        self._audit = None
        if self._witness is not None:
            self._witness.torn(self._offered)
            self._offered = None

    # --- verdicts ---------------------------------------------------------------------------

    def tick(self, now: float) -> Iterator[Judged]:
        """Look at the clocks."""
        witness = self._witness
        if witness is not None and witness.tick(now):
            yield from self._looked()
            if self._audit is not None:
                yield from self._audited()

    @property
    def watches(self) -> bool:
        """Whether a clock runs."""
        return self._witness is not None and self._witness.telling is not None

    @property
    def is_walking(self) -> bool:
        """Whether a piece of the house's chain is to be walked."""
        return self._witness is not None and self._witness.is_walking

    def walk(self, now: float) -> Iterator[Judged]:
        """Walk it."""
        assert self._witness is not None
        link = self._witness.walk(now)
        if link is not None:
            self._ask(link)
        if not self.is_walking:
            yield from self._at_last()

    def _telling(self, number: int) -> Any:
        telling = self._witness.telling if self._witness is not None else None
        same = telling is not None and telling.frozen.round_number == number
        return telling if same else None

    def _is_another(self, said: RoundFrozen) -> bool:
        telling = self._witness.telling if self._witness is not None else None
        return telling is not None and telling.frozen.event != said.event

    def _looked(self) -> Iterator[Judged]:
        """What is red by now and was not."""
        witness = self._witness
        if witness is None or witness.telling is None:
            return
        judged = witness.judged()
        if not judged.verdict.reds.keys() <= self._reds:
            self._reds |= judged.verdict.reds.keys()
            yield judged

    def _finished(self) -> Iterator[Judged]:
        if self._witness is not None and self._witness.is_whole:
            yield from self._over()

    def _passed_over(self) -> Iterator[Judged]:
        """Something else begins: a seed that is owed never came."""
        if self._witness is not None and self._witness.is_owed:
            self._witness.seen("late")
        yield from self._over()

    def _over(self) -> Iterator[Judged]:
        self._reds.clear()
        self._audit, self._late = None, False
        judged = self._witness.over() if self._witness is not None else None
        if judged is not None:
            yield judged
