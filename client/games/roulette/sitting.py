"""What a client does by itself at a roulette: it follows every round, and keeps a diary."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from client.games.drawn import DrawnSitting
from client.games.roulette.night.entries import OWN_ROUNDS
from client.games.roulette.reduce import REPEATED
from client.games.roulette.state import roulette
from client.house.bounds import ROUNDS_KEPT
from client.house.events import Remembered
from client.house.state import HouseState
from client.means import Diary
from client.pages import Lists, Pages
from client.requests import UNNUMBERED
from client.sitting import Voice
from protocol import limits
from protocol.fair.hashes import Account, Stake
from protocol.games.kinds import KINDS
from protocol.games.roulette import bets, records, rounds
from protocol.games.roulette.drawing import rules_of, stake_of
from protocol.games.roulette.lists import End, Phase
from protocol.games.roulette.rules import ROULETTE
from protocol.games.roulette.zero import GAME_OF
from protocol.house.draw import RoundFrozen
from protocol.house.lists import Seat
from protocol.wire import Message, Request

LISTED_BETS = limits.BETS_A_PAGE
"""Up to so many bets on the table, everybody's are followed; above, only when asked for."""
ROUND_PAGES = -(-ROUNDS_KEPT // limits.ROUNDS_A_PAGE)


class RouletteSitting(DrawnSitting):
    """At one roulette."""

    GAME = ROULETTE
    KINDS = ("roulette", "roulette00")
    REPEATED = REPEATED

    def __init__(self, table: int, voice: Voice, seat: Seat) -> None:
        super().__init__(table, voice, seat)
        self._law = 0, ""
        """By which draw and rules the table says that it plays."""
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
        """Begin to watch the draw, and open the diary of this name at this table, once."""
        self._law = KINDS[GAME_OF[said.wheel]].number, rules_of(said.zero)
        self.judged(self.part.meet(said.draw, said.anchor, self.state.account))
        account, means = self.state.account, self.voice.means
        if means.diary is None or not account or self._whose == (said.draw, account):
            return
        self._whose = said.draw, account
        self._diary = means.diary(said.draw, account, OWN_ROUNDS)
        kept = self._diary.read()
        if kept:
            self.voice.tell(Remembered(kept, self.table))

    def _came(self, said: rounds.TableShown, before: HouseState) -> None:
        was, now = roulette(before).round, roulette(self.state).round
        if (
            self.shown
            and self._were_laid(before)
            and (now.number, now.own) != (was.number, was.own)
        ):
            # On an unbroken line: what was acknowledged is another now, or lies nowhere.
            self.judged(self.part.ended_unfrozen(was.number))
        self.judged(self.part.shown(said.round_number, self.voice.now))
        if self.came():
            self.read_lists()

    def _opened(self, said: rounds.RoundOpened, before: HouseState) -> None:
        if self._were_laid(before) and said.round_number > self._number(before):
            # A round with one's chips on the table ended in no way.
            self.judged(self.part.ended_unfrozen(self._number(before)))
        self.judged(self.part.opened())

    @staticmethod
    def _number(state: HouseState) -> int:
        return roulette(state).round.number

    @staticmethod
    def _were_laid(state: HouseState) -> bool:
        """Whether chips of one's own are known to lie in a round that has not ended."""
        now = roulette(state).round
        return now.own_known and bool(now.own) and now.phase is Phase.BETTING

    def _settled(self, said: rounds.RoundSettled, _: HouseState) -> None:
        fell = {"pocket": said.pocket}
        self.judged(self.part.resulted(said.round_number, fell, self.voice.now))

    def _paid(self, said: rounds.PlayerSettled, _: HouseState) -> None:
        number = said.round_number
        over = roulette(self.state).find_round(number)
        if over is not None and over.voided is not None:
            if said.net:
                self.judged(self.part.ended_unfrozen(number))
            return
        ended = [each for each in said.payouts if each.end in (End.PAID, End.HALVED)]
        chips = said.net + sum(each.stake for each in ended)
        back = sum(each.returned for each in ended)
        halved = sum(each.end is End.HALVED for each in ended)
        # Less than nothing is not owed to anybody, nor is this; and a file has whole numbers only.
        self.judged(self.part.paid(number, chips % 2**64))
        if not 0 <= chips - back <= halved:  # Halves of several may make a chip more.
            self.judged(self.part.paid(number, back))

    def _voided(self, said: rounds.RoundVoided, _: HouseState) -> None:
        self.judged(self.part.voided(said.round_number))

    def is_ours(self, said: RoundFrozen) -> bool:
        return (said.draw, said.rules) == self._law

    @property
    def idle(self) -> bool:
        return roulette(self.state).round.phase in (Phase.BETTING, Phase.SETTLED)

    def stakes(self) -> list[Stake] | None:
        """One's own chips, as they would be frozen; None where that is not known after a cut. What
        is not answered is not in a freeze: the answers come before it.
        """
        now = roulette(self.state).round
        if not now.own_known:
            return None
        return [stake_of(*bet) for bet in now.own.items()]

    def first_read(self) -> Iterator[tuple[Request, bool]]:
        yield records.ListResults(UNNUMBERED), False
        yield records.ListOwnRounds(UNNUMBERED, 0), True
        yield from super().first_read()

    def missing(self) -> Iterator[Request]:
        now = roulette(self.state).round
        if not now.bets_known and now.count <= LISTED_BETS:
            yield bets.ListBets(UNNUMBERED, now.number, 0, 0)
        yield from super().missing()

    _PARTS: ClassVar[dict[type, Callable[["RouletteSitting", Any, HouseState], None]]] = {
        rounds.TableIntroduced: _met,
        rounds.TableShown: _came,
        rounds.RoundOpened: _opened,
        rounds.RoundSettled: _settled,
        rounds.PlayerSettled: _paid,
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
