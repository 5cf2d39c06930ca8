"""The table: one round after another, judged and done. Pure: time and seeds are passed in.

Whatever is done goes into the books, in one deed or more, and into `facts`: the messages that
everybody is to be told, once the deeds are durable. `advance(now)` does what time alone brings.
"""

from collections.abc import Callable
from heapq import nsmallest
from operator import neg

from protocol import fairness
from protocol.fairness import CHAIN_LENGTH, Account, Hash
from protocol.limits import TOP_RESULTS
from protocol.messages.fields import (
    NO_DEADLINE,
    Commitment,
    Result,
    Reveal,
)
from protocol.messages.lists import Phase, Reason
from protocol.messages.rounds import (
    AutoChanged,
    BettingClosed,
    DeadlineMoved,
    RoundOpened,
    RoundSettled,
    RoundVoided,
    WheelStarted,
)
from protocol.roulette import SPOTS
from protocol.wire import Message
from server.books.books import Books, Round, State
from server.books.finished import Finished
from server.games.roulette import rules
from server.games.roulette.ended import Ended
from server.games.roulette.layout import Layout
from server.games.roulette.records import finish
from server.limits import Rules
from server.refusal import Refusal

PHASES = {
    State.OPEN: Phase.BETTING,
    State.FROZEN: Phase.CLOSED,
    State.REVEALED: Phase.CLOSED,
    State.SETTLED: Phase.SETTLED,
    State.VOID: Phase.SETTLED,
}


