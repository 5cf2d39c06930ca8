"""A part of a roulette's scene: it knows more of table and hands than any part does."""

from abc import abstractmethod

from client_gui.games.roulette.frame import Frame, RouletteUi
from client_gui.games.roulette.layout import Layout
from client_gui.games.roulette.show import Show
from client_gui.games.roulette.view import RouletteView
from client_gui.shell.parts.part import TablePart
from client_gui.shell.scene import Intents


class RoulettePart(TablePart):
    ui: RouletteUi
    known: RouletteView
    show: Show
    _layout: Layout

    @abstractmethod
    def frame(self, now: float) -> Frame:
        """This moment."""

    def skip(self, now: float) -> Intents:
        self.show = self.show.skip(now)
        return []
