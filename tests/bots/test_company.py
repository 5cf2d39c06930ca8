"""Several players at a table on this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bots.company import NAMES, Company, Guest
from bots.speaker import NEVER
from client.games.form.state import FormState
from client.games.roulette.state import Round
from client.house.state import HouseState, Line
from client.requests import leave_seat, take_seat
from client.store import Place, Store
from protocol.house.door import TableEntry, TakeSeat
from protocol.house.form import FORM
from protocol.house.lists import Seat
from tests.bots.games.roulette.test_player import OPEN
from tests.client.fake_table import TABLE
from tests.client.loopback import PATIENCE, Loopback, listening
from tests.client.states import changed, listed
from tests.fair_table import SEEDS


@contextmanager
def playing(company: Company) -> Iterator[threading.Thread]:
    thread = threading.Thread(target=company.run)
    thread.start()
    try:
        yield thread
    finally:
        company.stop()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def wait_for_bets(house: Loopback, players: int) -> None:
    """Wait until so many have bet. The table's lock is held."""

    def bet() -> bool:
        return len({account for account, _ in house.table.bets}) >= players

    assert house.lock.wait_for(bet, PATIENCE), f"only these bets: {house.table.bets}"


def play(house: Loopback, players: int) -> None:
    """One round with so many players in it."""
    with house.lock:
        wait_for_bets(house, players)
        house.table.close()
        house.table.settle()


def test_who_gets_up_watches_until_the_round_is_over_for_he_must_show_his_secret() -> None:
    guest = Guest(0, "flat", "1", 2.0)
    playing = changed(OPEN, balance=0, round=Round(6))  # Round 7 opens before he has got up.
    assert not guest.goes(changed(OPEN, seat=Seat.WATCHER), 1e9)
    assert guest.look(playing, 100.0) == [take_seat(Seat.WATCHER)]
    watching = changed(playing, seat=Seat.WATCHER, round=Round(7))
    over = changed(watching, round=Round(8))
    lost = replace(over, status=replace(over.status, line=Line.LOST))
    for state, goes in ((playing, False), (watching, False), (lost, False), (over, True)):
        assert guest.goes(state, 219.9) is goes
        assert guest.goes(state, 220.0)  # A round in which nobody bets has no end.
    assert guest.goes(changed(playing, round=Round(8)), 219.9) is False  # He has no such seat yet.
    assert guest.look(watching, 101.0) == []
    assert guest.due <= 220.0


def test_who_waits_in_vain_for_the_end_of_a_round_plays_on() -> None:
    """Where everybody got up nobody bets, and who leaves with a say withholds it."""
    guest = Guest(0, "flat", "1", 2.0)
    guest.player.gets_up = True

    def seats(state: HouseState, now: float) -> list[Seat]:
        return [wish.seat for wish in guest.look(state, now) if isinstance(wish, TakeSeat)]

    playing = changed(OPEN, round=Round(1))
    assert seats(playing, 100.0) == [Seat.WATCHER]
    watching = changed(playing, seat=Seat.WATCHER)
    assert not guest.goes(watching, 159.9)
    assert guest.due <= 160.0
    assert seats(watching, 159.9) == []
    lost = replace(watching, status=replace(watching.status, line=Line.LOST))
    assert seats(lost, 160.0) == seats(playing, 160.0) == []
    assert not any(guest.goes(state, 160.0) for state in (watching, lost, playing))
    assert seats(watching, 160.0) == [Seat.PLAYER]
    assert not guest.goes(watching, 1e9)
    assert seats(watching, 1e9) == []


def test_they_come_bet_round_after_round_and_go(tmp_path: Path) -> None:
    with listening() as house:
        company = Company("127.0.0.1", house.port, 4, seed=5, hurry=300, folder=tmp_path)
        with playing(company):
            for _ in range(3):
                play(house, players=2)
        with house.lock:
            assert {each.name for each in house.table.holders.values()} == set(NAMES[:4])
    assert not [each for each in threading.enumerate() if each.name.startswith("link ")]


