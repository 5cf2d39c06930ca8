"""The part of the table scene that goes through the lists at the right with the keyboard.

A list is one stop of the tabulator: from its tab the arrows go on to the next list and into its
rows, and a page at a time through the rows or through what was said.
"""

from typing import Any, ClassVar

import pygame

from client_gui.kit.canvas import Panel
from client_gui.shell.panels.lists import Lists
from client_gui.shell.parts.part import Choose, TablePart
from client_gui.shell.scene import Intents

PAGE = 8
_ALONG = {pygame.KSCAN_UP: -1, pygame.KSCAN_DOWN: 1}
_ASIDE = {pygame.KSCAN_LEFT: -1, pygame.KSCAN_RIGHT: 1}
_PAGES = {pygame.KSCAN_PAGEUP: -PAGE, pygame.KSCAN_PAGEDOWN: PAGE}


class ListPart(TablePart):
    _panels: tuple[Panel[Any], ...]

    @property
    def lists(self) -> Lists[Any]:
        """Their panel."""
        return next(panel for panel in self._panels if isinstance(panel, Lists))

    def turned(self, which: str) -> Intents:
        """This list was opened: what is to be asked for."""
        del which
        return []

    def scrolled(self, name: str | None, by: int, now: float) -> None:
        if name is not None and (name == "list" or name.startswith(self.lists.rows)):
            self.scroll_list(by, now)
        super().scrolled(name, by, now)

    def scroll_list(self, by: int, now: float) -> None:
        """Move the open list by so many rows, as far as there are any."""
        most = self.lists.most_scroll(self.frame(now))
        at = min(most, self.ui.scroll.get(self.ui.tab, 0)) + by
        self.ui.scroll[self.ui.tab] = max(0, min(most, at))

    def shortcut(self, scancode: int, now: float) -> Intents:
        listed = (self.ui.focus or "").startswith(("tab:", *self.lists.rows))
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
            tabs = self.lists.tabs
            tab = tabs[(tabs.index(self.ui.tab) + _ASIDE[scancode]) % len(tabs)]
            self.ui.focus = f"tab:{tab}"
            return self._tab(tab, now)
        return super().shortcut(scancode, now)

    def _to_row(self, by: int, now: float) -> None:
        """To the next row, which comes into view; above the first is the tab."""
        rows = [name for name in self.hits(now) if name.startswith(self.lists.rows)]
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
        new = [name for name in self.hits(now) if name.startswith(self.lists.rows)]
        if new != rows:
            self.ui.focus = new[-1 if by > 0 else 0]
        elif by < 0:
            self.ui.focus = f"tab:{self.ui.tab}"

    def _tab(self, which: str, now: float) -> Intents:
        del now
        self.ui.tab = which
        return self.turned(which)

    KINDS: ClassVar[dict[str, Choose]] = {"tab": _tab}
