"""Who says his last and still reads, as `printf ... | nc` does, gets his answers."""

import socket
from pathlib import Path

from protocol import classic
from protocol.games.roulette.bets import BetsListed, BetsPlaced, ListBets, PlaceBets
from protocol.games.roulette.fields import Bet
from protocol.house.door import Greeting, SeatTaken, SignedIn, SignIn, TakeSeat
from protocol.house.lists import Seat
from protocol.house.people import ListPlayers, PlayersListed
from protocol.wire import encode
from tests.server.guests import Classic, Guest, Modern
from tests.server.houses import RunningHouse


def last_words(guest: Guest, words: bytes) -> list[object]:
    """Say all at once, hang up, and read to the end."""
    guest.send(words)
    guest.sock.shutdown(socket.SHUT_WR)
    return list(guest.wait_end())


def test_a_classic_client_that_hangs_up_gets_its_answers(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d") as house:
        requests = (
            classic.RegisterPlayer(b"Anna"),
            classic.PlaceBet(17, 5),
            classic.ListBets(),
        )
        with Classic(house.port) as anna:
            answers = last_words(anna, b"".join(each.encode() for each in requests))
        assert answers == [
            classic.RegistrationAnswered(classic.Code.OK),
            classic.OrderAnswered(classic.Code.OK),
            classic.BetsListed((classic.ListedBet("Anna", 5, 17),)),
        ]
        with Classic(house.port) as stranger:
            assert last_words(stranger, classic.ListBets().encode()) == [classic.BetsListed(())]
        with Classic(house.port) as silent:
            assert last_words(silent, b"") == []
        house.modern("Boss", Seat.WATCHER)
        assert house.stop()[0] == 0


def test_a_modern_client_that_hangs_up_gets_its_answers_and_keeps_its_seat(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d") as house:
        requests = (
            *(SignIn(1, "Anna", b"", b""), TakeSeat(2, Seat.PLAYER, b"")),
            *(PlaceBets(3, 1, (Bet(17, 5),)), ListBets(4, 1, 0, 0), ListPlayers(5, 0)),
        )
        with Modern(house.port) as anna:
            answers = last_words(anna, b"".join(encode(each, 1) for each in requests))
        kinds = [type(answer) for answer in answers]
        for kind in (SignedIn, SeatTaken, BetsPlaced, BetsListed, PlayersListed):
            assert kind in kinds
        token = next(each.token for each in answers if isinstance(each, SignedIn))
        with Modern(house.port) as again:
            again.sign_in("Anna", token)
            assert again.sit().at_stake == 5
        with Guest(house.port, Modern.DIALECT) as stranger:
            answers = last_words(stranger, encode(Greeting(1, 1, "a test")))
            assert isinstance(answers[0], Greeting)
