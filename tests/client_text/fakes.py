"""A visit without a line: the test plays the table, and reads what a person would."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from client.dialogue import Step, Wish
from client.house.events import Connecting, LinkGone, Local, Sent, Trouble
from client.house.state import HouseState
from client.reduce import reduce
from client.requests import Enter, numbered
from client.talk.ignored import Ignored
from client_text.here import speech_in
from client_text.lines import Line
from client_text.telling import Teller
from client_text.visit import Manner, Visit
from protocol.games.roulette import bets, rounds
from protocol.games.roulette.fields import Result, SpotLimit
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rules import Group
from protocol.house import door
from protocol.house.fields import NO_DEADLINE
from protocol.house.lists import Presence, Seat
from protocol.house.people import PlayerEntry, RosterChanged
from protocol.wire import Message, Request

HOUSE = door.HouseIntroduced(
    bytes(16),
    bytes(32),
    "Oak",
    password_needed=False,
    chips_shown=True,
    stack=500,
    tables=(),
    more=False,
)
PLAQUE = tuple(SpotLimit(group, 1, 100) for group in Group)
TABLE = rounds.TableIntroduced(bytes(16), bytes(32), "Oak", 0, 1000, PLAQUE)
ME, BOB = 7, 8
AT = 59_000
"""When one says something oneself."""
ANNA = Enter("Anna")
PERSON = Manner()


class Shelf:
    """Settings that are forgotten when the test ends."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def settings(self) -> dict[str, Any]:
        return self.kept

    def keep_settings(self, settings: Mapping[str, Any]) -> None:
        self.kept |= settings


@dataclass
class Desk:
    """The table's side, played by hand: what is said goes straight to the reducer."""

    classic: bool = False
    wishes: list[Wish] = field(default_factory=list)
    """What the visit asked for, enters and requests, the latest last."""
    closed: bool = False

    def __post_init__(self) -> None:
        self.state = HouseState(classic=self.classic)
        self._steps: list[Step] = []
        self._numbers = itertools.count(1)

    # What the visit sees of it.

    def want(self, wish: Wish) -> None:
        if isinstance(wish, Request):
            wish = numbered(wish, next(self._numbers))
            self.wishes.append(wish)
            self.say(Sent(wish, AT))
        else:
            self.wishes.append(wish)

    def take(self) -> list[Step]:
        steps, self._steps = self._steps, []
        return steps

    @property
    def behind(self) -> bool:
        return bool(self._steps)

    def close(self) -> None:
        self.closed = True

    # What the test does.

    def say(self, *messages: Message | Local) -> None:
        for said in messages:
            self.state = reduce(self.state, said, 0.0)
            self._steps.append(Step(0.0, said, self.state))

    def asked(self) -> Request:
        """The last request."""
        request = self.wishes[-1]
        assert isinstance(request, Request)
        return request


class Sitting:
    """Somebody in front of a terminal, at a table that the test plays."""

    def __init__(
        self,
        enter: Enter | None = ANNA,
        *,
        language: str = "en",
        manner: Manner = PERSON,
        classic: bool = False,
    ) -> None:
        """Come to the door as `enter` says."""
        self.desk = Desk(classic)
        self.dialled: list[Enter] = []
        self.lines: list[Line] = []
        self.shelf = Shelf()
        self.visit = Visit(
            enter,
            self._dial,
            Teller(speech_in(language), lambda at: f"{at // 1000:05d}"),
            self.lines.extend,
            manner=manner,
            classic=classic,
            ignored=lambda table: Ignored(self.shelf, table),
        )
        self.visit.begin()

    def _dial(self, enter: Enter) -> Desk:
        self.dialled.append(enter)
        if self.desk.closed:
            self.desk = Desk(self.desk.classic)
        self.desk.say(Connecting("table", 1234))
        return self.desk

    def sit(self, seat: Seat = Seat.PLAYER, *, number: int = 5, balance: int = 500) -> "Sitting":
        """Be seated, in a round that takes bets; what was said so far is forgotten."""
        self.desk.say(
            HOUSE,
            door.SignedIn(90, ME, "Anna", b"", balance, 0),
            door.SeatTaken(91, seat),
            TABLE,
            shown(number, balance),
        )
        self.visit.news()
        self.lines.clear()
        return self

    def type(self, line: str) -> list[str]:
        """Enter a line; what is shown for it."""
        self.visit.typed(line)
        self.visit.news()
        return self.read()

    def hear(self, *messages: Message | Local) -> list[str]:
        """Let the table say something; what is shown for it."""
        self.desk.say(*messages)
        self.visit.news()
        return self.read()

    def read(self) -> list[str]:
        texts = [line.text for line in self.lines]
        self.lines.clear()
        return texts

    def bet(self, line: str, balance: int = 400) -> list[str]:
        """Lay chips, and have them acknowledged."""
        self.visit.typed(line)
        asked = self.desk.asked()
        assert isinstance(asked, bets.PlaceBets)
        return self.hear(bets.BetsPlaced(asked.number, asked.round_number, balance, 0))

    def cut(self) -> list[str]:
        return self.hear(LinkGone(Trouble.CUT))


def shown(number: int, balance: int = 500, phase: Phase = Phase.BETTING) -> rounds.TableShown:
    return rounds.TableShown(
        number,
        phase,
        NO_DEADLINE,
        auto_seconds=0,
        croupier=0,
        croupier_name="",
        players=0,
        bets=0,
        staked=0,
        revision=0,
        balance=balance,
        at_stake=0,
        totals=(),
        own_bets=(),
    )


def laid(request: Request) -> dict[int, int]:
    """The chips in a request."""
    assert isinstance(request, bets.PlaceBets | bets.TakeBackBets)
    return {bet.spot: bet.chips for bet in request.bets}


def settled(number: int, pocket: int, *results: Result) -> rounds.RoundSettled:
    return rounds.RoundSettled(number, pocket, 0, 2, 35, 20, results)


def bob(presence: Presence = Presence.HERE) -> RosterChanged:
    return seated(BOB, "Bob", presence)


def seated(account: int, name: str, presence: Presence = Presence.HERE) -> RosterChanged:
    entry = PlayerEntry(account, name, Seat.PLAYER, presence, muted=False, balance=300)
    return RosterChanged(2, 0, (entry,), complete=True)
