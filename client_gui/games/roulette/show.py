"""What of a round is shown when: the ball must not be overtaken by the news.

The server settles at once and opens the next round at once. The window knows the result, and for
as long as the ball runs shows the table as it stood before: its chips, its balance. Then losing
chips are raked, winning ones paid, and the balance counts up. A `Show` is a value; `step` takes in
a change of the table, `shown` says what to draw at a moment.
"""

from dataclasses import dataclass, replace
from enum import IntEnum

from client_gui.games.roulette.looks import Time
from client_gui.games.roulette.motion import Count, Spin, progress
from client_gui.games.roulette.view import NO_CHIPS, Outcome, Phase, RouletteView
from protocol.games.roulette.rules import Wheel


class Stage(IntEnum):
    REST = 0
    SPIN = 1
    """The wheel turns, and the ball has not settled."""
    MARK = 2
    RAKE = 3
    PAY = 4
    COUNT = 5


_LENGTHS = (
    (Stage.MARK, Time.MARK),
    (Stage.RAKE, Time.RAKE),
    (Stage.PAY, Time.PAY),
    (Stage.COUNT, Time.COUNT),
)
AFTER = sum(length for _, length in _LENGTHS)
"""How long the show goes on when the ball has settled, for who reads fast."""
_RUNNING = (Phase.CLOSED, Phase.SPINNING)