class Table:
    """The round in play and the clock over it."""

    def __init__(
        self,
        books: Books,
        seed: Callable[[int], Hash],
        rules: Rules,
        now: float,
        *,
        last_round: int = CHAIN_LENGTH,
    ) -> None:
        """Go on with the books as they stand: a round in flight is armed again by its state.

        After `last_round` the house has no seed left, and the table stays closed.
        """
        self.books = books
        self.rules = rules
        self.stakes = tuple(rules.stakes(info.spot) for info in SPOTS)
        """What may lie on each spot."""
        self.auto = rules.auto_seconds
        self.facts: list[Message | Ended] = []
        """What is to be told, in order, once the books are durable."""
        self.finished: list[Finished] = []
        """Rounds that ended, to be kept with the books."""
        self.full = False
        """The disk has no room but for the round on the table."""
        self.ready: set[Account] = set()
        self.layout = Layout(books.round.bets)
        self._seed = seed
        self._last_round = last_round
        self._deadline: float | None = None
        self._start_by: float | None = None
        self._arm(now, first=True)

    @property
    def round(self) -> Round:
        return self.books.round

    @property
    def phase(self) -> Phase:
        play = self.round
        if play.started and play.state in (State.FROZEN, State.REVEALED):
            return Phase.SPINNING
        return PHASES[play.state]

    def seed_before(self) -> Hash:
        return self._seed(self.round.number - 1)

    # --- time -------------------------------------------------------------------------------

    def next_moment(self) -> float | None:
        """When time alone will bring something."""
        moments = [moment for moment in (self._deadline, self._start_by) if moment is not None]
        return min(moments, default=None)

    def ms_left(self, now: float) -> int:
        moment = self._deadline if self._deadline is not None else self._start_by
        return NO_DEADLINE if moment is None else max(0, round((moment - now) * 1000))

    def advance(self, now: float) -> None:
        """Do all that is due."""
        while self._step(now):
            pass

    def _step(self, now: float) -> bool:
        play = self.round
        due = self._deadline is not None and now >= self._deadline
        if play.state is State.OPEN and not due:
            return False  # So it is at nearly every request.
        match play.state:
            case State.SETTLED | State.VOID if play.number < self._last_round:
                self._open(now)
            case State.OPEN:
                self._close_or_wait(now)
            case State.FROZEN if due or not self.secrets_awaited():
                self._close_reveals(now)
            case State.REVEALED if play.started:
                self._settle(now)
            case State.FROZEN | State.REVEALED if (
                not play.started and self._start_by is not None and now >= self._start_by
            ):
                self._start(now)
            case _:
                return False
        return True

    def _arm(self, now: float, *, first: bool = False) -> None:
        """Set the clocks that belong to the state of the round."""
        rules, play = self.rules, self.round
        self._deadline = self._start_by = None
        if play.state is State.OPEN and self.auto:
            self._deadline = now + self.auto + (0.0 if first else rules.spin_seconds)
        if play.state is State.FROZEN:
            self._deadline = now + rules.reveal_seconds
        if play.state in (State.FROZEN, State.REVEALED) and not play.started:
            self._start_by = now if self.auto else now + rules.start_seconds

    # --- the round --------------------------------------------------------------------------

    def _open(self, now: float) -> None:
        first = self.round.number == 0
        number = self.round.number + 1
        self.books.open(number)
        self.layout = Layout(self.round.bets)
        self.ready.clear()
        self._arm(now, first=first)
        self.facts.append(RoundOpened(number, self.ms_left(now), self._seed(number - 1)))

    def _close_or_wait(self, now: float) -> None:
        if self.enough_players():
            self.close_betting(now, start=True)
        else:
            self._deadline = now + self.auto
            self.facts.append(DeadlineMoved(self.round.number, self.ms_left(now)))

    def close_betting(self, now: float, *, start: bool = False) -> None:
        """Freeze the bets, and show them as they lie; with `start`, turn the wheel at once."""
        play, books = self.round, self.books
        self._show_changes()
        root = fairness.bets_root(self.layout.rows())
        commitments = {account: bytes.fromhex(c) for account, c in play.commitments.items()}
        frozen = fairness.freeze(
            bytes.fromhex(books.table), play.number, self.seed_before(), commitments, root
        )
        books.freeze(play.number, frozen.hex(), root.hex())
        if start:
            books.start(play.number)
        self._arm(now)
        self.facts.append(
            BettingClosed(
                play.number,
                self.ms_left(now) if commitments else 0,
                root,
                frozen,
                tuple(Commitment(*each) for each in sorted(commitments.items())),
            )
        )
        if start:
            self.facts.append(WheelStarted(play.number, self.ms_left(now) if commitments else 0))

    def _show_changes(self) -> None:
        """The bets as they lie, before the round goes on from them."""
        changes = self.layout.take_changes(self.round.number)
        if changes:
            self.facts.append(changes)

    def _start(self, now: float) -> None:
        self.books.start(self.round.number)
        self._start_by = None
        awaited = self.round.state is State.FROZEN and self.secrets_awaited()
        left = self.ms_left(now) if awaited else 0
        self.facts.append(WheelStarted(self.round.number, left))

    def secrets_awaited(self) -> bool:
        return len(self.round.reveals) < len(self.round.commitments)

    def _close_reveals(self, now: float) -> None:
        play = self.round
        reveals = {account: bytes.fromhex(secret) for account, secret in play.reveals.items()}
        hashed = fairness.reveals_hash(bytes.fromhex(play.freeze), play.commitments, reveals)
        start_by = self._start_by
        self.books.reveal(play.number, hashed.hex())
        self._arm(now)
        if start_by is not None:
            self._start_by = start_by

    def _settle(self, now: float) -> None:
        play, books = self.round, self.books
        seed = self._seed(play.number)
        pocket = fairness.draw(seed, bytes.fromhex(play.freeze), bytes.fromhex(play.reveals_hash))
        bets = self.layout.rows()
        outcome = rules.settle(bets, pocket)
        done = finish(play, bets, outcome, self.seed_before(), seed, now, pocket=pocket)
        books.settle(play.number, seed.hex(), pocket, outcome.returned, done.digest)
        self.finished.append(done)
        nets = outcome.nets
        best = nsmallest(TOP_RESULTS, zip(map(neg, nets), outcome.accounts, strict=True))
        self.facts += [
            RoundSettled(
                play.number,
                pocket,
                round(now * 1000),
                seed,
                len(nets),
                sum(outcome.staked),
                sum(outcome.returned),
                self.reveals(),
                tuple(Result(who, books.holders[who].name, -loss) for loss, who in best),
            ),
            Ended(play, pocket, outcome, books),
        ]

    def contributes(self, account: Account) -> bool:
        """Whether this account has sealed a secret for the round that is not over yet."""
        over = self.round.state in (State.SETTLED, State.VOID)
        return not over and account in self.round.commitments

    def has_say(self, account: Account) -> bool:
        """Whether what this account does can still change the number of a frozen round."""
        return self.round.state is not State.OPEN and self.contributes(account)

    def reveals(self) -> tuple[Reveal, ...]:
        """What the committed players showed, by ascending account."""
        return tuple(
            Reveal(account, account in self.round.reveals, bytes.fromhex(shown))
            for account in sorted(self.round.commitments)
            for shown in (self.round.reveals.get(account, "00" * 32),)
        )

    # --- what players and the croupier do ---------------------------------------------------

    def say_ready(self, account: Account, number: int) -> None:
        """He has bet enough."""
        self.verify_round(number)
        if self.round.state is not State.OPEN:
            raise Refusal(Reason.BETTING_CLOSED, "no more bets")
        self.ready.add(account)

    def stop_waiting(self, now: float) -> None:
        """In auto, when everybody who plays has bet enough."""
        if self.auto and self.round.state is State.OPEN and self.enough_players():
            self._deadline = now

    def start_spin(self, now: float, number: int) -> None:
        """Turn the wheel; if bets are open, they close with it."""
        self.verify_round(number)
        if self.round.state is State.OPEN:
            self._verify_players()
            self.close_betting(now, start=True)
        elif self.round.started or self.phase is Phase.SETTLED:
            raise Refusal(Reason.NOT_NOW, "the wheel does not start now")
        else:
            self._start(now)

    def close_by_croupier(self, now: float, number: int) -> None:
        """No more bets."""
        self.verify_round(number)
        if self.round.state is not State.OPEN:
            raise Refusal(Reason.NOT_NOW, "betting is closed already")
        self._verify_players()
        self.close_betting(now)

    def void(self, now: float, number: int, words: str) -> None:
        """Give every stake back and open the next round."""
        self.verify_round(number)
        if self.round.state is not State.OPEN:
            raise Refusal(Reason.TOO_LATE, "a frozen round cannot be voided")
        if not self.round.bets:
            self.verify_room()
        play, seed = self.round, self._seed(number)
        self._show_changes()
        bets = self.layout.rows()
        outcome = rules.settle(bets, None)
        done = finish(play, bets, outcome, self.seed_before(), seed, now, reason=words)
        self.books.void(number, seed.hex(), words, done.digest)
        self.finished.append(done)
        self.facts += [RoundVoided(number, seed, words), Ended(play, None, outcome, self.books)]

    def set_auto(self, now: float, seconds: int) -> None:
        """Let the table run itself; 0: wait for a croupier."""
        self.auto = seconds
        self.facts.append(AutoChanged(seconds))
        if self.round.state is State.OPEN:
            self._arm(now, first=True)
            self.facts.append(DeadlineMoved(self.round.number, self.ms_left(now)))
        elif self.auto and self._start_by is not None:
            self._start_by = now

    # --- questions --------------------------------------------------------------------------

    def verify_round(self, number: int) -> None:
        if number != self.round.number:
            raise Refusal(
                Reason.WRONG_ROUND,
                f"round {self.round.number} is on the table",
                figure=self.round.number,
            )

    def verify_room(self) -> None:
        """Refuse what is written down and ends no round: the room that a full disk has left is for
        the round on the table, and would be used up by people who lay, take back and bring names.
        """
        if self.full:
            words = "the house's disk is full: the round is settled, and nothing new is taken"
            raise Refusal(Reason.DISK_FULL, words)

    def enough_players(self) -> bool:
        return len(self.round.bets) >= max(1, self.rules.min_players)

    def _verify_players(self) -> None:
        if not self.round.bets:
            raise Refusal(Reason.NO_BETS, "there is no bet on the table")
        if not self.enough_players():
            least = self.rules.min_players
            raise Refusal(Reason.NOT_ENOUGH_PLAYERS, f"{least} must have bet", figure=least)
