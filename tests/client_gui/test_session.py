"""What a session makes of what happens at the table, with a link that the test plays."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pygame
import pytest

from client.dialogue import Step
from client.house.events import LinkGone, LinkLost, Looked, Sent, Trouble
from client.house.state import HouseState
from client.reduce import reduce
from client.requests import Look
from client.store import Store
from client.talk.ignored import Ignored
from client_gui.door.connect import ConnectScene
from client_gui.games import DOOR
from client_gui.games.roulette import intents as play
from client_gui.games.roulette.scene.table import TableScene
from client_gui.games.roulette.show import Show
from client_gui.games.roulette.view import RouletteView
from client_gui.kit.resources import Cache, Typesetter
from client_gui.kit.words import Words
from client_gui.session import Session
from client_gui.shell import intents as ask
from client_gui.shell.view import Line, TableView
from protocol.games.roulette import rounds
from protocol.house import door, talk
from protocol.house.fields import NO_SPOT
from protocol.house.lists import Reason, Seat
from protocol.house.people import RosterChanged
from protocol.wire import Message
from tests.client.states import listed
from tests.client.test_reduce import SEATED, entry, settled, shown

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

    shown: list[RouletteView]

    def show_table(self, view: TableView, now: float) -> None:
        assert isinstance(view, RouletteView)
        self.shown.append(view)
        super().show_table(view, now)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    pygame.display.init()
    pygame.display.set_mode((8, 8))
    words = Words("en")
    door = ConnectScene(words, Typesetter(), Cache(500), DOOR)
    door.resize((1280, 800))
    door.fill("127.0.0.1", 1234, "Ann")
    session = Session(door, Store(tmp_path))
    scene = Watched(words, Typesetter(), Cache(500))
    scene.resize((1280, 800))
    scene.shown = []
    session.scene = scene
    session._ignored = Ignored(Store(tmp_path), bytes(16))
    return session


def seen(session: Session, *said: Message) -> list[RouletteView]:
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


OF_ANOTHER = rounds.TableIntroduced(b"o" * 16, bytes(32), "Corner", 0, 10_000, ())
ENTRIES = {number: listed(number, name) for number, name in ((0, "Table 1"), (2, "Corner"))}


def at_the_table(session: Session, *said: Any) -> TableScene:
    """Somebody who sits at the first of two tables, and what happens then."""
    wish = ask.Connect("table.example", 1234, "Ann", "player")
    introduced = door.HouseIntroduced(bytes(16), bytes(32), "House", False, True, 500, (), False)
    state = replace(SEATED, house=introduced, lobby=ENTRIES)
    session._wish = wish
    session._sit_down(state, wish, NOW)
    go_on(session, state, *said)
    return at(session)


def at(session: Session) -> TableScene:
    assert isinstance(session.scene, TableScene)
    return session.scene


def go_on(session: Session, state: HouseState, *said: Any) -> None:
    session._link = Played(state, *said)  # type: ignore[assignment] # as above
    session.read(NOW)


def arrival() -> tuple[Any, ...]:
    words = (door.SeatTaken(9, Seat.PLAYER), OF_ANOTHER, shown(8))
    return (*(each.to(2) for each in words[:2]), Looked(2), words[2].to(2))


def test_each_table_has_a_scene_that_stays_as_it_was_left(session: Session) -> None:
    first = at_the_table(session)
    first.ui.sum = "77"
    assert session._link is not None
    go_on(session, session._link.state, *arrival())
    second = at(session)
    assert second is not first
    assert (second.known.table, second.known.round) == ("Corner", 8)
    assert [row.here for row in second.known.hall] == [False, True]
    voided = rounds.RoundVoided(29, "wine")
    opened = rounds.RoundOpened(30, 1000)
    go_on(session, session._link.state, voided, opened)
    assert at(session) is second
    assert second.ui.bubble is None, "another table's round was voided, and not this one's"
    assert first.known.round == 1
    go_on(session, session._link.state, settled(30), Looked(0))
    assert at(session) is first
    assert first.known.outcome is not None
    assert first.show == Show.at_rest(first.known), "the ball does not run once more"
    assert (first.known.round, first.ui.sum) == (30, "77")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("wine", "The round does not count: wine"),
        ("", "The round does not count: your chips are back"),
    ],
)
def test_a_round_that_does_not_count_is_told_at_its_table(
    session: Session, words: str, said: str
) -> None:
    first = at_the_table(session, rounds.RoundVoided(29, words))
    assert first.banner(NOW) == said


def test_what_one_has_elsewhere_goes_with_one_and_not_to_another_evening(session: Session) -> None:
    first = at_the_table(session)
    assert session._link is not None
    session._elsewhere = lambda _: (-20, 5)  # type: ignore[assignment]  # as it is called
    go_on(session, session._link.state, *arrival())
    second = at(session)
    assert second is not first
    assert (second.known.elsewhere, second.known.staked_elsewhere) == (-20, 5)
    at_the_table(session)
    assert at(session).known.elsewhere == 0


def test_a_night_is_written_out_and_its_record_says_where(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROUPIER_HOME", str(tmp_path))
    record = at_the_table(session, settled(29)).ui.record
    session.take_up(play.SaveNight("csv"))
    (file,) = tmp_path.rglob("*.csv")
    assert (record.file, record.good) == (str(file), True)
    assert str(file) in record.said
    (tmp_path / "nights").rename(tmp_path / "gone")
    (tmp_path / "nights").write_text("in the way")
    session.take_up(play.SaveNight("csv"))
    assert (record.file, record.good) == ("", False)


def test_a_table_that_is_not_shown_yet_is_not_turned_to(session: Session) -> None:
    first = at_the_table(session)
    assert session._link is not None
    go_on(session, session._link.state, *arrival()[:3])
    assert at(session) is first
    lost = LinkLost(Trouble.CUT, 200.0)
    go_on(session, session._link.state, lost)
    assert at(session) is first
    assert first.known.line is Line.LOST


def test_who_gets_up_leaves_nothing_of_that_table_behind(session: Session) -> None:
    first = at_the_table(session)
    assert session._link is not None
    leaves = door.LeaveSeat(3).to(2)
    go_on(session, session._link.state, *arrival(), Sent(leaves), door.Done(3), Looked(0))
    assert at(session) is first
    assert session._tables.keys() == {0}


def test_a_table_that_the_house_closes_is_said_in_the_list_where_one_looks_by_then(
    session: Session,
) -> None:
    first = at_the_table(session)
    assert session._link is not None
    closing = door.SeatLost(0, "").to(2), Looked(0), door.TablesClosed((2,))
    go_on(session, session._link.state, *arrival(), *closing)
    assert at(session) is first
    assert first.ui.hall
    assert first.ui.hall_note == "The table Corner has closed; nothing of yours lies there."
    link: Any = session._link
    assert isinstance(link.wishes[-1], door.ListTables)
    assert session._tables.keys() == {0}


def test_what_was_refused_elsewhere_is_not_said_again_at_a_new_table(session: Session) -> None:
    first = at_the_table(session)
    assert session._link is not None
    asked = Sent(door.TakeSeat(8, Seat.PLAYER, b"").to(2))
    no = door.Refused(8, Reason.WRONG_TABLE_PASSWORD, NO_SPOT, 0, "no")
    go_on(session, session._link.state, asked, no, *arrival())
    assert at(session) is not first
    assert not at(session).ui.hall


def test_the_other_language_and_what_one_prefers_go_along(session: Session) -> None:
    first = at_the_table(session)
    assert session._link is not None
    session.speak(Words("ru"))
    session.preferences = replace(session.preferences, marks=True)
    go_on(session, session._link.state, *arrival())
    second = at(session)
    assert second is not first
    assert (second.words.language, second.ui.preferences.marks) == ("ru", True)


def test_what_is_asked_of_other_tables_names_them(session: Session) -> None:
    at_the_table(session)
    link: Any = session._link
    for wish in (
        *(ask.AskTables(), ask.SitAt(2), ask.SitAt(2, watch=True), ask.LookAt(2)),
        ask.RiseFrom(2),
    ):
        session.take_up(wish)
    assert link.wishes == [
        door.ListTables(0, 0),
        door.TakeSeat(0, Seat.PLAYER, b"", table=2),
        door.TakeSeat(0, Seat.WATCHER, b"", table=2),
        Look(2),
        door.LeaveSeat(0, table=2),
    ]