@dataclass(frozen=True, slots=True)
class Show:
    spin: Spin
    round: int = 0
    """The round that the wheel was last spun for."""
    before: RouletteView | None = None
    """The table as it stood before the result, while that is being shown."""
    outcome: Outcome | None = None
    ended: float | None = None
    """When a person skipped the rest; without motion, when the result was put there."""
    calm: bool = False
    """Whether nothing moves: the result is just there, and the chips lie until it has been read."""
    reading: int = 1
    """So many times longer than usual a person reads."""

    @classmethod
    def at_rest(cls, view: RouletteView) -> "Show":
        pocket = view.results[0] if view.results else None
        known = view.outcome.round if view.outcome else 0
        return cls(Spin.resting(pocket, view.wheel), known, None, view.outcome)

    def step(
        self,
        old: RouletteView,
        new: RouletteView,
        now: float,
        reduced: bool = False,
        reading: int = 1,
    ) -> "Show":
        """Take in that the table changed. With `reduced` motion nothing runs: it is just there."""
        if reading != self.reading:
            return replace(self, reading=reading).step(old, new, now, reduced, reading)
        if old.phase is Phase.WAITING:
            return (
                Show.at_rest(new)._start(new.round, now, new.wheel)
                if self._runs(new)
                else Show.at_rest(new)
            )
        outcome = new.outcome
        fresh = outcome is not None and (
            self.outcome is None or outcome.round != self.outcome.round
        )
        if reduced and outcome is not None and fresh:
            spin = Spin.resting(outcome.pocket, new.wheel)
            return Show(spin, outcome.round, old, outcome, now, calm=True, reading=reading)
        if reduced:
            return self._caught_up(new, now)
        show = self
        if show._runs(new) and new.round != show.round:
            show = show._start(new.round, now, new.wheel)
        if outcome is not None and fresh:
            if show.round != outcome.round:
                show = show._start(outcome.round, now, new.wheel)
            spin = show.spin.announce(now, outcome.pocket)
            return replace(show, spin=spin, before=old, outcome=outcome, ended=None, calm=False)
        return show._caught_up(new, now)

    def _caught_up(self, new: RouletteView, now: float) -> "Show":
        """What a lost line kept from us is not shown any more: the ball just lies there."""
        missed = self.spin.fall is None and self.spin.thrown and not self._runs(new)
        missed = missed and new.round != self.round
        fall = self.spin.fall
        lies = fall.pocket if fall is not None else None
        other = new.results[:1] not in ((), (lies,)) or self.spin.wheel is not new.wheel
        stale = self.spin.stands(now) and other
        return Show.at_rest(new) if missed or stale else self

    @staticmethod
    def _runs(view: RouletteView) -> bool:
        return view.phase in _RUNNING

    def _start(self, number: int, now: float, wheel: Wheel) -> "Show":
        spin = Spin.begin(now, self.spin, wheel)
        return Show(spin, number, None, self.outcome, reading=self.reading)

    @property
    def settled(self) -> float:
        """When the ball lies in its pocket, or is said to."""
        if self.ended is not None:
            return self.ended
        fall = self.spin.fall
        return fall.settled if fall else float("inf")

    def stage(self, now: float) -> tuple[Stage, float]:
        """What is being shown, and how far through it we are, 0 to 1."""
        if self.spin.thrown and not self.spin.over(now):
            return Stage.SPIN, 0.0
        if self.calm and now < self._read:
            return Stage.MARK, 0.0
        if self.before is None or self.ended is not None:
            return Stage.REST, 1.0
        since = now - self.settled
        for stage, length in _LENGTHS:
            if stage is Stage.MARK:
                length += self._longer
            if since < length:
                return stage, progress(since, 0, length)
            since -= length
        return Stage.REST, 1.0

    @property
    def _longer(self) -> float:
        """So much longer than usual the chips lie, before they are raked."""
        return Time.READ * (self.reading - 1)

    @property
    def after(self) -> float:
        """How long the show goes on when the ball has settled."""
        return AFTER + self._longer

    @property
    def _read(self) -> float:
        """When the result that was just put there has been read."""
        return self.settled + Time.CALM * self.reading

    @property
    def _unmarked(self) -> float:
        return self.settled + Time.MARKED * self.reading

    def just_over(self, now: float) -> bool:
        """Whether it ended a moment ago: who meant to skip it may be late by so much."""
        if self.before is None or self.ended is not None:
            return False
        return 0 <= now - (self.settled + self.after) < Time.LATE

    def skip(self, now: float) -> "Show":
        """Show the end at once. Without a result there is nothing to skip to."""
        if self.before is None or self.stage(now)[0] is Stage.REST:
            return self
        return replace(self, spin=self.spin.skipped(now), ended=now, calm=False)

    def marked(self, now: float) -> int | None:
        """The number that is marked on the layout."""
        if self.before is None or self.outcome is None or not self.spin.over(now):
            return None
        return self.outcome.pocket if now < self._unmarked else None

    def moves(self, now: float) -> bool:
        """Whether the next frame may differ from this one."""
        return not self.spin.stands(now) or (self.stage(now)[0] is not Stage.REST and not self.calm)

    def changes_at(self, now: float) -> float:
        """The next moment at which something of this changes by itself, when nothing moves."""
        if self.calm and now < self._read:
            return self._read
        return self._unmarked if now < self._unmarked else float("inf")

    def shown(self, view: RouletteView, now: float) -> RouletteView:
        """The table as it may be seen now."""
        stage, _ = self.stage(now)
        before = self.before
        if stage is Stage.REST or before is None:
            if stage is Stage.SPIN and view.phase is Phase.BETTING:
                return replace(view, phase=Phase.SPINNING, deadline=None)
            return view
        if stage is Stage.SPIN:
            return replace(
                view,
                phase=Phase.SPINNING,
                round=self.round,
                deadline=None,
                balance=before.balance,
                my_bets=before.my_bets,
                pending=before.pending,
                totals=before.totals,
                bets=before.bets,
                bet_count=before.bet_count,
                bettors=before.bettors,
                people=before.people,
                results=before.results,
                outcome=before.outcome,
                verified=before.verified,
                proof=before.proof,
                night=before.night,
                verdicts=before.verdicts,
                history=before.history,
                numbers=before.numbers,
            )
        lying = stage < Stage.COUNT
        return replace(
            view,
            phase=Phase.SETTLED,
            round=self.round,
            deadline=None,
            balance=self._balance(before, view, now),
            my_bets=before.my_bets if lying else NO_CHIPS,
            pending=NO_CHIPS,
            totals=before.totals if lying else NO_CHIPS,
            bets=before.bets,
            bet_count=before.bet_count,
            bettors=before.bettors,
        )

    def _balance(self, before: RouletteView, view: RouletteView, now: float) -> int | None:
        if before.balance is None or view.balance is None:
            return view.balance
        if self.calm:
            return before.balance
        start = self.settled + self.after - Time.COUNT
        return Count(before.balance, view.balance, start, Time.COUNT).at(now)
