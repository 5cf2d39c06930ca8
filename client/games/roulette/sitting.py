"""What a client does by itself at a roulette: it follows every round, and keeps a diary."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from client.games.roulette.fair.follow import Follower
from client.games.roulette.fair.judge import evidence
from client.games.roulette.fair.verdicts import Verdict
from client.games.roulette.night.entries import OWN_ROUNDS
from client.games.roulette.reduce import REPEATED
from client.games.roulette.state import roulette
from client.house.bounds import ROUNDS_KEPT
from client.house.events import Judged, Remembered
from client.house.state import HouseState, Pending
from client.means import Diary
from client.pages import Lists, Pages
from client.requests import UNNUMBERED
from client.sitting import Sitting, Voice
from protocol import limits
from protocol.fairness import Account
from protocol.games.roulette import bets, records, rounds
from protocol.games.roulette.rules import ROULETTE
from protocol.house.lists import Seat
from protocol.wire import Message, Request

LISTED_BETS = limits.BETS_A_PAGE
"""Up to so many bets on the table, everybody's are followed; above, only when asked for."""
ROUND_PAGES = -(-ROUNDS_KEPT // limits.ROUNDS_A_PAGE)


class RouletteSitting(Sitting):
    """At one roulette."""

    GAME = ROULETTE
    REPEATED = REPEATED

    def __init__(self, table: int, voice: Voice, seat: Seat) -> None:
        super().__init__(table, voice, seat)
        self._follower = Follower(voice.means.secret, self.ask)
        self._diary: Diary | None = None
        self._whose: tuple[bytes, Account] | None = None
        """Of which draw and account the diary is."""

    def hear(self, said: Message, before: HouseState) -> None:
        super().hear(said, before)
        part = self._PARTS.get(type(said))
        if part is not None:
            part(self, said, before)
        own = roulette(self.state).own_rounds
        if self._diary is not None and own is not roulette(before).own_rounds:
            self._diary.keep(own)

    def _met(self, said: rounds.TableIntroduced, _: HouseState) -> None:
        """Open the diary of this name at this table, once."""
        account, means = self.state.account, self.voice.means
        if means.diary is None or not account or self._whose == (said.draw, account):
            return
        self._whose = said.draw, account
        self._diary = means.diary(said.draw, account, OWN_ROUNDS)
        kept = self._diary.read()
        if kept:
            self.voice.tell(Remembered(kept, self.table))

    def _came(self, _: rounds.TableShown, before: HouseState) -> None:
        certain = self.came()
        self._judged(self._follower.shown(before, self.state))
        if certain:
            self.read_lists()

    def _opened(self, _: rounds.RoundOpened, before: HouseState) -> None:
        self._follower.opened(before, self.state)

    def _closed(self, said: rounds.BettingClosed, _: HouseState) -> None:
        self._judged(self._follower.closed(said, self.state))

    def _settled(self, said: rounds.RoundSettled, _: HouseState) -> None:
        self._follower.settled(said, self.state)

    def _voided(self, said: rounds.RoundVoided, _: HouseState) -> None:
        self._judged(self._follower.voided(said, self.state))

    def answered(self, pending: Pending, said: Message) -> None:
        super().answered(pending, said)
        self._judged(self._follower.answered(pending.request, said, self.state))

    def _judged(self, verdict: Verdict | None) -> None:
        if verdict is None:
            return
        red = not verdict.holds and verdict.round is not None
        saved = self.voice.means.save(evidence(verdict)) if red else ""
        self.voice.tell(Judged(verdict, saved, self.table))

    def first_read(self) -> Iterator[tuple[Request, bool]]:
        yield records.ListResults(UNNUMBERED), False
        yield records.ListOwnRounds(UNNUMBERED, 0), True
        yield from super().first_read()

    def missing(self) -> Iterator[Request]:
        now = roulette(self.state).round
        if not now.bets_known and now.count <= LISTED_BETS:
            yield bets.ListBets(UNNUMBERED, now.number, 0, 0)
        yield from super().missing()

    def work(self) -> bool:
        busy = self._follower.busy
        if busy:
            self._judged(self._follower.walk(self.state))
        return busy

    def examine(self, number: int) -> None:
        if self.shown:
            self._follower.examine(number, self.state)

    _PARTS: ClassVar[dict[type, Callable[["RouletteSitting", Any, HouseState], None]]] = {
        rounds.TableIntroduced: _met,
        rounds.TableShown: _came,
        rounds.RoundOpened: _opened,
        rounds.BettingClosed: _closed,
        rounds.RoundSettled: _settled,
        rounds.RoundVoided: _voided,
    }


def _more_bets(said: bets.BetsListed) -> Request | None:
    if not said.bets:
        return None
    last = said.bets[-1]
    return bets.ListBets(UNNUMBERED, said.round_number, last.account, last.spot)


def _more_rounds(said: records.RoundsListed) -> Request | None:
    if not said.rounds:
        return None
    return records.ListRounds(UNNUMBERED, said.rounds[-1].round_number)


def _more_own(said: records.OwnRoundsListed) -> Request | None:
    if not said.rounds:
        return None
    return records.ListOwnRounds(UNNUMBERED, said.rounds[-1].round_number)


LISTS: Lists = {
    bets.BetsListed: Pages(bets.ListBets, _more_bets),
    records.RoundsListed: Pages(records.ListRounds, _more_rounds, ROUND_PAGES),
    records.OwnRoundsListed: Pages(records.ListOwnRounds, _more_own),
}
