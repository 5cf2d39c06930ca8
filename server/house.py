"""The house: the tables, the people at them, the books, and what is to be said to whom.

It knows no socket and no thread; the owner's thread (`owner.py`) feeds it, makes durable what
it did, and only then sends what it said.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeAlias

from protocol import classic
from protocol.fair.hashes import Account
from protocol.framing import Spoken
from protocol.house.door import HouseIntroduced, SeatLost
from protocol.house.draw import SendLink
from protocol.house.fields import Chips
from protocol.house.lists import Farewell, Notice, Presence, Seat, SessionEnd
from protocol.house.people import ChipsGranted
from protocol.house.talk import Noticed, SessionEnded
from protocol.wire import Message, encode
from server.books.allowance import Allowance
from server.books.books import HOUSE, Books, Holder
from server.books.disk import Disk
from server.books.finished import Finished
from server.draw.draw import Draw, Seeds
from server.draw.frames import Frames
from server.draw.own import OwnDraw
from server.limits import Limits
from server.people.admission import Admission
from server.people.guesses import Guesses
from server.people.names import Names
from server.people.people import Client, People
from server.people.places import Standing
from server.sayings import NO_TABLE, Drop, Saying, Shut, To, ToAll, ToEach, ToHost, Unseated
from server.tables.calendar import Calendar
from server.tables.game import Game
from server.tables.hall import FIRST, Hall, Table
from server.tables.lobby import Lobby
from server.tables.means import Archive, Each, Means
from server.tables.over import Over, Parts
from server.tables.pace import Turns
from server.tables.roster import Roster
from server.tables.seats import Seats
from server.tables.terms import Terms
from server.talk.talk import Talk

DESK = 1
"""The account of the croupier's desk: who sits there with a classic client."""
DESK_NAME = "Croupier"
NOTICES_UP_TO = 50
"""At a fuller table nobody is told of each one who comes and goes; the roster tells it."""
FEW = 32
"""So many are told what is theirs as if they had asked; to note a broadcast costs a look at all."""
PASSING = frozenset(
    (Notice.JOINED, Notice.LEFT, Notice.CUT_OFF, Notice.RESUMED, Notice.AWAY, Notice.BACK)
)
TOLD_OTHERWISE = frozenset((Farewell.KICKED, Farewell.REPLACED))
"""Nobody is told besides that such a one was cut off."""


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


