"""What all small games share: one form a table, as each who sits there is shown it. Pure.

A game says in one table what can be done (`actions`), and for each account what is shown and which
of the actions are offered now (`form`). What is not offered cannot be done: so a rule stands in one
place. The house asks `act`; the game does it, and says whose form is another by it (`touch`). The
forms are made and told at the end of a batch, and not more often than the pace of a table allows.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any, ClassVar, NamedTuple

from protocol.fair.hashes import Account
from protocol.house.door import Done
from protocol.house.fields import NO_DEADLINE, Chips
from protocol.house.form import (
    FORM,
    Act,
    ChipsMoved,
    FormAction,
    FormIntroduced,
    FormLine,
    FormShown,
)
from protocol.house.lists import ActionKind, Reason, Seat
from protocol.limits import REQUEST_NUMBERS
from protocol.text import as_name
from protocol.wire import Message
from server.books.books import Deed
from server.books.finished import Finished, as_json
from server.books.till import GameState, Till, digest_of
from server.draw.draw import Draw
from server.games.kept import settles_never
from server.games.words import Words
from server.people.ascending import Ascending
from server.people.people import Client
from server.refusal import Refusal, fit
from server.tables.game import Game, Record, Rule, Settings
from server.tables.means import Means

GAME_BYTES = 200
"""What the end of a game takes in the books: who stakes pays for it out of their allowance."""
FORMS = 32
"""So many of all that are shown anew are made in one turn: the house has other tables."""


class Action(NamedTuple):
    """Something that can be done. Its label has the key that it has in the table of actions."""

    command: str
    """What somebody types for it, where a line of text is all there is."""
    kind: ActionKind
    do: Callable[[Any, Account, Act], None]
    """Takes the game. What it meets is lawful as far as the offer says it."""
    kept: bool = False
    """Whether it is written into the books, ..."""
    chips: bool = False
    """... and whether it moves chips there."""


class Offer(NamedTuple):
    """An action that somebody may do now, with the numbers or choices that it takes."""

    key: str
    least: int = 0
    most: int = 0
    choices: Sequence[FormLine] = ()


class Form(NamedTuple):
    """What one is shown."""

    title: str
    lines: Sequence[FormLine]
    offers: Sequence[Offer] = ()
    turn: int = 0
    """An act is for this turn: what comes too late, or twice, is not done in the next one."""
    until: float | None = None


class PlaysItself:
    """The rules of a game that needs no croupier."""

    automatic: ClassVar[bool] = True


class Phase(IntEnum):
    """A form has none: what is lawful is what it offers."""

    OPEN = 0


class SmallGame(ABC):
    """A small game at a table."""

    service: ClassVar[str]
    words: ClassVar[Words]
    actions: ClassVar[Mapping[str, Action]]
    phase = Phase.OPEN

    def __init__(self, means: Means, rules: Any, now: float) -> None:  # noqa: ARG002
        self.means = means
        self.rules = rules
        self.rules_to_come = rules
        self._closing = False
        self.till = means.books.tills[means.table]
        self.wallets = means.books.purses[self.till.purse].wallets
        self._pace = means.pace()
        self._touched: dict[Account, None] = {}
        self._all_touched = False
        self._behind: dict[Client | Account, None] = {}
        """Who is still to be shown what all are; the clients are guests."""

    # --- what each game says of itself -------------------------------------------------------

    @abstractmethod
    def form(self, account: Account) -> Form:
        """What this account is shown; 0 is a guest."""

    @abstractmethod
    def view(self, account: Account) -> Hashable:
        """Whoever has the same is shown the same: so a crowd's form is made once."""

    def step(self, now: float) -> None:  # noqa: B027 - in some games nothing happens so
        """Do what time alone brings, or that somebody left."""

    @property
    def in_play(self) -> bool:
        """Whether something is on that must come to its end, by the rules by which it began."""
        return False

    def abandon(self) -> None:
        """The table closes: what is on counts for nothing."""
        if self.till.pot:
            self.give_back()

    def due(self) -> float | None:
        """When time alone brings something."""
        return None

    # --- for the games -----------------------------------------------------------------------

    def touch(self, *accounts: Account) -> None:
        """Their forms are others now."""
        self._touched.update(dict.fromkeys(accounts))

    def touch_all(self) -> None:
        self._all_touched = True

    def name(self, account: Account) -> str:
        """As it stands in a sentence: no name can say one of its own."""
        return as_name(self.means.books.holders[account].name)

    def plays(self, account: Account) -> bool:
        """Whether somebody sits here and plays, or will be back: the seat is kept."""
        person = self.means.seats.seated.get(account)
        return person is not None and person.seat is Seat.PLAYER

    def stake(self, account: Account, request: Act, chips: Chips) -> None:
        """From the wallet to the table."""
        wallet = self.wallets.get(account, 0)
        if chips > wallet:
            raise Refusal(Reason.NOT_ENOUGH_CHIPS, f"you have {wallet} left", figure=wallet)
        self.means.books.stake(self.means.table, account, request.number, chips, _what(request))
        self._tell_chips([account])

    def settle(self, returned: Mapping[Account, Chips], what: list[Any]) -> None:
        """Every stake ends: these have so much back, and who is not named nothing. `what` is all
        that an audit needs to come to the same.
        """
        stakes = sorted(self.till.stakes)
        back = [returned.get(account, 0) for account in stakes]
        done = self._finish(what)
        self.means.books.settle(self.means.table, done.round, back, [], done.digest, what)
        self._tell_chips(stakes)

    def give_back(self) -> None:
        """Every stake goes back, as if nothing had been."""
        stakes = sorted(self.till.stakes)
        done = self._finish([])
        self.means.books.give_back(self.means.table, done.round, [], done.digest, [])
        self._tell_chips(stakes)

    def _finish(self, what: list[Any]) -> Finished:
        """A game with chips as it is kept."""
        number, at = self.till.ended + 1, self.means.at
        summary, record = as_json({"game": number, "at": at}), as_json({"what": what})
        done = Finished(self.means.table, number, summary, record, b"")
        self.means.finished.append(done)
        return done

    def _tell_chips(self, accounts: Sequence[Account]) -> None:
        wallets, stakes = self.wallets, self.till.stakes
        self.means.note_chips(accounts)
        self.means.tell_each(
            {who: ChipsMoved(wallets.get(who, 0), stakes.get(who, 0)) for who in accounts}
        )

    # --- for the house -----------------------------------------------------------------------

    def advance(self, now: float) -> None:
        self.step(now)
        if self.rules_to_come is not self.rules and not self.in_play:
            self.rules = self.rules_to_come
            self.means.tell(self.introduced())
            self.touch_all()

    def change_rules(self, rules: Any, now: float) -> None:
        self.rules_to_come = rules
        self.advance(now)

    def close(self, now: float, *, void: bool) -> None:  # noqa: ARG002
        self._closing = True
        if void or not self.in_play:
            self.abandon()

    @property
    def auto(self) -> int:
        """Where it needs no croupier it goes on at once."""
        return int(self.rules.automatic)

    @property
    def closed(self) -> bool:
        return self._closing and not self.in_play

    @property
    def title(self) -> str:
        return self.service

    @property
    def playing(self) -> Ascending:
        return Ascending(self.till.stakes)

    @property
    def contributors(self) -> Collection[Account]:
        return ()

    def draw_of(self, account: Account) -> Draw | None:  # noqa: ARG002
        return None

    def has_say(self, account: Account) -> bool:
        return account in self.contributors

    def at_stake(self, account: Account) -> Chips:
        return self.till.stakes.get(account, 0)

    def next_moment(self) -> float | None:
        news = self._all_touched or self._touched or self._behind
        moments = [self.due(), self._pace.moment if news else None]
        return min([moment for moment in moments if moment is not None], default=None)

    def introduced(self) -> Message:
        return FormIntroduced(self.means.name, self.service, self.words.wordings)

    def shown(self, account: Account) -> Message:
        form, now = self.form(account), self.means.now
        offers = form.offers if self._may_act(account) else ()
        left = NO_DEADLINE if form.until is None else max(0, round((form.until - now) * 1000))
        title = self.words.number(form.title)
        return FormShown(form.turn, left, title, tuple(form.lines), tuple(map(self._offer, offers)))

    def tick(self, now: float) -> None:
        """Show the forms that are others now, so many times a second. Who did something comes
        first; where all have forms of their own, the others are shown theirs some at a time.
        """
        seats, touched, behind = self.means.seats, self._touched, self._behind
        if not self._all_touched and not touched and not behind:
            return
        if not self._pace.is_due(now, seats.heads if self._all_touched else len(touched)):
            return
        self._pace.told(now)
        if self._all_touched:
            behind.update(dict.fromkeys((*seats.seated, *seats.guests)))
            self._all_touched = False
        made: dict[Hashable, Message] = {}
        said: dict[Client | Account, Message] = {}
        while touched:
            self._show(touched.popitem()[0], made, said)
        while behind and len(made) < FORMS:
            self._show(behind.popitem()[0], made, said)
        self.means.tell_each(said)
        if behind:
            self._pace.is_due(now, FORMS)  # Or nobody would wake up for the rest.

    def _show(
        self,
        who: Client | Account,
        made: dict[Hashable, Message],
        said: dict[Client | Account, Message],
    ) -> None:
        """Show somebody who is here the form, which is made once for each view."""
        account = 0 if isinstance(who, Client) else who
        client = self._there(who)
        if client is None:
            return
        view = self.view(account), self._may_act(account)
        if view not in made:
            made[view] = self.shown(account)
        said[client] = made[view]

    def _there(self, who: Client | Account) -> Client | None:
        """Whoever hears what is said at this table; nobody, if they left meanwhile."""
        seats = self.means.seats
        if isinstance(who, Client):
            return who if who in seats.guests else None
        person = seats.seated.get(who)
        return person.client if person and person.connected else None

    def _may_act(self, account: Account) -> bool:
        person = self.means.seats.seated.get(account)
        return person is not None and person.seat is not Seat.WATCHER

    def _offer(self, offer: Offer) -> FormAction:
        action, choices = self.actions[offer.key], tuple(offer.choices)
        return FormAction(
            [*self.actions].index(offer.key) + 1,
            action.kind,
            self.words.number(offer.key),
            action.chips,
            offer.least,
            _most(offer),
            choices,
        )


