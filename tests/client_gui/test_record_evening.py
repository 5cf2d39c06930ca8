"""End to end: the record of a played night in a real window, and what it writes out."""

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from protocol.games.roulette.rounds import RoundSettled
from protocol.games.roulette.rules import RED, returned
from protocol.wire import Message
from server.games.roulette.packed_bets import unpack
from tests.client.loopback import listening
from tests.client_gui.evening import STACK, Evening, played_in, settled, without_motion
from tests.client_gui.window import CLONE, PATIENCE, House, Seen, Window

ROUNDS = 2
WRITTEN = {"en": ("Net", "Anna&#x27;s night", ","), "ru": ("Итог", "Вечер игрока", ";")}
"""The column of the nets, the page's title, and what the columns are parted by."""


def ledger(house: House) -> dict[int, dict[str, object]]:
    """Every finished round, as the books have it."""
    with sqlite3.connect(f"file:{house.data / 'books.sqlite'}?mode=ro", uri=True) as books:
        found = books.execute("SELECT record, bets FROM rounds ORDER BY place").fetchall()
    books.close()
    return {
        at: {**json.loads(record), "bets": [[*bet] for bet in unpack(bets)]}
        for at, (record, bets) in enumerate(found, 1)
    }


def play(house: House, player: Window, croupier: Window) -> list[int]:
    """Two rounds; what each brought the player, as the books say."""
    without_motion(player)
    without_motion(croupier)
    for number in range(1, ROUNDS + 1):
        player.wait(lambda seen: seen["phase"] == "betting" and seen["stage"] == "rest", "betting")
        player.bet(17)
        player.bet(RED)
        croupier.wait(lambda seen: seen["at_stake"] == 50, "the chips")
        croupier.click("button:spin")
        settled(player, number)
        settled(croupier, number)
    nets = []
    for record in ledger(house).values():
        bets = record["bets"]
        assert isinstance(bets, list)
        pocket = int(str(record["pocket"]))
        nets.append(sum(returned(spot, chips, pocket) - chips for _, spot, chips in bets))
    return nets


def saved(window: Window, ending: str) -> Path:
    window.click(f"save:{ending}")

    def there(seen: Seen) -> bool:
        return str(seen["record"]["file"]).endswith(f".{ending}")

    seen = window.wait(there, "the file")
    path = Path(seen["record"]["file"])
    assert str(path) in seen["record"]["said"]
    return path


