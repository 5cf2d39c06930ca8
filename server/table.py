"""The table: one round after another, judged and done. Pure: time and seeds are passed in.

Whatever is done goes into the books, in one deed or more, and into `facts`: the messages that
everybody is to be told, once the deeds are durable. `advance(now)` does what time alone brings.
"""

from collections.abc import Callable, Sequence

from protocol import fairness
from protocol.fairness import Account, Hash
from protocol.limits import CONTRIBUTORS, TOP_RESULTS
from protocol.messages.bets import BetsChanged, BetsPlaced, BetsTakenBack
from protocol.messages.fields import (
    NO_DEADLINE,
    Bet,
    Commitment,
    Payout,
    Result,
    Reveal,
)
from protocol.messages.lists import Phase, Reason
from protocol.messages.rounds import (
    AutoChanged,
    BettingClosed,
    DeadlineMoved,
    PlayerSettled,
    RoundOpened,
    RoundSettled,
    RoundVoided,
    WheelStarted,
)
from protocol.roulette import Chips, Pocket, Spot, returned
from protocol.wire import Message
from server import rules
from server.books import Books, Round, State
from server.finished import Finished
from server.layout import Layout
from server.limits import Rules
from server.records import finish
from server.refusal import Refusal

PHASES = {
    State.OPEN: Phase.BETTING,
    State.FROZEN: Phase.CLOSED,
    State.REVEALED: Phase.CLOSED,
    State.SETTLED: Phase.SETTLED,
    State.VOID: Phase.SETTLED,
}


class Ended:
    """A round that is over: what each player made of it. `pocket` is None if it was voided."""

    def __init__(self, play: Round, pocket: Pocket | None, books: Books) -> None:
        self.number = play.number
        self.bets = play.bets
        self.pocket = pocket
        self._books = books

    def net(self, account: Account) -> int:
        if self.pocket is None:
            return 0
        return sum(
            returned(spot, chips, self.pocket) - chips for spot, chips in self.bets[account].items()
        )

    def of(self, account: Account) -> PlayerSettled:
        """What one player is told."""
        payouts = [
            Payout(
                spot, chips, chips if self.pocket is None else returned(spot, chips, self.pocket)
            )
            for spot, chips in sorted(self.bets[account].items())
        ]
        net = sum(each.returned - each.stake for each in payouts)
        return PlayerSettled(self.number, net, self._books.holders[account].wallet, tuple(payouts))


