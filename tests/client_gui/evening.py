"""An evening in real windows: houses, players and croupiers, opened and closed together."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from client_gui.kit.words import LANGUAGES, Words
from protocol.games.roulette.rules import Spot, returned
from tests.client_gui.window import House, Seen, Window, screen

STACK = 500


def played_in(usual: str) -> pytest.MarkDecorator:
    """The evening is played in each language of the window: the ordinary run plays it in this one,
    the long run in the others.
    """
    others = [each for each in LANGUAGES if each != usual]
    rest = [pytest.param(each, marks=pytest.mark.count(short=0, long=1)) for each in others]
    return pytest.mark.parametrize("language", [usual, *rest])


class Evening:
    """Opens windows and houses, and closes them all. What the windows say is in `words`."""

    def __init__(self, folder: Path, stack: ExitStack, language: str) -> None:
        self.words = Words(language)
        self._folder = folder
        self._stack = stack
        self._opened = 0

    def house(self, *arguments: str) -> House:
        house = House(self._folder / "books", *arguments)
        self._stack.callback(house.close)
        return house.open()

    def window(self, *arguments: str, script: str = "client_gui/main.py", home: str = "") -> Window:
        """On a display of its own: two windows would share the mouse. And, unless a `home` is
        named, with nothing kept from another. Of two languages the last one that is named counts.
        """
        self._opened += 1
        display = self._stack.enter_context(screen())
        folder = self._folder / (home or f"home{self._opened}")
        spoken = ("--lang", self.words.language, *arguments)
        window = Window(display, folder, *spoken, script=script)
        self._stack.callback(window.close)
        return window

    def player(self, house: House, *arguments: str, home: str = "") -> Window:
        window = self.window("127.0.0.1", str(house.port), *arguments, home=home)
        window.wait(lambda seen: seen["scene"] == "connect", "the door")
        return window

    def croupier(self, house: House, *arguments: str) -> Window:
        window = self.player(house, "--croupier", *arguments)
        window.click("field:password")
        window.type("secret")
        window.press("Return")
        window.until_table()
        return window


def without_motion(window: Window) -> None:
    """For an evening that is about something else: results are just there, as one may set it up."""
    window.press("s")
    window.click("set:motion")
    window.wait(lambda seen: seen["settings"]["reduced_motion"], "no motion")
    window.press("Escape")
    window.wait(lambda seen: not seen["open"], "the table")


def settled(window: Window, number: int) -> Seen:
    """The ball lies, and everything is paid."""
    return window.wait(
        lambda seen: (
            seen["stage"] == "rest" and seen["round"] == number + 1 and seen["last"] is not None
        ),
        f"the end of round {number}",
    )


def paid(bets: dict[Spot, int], pocket: int) -> int:
    return sum(returned(spot, chips, pocket) for spot, chips in bets.items())