def _most(offer: Offer) -> int:
    return len(offer.choices) - 1 if offer.choices else offer.most


def _what(request: Act) -> list[Any]:
    """All that an act says, for when it is asked once more."""
    return [request.turn, request.action, request.value, request.words]


def _meant(kind: ActionKind, request: Act) -> Act:
    """Without what such an action does not take: nobody writes that into the books."""
    if kind is ActionKind.TEXT:
        return replace(request, value=0)
    return replace(request, value=0 if kind is ActionKind.PRESS else request.value, words="")


def act(game: SmallGame, account: Account, request: Act) -> Message:
    """Do what somebody is offered."""
    form, means = game.form(account), game.means
    if request.turn != form.turn:
        raise Refusal(Reason.WRONG_ROUND, "the form is another now", figure=form.turn)
    offered = {[*game.actions].index(offer.key) + 1: offer for offer in form.offers}
    offer = offered.get(request.action)
    if offer is None:
        raise Refusal(Reason.NOT_NOW, "that is not offered now")
    action = game.actions[offer.key]
    request = _meant(action.kind, request)
    if action.kind is ActionKind.TEXT:
        fit(request.words)
    elif action.kind is not ActionKind.PRESS:
        _verify_number(offer, request.value)
    if action.kept:
        means.disk.verify_room()
        more = len(request.words.encode()) + GAME_BYTES * action.chips
        used = means.allowance.verify(account, 1, means.now, more)
    action.do(game, account, request)
    if action.kept:
        means.allowance.used[account] = used
    game.touch(account)
    return Done(request.number)


