"""The part of the table scene that reads the record: pages, rounds, and the way to a file.

What lies under the record is out of reach while it is open.
"""

from abc import abstractmethod
from typing import ClassVar

import pygame

from client_gui.games.roulette import intents as play
from client_gui.games.roulette.panels.numbers import fields
from client_gui.games.roulette.panels.overlays import ALARM_NAME
from client_gui.games.roulette.panels.proof import AGAIN, COPY
from client_gui.games.roulette.panels.record import SHUT, Record
from client_gui.games.roulette.panels.rounds import OPEN
from client_gui.games.roulette.record import (
    PAGES,
    STEP_SECONDS,
    looked_at,
    numbers_on,
    step,
    steps_done,
)
from client_gui.games.roulette.scene.part import RoulettePart
from client_gui.games.roulette.view import RouletteView
from client_gui.shell import intents as ask
from client_gui.shell.parts.part import Choose, Press
from client_gui.shell.scene import Intents

KEY = "button:record"
_KEYS = {pygame.KSCAN_E: KEY}
_TURNS = {pygame.KSCAN_LEFT: -1, pygame.KSCAN_RIGHT: 1}
_STEPS = {pygame.KSCAN_UP: 1, pygame.KSCAN_DOWN: -1}
MEANWHILE = frozenset(
    (
        *(KEY, "button:settings", "button:help", "button:skip", "button:tables"),
        *("set:sound", "less:volume", "more:volume"),
    )
)
"""What keys still press while it is open."""


