"""The part of the table scene that lists the tables of the house, and goes to another.

What lies under the list is out of reach while it is open.
"""

from typing import ClassVar

import pygame

from client_gui.kit.box import Point
from client_gui.shell import intents as ask
from client_gui.shell.panels.tables import DIGITS, PASSWORD, TABLES, Tables
from client_gui.shell.parts.part import Choose, Press, TablePart
from client_gui.shell.scene import Intents
from client_gui.shell.view import Refusal, TableRow
from protocol.text import as_name

_KEYS = {pygame.KSCAN_O: TABLES}
_STEPS = {
    pygame.KSCAN_UP: -1,
    pygame.KSCAN_DOWN: 1,
    pygame.KSCAN_PAGEUP: -5,
    pygame.KSCAN_PAGEDOWN: 5,
}
OF_A_ROW = ("sit:", "watch:", "look:", "rise:")


class TablesPart(TablePart):
    _hall = Tables()

    def touched(self, name: str | None, at: Point, button: int, now: float) -> Intents:
        """A press beside it puts it away."""
        if self.ui.hall and (name is None or not self._is_of_hall(name)):
            self.ui.hall, self.ui.pressed = False, None
            return []
        return super().touched(name, at, button, now)

    @staticmethod
    def _is_of_hall(name: str) -> bool:
        return name in ("hall", "button:hall", TABLES, PASSWORD) or name.startswith(OF_A_ROW)

    def walked(self, now: float) -> list[str]:
        names = super().walked(now)
        return [each for each in names if self._is_of_hall(each)] if self.ui.hall else names

    def reachable(self, name: str) -> bool:
        return name == TABLES if self.ui.hall else super().reachable(name)

    def shortcut(self, scancode: int, now: float) -> Intents:
        if not self.ui.hall:
            return super().shortcut(scancode, now)
        if scancode in _STEPS:
            self._scroll_hall(_STEPS[scancode], now)
        return []

    def typed(self, text: str, now: float) -> Intents:
        """The number of a row does there what its first button does."""
        if not self.ui.hall:
            return super().typed(text, now)
        hall = self.known.hall
        number = int(text) if text.isascii() and text.isdigit() else 0
        if not 1 <= number <= min(DIGITS, len(hall)):
            return []
        row = hall[number - 1]
        return self._go_by_digit(row, now)

    def _go_by_digit(self, row: TableRow, now: float) -> Intents:
        if row.here:
            return self.shut_hall(now)
        if not row.game:
            return []
        return (
            self._sit_at(str(row.number), now)
            if row.role is None
            else self._look_at(str(row.number), now)
        )

    def scrolled(self, name: str | None, by: int, now: float) -> None:
        if self.ui.hall:
            self._scroll_hall(by, now)
        else:
            super().scrolled(name, by, now)

    def _scroll_hall(self, by: int, now: float) -> None:
        frame = self.frame(now)
        most = max(0, len(self.known.hall) - self._hall.fits(frame))
        self.ui.scroll["hall"] = max(0, min(most, self._hall.first(frame) + by))

    def escaped(self, now: float) -> Intents:
        if self.ui.hall and self.ui.hall_asks is not None:
            self._ask_password(None)
            return []
        return self.shut_hall(now) if self.ui.hall else super().escaped(now)

    def shut_hall(self, now: float) -> Intents:
        del now
        self.ui.hall, self.ui.focus, self.ui.hall_note = False, None, ""
        self._ask_password(None)
        return []

    def open_hall(self, note: str = "") -> None:
        ui = self.ui
        ui.hall, ui.menu, ui.help, ui.hall_note = True, False, False, note
        ui.let_go()

    def turned_away(self, refusal: Refusal, why: str) -> None:
        """A seat was not given: say it in the list, where it was asked for."""
        self.open_hall(why)
        if refusal.key == "note.table_password" and refusal.table is not None:
            self._ask_password((refusal.table, False))

    def table_closed(self, name: str) -> None:
        """The house has closed a table at which one was."""
        self.open_hall(self.words("hall.closed", table=as_name(name)))

    def _ask_password(self, whose: tuple[int, bool] | None) -> None:
        self.ui.hall_asks = whose
        self.ui.lines.pop(PASSWORD, None)
        if whose is not None or self.ui.focus == PASSWORD:
            self.ui.focus = PASSWORD if whose is not None else None

    def _with_password(self, now: float) -> Intents:
        asks, password = self.ui.hall_asks, self.ui.lines.get(PASSWORD, "")
        if asks is None or not password:
            return []
        self.shut_hall(now)
        return [ask.SitAt(asks[0], asks[1], password)]

    def _go(self, number: int, now: float, *, watch: bool) -> Intents:
        """Ask for the seat; for the password first, where one is needed."""
        row = next((each for each in self.known.hall if each.number == number), None)
        if row is not None and row.password and row.role is None:
            if self.ui.hall_asks == (number, watch):
                return self._with_password(now)
            self._ask_password((number, watch))
            return []
        self.shut_hall(now)
        return [ask.SitAt(number, watch)]

    def _turn_hall(self, now: float) -> Intents:
        if self.ui.hall or not self.known.hall:
            return self.shut_hall(now)
        self.open_hall()
        return [ask.AskTables()]

    def _sit_at(self, number: str, now: float) -> Intents:
        return self._go(int(number), now, watch=False)

    def _watch_at(self, number: str, now: float) -> Intents:
        return self._go(int(number), now, watch=True)

    def _look_at(self, number: str, now: float) -> Intents:
        self.shut_hall(now)
        return [ask.LookAt(int(number))]

    def _rise_from(self, number: str, now: float) -> Intents:
        """The list stays: whoever gets up goes somewhere else."""
        del now
        return [ask.RiseFrom(int(number))]

    BUTTONS: ClassVar[dict[str, Press]] = {TABLES: _turn_hall, "button:hall": shut_hall}
    KINDS: ClassVar[dict[str, Choose]] = {
        "sit": _sit_at,
        "watch": _watch_at,
        "look": _look_at,
        "rise": _rise_from,
    }
    FIELDS: ClassVar[dict[str, Press]] = {PASSWORD: _with_password}
    KEYS: ClassVar[dict[str, dict[int, str]]] = {"player": _KEYS, "croupier": _KEYS}
