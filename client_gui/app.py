"""The loop: wait for the table and for the hands, draw what changed, and nothing else.

`pygame.event.wait` polls every millisecond, so the loop waits in `select` on the link's wake-up
socket, and looks for events as often as a person can notice. Nothing dirty, no flip.
"""

import select
import threading
from collections.abc import Callable
from time import monotonic
from typing import Any, ClassVar

import pygame

from client.connect import connect
from client.dialogue import Step
from client.link import Link
from client.state import Line, TableState
from client.store import Store
from client_gui import intents as ask
from client_gui.door import refused, trouble
from client_gui.intents import Intent
from client_gui.options import Options
from client_gui.orders import enter, order
from client_gui.resources import Cache, Typesetter
from client_gui.scenes.base import Scene
from client_gui.scenes.connect import ConnectScene
from client_gui.scenes.table import TableScene
from client_gui.screen import Screen
from client_gui.seen import Eyes
from client_gui.trace import Trace
from client_gui.words import LANGUAGES, Words, system_language
from protocol.messages.door import Refused
from protocol.messages.lists import Reason
from protocol.messages.rounds import RoundVoided

MOVING = 1 / 60
IDLE = 1 / 30
MINIMISED = 1 / 5
SPRITES = 2500
_RESIZES = (pygame.VIDEORESIZE, pygame.WINDOWEXPOSED)
_NOT_OURS = (
    pygame.JOYAXISMOTION, pygame.FINGERMOTION, pygame.FINGERDOWN, pygame.FINGERUP,
    pygame.DROPFILE, pygame.ACTIVEEVENT, pygame.KEYUP,
)  # fmt: skip


