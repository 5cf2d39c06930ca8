"""The window itself: opened the fast way where there is one, never smaller than it can be read."""

import os
import socket
import stat
import sys
import warnings
from contextlib import suppress
from pathlib import Path

import pygame

from client_gui.kit import sprites, theme
from client_gui.kit.box import LEAST, Box, Size

FASTER = "SDL_FRAMEBUFFER_ACCELERATION"
ICON = 64
PLAIN = "text/plain;charset=utf-8"
"""What pygame calls text in the clipboard; pygame-ce has functions for it."""
REPEAT = (350, 40)
REPEATED = frozenset(
    (
        *(pygame.K_UP, pygame.K_DOWN, pygame.K_LEFT, pygame.K_RIGHT),
        *(pygame.K_PAGEUP, pygame.K_PAGEDOWN, pygame.K_BACKSPACE, pygame.K_DELETE),
    )
)
"""What goes on while it is held. Any other key does one thing: who holds Enter for long, or on a
machine that is slow, lays one chip.
"""
UNSEEN = "offscreen"
NOT_OURS = (
    pygame.JOYAXISMOTION, pygame.FINGERMOTION, pygame.FINGERDOWN, pygame.FINGERUP,
    pygame.DROPFILE, pygame.ACTIVEEVENT,
)  # fmt: skip


class NoScreenError(Exception):
    """There is nothing here that shows a window."""


class Screen:
    """A resizable window and its surface."""

    def __init__(self, size: Size, fullscreen: bool) -> None:
        # Without this, X11 windows are copied through a texture: slower, and 97 MiB more.
        if sys.platform.startswith("linux"):
            os.environ.setdefault(FASTER, "0")
        os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
        self.fullscreen = fullscreen
        self._copied = ""
        self._down: set[int] = set()
        """Keys that were pressed, and of which we have not heard that they were let go."""
        self.lines: tuple[int, ...] = ()
        """Readable when the window system has something to tell; only X11 shows us where."""
        self._windowed = (max(size[0], LEAST[0]), max(size[1], LEAST[1]))
        try:
            self.surface = self._open()
        except pygame.error as error:
            raise NoScreenError(str(error)) from error

    @property
    def size(self) -> Size:
        return self.surface.get_size()

    def _open(self) -> pygame.Surface:
        """A new window, with what belongs to it."""
        try:
            surface = self._begin()
        except pygame.error:
            if not os.environ.pop(FASTER, None):
                raise
            # Native Wayland has no such way: begin again without it.
            pygame.display.quit()
            surface = self._begin()
        pygame.key.set_repeat(*REPEAT)
        pygame.key.start_text_input()
        pygame.event.set_blocked(NOT_OURS)
        return surface

    def _begin(self) -> pygame.Surface:
        before = set(_open_files())
        pygame.display.init()
        # Where there is no screen, SDL may draw into memory: a window that nobody ever sees.
        if pygame.display.get_driver() == UNSEEN and not os.environ.get("SDL_VIDEODRIVER"):
            pygame.display.quit()
            raise NoScreenError("no display was found")
        self.lines = tuple(each for each in _open_files() if each not in before and _is_x11(each))
        pygame.display.set_caption("Croupier")
        pygame.display.set_icon(sprites.chip(ICON, theme.CHIPS[25], 0))
        return self._set_mode()

    def _set_mode(self) -> pygame.Surface:
        if self.fullscreen:
            return pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
        surface = pygame.display.set_mode(self._windowed, pygame.RESIZABLE)
        _hold_least()
        return surface

    def events(self) -> list[pygame.event.Event]:
        """What the hands have done. Some keys are repeated while they are held: pygame goes on
        repeating one that was let go while we drew, until it hears of that, and at times once more
        after it. Such a press is of a key that is not held, and not let go of later.
        """
        told = pygame.event.get()
        held = pygame.key.get_pressed()
        let_go = {event.key: at for at, event in enumerate(told) if event.type == pygame.KEYUP}
        done = []
        for at, event in enumerate(told):
            if event.type == pygame.KEYUP:
                self._down.discard(event.key)
                continue
            if event.type == pygame.KEYDOWN:
                again = event.key in self._down
                pressed = not again and let_go.get(event.key, -1) > at
                if (again and event.key not in REPEATED) or not (pressed or held[event.key]):
                    continue
                self._down.add(event.key)
            done.append(event)
        return done

    def resized(self, size: Size) -> None:
        """Somebody pulled at the window; one that is too small to read grows back, where the
        window system was not told the least size.
        """
        if not self.fullscreen:
            self._windowed = (max(size[0], LEAST[0]), max(size[1], LEAST[1]))
            if self._windowed != size:
                self.surface = self._set_mode()
                return
        self.surface = pygame.display.get_surface() or self.surface

    def set_fullscreen(self, on: bool) -> None:
        """In a window of its own: one that was made for the whole screen does not shrink."""
        if on != self.fullscreen:
            self.fullscreen = on
            pygame.display.quit()
            self.surface = self._open()

    @staticmethod
    def point(shown: bool) -> None:
        """Show the mouse's arrow, or hide it."""
        pygame.mouse.set_visible(shown)

    def copy(self, text: str) -> None:
        """Into the clipboard; where the system has none, one of our own."""
        self._copied = text
        with suppress(pygame.error):
            if hasattr(pygame.scrap, "put_text"):
                pygame.scrap.put_text(text)
            else:
                pygame.scrap.init()
                pygame.scrap.put(PLAIN, text.encode())

    def clipboard(self) -> str:
        with suppress(pygame.error):
            if hasattr(pygame.scrap, "get_text"):
                return str(pygame.scrap.get_text())
            pygame.scrap.init()
            found = pygame.scrap.get(PLAIN)
            return found.decode("utf-8", "replace").rstrip("\0") if found else self._copied
        return self._copied

    @staticmethod
    def show(areas: list[Box]) -> None:
        """Bring what was drawn to the glass."""
        pygame.display.update(areas)

    @staticmethod
    def close() -> None:
        pygame.display.quit()


def _hold_least() -> None:
    """Tell the window system how small the window may be: pygame-ce can, pygame cannot."""
    window = getattr(pygame, "Window", None)
    if window is not None:
        with warnings.catch_warnings():
            # It is to be replaced by a way to draw that pygame does not have.
            warnings.simplefilter("ignore", DeprecationWarning)
            window.from_display_module().minimum_size = LEAST


def _open_files() -> list[int]:
    """By number, where the system lists them."""
    folder = Path("/proc/self/fd")
    return [int(each.name) for each in folder.iterdir()] if folder.exists() else []


def _is_x11(number: int) -> bool:
    """Whether this file is a line to the X server of this machine."""
    try:
        if not stat.S_ISSOCK(os.fstat(number).st_mode):
            return False
        with socket.socket(fileno=os.dup(number)) as line:
            return b".X11-unix" in os.fsencode(line.getpeername() or "")
    except (OSError, TypeError):
        return False