def test_a_name_that_is_taken_is_given_up_for_another(tmp_path: Path) -> None:
    with listening() as house:
        for round_of_names in ("first", "second"):
            company = Company(
                "127.0.0.1", house.port, 2, seed=2, hurry=300, folder=tmp_path / round_of_names
            )
            with playing(company):
                play(house, players=2)
        with house.lock:
            assert len(house.table.holders) == 4


def test_without_a_table_they_go_home_and_say_why(tmp_path: Path) -> None:
    with listening() as house:
        port = house.port
    company = Company("127.0.0.1", port, 3, folder=tmp_path)
    assert not company.run()
    assert "nobody is listening" in company.trouble


def test_before_another_table_they_go_home_and_say_what_to_do(tmp_path: Path) -> None:
    with listening() as house:
        place = Place(Store(tmp_path), "127.0.0.1", house.port)
        place.trust(TABLE, b"another".ljust(32))
        company = Company("127.0.0.1", house.port, 2, folder=tmp_path)
        assert not company.run()
        assert "nothing secret was sent" in company.trouble
        assert "--new-table" in company.trouble
        assert house.table.holders == {}
        company = Company(
            "127.0.0.1", house.port, 2, seed=5, hurry=300, folder=tmp_path, new_table=True
        )
        with playing(company):
            play(house, players=2)
        assert place.knows(TABLE, SEEDS[0])


class Played:
    """A link whose state the test says."""

    def __init__(self, state: HouseState) -> None:
        self.state = state
        self.wishes: list[object] = []

    def skip(self) -> None:
        """Nothing waits to be read."""

    def want(self, wish: object) -> None:
        self.wishes.append(wish)

    def close(self) -> None:
        """There is nothing to close."""


def sent_to_a_small_game(*tables: TableEntry) -> tuple[Company, Guest, Played, list[str]]:
    said: list[str] = []
    company = Company("127.0.0.1", 1, 1, say=said.append)
    (guest,) = company.guests
    lobby = {each.table: each for each in tables}
    there = changed(HouseState(), live=True, seat=Seat.PLAYER, status=OPEN.status, lobby=lobby)
    link = Played(replace(there.at(7).with_table(live=True, game=FormState(), seat=Seat.PLAYER)))
    guest.link = link  # type: ignore[assignment]
    return company, guest, link, said


def test_who_is_sent_to_a_small_game_says_so_once_and_goes_to_the_first_wheel() -> None:
    tables = listed(7, "Guess", game=FORM), listed(8, "Other", game=FORM), listed(9, "Salon")
    company, guest, link, said = sent_to_a_small_game(*tables)
    for _ in range(2):
        assert company._serve(guest, 1.0) == NEVER
    assert link.wishes == [take_seat(Seat.PLAYER).to(9), leave_seat().to(7)]
    assert said == [f"{guest.name} does not play what is played at Guess, and goes to Salon."]
    assert guest.table == "9"


def test_where_no_wheel_turns_bots_go_home_and_say_why(monkeypatch: pytest.MonkeyPatch) -> None:
    company, guest, link, _ = sent_to_a_small_game(listed(7, "Guess", game=FORM))
    monkeypatch.setattr(company, "_leave", lambda _: None)
    assert company._serve(guest, 1.0) == NEVER
    assert (guest.link, link.wishes, guest.returns_at) == (None, [], NEVER)
    assert company.trouble == "they play roulette only, and this house has Guess and no such table"


def test_a_table_that_the_house_has_not_listed_is_played_at() -> None:
    company, guest, link, said = sent_to_a_small_game()
    link.state = changed(OPEN, lobby={})
    assert company._serve(guest, 1.0) < NEVER
    assert (link.wishes, said) == ([], [])


def test_nobody_gets_up_with_chips_on_the_table() -> None:
    guest = Guest(0, "flat", "1", 1.0)
    guest.player.gets_up = True
    assert not guest._is_done(changed(OPEN, round=Round(1, own={17: 5})))
    assert guest._is_done(changed(OPEN, round=Round(1)))
