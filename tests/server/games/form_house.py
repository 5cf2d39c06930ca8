"""A house with a roulette and a table of one small game, and how its form reads."""

from typing import Any

from protocol.house.door import SignedIn, SignIn, TakeSeat
from protocol.house.form import Act, FormAction, FormIntroduced, FormLine, FormShown
from protocol.house.lists import Seat
from protocol.wire import Message
from server.books.books import Books
from server.games import STATES
from server.games.forms import SmallGame
from server.limits import Limits
from server.people.digests import password_digest
from server.people.people import Client
from server.sayings import To, ToEach
from server.tables.game import Game
from tests.server.pure import PASSWORD, SEEDS, PureHouse, messages_of

PACE = 1 / Limits().broadcasts_a_second
"""So long a change of the form may wait."""


def reading(introduced: FormIntroduced, line: FormLine, column: int = 0) -> str:
    """A line in words, as a client puts them together."""
    text = introduced.wordings[column].sentences[line.sentence].text
    return text.format(*[part.text for part in line.parts])


class FormHouse(PureHouse):
    """The small game is played at table 2."""

    TABLE = 2

    def __init__(
        self,
        game: Game,
        rules: Any = None,
        *,
        books: Books | None = None,
        limits: Limits | None = None,
    ) -> None:
        super().__init__(books=books or Books({**STATES, game.name: game.state}), limits=limits)
        self.rules_of_game = rules or game.rules()
        number = self.TABLE if self.TABLE in self.books.tills else 0
        table = self.house.open_table(game, SEEDS, self.rules_of_game, self.now, number=number)
        assert table.number == self.TABLE
        assert isinstance(table.play, SmallGame)
        self.game: Any = table.play
        introduced = table.play.introduced()
        assert isinstance(introduced, FormIntroduced)
        self.introduced = introduced
        self.keys = [*table.play.actions]
        self.advance(0)

    def sit(self, client: Client, seat: Seat = Seat.PLAYER) -> Message | Any:
        request = TakeSeat(2, seat, password_digest(PASSWORD), b"", table=self.TABLE)
        return self.ask(client, request)

    def player(self, name: str, seat: Seat = Seat.PLAYER) -> Client:
        client = self.visitor(name)
        self.sit(client, seat)
        assert client.seats == {self.TABLE: seat}
        return client

    def again(self, client: Client, seat: Seat = Seat.PLAYER) -> Client:
        """The same on a new line, with the token that the house gave; then at the table."""
        tokens = [said.token for said in self.told(SignedIn) if said.account == client.account]
        other = self.stranger()
        answer = self.ask(other, SignIn(1, client.name, tokens[0], b""))
        assert isinstance(answer, SignedIn), answer
        self.sit(other, seat)
        return other

    def act(
        self,
        client: Client,
        key: str,
        value: int = 0,
        words: str = "",
        *,
        number: int = 0,
        turn: int | None = None,
    ) -> Any:
        """What is answered; with the turn of the form as it is now."""
        number = number or self.books.holders[client.account].last_request + 1
        if turn is None:
            turn = self.game.form(client.account).turn
        action = self.keys.index(key) + 1
        return self.ask(client, Act(number, turn, action, value, words, table=self.TABLE))

    def form(self, client: Client) -> FormShown:
        """What this client was shown last, when what happened was told."""
        self.advance(PACE)
        for said in reversed(self.said):
            if isinstance(said, To) and said.client is client:
                if isinstance(said.message, FormShown):
                    return said.message
            elif isinstance(said, ToEach) and client in said.frames:
                (shown,) = messages_of(ToEach(said.table, {client: said.frames[client]}))
                assert isinstance(shown, FormShown)
                return shown
        raise AssertionError(f"{client.name} was shown no form")

    def lines(self, client: Client, column: int = 0) -> list[str]:
        """The lines of it in words, English or Russian."""
        return [reading(self.introduced, line, column) for line in self.form(client).lines]

    def offered(self, client: Client) -> dict[str, FormAction]:
        return {self.keys[each.action - 1]: each for each in self.form(client).actions}

    def shown_to(self, client: Client) -> int:
        """How many forms this client was shown so far."""
        return sum(
            isinstance(each.message, FormShown)
            for each in self.said
            if isinstance(each, To) and each.client is client
        ) + sum(client in each.frames for each in self.said if isinstance(each, ToEach))
