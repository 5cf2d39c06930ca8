"""Roulette at a table: one round after another. Pure: time and seeds are passed in.

Whatever is done goes into the books, in one deed or more, and is told by the table's means, once
the deeds are durable. `advance(now)` does what time alone brings.
"""

from collections.abc import Collection

from protocol.fair.hashes import Account, What
from protocol.games.kinds import KINDS
from protocol.games.roulette.drawing import rules_of
from protocol.games.roulette.fields import Bet, SpotLimit
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rounds import (
    AutoChanged,
    BettingClosed,
    DeadlineMoved,
    RoundOpened,
    RoundVoided,
    TableIntroduced,
    TableShown,
    WheelStarted,
)
from protocol.games.roulette.rules import SPOTS, Group, Pocket
from protocol.games.roulette.zero import GAME_OF, WHEELS, Law
from protocol.house.fields import NO_DEADLINE, Chips
from protocol.house.lists import Reason
from server.books.finished import Finished
from server.draw.draw import Draw
from server.draw.kept import keep
from server.games.roulette import rules
from server.games.roulette.deeds import Deeds
from server.games.roulette.ended import Ended
from server.games.roulette.layout import Layout
from server.games.roulette.packed_bets import pack
from server.games.roulette.reckoning import Reckoning
from server.games.roulette.records import finish
from server.games.roulette.rules import Outcome
from server.games.roulette.settings import Rules
from server.games.roulette.state import Round, State
from server.people.ascending import Ascending
from server.refusal import Refusal
from server.tables.hall import Table
from server.tables.means import Means

AT_ONCE = 1024
"""With more bets on the table one step is done at a time, and so many bets are worked out in it."""
PHASES = {
    State.OPEN: Phase.BETTING,
    State.FROZEN: Phase.CLOSED,
    State.SETTLED: Phase.SETTLED,
    State.VOID: Phase.SETTLED,
}


