"""The loudspeaker: a thread of its own that opens the device at the first sound, and closes it soon
after the last, so that a silent table costs nothing. Without a device it stays silent.

The mixer is touched by this thread alone: opening and closing a device may block, and the drawing
must not.
"""

import contextlib
import os
import queue
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any, ClassVar, NamedTuple, TypeAlias

import pygame

from client_gui.sound import tones
from client_gui.sound.cues import Cue, Roll

PIECE = 88 * tones.BLOCK
"""What rolls is made in pieces of so many samples, a quarter of a second: one plays, one waits."""
LOOK = 0.08
"""So often the thread looks whether the next piece is wanted, while something rolls."""
LINGER = 2.0
"""So long after the last sound the device stays open."""
AGAIN = 60.0
"""So long after a device could not be opened it is not tried again."""
WAITING = 64
"""So many orders may wait; what comes on top would be heard too late, and is dropped."""
BUFFER = 512
DRIVER = "SDL_AUDIODRIVER"
ROLLING = 0
"""The mixer's channel for what rolls; the others are for whatever comes."""
PIECES = 4
"""So many are kept: no sound may be forgotten by Python before SDL has done with it."""
STOPS = 4
"""A stopped channel plays what waits in it, and must be stopped again."""
FADES = 60
"""Milliseconds, when a person skips what rolls."""


class _Loud(NamedTuple):
    gain: float


class _Follow(NamedTuple):
    roll: Roll | None


class _Prepare(NamedTuple):
    also: Callable[[], object]


class _End(NamedTuple):
    pass


_Order: TypeAlias = Cue | _Follow | _Loud | _Prepare | _End


def gain(volume: int, muted: bool) -> float:
    """How loud the mixer plays, 0 to 1, at this volume of 100; one feels the square root."""
    return 0.0 if muted else (volume / 100) ** 2


class Sound:
    """Takes the window's orders at once; they are carried out as soon as can be."""

    def __init__(self, volume: int, muted: bool) -> None:
        """Be so loud. No thread runs before something is to be heard."""
        self._gain = gain(volume, muted)
        self._orders: queue.Queue[_Order] = queue.Queue(WAITING)
        self._thread: threading.Thread | None = None
        self._followed: Roll | None = None

    def ready(self, also: Callable[[], object] = lambda: None) -> None:
        """Make everything that will be heard while nothing else is to be done."""
        if self._gain:
            self._want(_Prepare(also))

    def play(self, cue: Cue) -> None:
        """Let this be heard once."""
        if self._gain:
            self._want(cue)

    def follow(self, roll: Roll | None) -> None:
        """Let this be heard for as long as it rolls; None: nothing rolls."""
        if roll != self._followed:
            self._followed = roll
            if self._gain:
                self._want(_Follow(roll))

    def set(self, volume: int, muted: bool) -> None:
        """Be so loud from now on."""
        was, self._gain = self._gain, gain(volume, muted)
        if self._thread is not None:
            self._want(_Loud(self._gain))
        if self._gain and not was:
            self._want(_Follow(self._followed))

    def close(self) -> None:
        """Be silent, and wait until the device is closed."""
        if self._thread is None:
            return
        while True:  # The thread takes an order at a time, and there is none that it waits for.
            try:
                self._orders.put(_End(), timeout=LOOK)
                break
            except queue.Full:
                continue
        self._thread.join()

    def _want(self, order: _Order) -> None:
        if self._thread is None:
            speaker = _Speaker(self._orders, self._gain)
            self._thread = threading.Thread(target=speaker.run, name="sound", daemon=True)
            self._thread.start()
        with contextlib.suppress(queue.Full):
            self._orders.put_nowait(order)


