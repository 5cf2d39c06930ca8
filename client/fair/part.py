"""What a client does by itself in the draw of a table: it has a say, and watches every round.

It registers a new chain whenever it sits down, and again when a round ends in which it could not
have a say; a chain lasts as long as a line, so no link that was ever sent is one that counts later.
What is heard goes to the witness, whose links are sent and whose verdicts are told. Pure.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from client.fair.own_chain import OwnChain
from client.fair.witness import Judged, Witness
from protocol.fair.drawing import Kind
from protocol.fair.hashes import Account, Hash, Stake
from protocol.games.kinds import KINDS
from protocol.house.door import Done
from protocol.house.draw import (
    ChainTaken,
    DrawShown,
    EventAsked,
    EventDrawn,
    LinksShown,
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

BY_NUMBER: Mapping[int, tuple[str, Kind]] = {kind.number: (n, kind) for n, kind in KINDS.items()}
OF_THE_DRAW = frozenset(
    (
        *(DrawShown, ChainTaken, RoundFrozen, YourFreeze, EventAsked, Noted),
        *(EventDrawn, LinksShown, YourDraw),
    )
)
LOOKED_AT = frozenset((RoundFrozen, YourFreeze, EventAsked, Noted))
"""Behind these something may be red that was not; what was drawn is looked at with its result."""


class Part:
    """Of one client at one table."""

    def __init__(self, secret: Callable[[], Hash], ask: Ask) -> None:
        """Take chains from `secret`, and ask the table with `ask`."""
        self._secret = secret
        self._ask = ask
        self._witness: Witness | None = None
        self._table = b""
        self._account: Account = 0
        self._offered: OwnChain | None = None
        """A chain that was sent, and is not answered."""
        self._reds: set[str] = set()
        """What was said to be red of the round that is told."""

    def meet(self, table: bytes, anchor: Hash, account: Account) -> None:
        """The table was introduced."""
        if (table, account) != (self._table, self._account):
            self._table, self._account = table, account
            self._witness = Witness(table, anchor, BY_NUMBER, account, None)
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
            yield from self._over()
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

    def resulted(self, number: int, result: Mapping[str, Any]) -> Iterator[Judged]:
        """The game said what was drawn last in this round."""
        telling = self._telling(number)
        if telling is None:
            yield from self._said_again(number, result=result)
            yield from self.ended_unfrozen(number)
        elif telling.drawn:
            assert self._witness is not None
            self._witness.resulted(telling.drawn[-1].number, result)
            yield from self._looked()
            yield from self._finished()

    def paid(self, number: int, chips: int) -> Iterator[Judged]:
        """The game said what came back to one of this round."""
        if self._telling(number) is not None:
            assert self._witness is not None
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

    def _said_again(self, number: int, **what: Any) -> Iterator[Judged]:
        judged = self._witness.said_again(number, **what) if self._witness is not None else None
        if judged is not None:
            yield judged

    def shown(self, number: int) -> Iterator[Judged]:
        """The table was shown, with this round on it: one that is told besides is over."""
        if self.watches and self._telling(number) is None:
            yield from self._over()

    def opened(self) -> Iterator[Judged]:
        """Another round is on the table."""
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

    def answered(self, request: Request, said: Message, now: float) -> None:
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

    def cut(self) -> None:
        """The line is gone."""
        if self._witness is not None:
            self._witness.torn(self._offered)
            self._offered = None

    # --- verdicts ---------------------------------------------------------------------------

    def tick(self, now: float) -> Iterator[Judged]:
        """Look at the clocks."""
        if self._witness is not None and self._witness.tick(now):
            yield from self._looked()

    @property
    def watches(self) -> bool:
        """Whether a clock runs."""
        return self._witness is not None and self._witness.telling is not None

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

    def _over(self) -> Iterator[Judged]:
        self._reds.clear()
        judged = self._witness.over() if self._witness is not None else None
        if judged is not None:
            yield judged
