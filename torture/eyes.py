"""What a person sees of a verdict: the terminal's line, and what the window paints.

A cheat is judged by this and not by what a client knows: a fault that no pixel shows is not seen.
"""

import os
from collections.abc import Callable
from contextlib import suppress

from client.dialogue import News, Step
from client.house.state import HouseState
from client_text.here import speech_in
from client_text.lines import Line, Mood
from client_text.played import Played
from client_text.telling import Teller
from protocol.fair.verdict import Colour

SIZE = (960, 600)
LATER = 60.0
"""After so long every ball lies still."""
TICK, CROSS, ROUND = "✓ Round ", "✗ Round ", "Round "


class Eyes:
    """Of somebody at a terminal."""

    def __init__(self) -> None:
        self._teller = Teller(speech_in("en"), str)
        Played(self._teller)
        self.seen: list[tuple[Colour, int]] = []
        """By each line: what it says, and of which round."""

    def read(self, news: News, state: HouseState) -> None:
        """The lines for a verdict."""
        for line in self._teller.tell(Step(news.at, news.said, state), state):
            colour = colour_of(line)
            if colour is not None:
                self.seen.append((colour, int(line.text.split("Round ")[1].split()[0])))

    def forget(self) -> None:
        self.seen.clear()

    @property
    def warned(self) -> bool:
        """Whether a line says that not all is well, or cannot be known to be."""
        return any(colour is not Colour.GREEN for colour, _ in self.seen)


def colour_of(line: Line) -> Colour | None:
    """What a line of the terminal says of a round."""
    if line.text.startswith(CROSS) and line.mood is Mood.BAD:
        return Colour.RED
    if line.text.startswith(TICK):
        return Colour.GREEN
    return Colour.GREY if line.text.startswith(ROUND) and "checked as far" in line.text else None


Look = Callable[[HouseState, float], Colour | None]


def window() -> Look | None:
    """What a window shows by colour: the tick below the numbers, or the alarm over them; None where
    there is no pygame.
    """
    with suppress(ImportError):
        os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
        os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
        import pygame

        from client_gui.games.roulette.layout import Layout
        from client_gui.games.roulette.panels.round_banner import ALARM
        from client_gui.games.roulette.scene.table import TableScene
        from client_gui.games.roulette.scene.view_of import RouletteViewMaker
        from client_gui.kit import theme
        from client_gui.kit.resources import Cache, Typesetter
        from client_gui.kit.words import Words

        pygame.display.init()
        pygame.display.set_mode((8, 8))
        words = Words("en")
        type_, cache = Typesetter(), Cache(500)
        surface = pygame.Surface(SIZE)

        def look(state: HouseState, now: float) -> Colour | None:
            scene, maker = TableScene(words, type_, cache), RouletteViewMaker(words)
            scene.resize(SIZE)
            scene.show_table(maker.see(state), now)
            scene.paint(surface, now + LATER)
            layout = Layout.of(SIZE, scene.known.wheel)
            banner, stats = layout.round_banner, layout.stats
            high = layout.px(ALARM)
            alarm = (banner.x, banner.bottom - high, banner.w, high)
            proof = (stats.x, stats.bottom - layout.px(60), layout.px(60), layout.px(60))
            if painted(surface.subsurface(alarm), theme.BAD):
                return Colour.RED
            return Colour.GREEN if painted(surface.subsurface(proof), theme.OK) else None

        def painted(part: pygame.Surface, ink: tuple[int, int, int]) -> bool:
            return pygame.mask.from_threshold(part, ink, (2, 2, 2, 255)).count() > ENOUGH

        return look
    return None


ENOUGH = 8
"""Pixels of the very colour, and it is there: a tick has some forty."""
