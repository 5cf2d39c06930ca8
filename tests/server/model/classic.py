"""The classic dialect at the model's table: a reply, or the set of those that are lawful.

The protocol page says which code each fault has, but not which one wins where two come together.
"""

from collections.abc import Callable
from typing import Any

from protocol import classic
from protocol.classic import Code
from protocol.games.roulette.lists import Phase
from protocol.house.lists import Seat
from tests.server.model.layout import LAYOUT
from tests.server.model.people import Person
from tests.server.model.records import Records
from tests.server.model.talk import unfit

DESK, DESK_NAME = 1, "Croupier"
"""The account of a croupier without a name. (No page names it.)"""
PLAYS = {**{number: number for number in range(37)}, 37: 152, 38: 155}
"""The layout's spot for each of this dialect."""
SAYS = {spot: said for said, spot in PLAYS.items()}


class Classic(Records):
    """What a classic client may ask."""

    def ask_classic(self, line: str, request: Any, given: Any, account: int) -> bool:
        """Whether this is a lawful reply. `account` is the house's, for a new name."""
        if isinstance(request, classic.ListBets):
            return isinstance(given, classic.BetsListed) and self._listed(line) == [
                (row.name, row.chips, row.spot) for row in given.bets
            ]
        if isinstance(request, classic.ConfirmResults):
            self.unconfirmed.pop(line, None)
            return given is None
        kind, judge, do = REPLIES[type(request)]
        lawful = judge(self, line, request)
        who = self.lines[line]
        if who is None or who.seat is not Seat.CROUPIER:
            self.wrong[line] += Code.WRONG_PASSWORD in lawful  # (Who has the seat guesses nothing.)
        if not isinstance(given, kind) or given.code not in lawful:
            return False
        if given.code is Code.OK:
            do(self, line, request, account)
        return True

    def _listed(self, line: str) -> list[tuple[str, int, int]]:
        return [
            (self.people[account].name, chips, SAYS[spot])
            for account, spot, chips in self.lying()
            if spot in SAYS and self.lines[line]
        ]

    @property
    def speaks_classic(self) -> bool:
        """It has no double zero, and no locked stakes."""
        return self.rules.wheel == "single" and not self.rules.zero.startswith("prison")

    def may_register(self, line: str, request: classic.RegisterPlayer) -> set[Code]:
        raw, address = request.name, self.address[line]
        name = raw.decode(errors="replace")
        if self.lines[line] or self.table_digest or raw != name.encode() or unfit(name):
            return {Code.REFUSED}
        if not self.speaks_classic:
            return {Code.REFUSED}
        known = self.named(name)
        until = known.out_until if known else self.out.get(address, 0)
        taken = known and (known.line or known.token or (known.chips and known.address != address))
        faults = {Code.REFUSED: until > self.now, Code.NAME_TAKEN: bool(taken)}
        return {code for code, there in faults.items() if there} or {Code.OK}

    def register(self, line: str, request: classic.RegisterPlayer, account: int) -> None:
        name = request.name.decode()
        who = self.named(name)
        if who is None:
            assert account not in {0, *self.people}, "an account that somebody has"
            who = self.people[account] = Person(account, name, "")
            who.lines_left = self.rules.talk_burst
        if not who.wallet and not who.chips:
            self.grant(who)
        self._enter(line, who, Seat.PLAYER)

    def may_lead(self, line: str, request: classic.RegisterCroupier) -> set[Code]:
        if not self.speaks_classic or self.lines[line]:
            return {Code.REFUSED}
        desk = self.people.get(DESK)
        until = max(desk.out_until if desk else 0, self.out.get(self.address[line], 0))
        if until > self.now:
            return {Code.REFUSED}
        if request.digest != self.croupier_digest:
            return {Code.WRONG_PASSWORD}
        there = self.croupier
        return {Code.CROUPIER_EXISTS} if there and there.present else {Code.OK}

    def lead(self, line: str, _: classic.RegisterCroupier, __: int) -> None:
        self._enter(line, self.people.setdefault(DESK, Person(DESK, DESK_NAME, "")), Seat.CROUPIER)

    def _enter(self, line: str, who: Person, seat: Seat) -> None:
        who.line, who.address = line, self.address[line]
        self.lines[line] = who
        self.sit(who, seat)

    def may_bet(self, line: str, request: classic.PlaceBet) -> set[Code]:
        who, chips = self.lines[line], request.chips
        if who is None or who.seat is not Seat.PLAYER or request.spot not in PLAYS:
            return {Code.REFUSED}
        kind, covers = LAYOUT[PLAYS[request.spot]]
        least, most = self.rules.plaque[kind]
        wins = chips * (36 // len(covers) - 1)
        unfit_sum = not least <= chips <= min(most, self.rules.table_most) or wins > 32767
        faults = {
            Code.REFUSED: unfit_sum or self.phase is not Phase.BETTING,
            Code.SECOND_BET: bool(who.chips),
            Code.NOT_ENOUGH_CHIPS: chips > who.wallet,
        }
        return {code for code, there in faults.items() if there} or {Code.OK}

    def bet(self, line: str, request: classic.PlaceBet, _: int) -> None:
        who = self.lines[line]
        assert who is not None
        who.wallet -= request.chips
        who.chips[PLAYS[request.spot]] = request.chips
        who.last += 1

    def may_start(self, line: str, request: classic.StartSpin) -> set[Code]:
        who = self.lines[line]
        if request.digest != self.croupier_digest:
            return {Code.WRONG_PASSWORD}
        if who is None or who.seat is not Seat.CROUPIER or self.phase is Phase.SPINNING:
            return {Code.REFUSED}
        if self.phase is Phase.BETTING and not self.enough:
            return {Code.NOT_ENOUGH_PLAYERS}
        return {Code.OK}

    def start_classic(self, _: str, __: classic.StartSpin, ___: int) -> None:
        if self.phase is Phase.BETTING:
            self.freeze_bets(start=True)
        self.turn_wheel()


C = Classic
REPLIES: dict[type[Any], tuple[type[Any], Callable[..., set[Code]], Callable[..., None]]] = {
    classic.RegisterPlayer: (classic.RegistrationAnswered, C.may_register, C.register),
    classic.RegisterCroupier: (classic.RegistrationAnswered, C.may_lead, C.lead),
    classic.PlaceBet: (classic.OrderAnswered, C.may_bet, C.bet),
    classic.StartSpin: (classic.OrderAnswered, C.may_start, C.start_classic),
}
"""What answers each request, which codes may, and what it does."""
