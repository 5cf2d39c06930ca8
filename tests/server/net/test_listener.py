"""The door of a running house: rushes, guesses, an address that takes all it gets, a full house."""

import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest

from client.requests import digest
from protocol.games.roulette.bets import BetsPlaced
from protocol.games.roulette.desk import StartSpin
from protocol.house.door import Done, Goodbye, LeaveSeat, Refused, SeatTaken, SignedIn, TakeSeat
from protocol.house.draw import ChainTaken, EventDrawn
from protocol.house.lists import Farewell, Notice, Reason, Seat
from protocol.house.talk import Noticed
from protocol.wire import encode
from server.net.descriptors import RESERVE
from tests.server.guests import Guest, HungUpError, Modern
from tests.server.houses import PASSWORD, WITHIN, RunningHouse

FEW = 200
"""Descriptors: fewer than the connections that are tried."""

needs_prlimit = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux limits a program as it is started"
)


def settings(tmp_path: Path, **limits: int) -> tuple[str, str]:
    path = tmp_path / "croupier.toml"
    path.write_text("\n".join(["[limits]", *(f"{name} = {n}" for name, n in limits.items())]))
    return "--config", str(path)


def crowd_in(house: RunningHouse, count: int, source: str = "127.0.0.1") -> list[Modern]:
    """So many try to watch, without a name."""
    guests = []
    for _ in range(count):
        with suppress(HungUpError, OSError):
            guest = house.guests.enter_context(Modern(house.port, source))
            guest.sign_in("")
            guests.append(guest)
    return guests


def come_in(house: RunningHouse, name: str) -> Modern:
    """A player who tries until there is room: all are told that somebody is gone a moment before
    the place is free.
    """
    until = monotonic() + WITHIN
    while True:
        try:
            return house.modern(name, Seat.PLAYER)
        except (HungUpError, OSError):
            assert monotonic() < until, f"no room for {name}"


