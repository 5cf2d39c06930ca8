"""The lab sheet's demonstration, as people would do it: a house, three terminals, one is killed."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.houses import PASSWORD, RunningHouse

if sys.platform == "win32":
    pytest.skip("this system has no pseudo-terminals", allow_module_level=True)

from tests.client_text.terminals import Terminal


@pytest.fixture
def house(tmp_path: Path) -> Iterator[RunningHouse]:
    with RunningHouse(tmp_path / "books", "--no-console", level="warning") as house:
        yield house


def test_three_terminals_play_a_round_and_one_is_killed(
    house: RunningHouse, tmp_path: Path
) -> None:
    at = ("localhost", str(house.port), "--lang", "en")
    with (
        Terminal(tmp_path / "c", *at, "--name", "Carl", "--croupier") as carl,
        Terminal(tmp_path / "a", *at) as anna,
        Terminal(tmp_path / "b", *at, "--name", "Bob") as bob,
    ):
        # They connect.
        carl.wait_for("The croupier's password:")
        carl.enter(PASSWORD)
        carl.wait_for("You are the croupier.")
        anna.wait_for("Your name:")
        anna.enter("Anna")
        for each in (anna, bob):
            each.wait_for("You sit at the table as a player.")
        carl.enter("players")
        for name in ("Anna", "Bob"):
            carl.wait_for(f"{name} (player, 500 chips)")

        # Everybody sees what the others do, and the line being typed stays whole.
        bob.press("red 1")
        bob.wait_line("> red 1")
        anna.enter("17 25")
        anna.wait_for("You bet 25 on 17. You have 475 chips.")
        for each in (bob, carl):
            each.wait_for("Anna bets 25 on 17.")
        bob.wait_line("> red 1")
        bob.enter("0")
        bob.wait_for("You bet 10 on red. You have 490 chips.")
        for each in (anna, carl):
            each.wait_for("Bob bets 10 on red.")
        carl.enter("list")
        carl.wait_for("Anna: 25 on 17 (25)")
        carl.wait_for("Bob: 10 on red (10)")
        carl.wait_for("35 chips on the table.")

        # A full round.
        carl.enter("start")
        for each in (anna, bob, carl):
            each.wait_for("No more bets: 35 chips on the table.")
            each.wait_for("Results:")
            each.wait_for("Round 2. Place your bets.")
            each.wait_for("✓ Round 1 is checked: nobody could steer the number")
        assert "secret" not in carl.text
        assert PASSWORD not in carl.text
        bob.wait_for("Anna ")

        # One is killed, with a bet on the table; the others play on, and the bet stands.
        anna.enter("even 50")
        anna.wait_for("You bet 50 on even.")
        anna.kill()
        for each in (bob, carl):
            each.wait_for("Anna lost the line; the seat and the chips are kept.")
        bob.enter("odd 50")
        bob.wait_for("You bet 50 on odd.")
        carl.enter("start")
        for each in (bob, carl):
            each.wait_for("Round 3. Place your bets.")
            each.wait_for("✓ Round 2 is checked: nobody could steer the number")

        # Who was killed comes back to the same chair.
        with Terminal(tmp_path / "a", *at, "--name", "Anna") as anna:
            bob.wait_for("Anna is back.")
            anna.wait_for("Round 3. Bets are open.")
            anna.enter("history")
            anna.wait_for("Round 2:")
            anna.enter("quit")
            assert anna.wait_end() == 0
        bob.wait_for("Anna left.")

        # One is thrown out, the others leave.
        carl.enter("kick Bob good night")
        bob.wait_for("The line has ended: you were thrown out: good night.")
        assert bob.wait_end() == 1
        carl.press("\x04")
        assert carl.wait_end() == 0


def test_the_same_in_the_assignments_protocol(house: RunningHouse, tmp_path: Path) -> None:
    at = ("localhost", str(house.port), "--classic", "--lang", "en")
    player_menu, croupier_menu = "1 bet, 2 list of bets, 0 leave:", "1 start the game"
    with (
        Terminal(tmp_path / "c", *at) as carl,
        Terminal(tmp_path / "a", *at) as anna,
        Terminal(tmp_path / "b", *at, "--name", "Боб") as bob,
    ):
        # They connect and register, as the croupier and as players.
        carl.wait_for("1 player, 2 croupier:")
        carl.enter("2")
        carl.wait_for("The croupier's password:")
        carl.enter("not this one")
        carl.wait_for("The croupier's password is another.")
        carl.wait_for("The croupier's password:", times=2)
        carl.enter(PASSWORD)
        carl.wait_for(croupier_menu)
        anna.wait_for("1 player, 2 croupier:")
        anna.enter("1")
        anna.wait_for("Your name:")
        anna.enter("Anna")
        for each in (anna, bob):
            each.wait_for(player_menu)

        # Bets: a sum and its kind, by the menu or in words. One a round.
        anna.enter("1")
        anna.wait_for("How many chips:")
        anna.enter("100")
        anna.wait_for("On what (0-36, even or odd):")
        anna.enter("even")
        anna.wait_for("You bet 100 on even. You have 400 chips.")
        anna.enter("17 5")
        anna.wait_for("One bet a round")
        bob.enter("17 50")
        bob.wait_for("You bet 50 on 17. You have 450 chips.")
        bob.enter("red 5")
        bob.wait_for("bets are on a number, on even or on odd")

        # The list of bets, of all players.
        for each in (anna, carl):
            each.enter("2")
            each.wait_for("Anna: 100 on even (100)")
            each.wait_for("Боб: 50 on 17 (50)")

        # The croupier starts, and everybody is told the results.
        carl.enter("1")
        for each in (anna, bob, carl):
            each.wait_for("Results:")
            each.wait_for("Next round: place your bets.")

        # One is killed; the next round goes on without.
        bob.kill()
        anna.enter("17 5")
        anna.wait_for("You bet 5 on 17.")
        carl.enter("1")
        anna.wait_for("Results:", times=2)
        carl.wait_for("Results:", times=2)

        # One leaves, and the server's end is told as such.
        anna.enter("0")
        assert anna.wait_end() == 0
        house.kill()
        carl.wait_for("The line is lost: the connection broke off.")
        carl.enter("0")
        assert carl.wait_end() == 0
