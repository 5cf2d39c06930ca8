"""The chat of the seed document in three terminals: its commands, its sessions, and their ends."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
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


def test_three_terminals_talk(house: RunningHouse, tmp_path: Path) -> None:
    at = ("localhost", str(house.port))
    with ExitStack() as stack:
        there = []
        for name, language in (("Anna", "en"), ("Bob", "en"), ("Вера", "ru")):
            options = (*at, "--name", name, "--lang", language)
            there.append(stack.enter_context(Terminal(tmp_path / name, *options)))
            there[-1].wait_row(" round 1" if language == "en" else " раунд 1")
        anna, bob, vera = there
        anna.wait_for("Вера came to the table.")

        # To all, and who is there.
        vera.enter("сказать всем привет")
        for each in (anna, bob, vera):
            each.wait_for("Вера: всем привет")
        anna.enter("/users")
        anna.wait_for("Вера (player, 500 chips)")

        # To one, his name completed.
        anna.press("/pri\t")
        anna.wait_line("> /private")
        anna.press(" Bo\t")
        anna.wait_line("> /private Bob")
        anna.press(" psst\r")
        bob.wait_for("[Anna, privately] psst")
        anna.wait_for("[to Bob, privately] psst")

        # A session: declined, then accepted; the prompt says where one's words go.
        anna.enter("/session Вера")
        vera.wait_for("Anna зовёт в личную беседу.")
        vera.enter("n")
        anna.wait_for("Private session with Вера: declined.")
        bob.enter("/session Вера")
        vera.wait_for("Bob зовёт в личную беседу.")
        vera.enter("y")
        bob.wait_line("[Вера] >")
        vera.wait_line("[Bob] >")
        vera.enter("17 по секрету")
        bob.wait_for("[Вера, privately] 17 по секрету")
        bob.enter("/all back soon")
        anna.wait_for("Bob: back soon")
        bob.enter("/exit")
        bob.wait_for("Private session with Вера: ended.")
        vera.wait_for("Личная беседа, Bob: окончена.")
        vera.wait_line(">")

        # One end of a session dies, the other is told; so is who speaks to him next.
        bob.enter("/session Anna")
        anna.wait_for("Bob asks for a private session.")
        anna.enter("y")
        bob.wait_line("[Anna] >")
        anna.kill()
        bob.wait_for("Private session with Anna: the other has left.")
        bob.wait_line(">")
        bob.enter("/private Anna still there?")
        bob.wait_for("Anna has lost the line, and hears nothing now.")

        # Ignored, and muted.
        bob.enter("/ignore Вера")
        bob.wait_for("You hear Вера no more.")
        vera.enter("/private Bob слышно?")
        vera.wait_for("[для Bob, лично] слышно?")
        bob.enter("/private Вера no")
        bob.wait_for("You ignore Вера.")
        with Terminal(
            *(tmp_path / "c", *at, "--name", "Carl", "--croupier", "--lang", "en"),
            env={"CROUPIER_PASSWORD": PASSWORD},
        ) as carl:
            carl.wait_row(" round 1")
            carl.enter("players")
            carl.wait_for("Bob (player, 500 chips)")
            carl.enter("mute Bob 600 hush")
            bob.wait_for("Bob may not talk for a while: hush")
            bob.enter("say hm")
            bob.wait_for("You may not talk for")
        assert "слышно" not in bob.text
        bob.enter("/quit")
        assert bob.wait_end() == 0