class Roulette:
    """The round in play and the clock over it."""

    def __init__(self, means: Means, rules: Rules, now: float) -> None:
        """Go on with the books as they stand: a round in flight is armed again by its state."""
        self.means = means
        self.draw = means.draw
        self.books = means.books
        self.deeds = Deeds(means.books, means.table)
        self.till = self.deeds.till
        self.state = self.deeds.state
        self.purse = means.books.purses[self.till.purse]
        self.wallets = self.purse.wallets
        self.rules = rules
        self.stakes = tuple(rules.stakes(info.spot) for info in SPOTS)
        """What may lie on each spot."""
        self.auto = rules.auto_seconds
        self.rules_to_come = rules
        self._closing = False
        """No further round is opened."""
        self.ready: set[Account] = set()
        self.layout = Layout(self.state.round.bets)
        self.draw.number = self.state.round.number
        if self.state.round.state is State.FROZEN:
            self.draw.resume(self.layout.stakes())
        self._pace = means.pace()
        """Of the changes of bets."""
        self._opened = now
        self._deadline: float | None = None
        self._start_by: float | None = None
        self._unfinished: float | None = None
        """Since when a step is due that others go before."""
        self._reckoning: Reckoning | None = None
        """Of the ball that lies, as far as it is worked out."""
        self._arm(now, first=True)

    @property
    def round(self) -> Round:
        return self.state.round

    @property
    def is_over(self) -> bool:
        """Whether the round on the table has ended, and no other was opened."""
        return self.round.state in (State.SETTLED, State.VOID)

    @property
    def phase(self) -> Phase:
        state = self.state.round.state
        return Phase.SPINNING if state is State.FROZEN and self._turns else PHASES[state]

    @property
    def _turns(self) -> bool:
        """Whether the wheel of a frozen round does, and links are waited for."""
        return self.draw.state.asked is not None

    @property
    def law(self) -> Law:
        """By what the next round will be played."""
        return self.rules_to_come.law

    @property
    def law_in_play(self) -> Law:
        """By what the round on the table is played, whatever the settings have become since."""
        return self.round.law if self.round.number else self.law

    # --- time -------------------------------------------------------------------------------

    def next_moment(self) -> float | None:
        """When time alone will bring something."""
        moments = [self._unfinished, self._deadline, self._start_by, self.draw.next_moment()]
        if self.layout.has_changed:
            moments.append(self._pace.moment)
        return min([moment for moment in moments if moment is not None], default=None)

    def ms_left(self, now: float) -> int:
        ends = (self.draw.next_moment(), self._deadline, self._start_by)
        moment = next((each for each in ends if each is not None), None)
        return NO_DEADLINE if moment is None else max(0, round((moment - now) * 1000))

    def advance(self, now: float) -> None:
        """Do what is due: all of it, or at a full table one step. The next ones are due at once,
        one at the end of each batch, behind what was asked at other tables. Where a round ends the
        next one opens with it: nobody finds the table in between.
        """
        if self._unfinished is not None:
            return
        players = self.means.seats.players
        if players and players <= self.ready:
            self.stop_waiting(now)
        while self._step(now):
            if self.layout.count > AT_ONCE and not self.is_over:
                self._unfinished = now
                break

    def tick(self, now: float) -> None:
        """Do the next step, and tell how the bets have changed, so many times a second."""
        if self._unfinished is not None:
            self._unfinished = None
            self.advance(now)
        if self.layout.has_changed and self._pace.is_due(now, self.means.seats.heads):
            self._tell_changes(now)

    def _step(self, now: float) -> bool:
        play = self.state.round
        due = self._deadline is not None and now >= self._deadline
        if play.state is State.OPEN and not due:
            return False  # So it is at nearly every request.
        match play.state:
            case State.SETTLED | State.VOID if self.draw.lasts and not self._closing:
                self._open(now)
            case State.SETTLED | State.VOID if self.till.pot:
                self._clear()
            case State.OPEN:
                self._close_or_wait(now)
            case State.FROZEN if self.draw.is_due(now):
                self._reckon(now)
            case State.FROZEN if self._start_by is not None and now >= self._start_by:
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
        elif play.state is State.OPEN and self._closing:
            self._deadline = now + rules.start_seconds  # Nobody else may ever turn the wheel.
        if play.state is State.FROZEN and not self._turns:
            self._start_by = now if self.auto else now + rules.start_seconds

    # --- the round --------------------------------------------------------------------------

    def _open(self, now: float) -> None:
        first = self.round.number == 0
        number = self.round.number + 1
        others = self.rules_to_come is not self.rules
        if others:
            self._play_by(self.rules_to_come)
        others = others or self.law_in_play != self.law
        self.deeds.open(number, self.law)
        self.draw.number = number
        self._opened = now
        self.layout = Layout(self.round.bets)
        self.layout.note_all()
        self.ready.clear()
        self._arm(now, first=first)
        if others:
            self.means.tell(self.introduced())
        self.means.tell(RoundOpened(number, self.ms_left(now)))

    def _close_or_wait(self, now: float) -> None:
        if self.enough_players():
            self.close_betting(now, start=True)
        elif self._closing:
            self._void(now, "")
        else:
            self._deadline = now + self.auto
            self.means.tell(DeadlineMoved(self.round.number, self.ms_left(now)))

    def close_betting(self, now: float, *, start: bool = False) -> None:
        """Freeze the bets as they lie; with `start`, turn the wheel at once."""
        play, law = self.round, self.round.law
        self._tell_changes(now)
        self.deeds.freeze(play.number)
        kind = KINDS[GAME_OF[law.wheel]].number
        fixed = self.draw.freeze(kind, rules_of(law.zero), b"", self.layout.stakes())
        self._arm(now)
        ms = 0 if start else self.ms_left(now)
        self.means.tell(BettingClosed(play.number, ms), self.draw.frozen_again())
        self.means.tell_each(fixed.frames(self.means.table))
        if start:
            self._start(now)

    def _tell_changes(self, now: float) -> None:
        """The bets as they lie: also before the round goes on from them."""
        changes = self.layout.take_changes(self.round.number)
        if changes:
            self._pace.told(now)
            self.means.tell(changes)
            self.means.note_chips(bet.account for bet in changes.latest)

    def _start(self, now: float) -> None:
        self._start_by = None
        self.means.tell(*self.draw.notes())
        asked = self.draw.ask(What.SPIN, b"", self.rules.reveal_seconds, now)
        self.means.tell(WheelStarted(self.round.number, asked.window_ms), asked)

    def _reckon(self, now: float) -> None:
        """Work out a part of what the ball does. When all is worked out, it is done in one deed."""
        if not self._reckoning:
            law = self.round.law
            pocket = self.draw.draw().words.below(len(WHEELS[law.wheel].pockets))
            self._reckoning = Reckoning(self.layout.rows(), pocket, law.zero)
        if self._reckoning.done:
            self._settle(now, self._reckoning)
            self._reckoning = None
        else:
            self._reckoning.go_on(AT_ONCE)

    def _settle(self, now: float, reckoning: Reckoning) -> None:
        play, deeds, means = self.round, self.deeds, self.means
        pocket, outcome = reckoning.pocket, reckoning.outcome(self.purse.halves)
        said = self.draw.close()
        at = means.calendar.ms(now)
        done = self._finish(reckoning.packed(), outcome, at, pocket=pocket)
        deeds.settle(
            play.number,
            pocket,
            outcome.returned,
            done.digest,
            rest=outcome.rest,
            locked=outcome.locked,
        )
        says = self.draw.contributors, self.draw.missing
        ended = Ended(means.table, play, pocket, outcome, self.books.holders, self.purse, *says)
        means.tell(said)
        for each in self.draw.last_word(said):
            means.tell_each(each)
        means.tell(ended.settled(at), ended)
        self.draw.end()

    def _finish(
        self,
        bets: bytes,
        outcome: Outcome,
        at: int,
        *,
        pocket: Pocket | None = None,
        reason: str = "",
    ) -> Finished:
        """The round as it is kept."""
        done = finish(
            self.means.table,
            self.round,
            bets,
            outcome,
            at,
            keep(self.draw) if pocket is not None else None,
            pocket=pocket,
            reason=reason,
            owed=self.purse.halves,
        )
        self.means.finished.append(done)
        return done

    def _clear(self) -> None:
        """No round follows, so nothing that is locked could ever be free again."""
        accounts = sorted(self.till.stakes)
        self.deeds.clear()
        self.means.note_chips(accounts)

    @property
    def contributors(self) -> Collection[Account]:
        return self.draw.contributors

    def draw_of(self, account: Account) -> Draw:  # noqa: ARG002
        return self.draw

    def has_say(self, account: Account) -> bool:
        return self.draw.has_say(account)

    # --- showing ----------------------------------------------------------------------------

    @property
    def title(self) -> str:
        return f"round {self.round.number}"

    @property
    def playing(self) -> Ascending:
        return self.layout.accounts

    def at_stake(self, account: Account) -> Chips:
        return self.till.stakes.get(account, 0)

    def introduced(self) -> TableIntroduced:
        rules, law = self.rules, self.law_in_play
        return TableIntroduced(
            draw=bytes.fromhex(self.till.draw),
            anchor=bytes.fromhex(self.till.anchor),
            name=self.means.name,
            auto_seconds=self.auto,
            table_most=rules.table_most,
            plaque=tuple(
                SpotLimit(group, rules.plaque[group].least, rules.plaque[group].most)
                for group in Group
            ),
            wheel=law.wheel,
            zero=law.zero,
        )

    def shown(self, account: Account) -> TableShown:
        """Everything on the table at this instant."""
        play, layout, holders = self.round, self.layout, self.books.holders
        croupier = self.means.seats.croupier
        mine = play.bets.get(account, {})
        return TableShown(
            round_number=play.number,
            phase=self.phase,
            ms_left=self.ms_left(self.means.now),
            auto_seconds=self.auto,
            croupier=croupier,
            croupier_name=holders[croupier].name if croupier else "",
            players=layout.players,
            bets=layout.count,
            staked=layout.staked,
            revision=layout.revision,
            balance=self.wallets.get(account, 0),
            at_stake=self.at_stake(account),
            half_owed=account in self.purse.halves,
            totals=layout.totals(),
            own_bets=tuple(Bet(spot, chips) for spot, chips in sorted(mine.items())),
        )

    # --- what players and the croupier do ---------------------------------------------------

    def say_ready(self, account: Account, number: int) -> None:
        """He has bet enough."""
        self.verify_round(number)
        if self.round.state is not State.OPEN:
            raise Refusal(Reason.BETTING_CLOSED, "no more bets")
        self.ready.add(account)

    def stop_waiting(self, now: float) -> None:
        """In auto, when everybody who plays has bet enough; a round has its least all the same."""
        if self.auto and self.round.state is State.OPEN and self.enough_players():
            moment = max(now, self._opened + self.rules.least_seconds)
            if self._deadline is not None and moment < self._deadline:
                self._deadline = moment
                if moment > now:
                    self.means.tell(DeadlineMoved(self.round.number, self.ms_left(now)))

    def start_spin(self, now: float, number: int) -> None:
        """Turn the wheel; if bets are open, they close with it."""
        self.verify_round(number)
        if self.round.state is State.OPEN:
            self._verify_players()
            self.close_betting(now, start=True)
        elif self.phase is not Phase.CLOSED:
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
            self.means.disk.verify_room()
        self._void(now, words)

    def _void(self, now: float, words: str) -> None:
        play, number = self.round, self.round.number
        self._tell_changes(now)
        bets = self.layout.rows()
        outcome = rules.settle(bets, None)
        done = self._finish(pack(bets), outcome, self.means.calendar.ms(now), reason=words)
        kept = [row[:2] for row in outcome.rest]
        self.deeds.void(number, words, done.digest, kept)
        ended = Ended(self.means.table, play, None, outcome, self.books.holders, self.purse)
        self.means.tell(RoundVoided(number, words), ended)

    def set_auto(self, now: float, seconds: int) -> None:
        """Let the table run itself; 0: wait for a croupier."""
        self.auto = seconds
        self.means.tell(AutoChanged(seconds))
        if self.round.state is State.OPEN:
            self._arm(now, first=True)
            self.means.tell(DeadlineMoved(self.round.number, self.ms_left(now)))
        elif self.auto and self._start_by is not None:
            self._start_by = now

    # --- what the host does -----------------------------------------------------------------

    def change_rules(self, rules: Rules, now: float) -> None:
        """From the next round on; one without bets counts for nothing, and the next one opens."""
        self.rules_to_come = rules
        if self.round.state is State.OPEN and not self.round.bets:
            self._void(now, "")

    def close(self, now: float, *, void: bool) -> None:
        """The round in play is the last. Bets that are open are frozen when the table's time or the
        croupier comes, or after `start_seconds`; too few of them, or none, go back.
        """
        self._closing = True
        if self.round.state is State.OPEN:
            if void or not self.round.bets:
                self._void(now, "")
            elif self._deadline is None:
                self._arm(now)
                self.means.tell(DeadlineMoved(self.round.number, self.ms_left(now)))

    @property
    def closed(self) -> bool:
        # What is locked goes back first.
        return self._closing and self.is_over and not self.till.pot

    def _play_by(self, rules: Rules) -> None:
        """What the croupier chose of them at the table stays, where the host left it alone."""
        if rules.auto_seconds != self.rules.auto_seconds:
            self.auto = rules.auto_seconds
        self.rules = rules
        self.stakes = tuple(rules.stakes(info.spot) for info in SPOTS)

    # --- questions --------------------------------------------------------------------------

    def verify_round(self, number: int) -> None:
        play = self.state.round
        if number != play.number:
            words = f"round {play.number} is on the table"
            raise Refusal(Reason.WRONG_ROUND, words, figure=play.number)

    def enough_players(self) -> bool:
        return len(self.round.bets) >= max(1, self.rules.min_players)

    def _verify_players(self) -> None:
        if not self.round.bets:
            raise Refusal(Reason.NO_BETS, "there is no bet on the table")
        if not self.enough_players():
            least = self.rules.min_players
            raise Refusal(Reason.NOT_ENOUGH_PLAYERS, f"{least} must have bet", figure=least)


def roulette_at(table: Table) -> Roulette:
    """What is played there, where it is roulette."""
    assert isinstance(table.play, Roulette)
    return table.play
