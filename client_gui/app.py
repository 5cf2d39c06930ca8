"""The loop: wait for the table and for the hands, draw what changed, and nothing else.

`pygame.event.wait` polls every millisecond, so the loop waits in `select`: on the link's wake-up
socket and, where there is one, on the line to the window system, until the next thing changes by
itself. Where there is none it looks for events as often as a person can notice. Nothing dirty, no
flip.
"""

import select
import time
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

import pygame

from client.store import Store
from client_gui.door.connect import ConnectScene
from client_gui.games import DOOR
from client_gui.kit.box import Box
from client_gui.kit.resources import Cache, Typesetter
from client_gui.kit.screen import Screen
from client_gui.kit.words import LANGUAGES, Words, system_language
from client_gui.options import Options
from client_gui.shell import intents as ask
from client_gui.shell.intents import Intent
from client_gui.shell.own_limits import OwnLimits
from client_gui.shell.preferences import Preferences
from client_gui.shell.scene import Scene

if TYPE_CHECKING:
    from client_gui.session import Session
    from client_gui.sound.follow import SoundFollower
    from client_gui.trace import Trace

MOVING = 1 / 60
"""A frame, while something moves: on the table, or a hand at the mouse."""
LIVELY = 0.5
"""A hand that did something goes on for so long; a key that is held repeats within it."""
POLL = 1 / 30
"""Looking for events, where nothing wakes us up when there are some."""
MINIMISED = 1 / 5
REST = 0.5
"""The longest sleep: a signal that ends the program is seen when it is over."""
SPRITES = 2500