def _verify_number(offer: Offer, number: int) -> None:
    least, most = offer.least, _most(offer)
    if number < least:
        raise Refusal(Reason.UNDER_LEAST, f"at least {least}", figure=max(0, least))
    if number > most:
        raise Refusal(Reason.OVER_MOST, f"at most {most}", figure=max(0, most))


def act_again(game: SmallGame, account: Account, request: Act) -> Message | None:
    """The answer, if it moved chips before: then it is not done again."""
    actions = [*game.actions.values()]
    if not 0 < request.action <= len(actions) or not actions[request.action - 1].chips:
        return None
    request = _meant(actions[request.action - 1].kind, request)
    if request.number >= REQUEST_NUMBERS:
        raise Refusal(Reason.NUMBER_REUSED, "no number could follow this one")
    if request.number > game.means.books.holders[account].last_request:
        return None
    answer = game.till.answered(account, request.number)
    if answer and answer.asked == digest_of("stake", _what(request)):
        return Done(request.number)
    raise Refusal(Reason.NUMBER_REUSED, "this number was used for another request, or long ago")


def small_game(
    kind: type[SmallGame],
    rules: type[Settings],
    state: type[GameState],
    check_settle: Callable[[Till, Record, Deed, Collection[Account]], None] = settles_never,
) -> Game:
    """Its row in the table of games."""
    return Game(
        name=kind.service,
        number=FORM,
        rules=rules,
        presets={},
        open=kind,
        requests={Act: Rule(act, again=act_again, last_word=True)},
        state=state,
        check_settle=check_settle,
    )
