"""What a session makes of what happens at the table, with a link that the test plays."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pygame
import pytest

from client.dialogue import Step
from client.house.events import LinkGone, Trouble
from client.house.state import HouseState
from client.reduce import reduce
from client.store import Store
from client.talk.ignored import Ignored
from client_gui.door.connect import ConnectScene
from client_gui.games.roulette.scene.table import TableScene
from client_gui.games.roulette.view import TableView
from client_gui.kit.resources import Cache, Typesetter
from client_gui.kit.words import Words
from client_gui.session import Session
from client_gui.shell import intents as ask
from protocol.games.roulette import rounds
from protocol.house import talk
from protocol.house.people import RosterChanged
from protocol.wire import Message
from tests.client.test_reduce import SEATED, entry, settled

NOW = 100.0


class Played:
    """A link of which the test says what happened."""

    def __init__(self, state: HouseState, *said: Any) -> None:
        self.state = state
        self.said = said
        self.wishes: list[object] = []

    def take(self) -> Iterator[Step]:
        for each in self.said:
            self.state = reduce(self.state, each, NOW)
            yield Step(NOW, each, self.state)

    def want(self, wish: object) -> None:
        self.wishes.append(wish)

    def close(self) -> None:
        """There is nothing to close."""


class Watched(TableScene):
    """A table that counts how often it is looked at."""

    shown: list[TableView]

    def show_table(self, view: TableView, now: float) -> None:
        self.shown.append(view)
        super().show_table(view, now)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    pygame.display.init()
    pygame.display.set_mode((8, 8))
    words = Words("en")
    door = ConnectScene(words, Typesetter(), Cache(500))
    door.resize((1280, 800))
    door.fill("127.0.0.1", 1234, "Ann")
    session = Session(door, Store(tmp_path))
    scene = Watched(words, Typesetter(), Cache(500))
    scene.resize((1280, 800))
    scene.shown = []
    session.scene = scene
    session._ignored = Ignored(Store(tmp_path), bytes(16))
    return session


def seen(session: Session, *said: Message) -> list[TableView]:
    """What the table was shown while this happened."""
    assert isinstance(session.scene, Watched)
    session._link = Played(SEATED, *said)  # type: ignore[assignment] # as much of one as is needed
    session.read(NOW)
    return session.scene.shown


def people(*accounts: int) -> RosterChanged:
    rows = tuple(entry(account, str(account)) for account in accounts)
    return RosterChanged(1, 1, rows, complete=True)


def test_a_storm_is_looked_at_once(session: Session) -> None:
    storm = [people(1000 + at) for at in range(50)]
    said = [talk.Said(1, 7, "Bob", str(at)) for at in range(50)]
    (view,) = seen(session, *storm, *said)
    assert len(view.people) == 50
    assert len(view.messages) == 50


def test_what_passes_is_looked_at_before_what_does_not(session: Session) -> None:
    views = seen(session, people(1000), people(1001), settled(), people(1002), people(1003))
    assert [len(view.people) for view in views] == [2, 2, 4]
    views.clear()
    assert len(seen(session, rounds.AutoChanged(20), rounds.AutoChanged(30))) == 2


def test_who_is_ignored_is_declined_in_any_storm(session: Session) -> None:
    session._view_maker.ignored = {7: "Bob"}
    seen(session, talk.SessionAsked(7, "Bob"), talk.SessionAsked(8, "Carl"), people(1000))
    link: Any = session._link
    assert [(each.account, each.accepted) for each in link.wishes] == [(7, False)]


def test_another_table_at_the_door_is_a_red_banner(session: Session) -> None:
    session.scene = session._door
    session._wish = ask.Connect("table.example", 1234, "Ann", "player")
    session._door.ui.busy = "table.example"
    link = Played(HouseState(), LinkGone(Trouble.ANOTHER_TABLE))
    session._link = link  # type: ignore[assignment] # as above
    session.read(NOW)
    assert session._door.ui.stranger == "table.example:1234"
    assert not session._door.ui.trouble
    assert not session._door.ui.busy
