"""The roulette, as the terminal knows a game."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import ClassVar

from client.games.roulette.state import Roulette as RouletteState
from client.games.roulette.state import roulette
from client.house.state import HouseState
from client.wording import clock
from client_text.commands import Command
from client_text.games.game import Game, Typed
from client_text.games.roulette import intents
from client_text.games.roulette.commands import BETS, COMMANDS
from client_text.games.roulette.lists import TOPICS
from client_text.games.roulette.orders import Memory, order
from client_text.games.roulette.telling import REFUSALS, TELLS
from client_text.games.roulette.vocabulary import GROUPS, PLACES
from client_text.games.roulette.wagers import HEADS, HEADWORDS, laid, wagers
from client_text.intents import Intent, Show
from client_text.lines import Line
from client_text.lists import Shown, Topic
from client_text.reading import longest
from client_text.speech import Speech
from client_text.telling import Refused, Tell, Teller, Told
from client_text.vocabulary import Said
from protocol.games.roulette.bets import BetsPlaced, PlaceBets
from protocol.games.roulette.lists import Phase
from protocol.house.lists import Seat
from protocol.wire import Request


class Roulette(Game):
    """As one person plays it."""

    STATE = RouletteState
    COMMANDS: ClassVar[Mapping[str, Command]] = COMMANDS
    HELP: ClassVar[Mapping[str, Iterable[Said]]] = {
        "bets": (*GROUPS.values(), *PLACES.values()),
        "own": (),
        "rounds": (),
        "wheel": (),
    }

    def __init__(self) -> None:
        super().__init__()
        self._usual_chip = 0
        """What a bet without a sum means; 0: nothing."""
        self._memories: defaultdict[int, Memory] = defaultdict(Memory)
        """By the number of the table."""

    def typed(self, typed: Typed, _: HouseState) -> Intent | None:
        """Bets, unless a command has more of their first words."""
        head = longest(typed.words, HEADS)[1]
        if typed.command and head <= typed.command:
            return None
        figures = any(character.isdigit() for word in typed.words for character in word.text)
        if not (head or figures or any(word.text in HEADWORDS for word in typed.words)):
            return None
        return intents.Lay(laid(wagers(typed.words), self._usual_chip))

    def order(self, intent: Intent, state: HouseState) -> Request:
        return order(intent, state, self._memories[state.here])

    def offers(self, _: HouseState, language: str) -> Iterator[str]:
        yield from (row.ways(language)[0] for row in BETS)

    def waits(self, until: str, state: HouseState) -> Callable[[HouseState], bool]:
        return partial(_waited, until, roulette(state).round.number)

    @property
    def topics(self) -> Mapping[str, Topic]:
        return {**TOPICS, "chip": Topic(self._set_chip)}

    def _set_chip(self, teller: Teller, _: HouseState, wish: Show) -> Shown:
        self._usual_chip = wish.about
        key = "show.chip" if wish.about else "show.no_chip"
        yield Line(teller.speech(key, chips=wish.about))

    @property
    def tells(self) -> Mapping[type, Tell]:
        return {**TELLS, BetsPlaced: self._placed}

    def _placed(
        self, teller: Teller, said: BetsPlaced, before: HouseState, now: HouseState
    ) -> Told:
        pending = before.pending.get(said.number)
        if pending is not None and isinstance(pending.request, PlaceBets):
            chips = {bet.spot: bet.chips for bet in pending.request.bets}
            self._memories[said.table].lay(said.round_number, chips)
        yield from TELLS[BetsPlaced](teller, said, before, now)

    @property
    def refusals(self) -> Mapping[type[Request], Refused]:
        return REFUSALS

    def status(self, speech: Speech, state: HouseState, now: float) -> Iterator[str]:
        """The round, its phase and seconds, and what one has."""
        game, seat = roulette(state), state.table.seat
        yield speech("status.round", n=game.round.number)
        phase = speech.choice("phase", game.round.phase)
        if state.classic:
            phase = speech("status.classic")
        elif game.deadline is not None:
            phase = f"{phase} {clock(game.deadline - now)}"
        yield phase
        if seat is Seat.PLAYER:
            yield speech.chips(state.balance)
            if game.round.at_stake:
                yield speech("status.at_stake", chips=game.round.at_stake)
        elif not state.classic:
            yield speech("status.at_stake", chips=game.round.staked)
            yield speech.choice("role", seat)


def _waited(until: str, number: int, state: HouseState) -> bool:
    """Whether that has happened in the round of this number."""
    game = roulette(state)
    found = game.find_round(number)
    if until == "betting":
        return state.live and game.round.phase is Phase.BETTING
    if game.round.number > number or found is None:
        return True
    if until == "closed":
        return found.phase is not Phase.BETTING
    return found.voided is not None or (
        found.settled is not None and (found.result is not None or not found.own)
    )
