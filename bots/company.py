"""Several players at one table, watched by one thread; each has a link of his own."""

import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from bots.games import GAMES
from bots.speaker import NEVER, Speaker
from client.connect import connect
from client.games import GAMES as KNOWN
from client.house.events import Trouble
from client.house.state import HouseState, Line
from client.link import Link, close_all
from client.requests import Enter, leave_seat, take_seat
from client.store import Store
from protocol.house.lists import Reason, Seat
from protocol.text import visible
from protocol.wire import Request

NAMES = (
    "Adele", "Boris", "Chiara", "Дмитрий", "Elif", "Farid", "Galina", "Hugo", "Инна", "Jonas",
    "Keiko", "Лев", "Maren", "Nils", "Ольга", "Pavel", "Quentin", "Rosa", "Семён", "Tilda",
    "Uma", "Вера", "Wanda", "Xenia", "Yusuf", "Зоя",
)  # fmt: skip
AWAY = (8.0, 40.0)
"""Seconds after which one comes back who got up, or who lost everything."""
WATCHES = 120.0
"""So long he waits at the most for the end of a round: one in which nobody bets has none. Then he
plays on after all; who has nothing left leaves.
"""
TRIES = 20
"""Names that a player tries before he goes home."""


_FIRST = next(iter(GAMES.values()))
"""What they have come to play."""


class Guest:
    """A player and his line."""

    def __init__(self, number: int, style: str, seed: str, hurry: float) -> None:
        """Be the guest of this number."""
        self.number = number
        self.game = _FIRST
        self.style = style
        self.seed = seed
        self.hurry = hurry
        self.chance = Random(f"{seed}/breaks")
        self.link: Link | None = None
        self.returns_at = 0.0
        self.got_up_in = 0
        """The round in which he got up."""
        self.watches_until = NEVER
        """When he waits no longer for the end of that round, if he got up."""
        self.tries = 0
        self.table = ""
        """At which he plays, if it is not the one that all were sent to."""
        self.player = self.game.player(style, seed, hurry)
        self.speaker = self._speaker()

    def _speaker(self) -> Speaker:
        talkative, chance = self.game.styles[self.style], Random(f"{self.seed}/words")
        return Speaker(self.name, self.game, talkative, chance, self.hurry)

    @property
    def name(self) -> str:
        turn, which = divmod(self.number + self.tries * 7, len(NAMES))
        return NAMES[which] if not turn else f"{NAMES[which]} {turn + 1}"

    def rename(self) -> None:
        """Somebody else has this name: take the next one."""
        self.tries += 1
        self.speaker = self._speaker()

    def look(self, state: HouseState, now: float) -> list[Request]:
        watches = state.live and state.table.seat is Seat.WATCHER
        if watches and state.balance and now >= self.watches_until:
            self.watches_until = NEVER  # Everybody who could bet may be waiting for it, as he does.
            return [take_seat(Seat.PLAYER)]
        wishes = self.player.look(state, now)
        wishes += self.speaker.look(state, now, leaves=self.player.gets_up)
        if not wishes and self._is_done(state):
            # He may have a say in this round, and must show his link: he watches until it is over.
            self.got_up_in = 0
            self.watches_until = now + WATCHES / (self.hurry if state.balance else 1.0)
            return [take_seat(Seat.WATCHER)]
        return wishes

    @property
    def due(self) -> float:
        return min(self.player.due, self.speaker.due, self.watches_until)

    def goes(self, state: HouseState, now: float) -> bool:
        """Whether he leaves now: he got up, and the round is over in which he did."""
        number = self.game.round(state)
        watches = self.watches_until < NEVER and state.live and state.table.seat is Seat.WATCHER
        if watches and not self.got_up_in:  # Not before: a player has a say in a round that opens.
            self.got_up_in = number
        in_vain = not state.balance and now >= self.watches_until
        return in_vain or (watches and number != self.got_up_in)

    def _is_done(self, state: HouseState) -> bool:
        """Whether he gets up, and said what he had to say, or has nothing left."""
        if self.player.broke(state):
            return True
        quiet = self.speaker.due == NEVER and not state.pending
        return state.live and self.player.gets_up and quiet and not self.game.at_stake(state)

    def pause(self) -> float:
        """For how long he is away."""
        return self.chance.uniform(*AWAY) / self.hurry


