"""The games that one person plays in a visit, and which of them is meant."""

from client.house.state import HouseState
from client_text.games import GAMES
from client_text.games.game import Game
from client_text.intents import Intent
from client_text.lines import Line
from client_text.orders import CannotError
from client_text.reading import MisreadError
from client_text.telling import Teller
from client_text.words import read


class Played:
    """All of them."""

    def __init__(self, teller: Teller) -> None:
        """Let `teller` tell of them, too."""
        self._games = [begin() for begin in GAMES.values()]
        self._teller = teller
        for game in self._games:
            teller.learn(game.tells, game.refusals)

    def at(self, state: HouseState) -> Game:
        """The one at the table that is looked at; where none is known yet, the first."""
        known = state.table.game
        here = (game for game in self._games if isinstance(known, game.STATE))
        return next(here, self._games[0])

    def read(self, line: str, state: HouseState, *, in_private: bool) -> Intent | None:
        """What a line asks for, in the words of the game at the table; that it would be something
        at a table of another game is said as well.
        """
        here = self.at(state)
        try:
            return read(line, here, state, in_private=in_private)
        except MisreadError:
            if any(_means(line, game, state) for game in self._games if game is not here):
                table = state.table_name(state.here)
                raise CannotError("cannot.another_game", table=table) from None
            raise

    def late(self, state: HouseState) -> list[Line]:
        """What was held back and has waited long enough."""
        teller = self._teller
        return [
            line
            for game in self._games
            for table, lines in game.late(teller.speech, teller.now).items()
            for line in teller.named(lines, state.at(table))
        ]

    @property
    def holds(self) -> bool:
        """Whether something is held back."""
        return any(game.holds for game in self._games)


def _means(line: str, game: Game, state: HouseState) -> bool:
    try:
        return read(line, game, state) is not None
    except MisreadError:
        return False