@needs_prlimit
def test_one_address_cannot_lock_the_others_out_of_the_descriptors(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d", descriptors=FEW) as house:
        told = house.wait_line("room for").split()
        room = int(told[2])
        assert FEW - RESERVE - 30 < room < FEW - RESERVE
        assert told[3:6] == ["connections,", "not", "12000:"]
        anna, boss = house.modern("Anna", Seat.PLAYER), house.modern("Boss", Seat.CROUPIER)
        guests = crowd_in(house, FEW + 50)
        assert isinstance(guests[0].wait_end()[-1], Goodbye)
        new = house.modern("New", Seat.PLAYER)
        for player in (anna, new):
            assert isinstance(player.bet(1, (17, 1)), BetsPlaced)
        house.command("audit")
        house.wait_line("the books are right")
        house.command(f"export 1 {tmp_path / 'round.json'}")
        house.wait_line("there is no finished round 1")
        house.command("ban Nobody")
        house.wait_line("nobody in the books")
        house.command("ban New")
        house.wait_line("New is banned")
        assert (house.data / "bans").exists()
        house.command("who")
        assert house.wait_line("Anna") == "Anna: player, 499 chips"
        assert isinstance(boss.ask(StartSpin(boss.next(), 1)), Done)
        _, __, log = house.stop()
        assert "Too many open files" not in log


@needs_prlimit
def test_a_house_without_a_descriptor_for_a_single_connection_says_so(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d", descriptors=FEW) as house:
        room = int(house.wait_line("room for").split()[2])
    with RunningHouse(tmp_path / "d", descriptors=FEW - room + 1) as house:
        assert "room for:            1 connections" in house.wait_line("room for")
    with RunningHouse(tmp_path / "e", descriptors=FEW - room) as house:
        assert house.process.wait(WITHIN) == 2
        assert "too few files" in house.log()


def test_an_address_has_its_places_and_the_oldest_guest_gives_up_the_one_that_is_missing(
    tmp_path: Path,
) -> None:
    with RunningHouse(tmp_path / "d", *settings(tmp_path, sessions_here=20)) as house:
        anna = house.modern("Anna", Seat.PLAYER)
        other = house.guests.enter_context(Modern(house.port, "127.0.0.2"))
        guests = crowd_in(house, 30)
        assert len(guests) == 30
        for guest in guests[:11]:
            farewell = guest.wait_end()[-1]
            assert isinstance(farewell, Goodbye)
            assert farewell.reason is Farewell.FULL
        for guest in guests[11:]:
            assert isinstance(guest.sign_in(""), Refused)  # For it has signed in, and is there.
        assert isinstance(other.sign_in(""), SignedIn)
        assert isinstance(anna.bet(1, (17, 1)), BetsPlaced)


def test_in_a_full_house_who_is_away_makes_room_and_who_plays_does_not(tmp_path: Path) -> None:
    quick = settings(tmp_path, sessions=3, away_seconds=1)
    with RunningHouse(tmp_path / "d", *quick) as house:
        idle = house.modern("Idle", Seat.PLAYER)
        busy = [house.modern(name, Seat.PLAYER) for name in ("Anna", "Bert")]
        for chips in range(1, 60):
            for player in busy:
                player.bet(1, (17, chips))
            house.command("who")
            if "away" in house.wait_line("Idle"):
                break
        house.modern("New", Seat.PLAYER)
        assert isinstance(idle.wait_end()[-1], Goodbye)
        for player in busy:
            assert player.bet(1, (18, 1))


def test_in_a_full_house_who_has_a_say_keeps_the_place_until_the_round_is_over(
    tmp_path: Path,
) -> None:
    with RunningHouse(tmp_path / "d", *settings(tmp_path, sessions=3)) as house:
        boss, eve = house.modern("Boss", Seat.CROUPIER), house.modern("Eve", Seat.PLAYER)
        assert isinstance(eve.bet(1, (17, 1)), BetsPlaced)
        assert isinstance(eve.register(), ChainTaken)
        assert isinstance(boss.ask(StartSpin(boss.next(), 1)), Done)
        assert isinstance(eve.ask(LeaveSeat(eve.next())), Done)
        watcher = crowd_in(house, 1)
        newcomers = crowd_in(house, 2)
        assert isinstance(watcher[0].wait_end()[-1], Goodbye)
        assert isinstance(eve.show(1), Done)
        assert boss.wait(EventDrawn).missing == 0
        crowd_in(house, len(newcomers))
        assert isinstance(eve.wait_end()[-1], Goodbye)


def test_a_house_full_of_players_takes_nobody_more(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d", *settings(tmp_path, sessions=2)) as house:
        players = [house.modern(name, Seat.PLAYER) for name in ("Anna", "Bert")]
        with Guest(house.port, Modern.DIALECT) as late:
            assert late.wait_end() == []
        for player in players:
            assert isinstance(player.bet(1, (17, 1)), BetsPlaced)
        players[0].close()
        players[1].wait(Noticed, lambda said: said.notice is Notice.CUT_OFF)
        come_in(house, "Late")


def test_a_password_is_not_found_by_guessing_in_batches(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d") as house:
        guesses = [TakeSeat(9 + at, Seat.CROUPIER, digest(f"guess {at}")) for at in range(50)]
        guesses[40] = TakeSeat(49, Seat.CROUPIER, digest(PASSWORD))
        asked = 0
        for name in ("Thief", "Other thief"):
            thief = house.guests.enter_context(Modern(house.port, "127.0.0.8"))
            thief.sign_in(name)
            thief.send(b"".join(encode(each, 1) for each in guesses))
            said = thief.wait_end()
            assert not any(isinstance(each, SeatTaken) for each in said)
            refused = [each.reason for each in said if isinstance(each, Refused)]
            asked += refused.count(Reason.WRONG_CROUPIER_PASSWORD)
            assert set(refused) <= {Reason.WRONG_CROUPIER_PASSWORD, Reason.TOO_FAST}
            farewell = said[-1]
            assert isinstance(farewell, Goodbye)
            assert farewell.reason is Farewell.FLOOD
        assert asked <= 5
        house.command("who")
        assert "wrong about the croupier's password" in house.wait_line("127.0.0.8")
        house.modern("Boss", Seat.CROUPIER)  # From another address: at once.
        _, __, log = house.stop()
        assert "! 127.0.0.8: wrong about the croupier's password, 3 times, waits 2 s" in log
        assert "! Boss from 127.0.0.1 knows the croupier's password after" in log
