"""The house: the table, the people at it, the books, and what is to be said to whom.

It knows no socket and no thread; the croupier's thread (`croupier.py`) feeds it, makes durable what
it did, and only then sends what it said.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from typing import NamedTuple, Protocol, TypeAlias

from protocol import classic
from protocol.fairness import Account
from protocol.limits import CHANGES_A_BROADCAST
from protocol.messages.bets import BetsChanged
from protocol.messages.fields import Bet
from protocol.messages.lists import Farewell, Notice, Presence, Seat, SessionEnd
from protocol.messages.records import PlayerEntry, RosterChanged
from protocol.messages.rounds import ChipsGranted, TableShown
from protocol.messages.talk import Noticed, SessionEnded
from protocol.wire import Message
from server.books import Books, Holder, State
from server.ended import Ended
from server.finished import Finished
from server.likeness import likenesses
from server.limits import Limits
from server.newcomers import Newcomers
from server.pace import Pace
from server.people import Client, People
from server.shutout import ShutOut
from server.table import Table
from server.talk import Talk

DESK = 1
"""The account of the croupier's desk: who sits there with a classic client."""
DESK_NAME = "Croupier"
RESERVED = tuple(
    joint.join(words.split())
    for words in (
        *("Croupier", "The croupier", "Крупье", "Dealer", "The dealer", "Дилер"),
        *("House", "The house", "Casino", "The casino", "Казино", "Дом", "Заведение"),
        *("Table", "The table", "Стол", "Server", "The server", "Сервер", "Host", "The host"),
        *("Хозяин", "Admin", "Админ", "System", "Система", "you", "вы"),
    )
    for joint in (" ", "-", "")
)
"""Names that are said of somebody else: of the house, its croupier, its host, or oneself."""
NOTICES_UP_TO = 50
"""At a fuller table nobody is told of each one who comes and goes; the roster tells it."""
PASSING = frozenset(
    (Notice.JOINED, Notice.LEFT, Notice.CUT_OFF, Notice.RESUMED, Notice.AWAY, Notice.BACK)
)


class ToAll(NamedTuple):
    """For every modern client with a seat."""

    message: Message


class ToClassic(NamedTuple):
    """For every classic client with a seat."""

    message: classic.Reply


class ToEach(NamedTuple):
    """For each of these something of his own, but nothing that he waits for."""

    frames: Mapping[Client, bytes]


class To(NamedTuple):
    """For one client, who waits for it."""

    client: Client
    message: Message | classic.Reply


class Drop(NamedTuple):
    """A client must go."""

    client: Client
    reason: Farewell
    words: str


Saying: TypeAlias = ToAll | ToClassic | ToEach | To | Drop


class Archive(Protocol):
    """The finished rounds."""

    def finished_round(self, number: int) -> Finished | None: ...

    def summaries(self, before: int, most: int) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Manner:
    """How this house presents itself."""

    name: str = "Roulette"
    croupier_digest: bytes = b""
    """SHA-512 of the croupier's password."""
    table_digest: bytes = b""
    """SHA-512 of the table's password; empty if none is asked."""
    chips_shown: bool = True