Listener: TypeAlias = Callable[["House", Table, Over], None]
"""Somebody who is told when a round is over, and where."""


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
        self.people = People()
        self.hall = Hall(self.people)
        self.lobby = Lobby(self.hall, self.people, limits)
        self.closing: dict[int, SeatLost] = {}
        """The tables that close when their round is over, and what is said to who sits there."""
        self.disk = Disk()
        self.allowance = Allowance(limits)
        self.talk = Talk(limits)
        self.admission = Admission(limits)
        self.guesses = Guesses(limits)
        self.now = 0.0
        self.calendar = Calendar()
        self.turns, self.roster_turns = Turns(), Turns()
        self.said: list[Saying] = []
        self.finished: list[Finished] = []
        """The rounds that ended since they were taken last."""
        self.leaving: dict[Client, str] = {}
        """Who was thrown out and is still heard, and why; they go when the round is over."""
        self.listeners: dict[Listener, None] = {}
        if DESK not in self.books.holders:
            self.books.enroll(DESK, DESK_NAME, "", "")
        self.names = Names(self.books)

    def open_table(
        self,
        game: Game,
        seeds: Seeds,
        rules: Any,
        now: float,
        terms: Terms | None = None,
        *,
        number: int = NO_TABLE,
        known_as: str = "",
    ) -> Table:
        """Open a table that is in the books, or else a new one, at which this game is played by
        these rules. What nobody named is called as the house is. `known_as`: in the books.
        """
        self.now = max(self.now, now)
        terms = terms or Terms(self.manner.name)
        books, limits = self.books, self.limits
        number = number or self.next_number
        if number not in books.tills:
            drawn = seeds.table.hex(), seeds.seed(0).hex()
            books.open_till(number, game.name, known_as, HOUSE, *drawn)
        assert not books.tills[number].closed
        seats = Seats(number, self.people, self.hall.touched)
        draw = Draw(books, number, seeds, now=now)
        means = Means(
            table=number,
            name=terms.name,
            books=books,
            archive=self.archive,
            disk=self.disk,
            allowance=self.allowance,
            seats=seats,
            limits=limits,
            draw=draw,
            own_draw=lambda first: OwnDraw(number, self.chance, first=first, now=self.now),
            calendar=self.calendar,
            turns=self.turns,
            finished=self.finished,
        )
        shown = self.manner.chips_shown
        turns = self.roster_turns
        roster = Roster(seats, books, self.talk, limits, turns, chips_shown=shown)
        table = self.hall.open(game, terms, means, roster, rules, now)
        self.lobby.opened(table)
        return table

    @property
    def next_number(self) -> int:
        """The number of the next table that was never there."""
        return max(self.books.tills, default=0) + 1

    def close_table(
        self, table: Table, *, void: bool = False, to_table: int = NO_TABLE, words: str = ""
    ) -> None:
        """Let the round in play be the last, or count for nothing; then the table is there no more,
        and whoever sits there is told, with another table to go to if there is one. Where nothing
        is in play it is gone at this instant: nobody may lay a chip there that nobody gives back.
        """
        self.closing[table.number] = SeatLost(to_table, words)
        self.hall.reach(table.number, self.now)
        table.play.close(self.now, void=void)
        self.advance_one(table, self.now)

    def change_rules(self, table: Table, rules: Any) -> None:
        """Play by these from the next round on. Whatever that does to the table is told before
        anybody asks for more.
        """
        self.hall.reach(table.number, self.now)
        table.play.change_rules(rules, self.now)
        self.advance_one(table, self.now)

    def _shut_closed(self) -> None:
        """The tables whose last round is over."""
        for number in [*self.closing]:
            if self.hall.tables[number].play.closed:
                self._shut(self.hall.tables[number], self.closing.pop(number))

    def _shut(self, table: Table, lost: SeatLost) -> None:
        seats, number = table.seats, table.number
        self._publish(table)
        here = [person.client for person in seats.seated.values() if person.connected]
        for client in (*here, *seats.guests):
            if client.classic:  # It has no way to hear this, and no other table to go to.
                self.drop(client, Farewell.FULL, "the table is closed")
            else:
                self.tell(client, lost, table)
                self.stand(table, client)
        for account in [*seats.seated]:
            seats.remove(account)
        self.books.close_till(number)
        self.hall.close(number)
        self.lobby.closed(table)
        self.said.append(Shut(number))

    @property
    def at(self) -> int:
        """This moment as it is told, in milliseconds since 1970."""
        return self.calendar.ms(self.now)

    # --- saying -----------------------------------------------------------------------------

    def tell(
        self, client: Client, message: Message | classic.Reply, table: Table | None = None
    ) -> None:
        """Tell one; without a table it is of the house."""
        self.said.append(To(client, message, table.number if table else NO_TABLE))

    def tell_all(self, table: Table, message: Message, by: str = "") -> None:
        """Tell everybody at a table; `by` is as in `ToAll`."""
        self.said.append(ToAll(table.number, message, by))

    def tell_each(self, table: Table, said: Each) -> None:
        """Tell each of these at a table something of their own: a few at once, and more in turn
        with all that everybody is told.
        """
        clients = self.people.clients
        if isinstance(said, Frames):
            if said:
                self.said.append(ToEach(table.number, Parts(said, clients)))
            return
        told = {
            client: message
            for who, message in said.items()
            if (client := who if isinstance(who, Client) else clients.get(who))
            and not client.classic
        }
        if told and len(told) <= FEW:
            for client, message in told.items():
                self.tell(client, message, table)
            return
        # Many share a message: it is encoded once.
        ways = {id(message): message for message in told.values()}
        frames = {way: encode(message, table.number) for way, message in ways.items()}
        packed = {client: frames[id(message)] for client, message in told.items()}
        if packed:
            self.said.append(ToEach(table.number, packed))

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
        the link and nothing else: or whoever throws people out could choose among numbers.
        """
        client = self.people.clients.get(account)
        if client and self.hall.has_say(account):
            self.leaving[client] = words
            return
        if client:
            self.drop(client, Farewell.KICKED, words)
        for table in self.tables_of(account):
            table.seats.remove(account)

    def _part(self, client: Client, *, cut_off: bool, quietly: bool) -> None:
        client.gone = True
        if client.account:
            self.admission.note(client.name, client.address)
        self.leaving.pop(client, None)
        self.people.leave(client)
        kept = cut_off and not client.classic  # In that dialect so one leaves.
        for number in self.people.tables.get(client.account) or tuple(client.seats):
            table, seat = self.hall.tables[number], client.seats.get(number)
            _leave_draw(table, client.account)
            if kept:
                table.seats.cut(client, self.now)
            else:
                table.seats.stand(client)
            if seat and client.account and not quietly:  # Others are gone for them already.
                gone = Notice.CROUPIER_LEFT if seat is Seat.CROUPIER else Notice.LEFT
                notice = Notice.CUT_OFF if kept else gone
                self.notice(table, client.account, client.name, notice, by=client.address)

    def stand(self, table: Table, client: Client) -> None:
        """Leave the seat at one table."""
        _leave_draw(table, client.account)
        table.seats.stand(client)
        self.said.append(Unseated(table.number, client))
        if client.account:
            self.people.departed[client.account] = None

    def close(self, clients: Iterable[Client]) -> None:
        """Say goodbye to everybody; nothing more is heard."""
        for client in clients:
            client.gone = True
            words = "the house closes for tonight"
            self.said.append(Drop(client, Farewell.STOPPING, words))

    def hears(self, client: Client, said: Spoken) -> bool:
        """Whether this is still to be carried out."""
        return not client.gone and (client not in self.leaving or self.is_last_word(client, said))

    def is_last_word(self, client: Client, said: object) -> bool:
        """Whether a draw waits for it: it is heard though somebody was thrown out, and in time."""
        if not isinstance(said, Message) or not (table := self.hall.tables.get(said.table)):
            return False
        rule = table.game.requests.get(type(said))
        last_word = type(said) is SendLink or (rule and rule.last_word)
        return bool(last_word and table.play.has_say(client.account))

    def notice(
        self,
        table: Table,
        account: Account,
        name: str,
        notice: Notice,
        words: str = "",
        *,
        by: str = "",
    ) -> None:
        """Tell a table what happened to somebody; `by` is as in `ToAll`."""
        if notice not in PASSING or (
            len(table.seats.seated) <= NOTICES_UP_TO and table.talk.is_news(account, self.now)
        ):
            said = Noticed(self.at, account, name, notice, words)
            self.tell_all(table, said, by)

    def notice_of(self, account: Account, notice: Notice, words: str = "", *, by: str = "") -> None:
        """Tell every table at which somebody sits what holds at all of them."""
        name = self.books.holders[account].name
        for table in self.tables_of(account):
            self.notice(table, account, name, notice, words, by=by)

    def tables_of(self, account: Account) -> list[Table]:
        """Where somebody has a seat, or has one kept."""
        return [self.hall.tables[number] for number in self.people.tables.get(account, ())]

    def standing(self, client: Client) -> Standing:
        """What somebody who has signed in is to the house, if it gets full. Who has a say in a
        round keeps the place until it is over, with a seat or without.
        """
        account = client.account
        for number in client.seats:
            person = self.hall.tables[number].seats.seated.get(account)
            if person and person.presence is Presence.HERE:
                return Standing.KEPT
        mine = self.people.clients.get(account) is client
        return Standing.KEPT if mine and self.hall.contributes(account) else Standing.SPARE

    # --- time -------------------------------------------------------------------------------

    def advance(self, now: float) -> None:
        """Do what is due, at whatever table, and say it."""
        if now > self.now:
            self.now = now
        tables = self.hall.due(self.now)
        for table in tables:
            table.means.now = self.now
            table.play.advance(self.now)
        for table in tables:
            self._publish(table)
        if self.closing:
            self._shut_closed()

    def advance_one(self, table: Table, now: float) -> None:
        """The same at the table of a request or of an order. The others have their turn at the end
        of the batch: a request costs no more where more tables are.
        """
        if now > self.now:
            self.now = now
        table.means.now = self.now
        table.play.advance(self.now)
        self._publish(table)
        if self.closing:
            self._shut_closed()

    def advance_none(self, now: float) -> None:
        """The same after what was asked at no table."""
        if now > self.now:
            self.now = now
        if self.people.departed:
            self._end_sessions()

    def tick(self, now: float) -> None:
        """The broadcasts that are made so many times a second, and whoever is late."""
        if now > self.now:
            self.now = now
        for table in self.hall.due(self.now):
            table.play.tick(self.now)
            if table.means.told:
                self._publish(table)
        for client in self.people.overdue(self.now):  # Before it is told that they do nothing.
            self.drop(client, Farewell.SILENT, "the results were not confirmed")
        for table in self.hall.look():
            self._look_at_seats(table)
        if self.lobby.to_tell:
            self.said += (ToAll(NO_TABLE, each) for each in self.lobby.news(self.now))
        for account in self.talk.unmuted(self.now):
            self.unmute(account, by=self._address_of(account))
        self._end_sessions()

    def _look_at_seats(self, table: Table) -> None:
        """Tell the roster when it is due; free the seats that were kept long enough; see who does
        nothing.
        """
        seats, limits = table.seats, self.limits
        if self.lobby.facts[table.number] != (table.play.auto != 0, seats.croupier != 0):
            self.lobby.changed(table)
        if seats.news and (changes := table.roster.changes(self.now)):
            self.tell_all(table, changes)
        if seats.cut_off:
            for person in seats.forget_before(self.now - limits.keep_seat_seconds):
                gone = Notice.CROUPIER_LEFT if person.seat is Seat.CROUPIER else Notice.LEFT
                by = person.client.address
                self.notice(table, person.account, person.name, gone, by=by)
        if seats.active:
            for person in seats.idle_before(self.now - limits.away_seconds):
                self.people.moved.append(person.client)
                by = person.client.address
                self.notice(table, person.account, person.name, Notice.AWAY, by=by)

    def acted(self, client: Client) -> None:
        """Somebody did something himself: he is not away, wherever he sits."""
        for number in client.seats:
            table = self.hall.tables[number]
            if table.seats.act(client.account, self.now):
                by = client.address
                self.notice(table, client.account, client.name, Notice.BACK, by=by)

    def mute(self, account: Account, until: float, words: str, *, by: str = "") -> None:
        """Let somebody not talk, at any table, until then."""
        self.talk.mute(account, until)
        self._note_voice(account, Notice.MUTED, words, by)

    def unmute(self, account: Account, words: str = "", *, by: str = "") -> None:
        """Let him talk again."""
        self.talk.unmute(account)
        self._note_voice(account, Notice.UNMUTED, words, by)

    def _note_voice(self, account: Account, notice: Notice, words: str, by: str) -> None:
        for table in self.tables_of(account):
            table.seats.touch(account)
        self.notice_of(account, notice, words, by=by)

    def _address_of(self, account: Account) -> str:
        """From where somebody has a seat, or had one until the line was cut."""
        for table in self.tables_of(account):
            return table.seats.seated[account].client.address
        return ""

    def _end_sessions(self) -> None:
        """Whoever was in a private session with somebody who has no seat any more is told so."""
        while self.people.departed:
            account, _ = self.people.departed.popitem()
            client = self.people.clients.get(account)
            if client and client.seats:
                continue  # He left one table of several.
            name = self.books.holders[account].name
            for other in self.talk.leave(account):
                self.tell_account(other, SessionEnded(account, name, SessionEnd.LEFT))

    def next_moment(self) -> float | None:
        """When `advance` or `tick` will have something to do."""
        hall = self.hall.next_moment()
        if not self.lobby.to_tell:
            return hall
        lobby = self.lobby.next_moment()
        return lobby if hall is None or (lobby is not None and lobby < hall) else hall

    def _publish(self, table: Table) -> None:
        if self.people.departed:
            self._end_sessions()
        means = table.means
        if means.told or means.moved:
            said, means.told = means.told, []
            moved, means.moved = means.moved, []
            for each in said:
                if isinstance(each, Message):
                    self.tell_all(table, each)
                elif isinstance(each, Mapping):
                    self.tell_each(table, each)
                else:
                    self._publish_over(table, each)
            self._note_chips(moved, (table,))
        if self.leaving:
            self._part_with_thrown_out()

    def _publish_over(self, table: Table, over: Over) -> None:
        """To each their own result, and to whoever waits for it."""
        clients = self.people.clients
        self.said.append(ToEach(table.number, Parts(over, clients), over.title))
        self._note_chips(over.accounts, (table,))
        self.people.moved += (clients[who] for who in over.contributors if who in clients)
        for account in over.withheld:
            self.notice(table, account, self.books.holders[account].name, Notice.WITHHELD)
        self._part_with_thrown_out()
        for listener in self.listeners:
            listener(self, table, over)

    def _part_with_thrown_out(self) -> None:
        """Who was only still here for what they had a say in goes when that is over."""
        for client in sorted(self.leaving, key=attrgetter("account")):
            words = self.leaving[client]
            if not self.hall.has_say(client.account):
                self.drop(client, Farewell.KICKED, words)
                self._end_sessions()  # The next of them may be told so.

    def take_finished(self) -> list[Finished]:
        """The rounds that ended since this was asked last, to be kept with the books."""
        taken = self.finished.copy()
        self.finished.clear()
        return taken

    def _note_chips(self, accounts: Sequence[Account], tables: Iterable[Table]) -> None:
        """These have more chips now, or fewer, by what happened at these tables; whoever sits at
        several shows the same chips at all of them.
        """
        for table in tables:
            table.roster.note_chips(accounts)
        for account in self.people.several.intersection(accounts):
            for table in self.tables_of(account):
                table.roster.note_chips((account,))

    # --- showing ----------------------------------------------------------------------------

    def introduced(self) -> HouseIntroduced:
        """The house, for who comes in. It is known by its first table."""
        manner, first = self.manner, self.books.tills[FIRST]
        return HouseIntroduced(
            bytes.fromhex(first.draw),
            bytes.fromhex(first.anchor),
            manner.name,
            bool(manner.table_digest),
            manner.chips_shown,
            manner.stack,
            *self.lobby.page_after(0),
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
        self._note_chips((account,), self.tables_of(account))
        return ChipsGranted(self.manner.stack, books.wallet(account))


def _leave_draw(table: Table, account: Account) -> None:
    """Somebody has no say there from the next freeze on."""
    draw = table.play.draw_of(account)
    if draw is not None:
        draw.leave(account)
