"""The way from the door to the table and back: one link at a time, and the scene that shows it."""

import socket
import threading
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any, ClassVar

from client.connect import connect
from client.dialogue import Step
from client.house.events import Measured, Sent, Trouble
from client.house.state import HouseState, Line
from client.link import Link
from client.requests import UNNUMBERED, list_tables
from client.store import Store
from client.talk import commands
from client.talk.ignored import Ignored
from client_gui.door.connect import ConnectScene
from client_gui.door.refused import refused, trouble
from client_gui.games import CLASSIC, SCENES
from client_gui.games.game import GameScene
from client_gui.kit.words import Words
from client_gui.orders import enter, order
from client_gui.shell import intents as ask
from client_gui.shell.elsewhere import Elsewhere
from client_gui.shell.hearing import reason
from client_gui.shell.intents import Intent
from client_gui.shell.own_limits import OwnLimits
from client_gui.shell.parts.seated import Seated
from client_gui.shell.preferences import Preferences
from client_gui.shell.scene import Scene
from client_gui.shell.view_of import ViewMaker
from protocol.house import talk as talked
from protocol.house.door import Refused, SeatLost, TablesListed
from protocol.house.lists import Reason
from protocol.house.people import PlayersListed, RosterChanged
from protocol.wire import HOUSE, Message

PASSING = (
    *(talked.Said, talked.SaidPrivately, talked.Noticed, talked.Announced, talked.TalkListed),
    *(talked.SessionAsked, talked.SessionStarted, talked.SessionEnded),
    *(RosterChanged, PlayersListed, TablesListed, Sent, Measured),
    *(kind for game in SCENES.values() for kind in game.passing),
)
"""Of a row of these only the last is looked at: what it leaves behind is all that there is to see,
and a storm of them does not stop what moves.
"""


def _passes(step: Step) -> bool:
    return isinstance(step.said, PASSING)


