"""What both scenes do with mouse and keyboard: over, pressed, focused, typed."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

import pygame

from client_gui.kit import controls, writing
from client_gui.kit.box import Box, Point, Size
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.resources import Cache, Typesetter, sanitize
from client_gui.kit.theme import Style
from client_gui.kit.words import Words
from client_gui.shell import intents as ask
from client_gui.shell.frame import Ui
from client_gui.shell.intents import Intent
from client_gui.shell.layout import Layout

Intents = list[Intent]
SECRETS = ("field:password", "field:table_password")
KEYS = {
    pygame.K_LEFT: "left",
    pygame.K_RIGHT: "right",
    pygame.K_HOME: "home",
    pygame.K_END: "end",
    pygame.K_BACKSPACE: "backspace",
    pygame.K_DELETE: "delete",
}
COMMAND = pygame.KMOD_CTRL | pygame.KMOD_META
COPYING = (pygame.KSCAN_C, pygame.KSCAN_X)


class Scene(ABC):
    """Takes events, returns intents, draws itself. It opens no socket and reads no clock."""

    name: str
    pointed = True
    """Whether the mouse's arrow is shown."""
    FOCUSABLE: ClassVar[tuple[str, ...]] = (
        "button:",
        "field:",
        "tab:",
        "person:",
        "set:",
        "pick:",
        "place:",
        "room:",
        "talk:",
        "call:",
        "command:",
        "sit:",
        "watch:",
        "look:",
        "rise:",
    )
    """What the tabulator stops at."""
    ui: Ui
    _layout: Layout

    def __init__(self, words: Words, type_: Typesetter, made: Cache) -> None:
        self.words = words
        self.type = type_
        self.made = made
        self.size: Size = (0, 0)
        self.pointer: Point = (-1, -1)
        self.cut: list[str] = []
        """Own words that did not fit in the last frame."""

    # For the window

    @abstractmethod
    def resize(self, size: Size) -> None:
        """The window has this size now: everything is drawn anew."""

    @abstractmethod
    def paint(self, surface: pygame.Surface, now: float) -> list[Box]:
        """Draw what changed, and say where."""

    @abstractmethod
    def moves(self, now: float) -> bool:
        """Whether something is in motion, so that frames must follow each other quickly."""

    @abstractmethod
    def due(self, now: float) -> float:
        """When something of this will change by itself, at the earliest, while nothing moves."""

    @abstractmethod
    def banner(self, now: float) -> str:
        """The words that stand out now; for who follows the window from outside."""

    @abstractmethod
    def hits(self, now: float) -> Hits:
        """What can be clicked, by name, the topmost last."""

    def places(self, now: float) -> Hits:
        """The same, and what else has a place, for who follows the window from outside."""
        return self.hits(now)

    def tell(self, now: float) -> dict[str, Any]:
        """What can be waited for, for who follows the window from outside."""
        del now
        return {}

    @abstractmethod
    def activate(self, name: str, now: float) -> Intents:
        """A button was pressed, by mouse or by key."""

    def completed(self, field: str, step: int) -> bool:
        """The tabulator in a text field: whether the line goes on by itself."""
        del field, step
        return False

    def shortcut(self, scancode: int, now: float) -> Intents:
        """A key that is no text and has no focus to go to."""
        del scancode, now
        return []

    def typed(self, text: str, now: float) -> Intents:
        """Text that no field has the focus for."""
        del text, now
        return []

    def touched(self, name: str | None, at: Point, button: int, now: float) -> Intents:
        """A mouse button went down, here."""
        del name, at, button, now
        return []

    def released(self, at: Point, now: float) -> Intents:
        """The left mouse button went up, here."""
        del at, now
        return []

    def moved(self, at: Point, now: float) -> None:
        """The pointer is here."""
        del at, now

    def scrolled(self, name: str | None, by: int, now: float) -> None:
        """The wheel of the mouse was turned over this."""
        del name, by, now

    def escaped(self, now: float) -> Intents:
        del now
        return []

    def entered(self, field: str, now: float) -> Intents:
        """Return was pressed in a text field."""
        del field, now
        return []

    # Events

    def handle(self, event: pygame.event.Event, now: float) -> Intents:
        handler = _HANDLERS.get(event.type)
        return handler(self, event, now) if handler else []

    def name_at(self, at: Point, now: float) -> str | None:
        for name, box in reversed(self.hits(now).items()):
            if box.holds(at):
                return name
        return None

    def _motion(self, event: pygame.event.Event, now: float) -> Intents:
        self.pointer = event.pos
        self.ui.over = self.name_at(event.pos, now)
        self.moved(event.pos, now)
        pressed = self.ui.pressed
        if pressed and pressed == self.ui.focus and pressed in self.hits(now):
            self._choose(pressed, event.pos, now, choosing=True)
        return []

    def _choose(self, name: str, at: Point, now: float, choosing: bool) -> None:
        """The mouse in a text field."""
        if name.startswith("field:") and name not in self.number_fields():
            self.ui.write(self.ui.line(name).go(self._letter_at(name, at, now), choosing))

    def _down(self, event: pygame.event.Event, now: float) -> Intents:
        self._motion(event, now)
        if event.button > 3:
            return []
        name = self.ui.over
        if event.button == 1:
            self.ui.pressed = name
            self.ui.focus = name if name and name.startswith("field:") else None
            if name and self.ui.focus:
                self._choose(name, event.pos, now, choosing=False)
            if self.ui.armed != name:
                self.ui.armed = None
        return self.touched(name, event.pos, event.button, now)

    def _up(self, event: pygame.event.Event, now: float) -> Intents:
        self._motion(event, now)
        if event.button != 1:
            return []
        pressed, self.ui.pressed = self.ui.pressed, None
        if pressed:
            return self.activate(pressed, now) if pressed == self.ui.over else []
        return self.released(event.pos, now)

    def _wheel(self, event: pygame.event.Event, now: float) -> Intents:
        self.scrolled(self.name_at(self.pointer, now), -event.y, now)
        return []

    def _left(self, event: pygame.event.Event, now: float) -> Intents:
        del event
        self.ui.over = None
        self.moved((-1, -1), now)
        return []

    def _key(self, event: pygame.event.Event, now: float) -> Intents:
        focus = self.ui.focus
        typing = focus is not None and focus.startswith("field:")
        match event.key:
            case pygame.K_TAB:
                step = -1 if event.mod & pygame.KMOD_SHIFT else 1
                if typing and focus and self.completed(focus, step):
                    return []
                self._walk(step, now)
                return []
            case pygame.K_ESCAPE:
                self.ui.focus = self.ui.armed = None
                return self.escaped(now)
            case pygame.K_RETURN | pygame.K_KP_ENTER if typing and focus:
                return self.entered(focus, now)
            case pygame.K_RETURN | pygame.K_KP_ENTER | pygame.K_SPACE if focus and not typing:
                return self.activate(focus, now)
        if typing and focus not in self.number_fields():
            return self._edit(event)
        if event.key == pygame.K_BACKSPACE:
            self.rub_out_number()
            return []
        if event.mod & (pygame.KMOD_CTRL | pygame.KMOD_ALT | pygame.KMOD_META):
            return []
        return self.shortcut(event.scancode, now)

    def _text(self, event: pygame.event.Event, now: float) -> Intents:
        focus = self.ui.focus
        if focus and focus.startswith("field:") and focus not in self.number_fields():
            self.ui.write(self.ui.line(focus).put(event.text))
            return []
        return self.typed(event.text, now)

    def _edit(self, event: pygame.event.Event) -> Intents:
        """A key in a text field, that types nothing."""
        assert self.ui.focus is not None
        line = self.ui.line(self.ui.focus)
        shift, ctrl = bool(event.mod & pygame.KMOD_SHIFT), bool(event.mod & COMMAND)
        if name := KEYS.get(event.key):
            self.ui.write(writing.KEYS[name](line, shift, ctrl))
        elif ctrl and event.scancode == pygame.KSCAN_A:
            self.ui.write(line.all())
        elif ctrl and event.scancode == pygame.KSCAN_V:
            return [ask.Paste()]
        elif ctrl and event.scancode in COPYING and line.chosen:
            if self.ui.focus in SECRETS:
                return []
            if event.scancode == pygame.KSCAN_X:
                self.ui.write(line.put(""))
            return [ask.Copy(line.chosen)]
        return []

    def pasted(self, text: str) -> None:
        """What was in the clipboard, into the field that has the focus."""
        focus = self.ui.focus
        if focus and focus.startswith("field:") and focus not in self.number_fields():
            self.ui.write(self.ui.line(focus).put(sanitize(text.strip())))

    def _letter_at(self, field: str, at: Point, now: float) -> int:
        """Before which letter of a text field a click falls."""
        px = self.type.pixels(Style.BODY, self._layout.scale)
        line, box = self.ui.line(field), self.hits(now)[field]
        text = "•" * len(line.text) if field in SECRETS else line.text

        def width(text: str) -> int:
            return self.type.width(sanitize(text), Style.BODY.face, px)

        pad = round(self._layout.scale * controls.FIELD_PAD)
        return writing.letter_at(width, text, line.at, box.w - 2 * pad, at[0] - box.x - pad)

    def number_fields(self) -> frozenset[str]:
        """Fields that take digits, and leave the letters to the shortcuts."""
        return frozenset()

    def rub_out_number(self) -> None:
        """Backspace, where no text field has the focus."""
        return

    def walked(self, now: float) -> list[str]:
        """What the tabulator goes through, in this order."""
        return [name for name in self.hits(now) if name.startswith(self.FOCUSABLE)]

    def _walk(self, step: int, now: float) -> None:
        names = self.walked(now)
        if not names:
            return
        self.ui.armed = None
        here = names.index(self.ui.focus) if self.ui.focus in names else (-1 if step > 0 else 0)
        self.ui.focus = names[(here + step) % len(names)]
        self.ui.writing = self.ui.line(self.ui.focus).all()

    def canvas(self, surface: pygame.Surface, scale: float) -> Canvas:
        return Canvas(surface, scale, self.type, self.made)


_HANDLERS: dict[int, Callable[[Scene, pygame.event.Event, float], Intents]] = {
    pygame.MOUSEMOTION: Scene._motion,
    pygame.MOUSEBUTTONDOWN: Scene._down,
    pygame.MOUSEBUTTONUP: Scene._up,
    pygame.MOUSEWHEEL: Scene._wheel,
    pygame.WINDOWLEAVE: Scene._left,
    pygame.KEYDOWN: Scene._key,
    pygame.TEXTINPUT: Scene._text,
}
