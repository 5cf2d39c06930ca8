"""The way from the door to the table and back: one link at a time, and the scene that shows it."""

import socket
import threading
from collections.abc import Callable
from typing import Any, ClassVar

from client.connect import connect
from client.dialogue import Step
from client.link import Link
from client.state import Line, TableState
from client.store import Store
from client_gui import intents as ask
from client_gui.door import refused, trouble
from client_gui.intents import Intent
from client_gui.orders import enter, order
from client_gui.scenes.base import Scene
from client_gui.scenes.connect import ConnectScene
from client_gui.scenes.table import TableScene
from client_gui.seen import Eyes
from client_gui.words import Words
from protocol.messages.door import Refused
from protocol.messages.lists import Reason
from protocol.messages.rounds import RoundVoided


class Session:
    """Carries intents to the link, and what happens there to the scenes."""

    def __init__(self, door: ConnectScene, store: Store) -> None:
        self.scene: Scene = door
        """What is to be shown now."""
        self.reduced = False
        self.fullscreen = False
        self._door = door
        self._store = store
        self._link: Link | None = None
        self._wish: ask.Connect | None = None
        self._eyes = Eyes(door.words)

    @property
    def wakeup(self) -> socket.socket | None:
        """Readable when there is something to `read`."""
        return self._link.wakeup if self._link is not None else None

    def take_up(self, intent: Intent) -> None:
        """Do what a person wants of the table."""
        deed = self._DEEDS.get(type(intent))
        if deed is not None:
            deed(self, intent)
        elif self._link is not None:
            wish = order(self._link.state, intent)
            if wish is not None:
                self._link.want(wish)

    def speak(self, words: Words) -> None:
        """Go on in another language."""
        self._eyes = Eyes(words)
        self._door.words = self.scene.words = words
        if isinstance(self.scene, TableScene) and self._link is not None:
            self.scene.retell(self._eyes.see(self._link.state))

    def read(self, now: float) -> None:
        """Take what happened at the table, one thing after the other."""
        link = self._link
        if link is None:
            return
        for step in link.take():
            if isinstance(self.scene, TableScene):
                self._follow(self.scene, step, now)
            else:
                self._knock(step, now)
            if self._link is not link:
                break

    def close(self) -> None:
        """Leave the table, and wait until that is done."""
        if self._link is not None:
            self._link.close()

    # What a person wants

    def _connect(self, wish: ask.Connect) -> None:
        self._hang_up()
        self._wish = wish
        if wish.name:
            self._store.keep_settings({"name": wish.name})
        self._link = connect(
            wish.host, wish.port, enter(wish), store=self._store, classic=wish.classic
        )

    def _cancel(self, _: Intent) -> None:
        self._hang_up()

    def _leave(self, _: Intent) -> None:
        self._hang_up()
        self._door.ui.busy = ""
        self._door.ui.places = tuple(self._store.hosts())
        self.scene = self._door

    def _hang_up(self) -> None:
        """End the link where nobody waits for it."""
        link, self._link = self._link, None
        if link is not None:
            threading.Thread(target=link.close, name="hang up", daemon=True).start()

    _DEEDS: ClassVar[dict[type, Callable[["Session", Any], None]]] = {
        ask.Connect: _connect,
        ask.Cancel: _cancel,
        ask.Leave: _leave,
    }

    # What happens at the table

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
            self._door.failed(trouble(self._door.words, state.status, wish), "field:host")

    def _turned_away(self, said: Refused) -> None:
        self._hang_up()
        self._door.ui.asks_table_password |= said.reason is Reason.WRONG_TABLE_PASSWORD
        self._door.failed(*refused(self._door.words, said))

    def _sit_down(self, state: TableState, wish: ask.Connect, now: float) -> None:
        self._store.keep_host(wish.host, wish.port)
        self._door.ui.busy = ""
        door = self._door
        table = TableScene(door.words, door.type, door.made, self.reduced)
        table.ui.fullscreen = self.fullscreen
        table.show_table(self._eyes.see(state), now)
        self.scene = table

    def _follow(self, scene: TableScene, step: Step, now: float) -> None:
        scene.show_table(self._eyes.see(step.state), now)
        if isinstance(step.said, RoundVoided):
            scene.voided(step.said.words, now)
