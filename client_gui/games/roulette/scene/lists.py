"""The part of the table scene that goes through the lists at the right with the keyboard.

A list is one stop of the tabulator: from its tab the arrows go on to the next list and into its
rows, and a page at a time through the rows or through what was said.
"""

from abc import abstractmethod
from typing import ClassVar

import pygame

from client_gui.shell import intents as ask
from client_gui.shell.frame import TABS
from client_gui.shell.parts.part import Choose, TablePart
from client_gui.shell.scene import Intents

PAGE = 8
_ROWS = ("bet:", "person:")
_ALONG = {pygame.KSCAN_UP: -1, pygame.KSCAN_DOWN: 1}
_ASIDE = {pygame.KSCAN_LEFT: -1, pygame.KSCAN_RIGHT: 1}
_PAGES = {pygame.KSCAN_PAGEUP: -PAGE, pygame.KSCAN_PAGEDOWN: PAGE}


class ListPart(TablePart):
    @abstractmethod
    def scroll_list(self, by: int, now: float) -> None:
        """Move the open list by so many rows, as far as there are any."""

    def shortcut(self, scancode: int, now: float) -> Intents:
        listed = (self.ui.focus or "").startswith(("tab:", *_ROWS))
        if scancode in _PAGES:
            if listed:
                self.scroll_list(_PAGES[scancode], now)
            else:
                self.scrolled("messages", _PAGES[scancode], now)
            return []
        if listed and scancode in _ALONG:
            self._to_row(_ALONG[scancode], now)
            return []
        if listed and scancode in _ASIDE:
            at = (TABS.index(self.ui.tab) + _ASIDE[scancode]) % len(TABS)
            self.ui.focus = f"tab:{TABS[at]}"
            return self._tab(TABS[at], now)
        return super().shortcut(scancode, now)

    def _to_row(self, by: int, now: float) -> None:
        """To the next row, which comes into view; above the first is the tab."""
        rows = [name for name in self.hits(now) if name.startswith(_ROWS)]
        if self.ui.focus not in rows:
            if by > 0 and rows:
                self.ui.focus = rows[0]
            else:
                self.scroll_list(by, now)
            return
        at = rows.index(self.ui.focus) + by
        if 0 <= at < len(rows):
            self.ui.focus = rows[at]
            return
        self.scroll_list(by, now)
        new = [name for name in self.hits(now) if name.startswith(_ROWS)]
        if new != rows:
            self.ui.focus = new[-1 if by > 0 else 0]
        elif by < 0:
            self.ui.focus = f"tab:{self.ui.tab}"

    def _tab(self, which: str, now: float) -> Intents:
        del now
        self.ui.tab = which
        return [ask.AskHistory()] if which == "history" and not self.known.classic else []

    KINDS: ClassVar[dict[str, Choose]] = {"tab": _tab}