class Session:
    """Carries intents to the link, and what happens there to the scenes."""

    def __init__(self, door: ConnectScene, store: Store) -> None:
        self.scene: Scene = door
        """What is to be shown now."""
        self.preferences = Preferences()
        self.fullscreen = False
        self.passing = False
        """Whether the table ends with the window, and is no place to come back to."""
        self.tv = False
        """Whether who watches gets the picture for the whole room."""
        self.own_limits = OwnLimits()
        self._door = door
        self._store = store
        self._link: Link | None = None
        self._ignored: Ignored | None = None
        self._wish: ask.Connect | None = None
        self._elsewhere = self._new_elsewhere()
        self._view_maker = self._new_view_maker(door.words, CLASSIC.view_maker)
        self._tables: dict[int, Seated] = {}
        """The scenes of the tables at which one is, by number."""
        self._shown = HOUSE
        """The number of the table that is shown."""
        self._closed = ""
        """The name of a table that was closed while one sat there, until it is said."""

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
            state, scene = self._link.state, self.scene
            keep = self._game_at(state).keeping.get(type(intent))
            if keep is not None and isinstance(scene, Seated):
                keep(scene, state, intent)
            elif (wish := order(state, intent)) is not None:
                self._link.want(wish)

    def speak(self, words: Words) -> None:
        """Go on in another language."""
        self._view_maker = self._new_view_maker(words, type(self._view_maker))
        self._door.words = self.scene.words = words
        if isinstance(self.scene, Seated) and self._link is not None:
            self.scene.retell(self._view_maker.see(self._link.state))

    def read(self, now: float) -> None:
        """Take what happened at the table, one thing after the other."""
        link = self._link
        if link is None:
            return
        steps = link.take()
        step = next(steps, None)
        while step is not None and self._link is link:
            following = next(steps, None)
            if isinstance(self.scene, Seated):
                look = following is None or not (_passes(step) and _passes(following))
                self._follow(self.scene, step, now, look=look)
            else:
                self._knock(step, now)
            step = following
        if self._closed and isinstance(self.scene, Seated):  # Where one looks by now.
            self.scene.table_closed(self._closed)
            link.want(list_tables())
        self._closed = ""

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

    def _talk(self, wish: ask.Talk) -> None:
        """A line of the talk: ask the table for it, or do what it says on this side."""
        scene, link, ignored = self.scene, self._link, self._ignored
        if link is None or ignored is None or not isinstance(scene, Seated):
            return
        match commands.read(wish.text, link.state, wish.room, ignored.people):
            case commands.Ask(request, room):
                link.want(request)
                scene.show_room(room, link.state.name_of(room))
            case commands.Go(room):
                scene.show_room(room, link.state.name_of(room))
            case commands.ShowPeople():
                scene.show_people()
            case commands.ShowHelp():
                scene.show_commands()
            case commands.Quit():
                self._leave(wish)
            case commands.Ignore(account, name, on):
                ignored.set(account, name, on=on)
                self._view_maker.ignored = ignored.people
                scene.show_table(self._view_maker.see(link.state), monotonic())
                self._why(scene, scene.words("why.ignored" if on else "why.heard", name=name))
            case commands.Cannot() as cannot:
                scene.put_back(wish.text, wish.room)
                self._why(scene, reason(cannot, scene.words))

    def _open_file(self, wish: ask.OpenFile) -> None:
        """To look for a program that shows it can take a while: nobody waits for that."""
        uri = Path(wish.path).resolve().as_uri()
        threading.Thread(target=webbrowser.open, args=(uri,), name="open", daemon=True).start()

    def _why(self, scene: Seated, text: str) -> None:
        scene.say_why(text, monotonic())

    def _new_view_maker(self, words: Words, make: type[ViewMaker]) -> ViewMaker:
        view_maker = make(words)
        view_maker.elsewhere = self._elsewhere
        if self._ignored is not None:
            view_maker.ignored = self._ignored.people
        return view_maker

    def _new_elsewhere(self) -> Elsewhere:
        return Elsewhere(lambda there: self._game_at(there).own_chips)

    def _hang_up(self) -> None:
        """End the link where nobody waits for it."""
        link, self._link = self._link, None
        if link is not None:
            threading.Thread(target=link.close, name="hang up", daemon=True).start()

    _DEEDS: ClassVar[dict[type, Callable[["Session", Any], None]]] = {
        ask.Connect: _connect,
        ask.Cancel: _cancel,
        ask.Leave: _leave,
        ask.Talk: _talk,
        ask.OpenFile: _open_file,
    }

    def mind(self, now: float) -> list[Intent]:
        """Look at the clock of the night."""
        scene = self.scene
        return scene.mind(time.time(), now) if isinstance(scene, Seated) else []

    # What happens at the table

    def _knock(self, step: Step, now: float) -> None:
        """At the door: in, or why not."""
        state, wish = step.state, self._wish
        assert wish is not None
        if state.live:
            self._sit_down(state, wish, now)
        elif isinstance(step.said, Refused):
            self._turned_away(step.said, wish)
        elif state.status.line is Line.GONE and self._door.ui.busy:
            self._hang_up()
            if state.status.trouble is Trouble.ANOTHER_TABLE:
                self._door.meet_stranger(f"{wish.host}:{wish.port}")
            else:
                self._door.failed(trouble(self._door.words, state.status, wish), "field:host")

    def _turned_away(self, said: Refused, wish: ask.Connect) -> None:
        self._hang_up()
        self._door.ui.asks_table_password |= said.reason is Reason.WRONG_TABLE_PASSWORD
        self._door.failed(*refused(self._door.words, said, wish))

    def _game_at(self, state: HouseState) -> GameScene:
        """Of the table that is looked at."""
        entry = state.lobby.get(state.here)
        return SCENES[entry.game] if entry is not None else CLASSIC

    def _sit_down(self, state: HouseState, wish: ask.Connect, now: float) -> None:
        if not self.passing:
            self._store.keep_host(wish.host, wish.port)
        self._door.ui.busy = ""
        assert state.house is not None, "nobody sits in a house that has not introduced itself"
        self._ignored = Ignored(self._store, state.house.house)
        self._tables.clear()
        self._elsewhere = self._new_elsewhere()
        self._turn_to(state, wish, now)

    def _turn_to(self, state: HouseState, wish: ask.Connect, now: float) -> None:
        """Show the table that is looked at now; what the hands did at it before is still so."""
        self._tables = {at: each for at, each in self._tables.items() if at in state.tables}
        self._view_maker = self._new_view_maker(self._door.words, self._game_at(state).view_maker)
        known = self._tables.get(state.here)
        table = known or self._new_scene(self._game_at(state), wish)
        table.words, table.ui.fullscreen = self._door.words, self.fullscreen
        table.ui.preferences = self.preferences
        table.greet(self.own_limits, time.time(), now)
        view = self._view_maker.see(state)
        table.heard(view)
        if known is None:
            table.show_table(view, now)
        else:
            table.return_to(view, now)
        self._tables[state.here] = self.scene = table
        self._shown = state.here

    def _new_scene(self, game: GameScene, wish: ask.Connect) -> Seated:
        """What one sees of the table."""
        door = self._door
        usual = (door.words, door.type, door.made, self.preferences)
        if not (self.tv and wish.role == "watcher" and game.tv is not None):
            return game.scene(*usual)
        from client_gui.shell.whereabouts import Whereabouts  # Few need it.

        return game.tv(Whereabouts(wish.host, wish.port), *usual)

    def _follow(self, scene: Seated, step: Step, now: float, *, look: bool) -> None:
        said = step.said
        if look and step.state.here != self._shown and step.state.live and self._wish is not None:
            self._turn_to(step.state, self._wish, now)
        elif look:
            scene.show_table(self._view_maker.see(step.state.at(self._shown)), now)
        shown = self.scene
        if isinstance(shown, Seated) and isinstance(said, Message) and said.table == self._shown:
            shown.hear(said, now)
        if isinstance(said, SeatLost):
            self._closed = step.state.table_name(said.table)
        elif isinstance(said, talked.SessionAsked) and said.account in self._view_maker.ignored:
            assert self._link is not None
            self._link.want(talked.AnswerSession(UNNUMBERED, said.account, accepted=False))