class Company:
    """All of them."""

    def __init__(
        self,
        host: str,
        port: int,
        count: int,
        *,
        style: str = "",
        seed: int = 0,
        hurry: float = 1.0,
        table_password: str = "",
        new_table: bool = False,
        table: str = "",
        folder: Path | None = None,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Seat `count` players at the table named, or at the first; each has the style named, or
        the next one in turn.
        """
        styles = [style] if style else list(_FIRST.styles)
        self.host = host
        self.port = port
        self._table_password = table_password
        self._new_table = new_table
        self._table = table
        self._store = Store(folder) if folder else Store()
        self._say = say
        self._news = threading.Event()
        self._closing = threading.Event()
        self.guests = [
            Guest(number, styles[number % len(styles)], f"{seed}/{number}", hurry)
            for number in range(count)
        ]
        self.trouble = ""
        """Why nobody plays any more."""

    def run(self) -> bool:
        """Play until `stop`; whether they were stopped and did not have to leave."""
        try:
            while not self._closing.is_set():
                now = time.monotonic()
                due = min((self._serve(guest, now) for guest in self.guests), default=NEVER)
                if all(guest.returns_at == NEVER for guest in self.guests):
                    return False
                pause = None if due == NEVER else max(0.0, due - time.monotonic())
                self._news.wait(pause)
                self._news.clear()
            return True
        finally:
            self._leave(guest.link for guest in self.guests)

    def stop(self) -> None:
        """From any thread, or from a signal: everybody goes home."""
        self._closing.set()
        self._news.set()

    def _serve(self, guest: Guest, now: float) -> float:
        """Let one of them see and act; when he wants to be asked again."""
        if guest.link is None:
            if now < guest.returns_at:
                return guest.returns_at
            enter = Enter(
                guest.name,
                table_password=self._table_password,
                new_table=self._new_table,
                table=guest.table or self._table,
            )
            guest.link = connect(
                self.host, self.port, enter, store=self._store, diary=False, on_news=self._news.set
            )
        guest.link.skip()
        state = guest.link.state
        if state.status.line is Line.GONE:
            return self._gone(guest, now)
        refused = state.refusals[-1].reason if state.refusals else None
        if state.status.line is Line.DOOR and not state.pending and refused is not None:
            return self._refused(guest, refused)
        if state.live and _strange(state):
            return self._goes_on(guest, state)
        wishes = guest.look(state, now)
        if not wishes and guest.goes(state, now):
            # Whoever comes back with nothing is given the opening stack again.
            return self._away(guest, now + guest.pause())
        for wish in wishes:
            guest.link.want(wish)
        return guest.due

    def _goes_on(self, guest: Guest, state: HouseState) -> float:
        """He was sent to a game that he does not play: to the first table of one that he does."""
        assert guest.link is not None
        here = visible(state.table_name(state.here))
        number = next((n for n, each in state.lobby.items() if each.game in GAMES), None)
        if number is None:
            played = ", ".join(KNOWN[game].name for game in GAMES)
            self.trouble = f"they play {played} only, and this house has {here} and no such table"
            return self._away(guest, NEVER)
        if guest.table != str(number):
            guest.table = str(number)
            there = visible(state.table_name(number))
            self._say(f"{guest.name} does not play what is played at {here}, and goes to {there}.")
            guest.link.want(take_seat(Seat.PLAYER).to(number))
            guest.link.want(leave_seat().to(state.here))
        return NEVER

    def _gone(self, guest: Guest, _: float) -> float:
        assert guest.link is not None
        status = guest.link.state.status
        self.trouble = status.words or (status.trouble.value if status.trouble else "")
        if status.trouble is Trouble.ANOTHER_TABLE:
            self.trouble += "; if the host has begun anew, start once with --new-table"
        return self._away(guest, NEVER)

    def _refused(self, guest: Guest, reason: Reason) -> float:
        """At the door: under another name, or home."""
        assert guest.link is not None
        guest.rename()
        names = (Reason.NAME_TAKEN, Reason.WRONG_TOKEN, Reason.NAME_UNFIT)
        if reason not in names or guest.tries > TRIES:
            self.trouble = guest.link.state.refusals[-1].words
            return self._away(guest, NEVER)
        return self._away(guest, 0.0)

    def _away(self, guest: Guest, until: float) -> float:
        self._leave([guest.link])
        guest.link = None
        guest.watches_until = NEVER
        guest.returns_at = until
        return until

    def _leave(self, links: Iterable[Link | None]) -> None:
        close_all([link for link in links if link is not None])


def _strange(state: HouseState) -> bool:
    """Whether another game is played at the table that one looks at than those that they know."""
    entry = state.lobby.get(state.here)
    return entry is not None and entry.game not in GAMES