class App:
    """One window, from its opening to its end."""

    def __init__(self, options: Options, store: Store, screen: Screen) -> None:
        self._options = options
        self._store = store
        kept = store.settings()
        language = options.language or kept.get("language")
        self._words = Words(language if language in LANGUAGES else system_language())
        self._preferences = Preferences.read(kept)
        self._screen = screen
        self._running = True
        self._minimised = False
        self._due = 0.0
        """When the scene changes by itself."""
        self._awake = 0.0
        """Until then somebody may still be moving the mouse."""
        self._drew = True
        self.frames = 0
        """So many times something was brought to the glass."""
        self._door = self._new_door(str(kept.get("name", "")))
        self.scene: Scene = self._door
        self.scene.resize(self._screen.size)
        self._session: Session | None = None
        self._sound_follower: SoundFollower | None = None
        self._trace: Trace | None = None

    def _new_door(self, last_name: str) -> ConnectScene:
        options, hosts = self._options, self._store.hosts()
        door = ConnectScene(self._words, Typesetter(), Cache(SPRITES), DOOR)
        door.preferences = self._preferences
        door.restyle()
        door.ui.role = options.role
        door.ui.classic = options.classic
        door.ui.table = options.table
        door.ui.places = tuple(hosts)
        host, port = hosts[0] if hosts else ("127.0.0.1", options.port)
        if options.host:
            host, port = options.host, options.port
        door.know(options.croupier_password, options.table_password)
        door.fill(host, port, options.name or last_name)
        return door

    # The loop

    def run(self) -> int:
        """Until the window is closed. Returns the program's exit code."""
        try:
            last = self.begin()
            while self._running:
                last = self.turn(last)
        finally:
            self.close()
        return 0

    def begin(self) -> float:
        """Show the first frame, and call the table if it is known which. Returns when."""
        now = monotonic()
        self._draw(now)
        if self._options.trace:
            from client_gui.trace import Trace

            self._trace = Trace()
        known = self._options.name or self._options.role == "watcher"
        if self._options.host and known and self._door.ready():
            self._do(self._door.activate("button:sit", now))
        self._draw(now)
        return now

    def turn(self, last: float) -> float:
        """One look at the world; returns when it was."""
        told, touched = self._wait(last)
        now = monotonic()
        self._drew = False
        news = self._read_events(now)
        if news or touched:
            self._awake = now + LIVELY
        if told and self._session is not None:
            self._session.read(now)
            self._turn_to(self._session.scene)
        if news or told or now >= self._due or self.scene.moves(now):
            self._draw(now)
        return now

    def close(self) -> None:
        if self._session is not None:
            self._session.close()
        if self._sound_follower is not None:
            self._sound_follower.close()
        self._screen.close()

    def _wait(self, last: float) -> tuple[bool, bool]:
        """Sleep while nobody would notice. Whether there is news of the table, and of the hands."""
        now = monotonic()
        until, glass = self._sleep(last, now)
        wakeup = self._session.wakeup if self._session is not None else None
        table = (wakeup,) if wakeup is not None else ()
        pause = max(0.0, until - now)
        if not table and not glass:
            time.sleep(pause)
            return False, False
        woken = select.select((*table, *glass), (), (), pause)[0]
        return wakeup in woken, any(each in woken for each in glass)

    def _sleep(self, last: float, now: float) -> tuple[float, tuple[int, ...]]:
        """Until when, and what of the window system ends it."""
        moves = self.scene.moves(now) and not self._minimised
        if self._drew and not moves:
            return now, ()  # What the window system told meanwhile is no longer in its line.
        if moves or now < self._awake:
            return last + MOVING, ()
        if not self._screen.lines:
            return last + (MINIMISED if self._minimised else POLL), ()
        due = REST if self._minimised else min(REST, self._due - now)
        return now + due, self._screen.lines

    def _draw(self, now: float) -> None:
        self._due = self.scene.due(now)
        if self._sound_follower is not None:
            self._sound_follower.listen(self.scene, now)
        if self._session is not None:
            self._do(self._session.mind(now))
        if self._minimised:
            return
        areas = self.scene.paint(self._screen.surface, now)
        if areas:
            self._drew = True
            self._screen.show(areas)
            self.frames += 1
        if self._trace is not None:
            self._trace.look(self.scene, self.frames, now)

    # Hands

    def _read_events(self, now: float) -> bool:
        """Whether there was any."""
        events = self._screen.events()
        whole = False
        for event in events:
            window_deed = self._WINDOW.get(event.type)
            if window_deed is None:
                self._do(self.scene.handle(event, now))
            else:
                whole |= window_deed(self, event)
        if whole:
            self.scene.resize(self._screen.size)
        return bool(events)

    def _quit_event(self, _: pygame.event.Event) -> bool:
        self._running = False
        return False

    def _resized(self, event: pygame.event.Event) -> bool:
        self._screen.resized(event.size)
        return True

    def _exposed(self, _: pygame.event.Event) -> bool:
        """What was on the glass is gone. It stays drawn, unless the window has another size."""
        self._minimised = False
        self._screen.show([Box(0, 0, *self._screen.size)])
        return self._screen.size != self.scene.size

    def _hidden(self, _: pygame.event.Event) -> bool:
        self._minimised = True
        return False

    _WINDOW: ClassVar[dict[int, Callable[["App", pygame.event.Event], bool]]] = {
        pygame.QUIT: _quit_event,
        pygame.VIDEORESIZE: _resized,
        pygame.WINDOWEXPOSED: _exposed,
        pygame.WINDOWRESTORED: _exposed,
        pygame.WINDOWMINIMIZED: _hidden,
    }
    """What happens to the window itself; says whether all of it is to be drawn anew."""

    def _do(self, intents: list[Intent]) -> None:
        for intent in intents:
            deed = self._DEEDS.get(type(intent))
            if deed is not None:
                deed(self, intent)
            else:
                session = self._open_session()
                session.take_up(intent)
                self._turn_to(session.scene)

    def _open_session(self) -> "Session":
        """All that speaks to a table is loaded when the window is already to be seen."""
        if self._session is None:
            from client_gui.session import Session

            self._session = Session(self._door, self._store)
            self._session.preferences = self._preferences
            self._session.own_limits = OwnLimits.read(self._store.settings().get("night"))
            self._session.fullscreen = self._screen.fullscreen
            self._session.passing = self._options.passing
            self._session.tv = self._options.tv
            from client_gui.sound.follow import SoundFollower

            self._sound_follower = SoundFollower(self._preferences)
        return self._session

    def _turn_to(self, scene: Scene) -> None:
        if scene is not self.scene:
            self.scene = scene
            self._screen.point(scene.pointed)
            scene.resize(self._screen.size)

    def _set_language(self, wish: ask.SetLanguage) -> None:
        self._words = Words(wish.language)
        self._store.keep_settings({"language": wish.language})
        self._open_session().speak(self._words)
        self.scene.resize(self._screen.size)

    def _prefer(self, wish: ask.Prefer) -> None:
        self._open_session().preferences = self._preferences = wish.preferences
        self._door.preferences = wish.preferences
        if self._sound_follower is not None:
            self._sound_follower.prefer(wish.preferences)
        self._store.keep_settings(wish.preferences.as_settings())

    def _keep_manners(self, wish: ask.KeepOwnLimits) -> None:
        self._open_session().own_limits = wish.own_limits
        self._store.keep_settings({"night": wish.own_limits.written()})

    def _set_fullscreen(self, wish: ask.SetFullscreen) -> None:
        self._screen.set_fullscreen(wish.on)
        self._screen.point(self.scene.pointed)
        self._open_session().fullscreen = wish.on
        self.scene.resize(self._screen.size)

    def _copy(self, wish: ask.Copy) -> None:
        self._screen.copy(wish.text)

    def _paste(self, _: Intent) -> None:
        self.scene.pasted(self._screen.clipboard())

    def _quit(self, _: Intent) -> None:
        self._running = False

    _DEEDS: ClassVar[dict[type, Callable[["App", Any], None]]] = {
        ask.SetLanguage: _set_language,
        ask.Prefer: _prefer,
        ask.KeepOwnLimits: _keep_manners,
        ask.SetFullscreen: _set_fullscreen,
        ask.Copy: _copy,
        ask.Paste: _paste,
        ask.Quit: _quit,
    }
    """What is a matter of the window; everything else is for the session."""
