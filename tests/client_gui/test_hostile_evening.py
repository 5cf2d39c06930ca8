"""End to end: a real window before a hostile table, and beside a hostile guest."""

import random
import threading
from pathlib import Path

import pytest

from client.store import Place, Store
from protocol.house import talk
from protocol.house.lists import Seat
from protocol.limits import NAME_BYTES
from protocol.wire import encode
from tests.client.fake_table import TABLE
from tests.client.loopback import listening
from tests.client_gui.evening import Evening
from tests.fair_table import SEEDS
from tests.hostile import as_said, hostile_line
from tests.server.guests import Modern
from tests.server.talk.test_hostile_talk import CALM, storm

HALF = "\ud800".encode("utf-8", "surrogatepass")


@pytest.mark.count(1_000, 10_000)
def test_a_window_outlives_a_hostile_table(evening: Evening, count: int) -> None:
    dice = random.Random(7)
    with listening() as there:
        window = evening.window("127.0.0.1", str(there.port), "--name", "Anna")
        window.until_table()
        for number in range(count):
            name, line = as_said(hostile_line(dice), NAME_BYTES), as_said(hostile_line(dice))
            said = talk.Said(number, 99, name, line)
            whispered = talk.SaidPrivately(number, number % 40 + 50, name, False, line)
            with there.lock:
                there.table.tell(whispered if number % 3 else said)
        with there.lock:
            there.table.tell(talk.Said(1, 99, "Eve", "the end"))
        window.wait(lambda seen: "the end" in seen["talk"]["lines"], "the last line")
        broken = encode(talk.Said(2, 99, "Eve", "abc")).replace(b"abc", HALF)
        connections = there.connections
        there.send_all(broken)
        window.wait(lambda seen: seen["line"] != "up", "the end of a line that cannot be read")
        assert window.process.poll() is None
        assert there.connections >= connections


def test_a_window_outlives_a_hostile_guest(evening: Evening, tmp_path: Path) -> None:
    (tmp_path / "calm.toml").write_text(CALM)
    house = evening.house("--config", str(tmp_path / "calm.toml"))
    window = evening.player(house, "--name", "Anna")
    window.until_table()
    dice = random.Random(8)
    with Modern(house.port) as guest, Modern(house.port) as bert:
        for each, name in ((guest, "Guest"), (bert, "Bert")):
            each.sign_in(name)
            each.sit(Seat.PLAYER)
        told = sum(storm(guest, bert, dice) for _ in range(20))
        assert told > 100
        guest.ask(talk.Say(guest.next(), "the end"))
        window.wait(lambda seen: "the end" in seen["talk"]["lines"], "the last line")
    window.bet(17)


def test_another_table_under_a_known_name_is_a_red_banner(evening: Evening, tmp_path: Path) -> None:
    with listening() as there:
        place = Place(Store(tmp_path / "home"), "127.0.0.1", there.port)
        place.trust(TABLE, b"another".ljust(32))
        window = evening.window("127.0.0.1", str(there.port), "--name", "Anna", home="home")
        words = evening.words
        window.wait(lambda seen: seen["banner"] == words("stranger.title"), "the red banner")
        assert there.table.holders == {}
        window.press("Return")
        window.wait(lambda seen: not seen["banner"], "the door")
        window.click("button:sit")
        window.click("button:anew")
        window.click("button:anew")
        window.until_table()
        assert place.knows(TABLE, SEEDS[0])


def test_a_window_ends_at_once_while_a_house_talks_without_end(evening: Evening) -> None:
    with listening() as there:
        window = evening.window("127.0.0.1", str(there.port), "--name", "Anna")
        window.until_table()
        frames = encode(talk.SessionAsked(7, "Eve")) * 200_000
        flood = threading.Thread(target=there.send_all, args=(frames,))
        flood.start()
        window.wait(lambda seen: seen["talk"]["asks"] == "Eve", "the flood")
        assert window.close() == 0
        flood.join()
