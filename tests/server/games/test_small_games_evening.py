"""The small games in the real program: opened by a word each, and killed in the middle of all."""

from pathlib import Path
from typing import Any

import pytest

from protocol.house.door import Done, Refused, SeatTaken, SignedIn, TakeSeat
from protocol.house.form import FORM, Act, ChipsMoved, FormIntroduced, FormShown
from protocol.house.lists import Reason, Seat
from protocol.wire import Message, encode
from server.host.audit import audit
from server.people.digests import password_digest
from tests.server.games.form_house import reading
from tests.server.guests import Modern
from tests.server.houses import PASSWORD, RunningHouse

RPS, POLL = 2, 3
CHALLENGE, ACCEPT, THROW = 1, 2, 4
ASK, VOTE = 1, 2


class Player:
    """Somebody with a seat at both tables."""

    def __init__(self, house: RunningHouse, name: str, token: bytes = b"") -> None:
        self.guest = house.guests.enter_context(Modern(house.port))
        answer = self.guest.sign_in(name, token)
        assert isinstance(answer, SignedIn), answer
        self.words: dict[int, FormIntroduced] = {}
        self.forms: dict[int, FormShown] = {}
        for table in (RPS, POLL):
            self.sit(table, Seat.PLAYER)

    def sit(self, table: int, seat: Seat) -> None:
        asked = TakeSeat(7, seat, password_digest(PASSWORD), b"", table=table)
        assert isinstance(self.ask(asked), SeatTaken)
        self.words[table] = self.guest.wait(FormIntroduced)
        self.forms[table] = self.guest.wait(FormShown)

    def ask(self, said: Any) -> Message:
        self.guest.send(encode(said))
        return self.guest.wait(Message, lambda each: getattr(each, "number", None) == said.number)

    def act(self, table: int, action: int, value: int = 0, words: str = "") -> Message:
        turn = self.forms[table].turn
        return self.ask(Act(self.guest.next(), turn, action, value, words, table=table))

    def read_until(self, table: int, words: str) -> None:
        """Until the form has this line."""

        def lines(form: FormShown) -> list[str]:
            return [reading(self.words[table], line) for line in form.lines]

        while not any(words in line for line in lines(self.forms[table])):
            shown = self.guest.wait(FormShown, lambda form: form.table == table)
            self.forms[table] = shown


def test_a_match_and_a_poll_survive_a_kill_as_they_should(tmp_path: Path) -> None:
    tables = ("--tables", "roulette,rps,poll", "--no-console")
    with RunningHouse(tmp_path / "house", *tables) as house:
        listed = [(each.table, each.game, each.name) for each in house.modern().house.tables]
        assert listed == [(1, 1, "Roulette"), (RPS, FORM, "Rps"), (POLL, FORM, "Poll")]
        anna, bert = Player(house, "Anna"), Player(house, "Bert")
        bert.sit(POLL, Seat.CROUPIER)
        assert isinstance(anna.act(RPS, CHALLENGE, 40), Done)
        bert.read_until(RPS, "for 40 chips each")
        assert isinstance(bert.act(RPS, ACCEPT), Done)
        assert bert.guest.wait(ChipsMoved) == ChipsMoved(460, 40, table=RPS)
        anna.read_until(RPS, "Throw now!")
        assert isinstance(anna.act(RPS, THROW, 1), Done)
        assert isinstance(bert.act(POLL, ASK, words="More? | yes | no"), Done)
        anna.read_until(POLL, "More?")
        assert isinstance(anna.act(POLL, VOTE, 1), Done)
        token = anna.guest.token
        house.kill()
    assert audit(tmp_path / "house").wrong == ""
    with RunningHouse(tmp_path / "house", *tables) as house:
        anna = Player(house, "Anna", token)
        assert anna.guest.balance == 500
        assert [*anna.forms[RPS].actions]
        anna.read_until(RPS, "For two")
        anna.read_until(POLL, "Your vote: no. You can change it.")
        assert house.stop()[0] == 0
        log = house.log()
    assert "Act(" in log
    assert "yes" not in log, "nobody reads in the log what was asked or chosen"
    assert audit(tmp_path / "house").wrong == ""


@pytest.mark.parametrize("word", ["guess", "rps", "poll"])
def test_a_house_may_have_nothing_else(tmp_path: Path, word: str) -> None:
    with RunningHouse(tmp_path / "house", "--tables", word, "--no-console") as house:
        guest = house.modern("Anna")
        (table,) = guest.house.tables
        assert (table.game, table.automatic) == (FORM, word != "poll")
        guest.send(encode(TakeSeat(2, Seat.PLAYER, b"", b"", table=1)))
        assert guest.wait(FormIntroduced).service == word
        title = guest.wait(FormShown).title
        assert title == 0
        guest.send(encode(Act(3, 5, 1, 0, "", table=1)))
        assert guest.wait(Refused).reason is Reason.WRONG_ROUND
        assert house.stop()[0] == 0