class App:
    """One window, from its opening to its end."""

    def __init__(self, options: Options, store: Store) -> None:
        self._options = options
        self._store = store
        kept = store.settings()
        language = options.language or kept.get("language")
        self._words = Words(language if language in LANGUAGES else system_language())
        self._reduced = bool(kept.get("reduced_motion"))
        self._screen = Screen(options.size, options.fullscreen)
        self._type, self._made = Typesetter(), Cache(SPRITES)
        self._link: Link | None = None
        self._wish: ask.Connect | None = None
        self._eyes = Eyes(self._words)
        self._trace = Trace() if options.trace else None
        self._running = True
        self._minimised = False
        self._frame = 0
        self.flips = 0
        self._door = self._new_door(kept)
        self._scene: Scene = self._door
        self._scene.resize(self._screen.size)
        pygame.key.set_repeat(350, 40)
        pygame.event.set_blocked(_NOT_OURS)
        pygame.key.start_text_input()

    def _new_door(self, kept: dict[str, Any]) -> ConnectScene:
        options, hosts = self._options, self._store.hosts()
        door = ConnectScene(self._words, self._type, self._made)
        door.ui.role = options.role
        door.ui.classic = options.classic
        door.ui.places = tuple(hosts)
        host, port = hosts[0] if hosts else ("127.0.0.1", options.port)
        if options.host:
            host, port = options.host, options.port
        name = options.name or str(kept.get("name", ""))
        door.fill(host, port, name)
        return door

    # The loop

    def run(self) -> int:
        """Until the window is closed. Returns the program's exit code."""
        self._draw(monotonic())
        if self._options.host and self._door.ready():
            self._do(self._door.activate("button:sit", monotonic()))
        last = monotonic()
        self._draw(last)
        while self._running:
            last = self._turn(last)
        if self._link is not None:
            self._link.close()
        self._screen.close()
        return 0

    def _turn(self, last: float) -> float:
        """One look at the world; returns when it was."""
        pause = self._pause(monotonic(), last)
        sources = [self._link.wakeup] if self._link is not None else []
        if sources:
            select.select(sources, [], [], pause)
        else:
            threading.Event().wait(pause)
        now = monotonic()
        news = self._read_events(now)
        news |= self._read_link(now)
        if news or self._scene.moves(now) or now >= self._due:
            self._draw(now)
        return now

    def _pause(self, now: float, last: float) -> float:
        step = MOVING if self._scene.moves(now) else IDLE
        step = MINIMISED if self._minimised else step
        return max(0.0, last + step - now)

    def _draw(self, now: float) -> None:
        self._due = self._scene.due(now)
        if self._minimised:
            return
        areas = self._scene.paint(self._screen.surface, now)
        if areas:
            self._screen.show(areas)
            self._frame += 1
        if self._trace is not None:
            self._trace.look(self._scene, self._frame, now)

    _due = 0.0

    # Hands

    def _read_events(self, now: float) -> bool:
        """Whether there was any."""
        events = pygame.event.get()
        resized = None
        for event in events:
            if event.type == pygame.QUIT:
                self._running = False
            elif event.type in _RESIZES:
                resized = event
            elif event.type == pygame.WINDOWMINIMIZED:
                self._minimised = True
            elif event.type in (pygame.WINDOWRESTORED, pygame.WINDOWSHOWN):
                self._minimised = False
                resized = resized or event
            else:
                self._do(self._scene.handle(event, now))
        if resized is not None:
            self._resize(resized)
        return bool(events)

    def _resize(self, event: pygame.event.Event) -> None:
        if event.type == pygame.VIDEORESIZE:
            self._screen.resized(event.size)
        self._scene.resize(self._screen.size)

    def _do(self, intents: list[Intent]) -> None:
        for intent in intents:
            deed = self._DEEDS.get(type(intent))
            if deed is not None:
                deed(self, intent)
            elif self._link is not None:
                wish = order(self._link.state, intent)
                if wish is not None:
                    self._link.want(wish)

    def _connect(self, wish: ask.Connect) -> None:
        self._hang_up()
        self._wish = wish
        self._store.keep_settings({"name": wish.name} if wish.name else {})
        self._link = connect(
            wish.host, wish.port, enter(wish), store=self._store, classic=wish.classic
        )

    def _cancel(self, _: Intent) -> None:
        self._hang_up()

    def _leave(self, _: Intent) -> None:
        self._hang_up()
        self._door.ui.busy = ""
        self._door.ui.places = tuple(self._store.hosts())
        self._show(self._door)

    def _hang_up(self) -> None:
        """End the link where nobody waits for it."""
        link, self._link = self._link, None
        if link is not None:
            threading.Thread(target=link.close, name="hang up", daemon=True).start()

    def _show(self, scene: Scene) -> None:
        self._scene = scene
        scene.resize(self._screen.size)

    def _set_language(self, wish: ask.SetLanguage) -> None:
        self._words = Words(wish.language)
        self._store.keep_settings({"language": wish.language})
        self._eyes = Eyes(self._words)
        for scene in {self._door, self._scene}:
            scene.words = self._words
        if isinstance(self._scene, TableScene) and self._link is not None:
            self._scene.retell(self._eyes.see(self._link.state))
        self._scene.resize(self._screen.size)

    def _set_motion(self, wish: ask.SetReducedMotion) -> None:
        self._reduced = wish.on
        self._store.keep_settings({"reduced_motion": wish.on})

    def _set_fullscreen(self, wish: ask.SetFullscreen) -> None:
        self._screen.set_fullscreen(wish.on)
        self._scene.resize(self._screen.size)

    def _quit(self, _: Intent) -> None:
        self._running = False

    _DEEDS: ClassVar[dict[type, Callable[["App", Any], None]]] = {
        ask.Connect: _connect,
        ask.Cancel: _cancel,
        ask.Leave: _leave,
        ask.SetLanguage: _set_language,
        ask.SetReducedMotion: _set_motion,
        ask.SetFullscreen: _set_fullscreen,
        ask.Quit: _quit,
    }

    # The table

    def _read_link(self, now: float) -> bool:
        """Take what happened at the table, one thing after the other."""
        link = self._link
        if link is None:
            return False
        steps = link.take()
        for step in steps:
            if isinstance(self._scene, TableScene):
                self._follow(self._scene, step, now)
            else:
                self._knock(step, now)
            if self._link is not link:
                break
        return bool(steps)

    def _knock(self, step: Step, now: float) -> None:
        """At the door: in, or why not."""
        state, wish = step.state, self._wish
        assert wish is not None
        if state.live:
            self._sit_down(state, wish, now)
        elif isinstance(step.said, Refused):
            self._turned_away(step.said)
        elif state.status.line is Line.GONE and self._door.ui.busy:
            self._hang_up()
            self._door.failed(trouble(self._words, state.status, wish), "field:host")

    def _turned_away(self, said: Refused) -> None:
        self._hang_up()
        self._door.ui.asks_table_password |= said.reason is Reason.WRONG_TABLE_PASSWORD
        self._door.failed(*refused(self._words, said))

    def _sit_down(self, state: TableState, wish: ask.Connect, now: float) -> None:
        self._store.keep_host(wish.host, wish.port)
        self._door.ui.busy = ""
        table = TableScene(self._words, self._type, self._made, self._reduced)
        table.ui.fullscreen = self._screen.fullscreen
        self._show(table)
        table.show_table(self._eyes.see(state), now)

    def _follow(self, scene: TableScene, step: Step, now: float) -> None:
        scene.show_table(self._eyes.see(step.state), now)
        if isinstance(step.said, RoundVoided):
            scene.voided(step.said.words, now)


def play(options: Options) -> int:
    """Open the window and stay until it is closed."""
    return App(options, Store()).run()