@played_in("ru")
def test_the_night_is_read_and_written_out(evening: Evening, language: str) -> None:
    net, title, separator = WRITTEN[language]
    house = evening.house()
    player = evening.player(house, "--name", "Anna")
    player.until_table()
    croupier = evening.croupier(house, "--name", "Vera")
    nets = play(house, player, croupier)

    player.press("e")
    player.wait(lambda seen: seen["record"]["open"] == "numbers", "the record")
    player.click("spins:37")
    player.press("Right")
    seen = player.wait(lambda seen: seen["record"]["open"] == "night", "the night")
    assert (seen["record"]["net"], seen["record"]["rounds"]) == (sum(nets), ROUNDS)
    assert seen["balance"] == STACK + sum(nets)
    player.click("round:1")
    player.wait(lambda seen: seen["record"]["round"] == 1, "the first round")

    table = saved(player, "csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table), delimiter=separator))
    assert len(rows) == 2 * ROUNDS
    assert sum(int(row[net]) for row in rows) == sum(nets)
    first = saved(player, "html")
    text = first.read_text("utf-8")
    assert title in text
    assert f'<html lang="{language}">' in text
    player.click("save:html")
    again = player.wait(lambda seen: seen["record"]["file"] != str(first), "another file")
    assert Path(again["record"]["file"]).read_text("utf-8") == text
    assert first.exists()
    player.press("Escape")
    player.wait(lambda seen: seen["record"]["open"] == "", "the table")
    player.bet(5)

    croupier.press("e")
    croupier.press("Right")
    seen = croupier.wait(lambda seen: seen["record"]["open"] == "night", "the table's night")
    assert (seen["record"]["net"], seen["record"]["rounds"]) == (-sum(nets), ROUNDS)
    house_table = saved(croupier, "csv").read_text("utf-8-sig")
    assert len(house_table.splitlines()) == ROUNDS + 1


def test_who_sits_down_later_finds_his_night_again(evening: Evening) -> None:
    house = evening.house()
    player = evening.player(house, "--name", "Anna")
    player.until_table()
    croupier = evening.croupier(house, "--name", "Vera")
    nets = play(house, player, croupier)
    player.click("button:settings")
    player.click("set:leave")
    player.click("set:leave")
    player.wait(lambda seen: seen["scene"] == "connect", "the door")
    player.click("button:sit")
    player.until_table()
    player.press("e")
    player.press("Right")
    seen = player.wait(lambda seen: seen["record"]["rounds"] == ROUNDS, "the rounds")
    assert seen["record"]["net"] == sum(nets)

    late = evening.player(house, "--watch")
    late.until_table()
    late.press("e")
    late.press("Right")
    late.wait(lambda seen: seen["record"]["rounds"] == ROUNDS, "the table's rounds")


CLIPBOARD = """
import pygame
pygame.display.init()
pygame.display.set_mode((8, 8))
pygame.scrap.init()
text = pygame.scrap.get("text/plain;charset=utf-8")
print((text or b"").decode(), end="")
"""


def clipboard(display: str) -> str:
    """What another program on this display would paste."""
    environment = os.environ | {"DISPLAY": display, "SDL_VIDEODRIVER": "x11"}
    environment |= {"PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    done = subprocess.run(
        [sys.executable, "-c", CLIPBOARD],
        env=environment, check=True, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    return done.stdout


def proof(seen: Seen, number: int) -> dict[str, object]:
    """The proof that is open, once it is this round's and done."""
    found = seen["record"]["proof"]
    return found if found and found["round"] == number and found["whole"] else {}


@played_in("en")
def test_a_round_is_recomputed_before_the_player_and_handed_on(
    evening: Evening,
) -> None:
    house = evening.house()
    player = evening.player(house, "--name", "Anna")
    player.until_table()
    croupier = evening.croupier(house, "--name", "Vera")
    play(house, player, croupier)
    player.wait(lambda seen: seen["verified"] is True, "the tick")

    player.click("record:proof")
    seen = player.wait(lambda seen: (seen["record"]["proof"] or {}).get("steps"), "the first step")
    seen = player.wait(lambda seen: proof(seen, ROUNDS), "every step")
    steps = seen["record"]["proof"]["steps"]
    assert set(steps.values()) == {True}
    assert list(steps) == ["seed", "freeze", "says", "number", "own", "clock"]
    assert seen["record"]["proof"]["colour"] == "green"
    player.press("Down")
    player.wait(lambda seen: proof(seen, 1), "the round before")
    player.click("button:evidence")
    seen = player.wait(lambda seen: seen["record"]["file"], "the evidence")
    path = Path(seen["record"]["file"])
    assert clipboard(player.display) == path.read_text("utf-8")
    checked = subprocess.run(
        [sys.executable, "run.py", "verify", str(path)],
        cwd=CLONE, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert (checked.returncode, "holds" in checked.stdout) == (0, True), checked.stdout


def test_a_house_that_cheats_is_shown_at_the_step_where_it_did(evening: Evening) -> None:
    """It announces another number than its own seed gives."""

    def cheat(said: Message) -> Message:
        if isinstance(said, RoundSettled):
            return replace(said, pocket=(said.pocket + 1) % 37)
        return said

    with listening() as there:
        there.table.tamper = cheat
        window = evening.window("127.0.0.1", str(there.port), "--name", "Anna")
        window.until_table()
        window.bet(17)
        with there.lock:
            there.table.close()
        window.wait(lambda seen: seen["phase"] in ("closed", "spinning"), "no more bets")
        with there.lock:
            there.lock.wait_for(lambda: there.table.draw.is_due(0.0), PATIENCE)
            there.table.settle()
        window.wait(lambda seen: seen["verified"] is False, "the alarm")
        assert "does not hold" in window.seen["banner"]
        window.click("button:alarm")
        seen = window.wait(lambda seen: proof(seen, 1), "every step")
        steps = seen["record"]["proof"]["steps"]
        assert steps["number"] is False
        assert all(steps[name] for name in ("seed", "freeze", "says", "clock"))
        window.click("button:evidence")
        seen = window.wait(lambda seen: seen["record"]["file"], "the evidence")
        checked = subprocess.run(
            [sys.executable, "run.py", "verify", seen["record"]["file"]],
            cwd=CLONE, capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert (checked.returncode, "result does not follow" in checked.stdout) == (1, True), (
            checked.stdout
        )