class _Speaker:
    """The thread's side."""

    def __init__(self, orders: queue.Queue[_Order], loud: float) -> None:
        self._orders = orders
        self._gain = loud
        self._rolls: Roll | None = None
        self._piece = 0
        """The sample of it that the next piece begins with."""
        self._pieces: deque[pygame.mixer.Sound] = deque(maxlen=PIECES)
        self._open = False
        self._heard = -inf
        """When something was last to be heard."""
        self._retry = -inf
        self._effects: dict[Cue, pygame.mixer.Sound] = {}
        self._running = True

    def run(self) -> None:
        while self._running:
            try:
                order = self._orders.get(timeout=self._patience())
            except queue.Empty:
                pass
            else:
                self._DEEDS[type(order)](self, order)
            self._roll()
            if self._open and not self._sounding() and monotonic() > self._heard + LINGER:
                self._shut()
        self._shut()

    def _patience(self) -> float | None:
        """How long to wait for the next order."""
        if self._rolls is not None:
            return LOOK
        return LINGER / 2 if self._open else None

    def _sounding(self) -> bool:
        busy = self._rolls is not None or pygame.mixer.get_busy()
        if busy:
            self._heard = monotonic()
        return busy

    # Orders

    def _play(self, cue: Cue) -> None:
        if not self._ready():
            return
        if cue not in self._effects:
            self._effects[cue] = pygame.mixer.Sound(buffer=tones.effect(cue))
        channel = pygame.mixer.find_channel()
        if channel is not None:
            channel.set_volume(self._gain)
            channel.play(self._effects[cue])
            channel.set_volume(self._gain)
            self._heard = monotonic()

    def _follow(self, order: _Follow) -> None:
        old, self._rolls = self._rolls, order.roll
        same = old is not None and order.roll is not None and old.start == order.roll.start
        skipped = order.roll is None or order.roll.over(monotonic())
        if self._open and (skipped or not same):
            pygame.mixer.Channel(ROLLING).fadeout(FADES)
        if skipped:
            self._rolls = None

    def _set(self, order: _Loud) -> None:
        self._gain = order.gain
        if not order.gain:
            self._rolls = None
        if self._open:
            for at in range(pygame.mixer.get_num_channels()):
                pygame.mixer.Channel(at).set_volume(order.gain)

    def _prepare(self, order: _Prepare) -> None:
        tones.prepare()
        order.also()

    def _end(self, _: _Order) -> None:
        self._running = False

    _DEEDS: ClassVar[dict[type, Callable[["_Speaker", Any], None]]] = {
        Cue: _play,
        _Follow: _follow,
        _Loud: _set,
        _Prepare: _prepare,
        _End: _end,
    }

    # What rolls

    def _roll(self) -> None:
        """Roll it on, so that there is always a piece that plays and one that waits."""
        roll = self._rolls
        if roll is None:
            return
        now = monotonic()
        if roll.over(now):
            self._rolls = None
            return
        if not self._ready():
            self._rolls = None
            return
        channel = pygame.mixer.Channel(ROLLING)
        if not channel.get_busy():
            # The first, or one that came too late: from where it is now.
            self._piece = max(0, int((now - roll.start) * tones.RATE) // tones.BLOCK * tones.BLOCK)
            channel.play(self._next(roll))
            channel.set_volume(self._gain)
        if channel.get_queue() is None:
            channel.queue(self._next(roll))

    def _next(self, roll: Roll) -> pygame.mixer.Sound:
        piece = pygame.mixer.Sound(buffer=roll.samples(self._piece, PIECE))
        self._piece += PIECE
        self._pieces.append(piece)
        return piece

    # The device

    def _ready(self) -> bool:
        """Whether there is a device to play on; it is opened if it can be."""
        if self._open:
            return True
        now = monotonic()
        if now < self._retry:
            return False
        try:
            with _no_hopeless_drivers():
                pygame.mixer.init(tones.RATE, -16, 1, BUFFER, allowedchanges=0)
        except pygame.error:
            self._retry = now + AGAIN
            return False
        pygame.mixer.set_reserved(1)
        self._open, self._heard = True, now
        return True

    def _shut(self) -> None:
        if not self._open:
            return
        self._open = False
        # A channel that ends calls pygame from SDL's thread, and while the mixer is being closed
        # that would find nothing where its channels were. So all of them have ended before.
        for _ in range(STOPS):
            if not pygame.mixer.get_busy():
                break
            pygame.mixer.stop()
        pygame.mixer.quit()
        self._effects.clear()
        self._pieces.clear()


@contextlib.contextmanager
def _no_hopeless_drivers() -> Iterator[None]:
    """ALSA writes a page to standard error where it finds no card: it is not asked there."""
    linux = sys.platform.startswith("linux")
    if not linux or Path("/dev/snd").exists() or DRIVER in os.environ:
        yield
        return
    os.environ[DRIVER] = "pulseaudio"
    try:
        yield
    finally:
        del os.environ[DRIVER]
