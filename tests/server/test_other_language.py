"""A client that was written from the protocol page sits down at a real table."""

import subprocess
import sys
from pathlib import Path

from protocol.games.roulette.bets import BetsChanged
from protocol.games.roulette.desk import StartSpin
from protocol.games.roulette.rounds import PlayerSettled, RoundSettled
from protocol.games.roulette.rules import RED, returned
from protocol.house.lists import Seat
from tests.server.houses import RunningHouse
from tests.tools import need

THERE = Path(__file__).parents[1] / "other_language"
PLAYER, LEAST = THERE / "player.mjs", THERE / "least.py"


def test_a_player_in_another_language_plays_a_round_and_checks_it(tmp_path: Path) -> None:
    node = need("node")
    with RunningHouse(tmp_path) as house:
        croupier = house.modern("Zoe", Seat.CROUPIER)
        with subprocess.Popen(
            [node, str(PLAYER), str(house.port)], stdout=subprocess.PIPE, text=True
        ) as player:
            croupier.wait(BetsChanged, lambda changed: changed.staked == 25)
            croupier.ask(StartSpin(croupier.next(), 1))
            settled = croupier.wait(RoundSettled)
            said, _ = player.communicate(timeout=30)
        pocket = settled.pocket
        net = returned(17, 5, pocket) + returned(RED, 20, pocket) - 25
        assert player.returncode == 0
        assert said.splitlines() == ["bet 25", f"number {pocket}, net {net}: holds"]
        assert not any(isinstance(each, PlayerSettled) for each in croupier.seen)


def test_the_least_client_of_the_page_plays_a_round(tmp_path: Path) -> None:
    with RunningHouse(tmp_path) as house:
        croupier = house.modern("Zoe", Seat.CROUPIER)
        with subprocess.Popen(
            [sys.executable, str(LEAST), str(house.port)], stdout=subprocess.PIPE, text=True
        ) as player:
            croupier.wait(BetsChanged, lambda changed: changed.staked == 5)
            croupier.ask(StartSpin(croupier.next(), 1))
            pocket = croupier.wait(RoundSettled).pocket
            said, _ = player.communicate(timeout=30)
        net = returned(RED, 5, pocket) - 5
        assert player.returncode == 0
        assert said.splitlines() == ["chips left: 495", f"number {pocket}, net {net}"]
