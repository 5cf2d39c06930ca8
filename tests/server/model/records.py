"""What the model's table remembers: its rounds, what was said, and who is there."""

from typing import Any

from protocol.games.roulette import bets, records
from protocol.games.roulette.lists import RoundState
from protocol.house import door, draw, talk
from protocol.house.lists import Reason, Seat
from protocol.house.people import ListPlayers, PlayersListed
from protocol.wire import Request
from tests.server.model.door import Door
from tests.server.model.people import Expected, Person
from tests.server.model.rounds import Faults, Round
from tests.server.model.state import Fault


class Records(Door):
    """What can be asked for."""

    def list_players(self, _: Person, request: ListPlayers, __: Any) -> Expected:
        rows = tuple(row for row in self.roster() if row[0] > request.after_account)
        return _page(PlayersListed, request, players=rows, more=False)

    def list_tables(self, _: Person, request: door.ListTables, __: Any) -> Expected:
        """The one that there is."""
        guests = [who for who in self.lines.values() if who and not who.account and who.seat]
        seats = [who.seat for who in (*self.at_table(), *guests)]
        watching = seats.count(Seat.WATCHER)
        head = (1, 1, "Roulette", bool(self.auto), False, True, 0)
        one = (*head, Seat.CROUPIER in seats, len(seats) - watching, watching)
        rows = () if request.after_table else (one,)
        return _page(door.TablesListed, request, tables=rows, more=False)

    def judge_round(self, _: Person, request: Any) -> Faults:
        if not 1 <= request.round_number <= self.round:
            yield Fault(Reason.NO_SUCH_ROUND)

    def _round(self, number: int) -> Round:
        return (*self.ended, self.now_played())[number - 1]

    def list_bets(self, _: Person, request: bets.ListBets, __: Any) -> Expected:
        after = (request.after_account, request.after_spot)
        lie = self._round(request.round_number).bets
        rows = tuple(row for row in lie if after == (0, 0) or row[:2] > after)
        known = {"round_number": request.round_number}
        return _page(bets.BetsListed, request, **known, bets=rows, more=False)

    def list_rounds(self, _: Person, request: records.ListRounds, __: Any) -> Expected:
        before = request.before_round or self.round
        rows = [
            (each.number, each.state, each.pocket, each.at, len(set(each.owners)), *each.sums)
            for each in reversed(self.ended)
            if each.number < before
        ]
        return _page(records.RoundsListed, request, rounds=tuple(rows[:64]), more=len(rows) > 64)

    def list_own_rounds(self, who: Person, request: records.ListOwnRounds, _: Any) -> Expected:
        before = request.before_round or self.round
        rows = [
            (
                *(each.number, each.state, each.pocket, each.at),
                each.nets[who.account],
                mine,
            )
            for each in reversed(self.ended)
            if each.number < before and (mine := each.payouts(who.account))
        ]
        return _page(records.OwnRoundsListed, request, rounds=tuple(rows[:8]), more=len(rows) > 8)

    def list_results(self, _: Person, request: records.ListResults, __: Any) -> Expected:
        played = [each for each in self.ended if each.state is RoundState.SETTLED]
        return _page(
            records.ResultsListed,
            request,
            last_round=played[-1].number if played else 0,
            rounds=len(played),
            staked=sum(each.sums[0] for each in played),
            returned=sum(each.sums[1] for each in played),
            pockets=tuple(each.pocket for each in reversed(played)),
        )

    def judge_drawn(self, _: Person, request: Any) -> Faults:
        numbers = {each.number for each in self.ended if each.state is RoundState.SETTLED}
        if request.round_number not in numbers:
            yield Fault(Reason.NO_SUCH_ROUND)

    def ask_round(self, _: Person, request: draw.AskRound, __: Any) -> Expected:
        return _page(draw.RoundProved, request, **self._round(request.round_number).proof)

    def list_links(self, _: Person, request: draw.ListLinks, __: Any) -> Expected:
        links = self._round(request.round_number).links
        rows = tuple(row for row in links if row[0] > request.after_account)
        known = {"round_number": request.round_number}
        return _page(draw.LinksListed, request, **known, rows=rows, more=False)

    def list_talk(self, _: Person, request: talk.ListTalk, __: Any) -> Expected:
        return _page(talk.TalkListed, request, lines=tuple(self.said[-50:]))

    def now_played(self) -> Round:
        """The round on the table, as far as it has come."""
        return self.as_round(RoundState.SETTLED, self.lying())


def _page(kind: Any, request: Request, **known: Any) -> Expected:
    return Expected(kind, {"number": request.number, **known})
