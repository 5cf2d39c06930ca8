"""Several tables in one running house: killed, opened again with others, and audited."""

from pathlib import Path

import pytest

from protocol.games.roulette.bets import BetsPlaced, PlaceBets
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rounds import RoundVoided, TableShown
from protocol.house.door import (
    ListTables,
    Refused,
    SeatLost,
    SignedIn,
    TablesClosed,
    TablesListed,
    TablesOpened,
    TakeSeat,
)
from protocol.house.lists import Reason, Seat
from protocol.wire import Message, Request, encode
from server.draw.seeds import STRETCH, Seeds
from server.host.audit import audit
from tests.server.guests import Modern
from tests.server.houses import RunningHouse, run_house
from tests.server.pure import SEEDS

BOTH = ("--tables", "roulette,roulette:high")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with the seeds of two tables, which would take seconds to make."""
    folder = tmp_path / "d"
    folder.mkdir(mode=0o700)
    SEEDS.save(folder / "seeds" / "1")
    Seeds.make(bytes(16), bytes(32), STRETCH).save(folder / "seeds" / "2")
    return folder


def ask(guest: Modern, said: Request, table: int) -> Message:
    guest.send(encode(said, table))
    return guest.wait(Message, lambda each: getattr(each, "number", None) == said.number)


def sit(guest: Modern, table: int) -> TableShown:
    ask(guest, TakeSeat(guest.next(), Seat.PLAYER, b""), table)
    return guest.wait(TableShown)


def test_a_bet_at_a_table_that_nobody_wants_any_more_comes_back(data: Path) -> None:
    with RunningHouse(data, *BOTH) as house:
        assert "High" in house.wait_line("table 2:")
        anna = house.modern("Anna")
        number = sit(anna, 2).round_number
        placed = ask(anna, PlaceBets(anna.next(), number, (Bet(17, 100),)), 2)
        assert isinstance(placed, BetsPlaced)
        assert (placed.balance, placed.at_stake) == (400, 100)
        house.kill()
    assert not audit(data).wrong
    with RunningHouse(data, *BOTH) as house:  # It is there, as long as the table is.
        again = house.guests.enter_context(Modern(house.port))
        assert isinstance(again.sign_in("Anna", anna.token), SignedIn)
        assert (sit(again, 2).at_stake, again.balance) == (100, 400)
        house.kill()
    with RunningHouse(data) as house:
        third = house.guests.enter_context(Modern(house.port))
        signed_in = third.sign_in("Anna", anna.token)
        assert isinstance(signed_in, SignedIn)
        assert signed_in.balance == 500
        gone = ask(third, TakeSeat(third.next(), Seat.PLAYER, b""), 2)
        assert isinstance(gone, Refused)
        assert gone.reason is Reason.NO_SUCH_TABLE
        listed = third.ask(ListTables(third.next(), 0))
        assert isinstance(listed, TablesListed)
        assert [each.table for each in listed.tables] == [1]
        house.stop()
    shown = run_house("--data", str(data), "--audit")
    assert shown.returncode == 0
    assert "2 tables, 1 of them closed" in shown.stdout
    exported = run_house("--data", str(data), "--export", "2:1")
    assert "round 1 was called off before anything was drawn" in exported.stderr
    assert "no table 7" in run_house("--data", str(data), "--export", "7:1").stderr


def test_what_the_host_closes_and_opens_is_told_and_survives_a_kill(data: Path) -> None:
    with RunningHouse(data, *BOTH) as house:
        anna, ben = house.modern("Anna"), house.modern("Ben")
        number = sit(anna, 2).round_number
        ask(anna, PlaceBets(anna.next(), number, (Bet(17, 100),)), 2)
        house.command("close 2 now to 1")
        house.wait_line("table 2 is closed")
        assert isinstance(anna.wait(RoundVoided), RoundVoided)
        assert anna.wait(SeatLost) == SeatLost(1, "", table=2)
        assert ben.wait(TablesClosed) == TablesClosed((2,))
        house.command("open roulette:quick Oak Room")
        house.wait_line("table 3 is open")
        (entry,) = ben.wait(TablesOpened).tables
        assert (entry.table, entry.name, entry.automatic) == (3, "Oak Room", True)
        assert sit(ben, 3).round_number == 1
        house.kill()
    assert not audit(data).wrong
    with RunningHouse(data) as house:
        again = house.guests.enter_context(Modern(house.port))
        signed_in = again.sign_in("Anna", anna.token)
        assert isinstance(signed_in, SignedIn)
        assert signed_in.balance == 500
        house.stop()
    found = audit(data)
    assert not found.wrong
    assert {n: till.closed for n, till in found.books.tills.items()} == {1: False, 2: True, 3: True}


def test_the_same_name_with_another_game_or_without_its_seeds_is_one_plain_line(
    data: Path,
) -> None:
    with RunningHouse(data, *BOTH) as house:
        house.stop()
    (data / "seeds" / "2").unlink()
    ended = run_house("--data", str(data), "--port", "0", "--no-console", *BOTH)
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"{data / 'seeds' / '2'} is missing")
    assert ended.stderr.count("\n") == 1