class ReaderPart(RoulettePart):
    @property
    @abstractmethod
    def record(self) -> Record:
        """Its panel."""

    def reachable(self, name: str) -> bool:
        """Whether a key may press this now."""
        under = self.ui.record.open and name not in MEANWHILE
        return not under and super().reachable(name)

    # What lies under it

    def shortcut(self, scancode: int, now: float) -> Intents:
        record = self.ui.record
        if not record.open:
            return super().shortcut(scancode, now)
        if scancode in _TURNS:
            here = PAGES.index(record.page) + _TURNS[scancode]
            return self._page(PAGES[here % len(PAGES)], now)
        if scancode in _STEPS and record.page == "numbers":
            self._point(-_STEPS[scancode])
        elif scancode in _STEPS:
            step(self.known, record, _STEPS[scancode])
            record.scroll["bets"] = 0
            self._follow_round(now)
            return self._look(now)
        return []

    def _point(self, by: int) -> None:
        """To the next field of the heat map, or the one before."""
        cells = [f"heat:{spot}" for spot in fields(self.known.wheel)]
        here = cells.index(self.ui.focus) if self.ui.focus in cells else -1
        self.ui.focus = cells[max(0, min(len(cells) - 1, here + by))]

    def typed(self, text: str, now: float) -> Intents:
        return [] if self.ui.record.open else super().typed(text, now)

    def rub_out_number(self) -> None:
        if not self.ui.record.open:
            super().rub_out_number()

    def scrolled(self, name: str | None, by: int, now: float) -> None:
        if not self.ui.record.open:
            super().scrolled(name, by, now)
            return
        scroll = self.ui.record.scroll
        which = "bets" if name == "bets" else self.ui.record.page
        if which not in self.record.lengths(self.frame(now)):
            return
        most = self.record.lengths(self.frame(now))[which]
        scroll[which] = max(0, min(most, scroll.get(which, 0) + by))

    def due(self, now: float) -> float:
        """While a proof is done before one's eyes, the next step."""
        record = self.ui.record
        if not record.open or record.page != "proof":
            return super().due(now)
        proof = self.frame(now).proof(looked_at(self.known, record))
        if proof is None or steps_done(proof, record, now) >= len(proof.workings):
            return super().due(now)
        done = steps_done(proof, record, now)
        return min(record.began + done * STEP_SECONDS, super().due(now))

    def escaped(self, now: float) -> Intents:
        if self.ui.record.open and not self.ui.menu:
            return self._shut(now)
        return super().escaped(now)

    # The record

    def open_record(self, page: str, now: float) -> Intents:
        """Open it, at this page or where it was; ask the table for what is not known yet."""
        ui = self.ui
        ui.record.open, ui.record.page = True, page or ui.record.page
        ui.record.say("")
        ui.let_go()
        ui.walking = ui.choosing = ui.talk.calls = ui.menu = False
        return [] if self.known.classic else [play.AskRecord(), *self._look(now)]

    def read_on(self, old: RouletteView, now: float) -> None:
        """The table changed under it."""
        view, record = self.known, self.ui.record
        if view.verified is False and old.verified is not False:
            self.shut_record()  # The alarm is not to be overlooked.
        if record.open and view.verdicts is not old.verdicts:
            here = looked_at(view, record)
            if view.verdicts.get(here) is not old.verdicts.get(here):
                self._begin(now)

    def _begin(self, now: float) -> None:
        self.ui.record.began = float("-inf") if self.ui.preferences.reduced_motion else now

    def _look(self, now: float) -> Intents:
        """Begin the proof of the round that is looked at."""
        record = self.ui.record
        if record.page != "proof" or self.known.classic:
            return []
        record.say("")
        self._begin(now)
        return []

    def shut_record(self) -> None:
        self.ui.record.open = False
        self.ui.focus = None

    def _follow_round(self, now: float) -> None:
        """Scroll the list so that the chosen round is to be seen."""
        frame, record = self.frame(now), self.ui.record
        page, box = self.record.pages[record.page], self.record.inner(frame)
        rounds = numbers_on(frame.view, record.page)
        at = rounds.index(record.round) if record.round in rounds else 0
        first, fits = page.first(frame, box), page.fits(frame, box)
        record.scroll[record.page] = max(min(first, at), at - fits + 1)

    def _shut(self, now: float) -> Intents:
        del now
        self.shut_record()
        return []

    def _turn_over(self, now: float) -> Intents:
        return self._shut(now) if self.ui.record.open else self.open_record("", now)

    def _open(self, now: float) -> Intents:
        del now
        return [ask.OpenFile(self.ui.record.file)] if self.ui.record.file else []

    def _at(self, page: str, now: float) -> Intents:
        return self.open_record(page, now)

    def _page(self, page: str, now: float) -> Intents:
        assert page in PAGES
        self.ui.record.page = page
        self.ui.record.say("")  # What came of a save was said on the other page.
        return self._look(now)

    def _spins(self, span: str, now: float) -> Intents:
        del now
        self.ui.record.span = int(span)
        return []

    def _round(self, number: str, now: float) -> Intents:
        self.ui.record.round = int(number)
        self.ui.record.scroll["bets"] = 0
        return self._look(now)

    def _alarm(self, now: float) -> Intents:
        """To the step that fails, of the round that the alarm is about."""
        outcome = self.known.outcome
        self.ui.record.round = outcome.round if outcome is not None else 0
        return self.open_record("proof", now)

    def _again(self, now: float) -> Intents:
        """Do the proof once more."""
        return self._look(now)

    def _copy(self, now: float) -> Intents:
        del now
        here = looked_at(self.known, self.ui.record)
        verdict = self.known.verdicts.get(here)
        return [play.CopyEvidence(here)] if verdict is not None else []

    def _save(self, ending: str, now: float) -> Intents:
        del now
        return [play.SaveNight(ending)] if self.known.night.rounds else []

    BUTTONS: ClassVar[dict[str, Press]] = {
        KEY: _turn_over,
        SHUT: _shut,
        OPEN: _open,
        AGAIN: _again,
        COPY: _copy,
        ALARM_NAME: _alarm,
    }
    KINDS: ClassVar[dict[str, Choose]] = {
        "record": _at,
        "page": _page,
        "spins": _spins,
        "round": _round,
        "save": _save,
    }
    KEYS: ClassVar[dict[str, dict[int, str]]] = {"player": _KEYS, "croupier": _KEYS}
