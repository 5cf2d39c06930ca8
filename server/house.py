"""The house: the tables, the people at them, the books, and what is to be said to whom.

It knows no socket and no thread; the owner's thread (`owner.py`) feeds it, makes durable what
it did, and only then sends what it said.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from typing import Any, TypeAlias

from protocol import classic
from protocol.fairness import Account
from protocol.framing import Spoken
from protocol.limits import CHANGES_A_BROADCAST, TABLES_A_PAGE
from protocol.messages.door import HouseIntroduced, TableEntry
from protocol.messages.lists import Farewell, Notice, Presence, Seat, SessionEnd
from protocol.messages.records import PlayerEntry, RosterChanged
from protocol.messages.rounds import ChipsGranted, RevealSecret
from protocol.messages.talk import Noticed, SessionEnded
from protocol.roulette import Chips
from protocol.wire import Message
from server.books.books import HOUSE, Books, Holder
from server.books.disk import Disk
from server.books.finished import Finished
from server.books.ink import Ink
from server.limits import Limits
from server.people.admission import Admission
from server.people.digests import same_digest
from server.people.guesses import CROUPIERS, Guesses, wrong_words
from server.people.names import Names
from server.people.people import Client, People
from server.people.places import Standing
from server.sayings import Drop, Saying, To, ToAll, ToEach, ToHost
from server.tables.game import Game
from server.tables.hall import Hall, Table
from server.tables.means import Archive, Draw, Means
from server.tables.over import Over
from server.tables.pace import Pace
from server.talk.talk import Talk

DESK = 1
"""The account of the croupier's desk: who sits there with a classic client."""
DESK_NAME = "Croupier"
NOTICES_UP_TO = 50
"""At a fuller table nobody is told of each one who comes and goes; the roster tells it."""
PASSING = frozenset(
    (Notice.JOINED, Notice.LEFT, Notice.CUT_OFF, Notice.RESUMED, Notice.AWAY, Notice.BACK)
)
TOLD_OTHERWISE = frozenset((Farewell.KICKED, Farewell.REPLACED))
"""Nobody is told besides that such a one was cut off."""
LAST_WORDS = frozenset((RevealSecret,))
"""What is still heard of who was thrown out in the middle of a draw."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How this house presents itself."""

    name: str = "Roulette"
    croupier_digest: bytes = b""
    """SHA-512 of the croupier's password."""
    table_digest: bytes = b""
    """SHA-512 of the table's password; empty if none is asked."""
    chips_shown: bool = True
    stack: Chips = 500
    """The chips that a new player is given, and one who has nothing left."""


Listener: TypeAlias = Callable[["House", Over], None]
"""Somebody who is told when a round is over."""


