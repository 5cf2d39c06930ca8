"""An audit of a night of rock-paper-scissors: it comes to the same, and sees a house that lies."""

from contextlib import closing
from pathlib import Path
from typing import Any

from server.books.books import Deed
from server.books.finished import Finished
from server.books.ledger import Ledger
from server.games import STATES
from server.games.rps import RPS
from server.host.audit import audit
from tests.server.games.form_house import FormHouse


def night() -> tuple[list[Deed], list[Finished]]:
    """A match that Anna wins, and one that is given back."""
    house = FormHouse(RPS)
    anna, bert = house.player("Anna"), house.player("Bert")
    house.act(anna, "challenge", 20)
    house.act(bert, "accept")
    for _ in range(2):
        house.act(anna, "throw", 1)
        house.act(bert, "throw", 0)
    house.act(bert, "challenge", 7)
    house.act(bert, "withdraw")
    house.advance(1)
    kept = [house.shelf.rounds[2, number] for number in (1, 2)]
    return list(house.books.journal), kept


def write(folder: Path, deeds: list[Deed], finished: list[Finished]) -> Path:
    ahead = list(finished)
    with closing(Ledger(folder, STATES)) as ledger:
        for name, *arguments in deeds:
            if name in ("settle", "give_back"):
                ledger.finished.append(ahead.pop(0))
            getattr(ledger.books, name)(*arguments)
            ledger.commit()
    return folder


def test_the_books_of_a_night_are_right_and_read_again(tmp_path: Path) -> None:
    deeds, finished = night()
    found = audit(write(tmp_path, deeds, finished))
    assert found.wrong == ""
    assert (found.deeds["settle"], found.deeds["give_back"]) == (1, 1)
    with closing(Ledger(tmp_path, STATES)) as ledger:
        house = FormHouse(RPS, books=ledger.books)
        assert [house.books.wallet(account) for account in (2, 3)] == [520, 480]
        assert house.shelf.rounds == {}, "nothing was given back once more"


def test_a_house_that_gives_the_pot_to_the_loser_is_seen(tmp_path: Path) -> None:
    deeds, finished = night()
    at = next(place for place, deed in enumerate(deeds) if deed[0] == "settle")
    lie: list[Any] = [*deeds[at]]
    lie[3] = lie[3][::-1]
    deeds[at] = lie
    assert "did not pay who has won it" in audit(write(tmp_path, deeds, finished)).wrong
