"""The part of the table scene that leads the game: the croupier's buttons."""

from typing import ClassVar

import pygame

from client_gui.games.roulette import intents as play
from client_gui.games.roulette.panels.desk import AUTO_STEPS, Desk
from client_gui.games.roulette.scene.part import RoulettePart
from client_gui.games.roulette.show import Stage
from client_gui.shell.parts.part import Press
from client_gui.shell.parts.people import reason
from client_gui.shell.scene import Intents
from client_gui.shell.view import Role


class DeskPart(RoulettePart):
    def _order(self, name: str, now: float) -> bool:
        """Whether the croupier may press this now; says so if not."""
        if self.known.role is not Role.CROUPIER:
            return False
        if name in Desk.enabled(self.frame(now)):
            return True
        self.note(self.words("note.not_now"), None, now)
        return False

    def _spin(self, now: float) -> Intents:
        if self.show.stage(now)[0] is not Stage.REST and self.show.before is not None:
            return self.skip(now)
        return [play.StartSpin()] if self._order("button:spin", now) else []

    def _close(self, now: float) -> Intents:
        return [play.NoMoreBets()] if self._order("button:close", now) else []

    def _auto(self, now: float) -> Intents:
        if not self._order("button:auto", now):
            return []
        here = AUTO_STEPS.index(self.known.auto) if self.known.auto in AUTO_STEPS else -1
        return [play.SetAuto(AUTO_STEPS[(here + 1) % len(AUTO_STEPS)])]

    def _void(self, now: float) -> Intents:
        if not self._order("button:void", now) or not self.sure("button:void"):
            return []
        return [play.VoidRound(reason(self.ui))]

    def _list(self, now: float) -> Intents:
        del now
        return [play.AskList()] if self.known.classic else []

    BUTTONS: ClassVar[dict[str, Press]] = {
        "button:spin": _spin,
        "button:close": _close,
        "button:auto": _auto,
        "button:void": _void,
        "button:list": _list,
    }
    KEYS: ClassVar[dict[str, dict[int, str]]] = {
        "croupier": {
            pygame.KSCAN_SPACE: "button:spin",
            pygame.KSCAN_N: "button:close",
            pygame.KSCAN_A: "button:auto",
            pygame.KSCAN_V: "button:void",
            pygame.KSCAN_L: "button:list",
        },
    }