class House:
    """Everything that the handlers work on."""

    def __init__(
        self,
        books: Books,
        archive: Archive,
        manner: Manner,
        limits: Limits,
        chance: Callable[[int], bytes],
    ) -> None:
        self.books = books
        self.archive = archive
        self.manner = manner
        self.limits = limits
        self.chance = chance
        self.hall = Hall()
        self.table: Table
        """The first one, of which everybody speaks: no request names another yet."""
        self.people = People()
        self.disk = Disk()
        self.ink = Ink(limits)
        self.talk = Talk(limits)
        self.admission = Admission(limits)
        self.guesses = Guesses(limits)
        self.now = 0.0
        self.said: list[Saying] = []
        self.leaving: dict[Client, str] = {}
        """Who was thrown out and is still heard, and why; they go when the round is over."""
        self.listeners: dict[Listener, None] = {}
        often = 1 / limits.broadcasts_a_second
        self._roster_pace = Pace(5 * often, limits.change_deliveries_a_second / 5)
        if DESK not in self.books.holders:
            self.books.enroll(DESK, DESK_NAME, "", "")
        self.names = Names(self.books)

    def open_table(self, game: Game, draw: Draw, rules: Any, now: float) -> Table:
        """Open one table more, at which this game is played by these rules."""
        number = len(self.hall.tables) + 1
        if number not in self.books.tills:
            anchor = draw.seed(0).hex()
            self.books.open_till(number, game.name, HOUSE, draw.table.hex(), anchor)
        parts = self.books, self.archive, self.disk, self.ink, self.people, self.limits
        table = self.hall.open(game, Means(number, *parts, draw), rules, now)
        if table.number == 1:
            self.table = table
        return table

    # --- saying -----------------------------------------------------------------------------

    def tell(self, client: Client, message: Message | classic.Reply) -> None:
        self.said.append(To(client, message))

    def tell_all(self, message: Message) -> None:
        self.said.append(ToAll(message))

    def tell_host(self, words: str) -> None:
        self.said.append(ToHost(words))

    def tell_account(self, account: Account, message: Message) -> None:
        """Tell somebody who is connected with a client that understands it."""
        client = self.people.clients.get(account)
        if client and not client.classic:
            self.tell(client, message)

    def drop(self, client: Client, reason: Farewell, words: str) -> None:
        """Part with a client, at this instant: nothing that it asked behind it is heard."""
        if not client.gone:
            self.said.append(Drop(client, reason, words))
            cut_off = reason is not Farewell.KICKED
            self._part(client, cut_off=cut_off, quietly=reason in TOLD_OTHERWISE)

    def leave(self, client: Client, *, cut_off: bool) -> None:
        """The connection is over. Whoever was cut off keeps the seat for a while."""
        if not client.gone:
            thrown_out = client in self.leaving
            self._part(client, cut_off=cut_off and not thrown_out, quietly=thrown_out)

    def throw_out(self, account: Account, words: str) -> None:
        """Part with somebody for good. Who has a say in a frozen round is heard to its end, with
        the secret and nothing else: or whoever throws people out could choose among numbers.
        """
        client = self.people.clients.get(account)
        if client and self.hall.has_say(account):
            self.leaving[client] = words
            return
        if client:
            self.drop(client, Farewell.KICKED, words)
        self.people.remove(account)

    def _part(self, client: Client, *, cut_off: bool, quietly: bool) -> None:
        client.gone = True
        if client.account:
            self.admission.note(client.name, client.address)
        self.leaving.pop(client, None)
        person = self.people.seated.get(client.account)
        was_here = person and person.connected
        self.people.leave(client, self.now, cut_off=cut_off and not client.classic)
        client.seat = Seat.NONE
        if person and was_here and not quietly:
            gone = Notice.CROUPIER_LEFT if person.seat is Seat.CROUPIER else Notice.LEFT
            kept = cut_off and not client.classic  # In that dialect so one leaves.
            self.notice(client.account, client.name, Notice.CUT_OFF if kept else gone)

    def close(self, clients: Iterable[Client]) -> None:
        """Say goodbye to everybody; nothing more is heard."""
        for client in clients:
            client.gone = True
            words = "the house closes for tonight"
            self.said.append(Drop(client, Farewell.STOPPING, words))

    def hears(self, client: Client, said: Spoken) -> bool:
        """Whether this is still to be carried out."""
        return not client.gone and (client not in self.leaving or type(said) in LAST_WORDS)

    def notice(self, account: Account, name: str, notice: Notice, words: str = "") -> None:
        """Tell the table what happened to somebody."""
        if notice not in PASSING or (
            len(self.people.seated) <= NOTICES_UP_TO and self.talk.is_news(account, self.now)
        ):
            self.tell_all(Noticed(round(self.now * 1000), account, name, notice, words))

    def standing(self, client: Client) -> Standing:
        """What somebody who has signed in is to the house, if it gets full. Who has a say in a
        round keeps the place until it is over, with a seat or without.
        """
        people, account = self.people, client.account
        person = people.seated.get(account)
        if person and person.client is client and person.presence is Presence.HERE:
            return Standing.KEPT
        mine = people.clients.get(account) is client
        return Standing.KEPT if mine and self.hall.contributes(account) else Standing.SPARE

    # --- time -------------------------------------------------------------------------------

    def advance(self, now: float) -> None:
        """Do what is due, and say it."""
        self.now = max(self.now, now)
        self.hall.advance(self.now)
        self._publish()

    def tick(self, now: float) -> None:
        """The broadcasts that are made so many times a second, and whoever is late."""
        self.now = max(self.now, now)
        if self.hall.tick(self.now):
            self._publish()
        if self.people.news and self._roster_pace.is_due(self.now, self.people.heads):
            self._publish_roster()
        for client in self.people.overdue(self.now):
            self.drop(client, Farewell.SILENT, "the results were not confirmed")
        for person in self.people.forget_before(self.now - self.limits.keep_seat_seconds):
            croupier = person.seat is Seat.CROUPIER
            self.notice(
                person.account, person.name, Notice.CROUPIER_LEFT if croupier else Notice.LEFT
            )
        for person in self.people.idle_before(self.now - self.limits.away_seconds):
            self.notice(person.account, person.name, Notice.AWAY)
        for account in self.talk.unmuted(self.now):
            self.unmute(account)
        self._end_sessions()

    def acted(self, client: Client) -> None:
        """Somebody did something himself: he is not away."""
        if self.people.act(client.account, self.now):
            self.notice(client.account, client.name, Notice.BACK)

    def unmute(self, account: Account, words: str = "") -> None:
        """Say that he may talk again."""
        person = self.people.seated.get(account)
        if person:
            self.people.touch(account)
            self.notice(account, person.name, Notice.UNMUTED, words)

    def _end_sessions(self) -> None:
        """Whoever was in a private session with somebody who is gone is told so."""
        while self.people.departed:
            account, _ = self.people.departed.popitem()
            name = self.books.holders[account].name
            for other in self.talk.leave(account):
                self.tell_account(other, SessionEnded(account, name, SessionEnd.LEFT))

    def next_moment(self) -> float | None:
        """When `advance` or `tick` will have something to do."""
        moments = [self.hall.next_moment()]
        if self.people.news:
            moments.append(self._roster_pace.moment)
        return min((moment for moment in moments if moment is not None), default=None)

    def _publish(self) -> None:
        if self.people.departed:
            self._end_sessions()
        for table in self.hall.tables:
            means = table.means
            if means.told or means.moved:
                said, means.told = means.told, []
                moved, means.moved = means.moved, []
                for each in said:
                    if isinstance(each, Message):
                        self.tell_all(each)
                    else:
                        self._publish_over(each)
                self._note_chips(moved)

    def _publish_over(self, over: Over) -> None:
        """To each their own result; and who was only here for the draw goes."""
        clients = self.people.clients
        self.said.append(
            ToEach(
                {
                    client: frame
                    for account, frame in over.frames()
                    if (client := clients.get(account))
                }
            )
        )
        self._note_chips(over.accounts)
        self.people.moved += (clients[who] for who in over.contributors if who in clients)
        for account in over.withheld:
            self.notice(account, self.books.holders[account].name, Notice.WITHHELD)
        for client, words in list(self.leaving.items()):
            self.drop(client, Farewell.KICKED, words)
        for listener in self.listeners:
            listener(self, over)

    def take_finished(self) -> list[Finished]:
        """The rounds that ended since this was asked last, to be kept with the books."""
        taken: list[Finished] = []
        for table in self.hall.tables:
            taken += table.means.finished
            table.means.finished = []
        return taken

    def _note_chips(self, accounts: Iterable[Account]) -> None:
        """These have more chips now, or fewer: so long as one broadcast of the roster holds
        everybody, it tells. At a fuller table the roster is asked for.
        """
        seated = self.people.seated
        if self.manner.chips_shown and len(seated) <= CHANGES_A_BROADCAST:
            for account in accounts:
                if account in seated:
                    self.people.touch(account)

    def _publish_roster(self) -> None:
        self._roster_pace.told(self.now)
        changed = list(self.people.changed)
        self.people.changed.clear()
        self.people.news = False
        newest = changed[-CHANGES_A_BROADCAST:]
        entries = tuple(self.player_entry(account) for account in newest)
        seated, watching = self.people.count()
        self.tell_all(RosterChanged(seated, watching, entries, len(newest) == len(changed)))

    # --- showing ----------------------------------------------------------------------------

    def listed_after(self, account: Account) -> Iterator[Account]:
        """Who has a seat, or left chips on the table, by ascending account."""
        there, playing = self.people.roster, self.table.play.playing
        both = merge(there.after(account), playing.after(account))
        return (who for who, _ in groupby(both))

    def player_entry(self, account: Account) -> PlayerEntry:
        """A line of the roster."""
        holder = self.books.holders[account]
        chips = self.books.wallet(account) if self.manner.chips_shown else 0
        person = self.people.seated.get(account)
        if not person:
            return PlayerEntry(account, holder.name, Seat.NONE, Presence.GONE, False, chips)
        muted = self.talk.is_muted(account, self.now)
        return PlayerEntry(account, person.name, person.seat, person.presence, muted, chips)

    def introduced(self) -> HouseIntroduced:
        """The house, for who comes in. It is known by its first table."""
        manner, first = self.manner, self.books.tills[1]
        return HouseIntroduced(
            bytes.fromhex(first.draw),
            bytes.fromhex(first.anchor),
            manner.name,
            bool(manner.table_digest),
            manner.chips_shown,
            manner.stack,
            *self.tables_after(0),
        )

    def tables_after(self, number: int) -> tuple[tuple[TableEntry, ...], bool]:
        """A page of the tables behind this one, and whether another follows."""
        behind = [table for table in self.hall.tables if table.number > number]
        page = tuple(self._table_entry(table) for table in behind[:TABLES_A_PAGE])
        return page, len(behind) > len(page)

    def _table_entry(self, table: Table) -> TableEntry:
        seated, watching = self.people.count()
        croupier = bool(self.people.croupier)
        return TableEntry(
            table.number, table.game.number, self.manner.name, croupier, seated, watching
        )

    def knows(self, client: Client, secret: str, digest: bytes, wanted: bytes) -> bool:
        """Whether this is the secret. Wrong guesses are counted, and in a pause nothing is looked
        at, which is a `Refusal`.
        """
        client.wrong_guesses += 1
        self.guesses.verify(secret, client.address, self.now)
        if same_digest(digest, wanted):
            client.wrong_guesses -= 1
            return True
        for wrong in self.guesses.wrong(secret, client.address, self.now):
            self.tell_host(wrong_words(wrong, self.now))
        return False

    def warn_of_guesses(self, client: Client) -> None:
        """Somebody knew the croupier's password: was it guessed?"""
        if guessed := self.guesses.at(CROUPIERS, self.now):
            self.tell_host(
                f"{client.name} from {client.address} took the croupier's seat after {guessed}"
            )

    # --- accounts ---------------------------------------------------------------------------

    def enroll(self, name: str, token: str, address: str) -> Holder:
        """A new name, with the opening stack."""
        account = len(self.books.holders) + 1
        self.books.enroll(account, name, token, address)
        self.books.grant(HOUSE, account, self.manner.stack)
        self.names.add(name, account)
        return self.books.holders[account]

    def grant_if_broke(self, holder: Holder) -> ChipsGranted | None:
        """Who has nothing left, and nothing on the table, gets the opening stack again."""
        books, account = self.books, holder.account
        if account == DESK or books.wallet(account) or self.hall.at_stake(account):
            return None
        books.grant(HOUSE, account, self.manner.stack)
        self._note_chips((account,))
        return ChipsGranted(self.manner.stack, books.wallet(account))