class Table:
    """The round in play and the clock over it."""

    def __init__(self, books: Books, seed: Callable[[int], Hash], rules: Rules, now: float) -> None:
        """Go on with the books as they stand: a round in flight is armed again by its state."""
        self.books = books
        self.rules = rules
        self.auto = rules.auto_seconds
        self.facts: list[Message | Ended] = []
        """What is to be told, in order, once the books are durable."""
        self.finished: list[Finished] = []
        """Rounds that ended, to be kept with the books."""
        self.full = False
        """The disk takes no new bet."""
        self.ready: set[Account] = set()
        self.layout = Layout(books.round.bets)
        self._seed = seed
        self._deadline: float | None = None
        self._start_by: float | None = None
        self._arm(now, first=True)

    @property
    def round(self) -> Round:
        return self.books.round

    @property
    def phase(self) -> Phase:
        if self.round.started and self.round.state in (State.FROZEN, State.REVEALED):
            return Phase.SPINNING
        return PHASES[self.round.state]

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
        match play.state:
            case State.SETTLED | State.VOID:
                self._open(now)
            case State.OPEN if due:
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
        if self._enough_players():
            self.close_betting(now, start=True)
        else:
            self._deadline = now + self.auto
            self.facts.append(DeadlineMoved(self.round.number, self.ms_left(now)))

    def close_betting(self, now: float, *, start: bool = False) -> None:
        """Freeze the bets; with `start`, turn the wheel at once."""
        play, books = self.round, self.books
        root = fairness.bets_root(
            (account, spot, chips)
            for account, mine in play.bets.items()
            for spot, chips in mine.items()
        )
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
        payouts = rules.settle(play.bets, pocket)
        done = finish(play, self.seed_before(), seed, now, pocket=pocket, payouts=payouts)
        books.settle(play.number, seed.hex(), pocket, payouts, done.digest)
        self.finished.append(done)
        best = sorted(payouts, key=lambda each: (each.staked - each.returned, each.account))
        self.facts += [
            RoundSettled(
                play.number,
                pocket,
                round(now * 1000),
                seed,
                len(payouts),
                sum(each.staked for each in payouts),
                sum(each.returned for each in payouts),
                self.reveals(),
                tuple(
                    Result(
                        each.account,
                        books.holders[each.account].name,
                        each.returned - each.staked,
                    )
                    for each in best[:TOP_RESULTS]
                ),
            ),
            Ended(play, pocket, books),
        ]

    def reveals(self) -> tuple[Reveal, ...]:
        """What the committed players showed, by ascending account."""
        return tuple(
            Reveal(account, account in self.round.reveals, bytes.fromhex(shown))
            for account in sorted(self.round.commitments)
            for shown in (self.round.reveals.get(account, "00" * 32),)
        )

    # --- what players do --------------------------------------------------------------------

    def verify_bets(self, account: Account, number: int, bets: Sequence[Bet]) -> None:
        """Refuse what cannot be laid."""
        self.verify_round(number)
        if self.round.state is not State.OPEN:
            raise Refusal(Reason.BETTING_CLOSED, "no more bets")
        if self.full:
            raise Refusal(Reason.DISK_FULL, "the house's disk is full: no new bets for now")
        if not bets:
            raise Refusal(Reason.UNDER_LEAST, "there is no chip in this bet")
        mine = self.round.bets.get(account, {})
        total = 0
        seen: set[Spot] = set()
        for spot, chips in ((bet.spot, bet.chips) for bet in bets):
            stakes = self.rules.stakes(spot)
            there = mine.get(spot, 0) + chips
            if chips <= 0 or there < stakes.least:
                raise Refusal(
                    Reason.UNDER_LEAST,
                    f"at least {stakes.least} on this spot",
                    figure=stakes.least,
                    spot=spot,
                )
            if there > stakes.most or spot in seen:
                raise Refusal(
                    Reason.OVER_MOST,
                    f"at most {stakes.most} on this spot",
                    figure=stakes.most,
                    spot=spot,
                )
            seen.add(spot)
            total += chips
        most = self.rules.table_most
        if self.round.staked.get(account, 0) + total > most:
            raise Refusal(Reason.OVER_TABLE_MOST, f"at most {most} on the table", figure=most)
        wallet = self.books.holders[account].wallet
        if total > wallet:
            raise Refusal(Reason.NOT_ENOUGH_CHIPS, f"you have {wallet} left", figure=wallet)

    def place(self, account: Account, request: int, number: int, bets: Sequence[Bet]) -> BetsPlaced:
        """Lay chips, all or none."""
        self.verify_bets(account, number, bets)
        chips = [(bet.spot, bet.chips) for bet in bets]
        self.books.stake(number, account, request, chips)
        self.layout.add(account, chips)
        self.ready.discard(account)
        return BetsPlaced(request, number, *self._standing(account))

    def take_back(
        self, account: Account, request: int, number: int, bets: Sequence[Bet]
    ) -> BetsTakenBack:
        """Take chips back, all of these or none; none named means everything."""
        self.verify_round(number)
        if self.round.state is not State.OPEN:
            raise Refusal(Reason.BETTING_CLOSED, "no more bets: what lies stays")
        mine = self.round.bets.get(account, {})
        chips = [(bet.spot, bet.chips) for bet in bets]
        seen: set[Spot] = set()
        for spot, taken in chips:
            there = mine.get(spot, 0)
            rest = there - taken
            if taken <= 0 or rest < 0 or spot in seen:
                raise Refusal(Reason.NOTHING_THERE, f"{there} lie there", figure=there, spot=spot)
            if 0 < rest < (least := self.rules.stakes(spot).least):
                raise Refusal(
                    Reason.UNDER_LEAST, f"at least {least} must stay", figure=least, spot=spot
                )
            seen.add(spot)
        if not mine:
            raise Refusal(Reason.NOTHING_THERE, "you have no chips on the table")
        gone = chips or list(mine.items())
        self.books.refund(number, account, request, chips)
        self.layout.remove(account, gone)
        self.ready.discard(account)
        return BetsTakenBack(request, number, *self._standing(account))

    def _standing(self, account: Account) -> tuple[Chips, Chips]:
        return self.books.holders[account].wallet, self.round.staked.get(account, 0)

    def answer_again(
        self, request: int, account: Account, deed: str, number: int, bets: Sequence[Bet]
    ) -> BetsPlaced | BetsTakenBack | None:
        """The answer of a request that was done before; None if it was not."""
        if request > self.books.holders[account].last_request:
            return None
        known = self.books.answered(account, request)
        if known:
            then, answer = known
            same = [(bet.spot, bet.chips) for bet in bets] == [tuple(bet) for bet in answer.bets]
            if same and (then, answer.deed) == (number, deed):
                kind = BetsPlaced if deed == "stake" else BetsTakenBack
                return kind(request, number, answer.balance, answer.at_stake)
        raise Refusal(Reason.NUMBER_REUSED, "this number was used for another request")

    def commit_secret(self, account: Account, number: int, commitment: Hash) -> None:
        """Take a sealed say in the draw."""
        self.verify_round(number)
        if self.round.state is not State.OPEN:
            raise Refusal(Reason.TOO_LATE, "the bets are frozen")
        before = self.round.commitments.get(account)
        if before == commitment.hex():
            return
        if before:
            raise Refusal(Reason.NOT_NOW, "you have committed to another secret in this round")
        silent = self.books.holders[account].silent_until - number + 1
        if silent > 0:
            raise Refusal(
                Reason.NO_SAY, f"you withheld a secret: no say for {silent} rounds", figure=silent
            )
        if len(self.round.commitments) >= CONTRIBUTORS:
            raise Refusal(Reason.ENOUGH_SAY, f"{CONTRIBUTORS} have committed already")
        self.books.seal(number, account, commitment.hex())

    def reveal_secret(self, account: Account, number: int, secret: Hash) -> None:
        """Take the opened say."""
        self.verify_round(number)
        play = self.round
        if play.state is State.OPEN:
            raise Refusal(Reason.NOT_NOW, "not before the bets are frozen")
        if account not in play.commitments:
            raise Refusal(Reason.WRONG_SECRET, "you have not committed in this round")
        table = bytes.fromhex(self.books.table)
        made = fairness.commitment(table, number, account, secret)
        if made.hex() != play.commitments[account]:
            raise Refusal(Reason.WRONG_SECRET, "this is not the secret that you committed to")
        if account in play.reveals:
            return
        if play.state is not State.FROZEN:
            raise Refusal(Reason.TOO_LATE, "the time for secrets is over")
        self.books.show(number, account, secret.hex())

    def say_ready(self, now: float, account: Account, number: int, players: set[Account]) -> None:
        """In auto, do not wait when everybody who plays has bet enough."""
        self.verify_round(number)
        if self.round.state is not State.OPEN:
            raise Refusal(Reason.BETTING_CLOSED, "no more bets")
        self.ready.add(account)
        if self.auto and players <= self.ready and self._enough_players():
            self._deadline = now

    # --- what the croupier does -------------------------------------------------------------

    def start_spin(self, now: float, number: int) -> None:
        """Turn the wheel; if bets are open, they close with it."""
        self.verify_round(number)
        if self.round.state is State.OPEN:
            self._verify_players()
            self.close_betting(now, start=True)
        elif self.round.started:
            raise Refusal(Reason.NOT_NOW, "the wheel turns already")
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
        play, seed = self.round, self._seed(number)
        done = finish(play, self.seed_before(), seed, now, reason=words)
        self.books.void(number, seed.hex(), words, done.digest)
        self.finished.append(done)
        self.facts += [RoundVoided(number, seed, words), Ended(play, None, self.books)]

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

    def _enough_players(self) -> bool:
        return len(self.round.bets) >= max(1, self.rules.min_players)

    def _verify_players(self) -> None:
        if not self.round.bets:
            raise Refusal(Reason.NO_BETS, "there is no bet on the table")
        if not self._enough_players():
            least = self.rules.min_players
            raise Refusal(Reason.NOT_ENOUGH_PLAYERS, f"{least} must have bet", figure=least)

    def take_changes(self) -> BetsChanged | None:
        """What changed on the layout since the last time this was asked."""
        return self.layout.take_changes(self.round.number)