class House:
    """Everything that the handlers work on."""

    def __init__(
        self,
        table: Table,
        archive: Archive,
        manner: Manner,
        limits: Limits,
        chance: Callable[[int], bytes],
    ) -> None:
        self.table = table
        self.archive = archive
        self.manner = manner
        self.limits = limits
        self.chance = chance
        self.people = People()
        self.newcomers = Newcomers(limits.names_an_address)
        self.talk = Talk(limits)
        self.shut_out = ShutOut(limits.shut_out_seconds)
        self.now = 0.0
        self.said: list[Saying] = []
        self._lookalikes: dict[str, tuple[Account, ...]] = {}
        for name, account in (
            *((name, 0) for name in RESERVED),
            *((name, holder.account) for name, holder in self.books.named.items()),
        ):
            self._remember(name, account)
        often = 1 / limits.broadcasts_a_second
        self._bets_pace = Pace(often, limits.change_deliveries_a_second)
        self._roster_pace = Pace(5 * often, limits.change_deliveries_a_second / 5)
        if DESK not in self.books.holders:
            self.books.enroll(DESK, DESK_NAME, "", "")
            self._remember(DESK_NAME, DESK)

    @property
    def books(self) -> Books:
        return self.table.books

    # --- saying -----------------------------------------------------------------------------

    def tell(self, client: Client, message: Message | classic.Reply) -> None:
        self.said.append(To(client, message))

    def tell_all(self, message: Message) -> None:
        self.said.append(ToAll(message))

    def tell_account(self, account: Account, message: Message) -> None:
        """Tell somebody who is connected with a client that understands it."""
        client = self.people.clients.get(account)
        if client and not client.classic:
            self.tell(client, message)

    def drop(self, client: Client, reason: Farewell, words: str) -> None:
        self.said.append(Drop(client, reason, words))

    def notice(self, account: Account, name: str, notice: Notice, words: str = "") -> None:
        """Tell the table what happened to somebody."""
        if notice not in PASSING or (
            len(self.people.seated) <= NOTICES_UP_TO and self.talk.is_news(account, self.now)
        ):
            self.tell_all(Noticed(round(self.now * 1000), account, name, notice, words))

    # --- time -------------------------------------------------------------------------------

    def advance(self, now: float) -> None:
        """Do what is due, and say it."""
        self.now = max(self.now, now)
        players = self.people.players
        if players and players <= self.table.ready:
            self.table.stop_waiting(self.now)
        self.table.advance(self.now)
        self._publish()

    def tick(self, now: float) -> None:
        """The broadcasts that are made so many times a second, and whoever is late."""
        self.now = max(self.now, now)
        heads = self.people.heads
        table = self.table
        if table.layout.has_changed and self._bets_pace.is_due(self.now, heads):
            changes = table.layout.take_changes(table.round.number)
            if changes:
                self._publish_bets(changes)
        if self.people.news and self._roster_pace.is_due(self.now, heads):
            self._publish_roster()
        for client in self.people.overdue(self.now):
            self.drop(client, Farewell.SILENT, "the results were not confirmed")
        for person in self.people.forget_before(self.now - self.limits.keep_seat_seconds):
            self.notice(person.account, person.name, Notice.LEFT)
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
        moments = [self.table.next_moment()]
        if self.table.layout.has_changed:
            moments.append(self._bets_pace.moment)
        if self.people.news:
            moments.append(self._roster_pace.moment)
        return min((moment for moment in moments if moment is not None), default=None)

    def _publish(self) -> None:
        if self.people.departed:
            self._end_sessions()
        if not self.table.facts:
            return
        facts, self.table.facts = self.table.facts, []
        for fact in facts:
            if isinstance(fact, Ended):
                self._publish_end(fact)
            elif isinstance(fact, BetsChanged):
                self._publish_bets(fact)
            else:
                self.tell_all(fact)

    def _publish_end(self, ended: Ended) -> None:
        """Each player's own result, and everybody's for the classic clients."""
        clients = self.people.clients
        self.said.append(
            ToEach(
                {
                    client: frame
                    for account, frame in ended.frames()
                    if (client := clients.get(account))
                }
            )
        )
        self._note_chips(ended.accounts)
        for account in ended.withheld:
            self.notice(account, self.books.holders[account].name, Notice.WITHHELD)
        waiting = [client for client in clients.values() if client.classic and client.seat]
        if ended.pocket is None or not waiting:
            return
        named = self.books.holders
        rows = [
            classic.Result(named[account].name, net)
            for account, net in zip(ended.accounts, ended.nets, strict=True)
        ]
        self.said.append(ToClassic(classic.ResultsShown(ended.pocket, rows)))
        until = self.now + self.limits.ack_timeout
        for client in waiting:
            self.people.unconfirmed.setdefault(client, until)

    def _publish_bets(self, changes: BetsChanged) -> None:
        self._bets_pace.told(self.now)
        self.tell_all(changes)
        self._note_chips(bet.account for bet in changes.latest)

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
        there, playing = self.people.roster, self.table.layout.accounts
        both = merge(there.after(account), playing.after(account))
        return (who for who, _ in groupby(both))

    def player_entry(self, account: Account) -> PlayerEntry:
        """A line of the roster."""
        holder = self.books.holders[account]
        chips = holder.wallet if self.manner.chips_shown else 0
        person = self.people.seated.get(account)
        if not person:
            return PlayerEntry(account, holder.name, Seat.NONE, Presence.GONE, False, chips)
        muted = self.talk.is_muted(account, self.now)
        return PlayerEntry(account, person.name, person.seat, person.presence, muted, chips)

    def table_shown(self, client: Client) -> TableShown:
        """Everything on the table at this instant."""
        table, books, people = self.table, self.books, self.people
        play = table.round
        mine = play.bets.get(client.account, {})
        holder = books.holders.get(client.account)
        return TableShown(
            round_number=play.number,
            phase=table.phase,
            ms_left=table.ms_left(self.now),
            auto_seconds=table.auto,
            croupier=people.croupier,
            croupier_name=books.holders[people.croupier].name if people.croupier else "",
            seed_before=table.seed_before(),
            freeze=bytes.fromhex(play.freeze) or bytes(32),
            players=table.layout.players,
            bets=table.layout.count,
            staked=table.layout.staked,
            revision=table.layout.revision,
            balance=holder.wallet if holder else 0,
            at_stake=play.staked.get(client.account, 0),
            totals=table.layout.totals(),
            own_bets=tuple(Bet(spot, chips) for spot, chips in sorted(mine.items())),
        )

    def knows(self, client: Client, digest: bytes, wanted: bytes) -> bool:
        """Whether this is the password; wrong ones are counted."""
        right = same_digest(digest, wanted)
        client.wrong_guesses += not right
        return right

    # --- accounts ---------------------------------------------------------------------------

    def enroll(self, name: str, token: str, address: str) -> Holder:
        """A new name, with the opening stack."""
        account = len(self.books.holders) + 1
        self.books.enroll(account, name, token, address)
        self.books.grant(account, self.table.rules.stack)
        self._remember(name, account)
        return self.books.holders[account]

    def lookalikes(self, name: str) -> Iterator[Account]:
        """Whose name could be taken for this one; 0: the house's own."""
        for key in likenesses(name):
            yield from self._lookalikes.get(key, ())

    def _remember(self, name: str, account: Account) -> None:
        for key in likenesses(name):
            self._lookalikes[key] = (*self._lookalikes.get(key, ()), account)

    def grant_if_broke(self, holder: Holder) -> ChipsGranted | None:
        """Who has nothing left, and nothing on the table, gets the opening stack again."""
        if holder.account == DESK or holder.wallet or self.live_stake(holder.account):
            return None
        self.books.grant(holder.account, self.table.rules.stack)
        return ChipsGranted(self.table.rules.stack, holder.wallet)

    def live_stake(self, account: Account) -> int:
        """The chips that this account has on the table."""
        if self.table.round.state in (State.SETTLED, State.VOID):
            return 0
        return self.table.round.staked.get(account, 0)


def same_digest(digest: bytes, wanted: bytes) -> bool:
    """Whether it is the password, in a time that tells nothing."""
    return hmac.compare_digest(digest, wanted)


def password_digest(password: str) -> bytes:
    """What goes over the wire: SHA-512 of the UTF-8."""
    return hashlib.sha512(password.encode()).digest()


def token_digest(token: bytes) -> str:
    """What the books keep of a token."""
    return hashlib.sha256(token).hexdigest()
