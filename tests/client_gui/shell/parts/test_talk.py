"""The talk in the window, without a screen: tabs, unread marks, the sign, buttons and words."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pygame
import pytest

from client.house.state import Talk as Stage
from client.talk import commands as chat
from client_gui.games.roulette.scene.table import TableScene
from client_gui.games.roulette.view import RouletteView
from client_gui.kit.box import Point
from client_gui.kit.canvas import Canvas
from client_gui.kit.theme import Rgb, Type
from client_gui.kit.words import LANGUAGES, Words
from client_gui.shell import intents as ask
from client_gui.shell.hearing import reason
from client_gui.shell.panels.talk import Talk
from client_gui.shell.tabs import TABLE, TalkUi, open_room, shown, who_asks
from client_gui.shell.view import Line, Message, Room, Tie
from protocol.house.lists import Phrase, SessionEnd
from tests.client_gui.states import CLASSIC, CROUPIER, NOW, PLAYER, ROOMS, TALKING, new_scene

pytestmark = pytest.mark.usefixtures("display")

SIZES = [(960, 600), (1280, 800), (1920, 1080), (3840, 2160)]


def table(
    view: RouletteView = TALKING, language: str = "en", size: tuple[int, int] = (1280, 800)
) -> TableScene:
    scene = new_scene("first", language)
    scene.resize(size)
    scene.show_table(view, NOW)
    return scene


def press(scene: TableScene, name: str) -> list[ask.Intent]:
    at = scene.hits(NOW)[name].middle
    told: list[ask.Intent] = []
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        told += scene.handle(pygame.event.Event(kind, pos=at, button=1, touch=False), NOW)
    return told


def key(scene: TableScene, code: int, scancode: int = 0, mod: int = 0) -> list[ask.Intent]:
    event = pygame.event.Event(pygame.KEYDOWN, key=code, scancode=scancode, mod=mod, unicode="")
    return scene.handle(event, NOW)


def write(scene: TableScene, text: str) -> None:
    press(scene, "field:say")
    for char in text:
        scene.handle(pygame.event.Event(pygame.TEXTINPUT, text=char), NOW)


# --- tabs -----------------------------------------------------------------------------------------


def test_each_conversation_has_a_tab_and_the_closed_ones_count_what_is_unread() -> None:
    scene = table()
    assert {"room:0", "room:2", "room:4"} <= set(scene.hits(NOW))
    assert scene.ui.talk.unread == {2: 2, 4: 1}
    press(scene, "room:2")
    assert [each.text for each in scene.ui.talk.lines][-1] == "только тихо :)"
    assert scene.ui.talk.unread == {4: 1}
    later = Message("19:50", "Boris", "hello?", serial=11)
    scene.show_table(replace(TALKING, messages=(*TALKING.messages, later)), NOW)
    assert scene.ui.talk.unread == {0: 1, 4: 1}
    press(scene, "room:0")
    assert scene.ui.talk.unread == {4: 1}


def test_a_closed_tab_comes_back_with_the_next_line() -> None:
    scene = table()
    press(scene, "room:4")
    press(scene, "talk:close")
    assert "room:4" not in scene.hits(NOW)
    rooms = (ROOMS[0], Room(4, "Chen", None, 11))
    later = Message("19:50", "Chen", "psst!", room=4, serial=11)
    scene.show_table(replace(TALKING, messages=(*TALKING.messages, later), rooms=rooms), NOW)
    assert scene.ui.talk.unread[4] == 1
    assert "room:4" in scene.hits(NOW)


def test_a_conversation_that_is_gone_leaves_the_table_s() -> None:
    scene = table()
    press(scene, "room:4")
    scene.show_table(replace(TALKING, rooms=ROOMS[:1]), NOW)
    assert scene.ui.talk.room == TABLE


def test_where_not_all_fit_the_open_one_goes_first_then_the_newest_unread() -> None:
    rooms = tuple(Room(50 + n, f"Name {n}", None, n + 1) for n in range(20))
    heard = tuple(Message("19:50", f"Name {n}", "hm", room=50 + n, serial=n + 1) for n in (2, 4, 7))
    scene = table(replace(PLAYER, rooms=rooms, messages=heard), size=(3840, 2160))
    scene.show_room(50)
    tabs = {int(name[5:]) for name in scene.hits(NOW) if name.startswith("room:")} - {TABLE}
    assert tabs == {50, 57, 54}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [0, 1, 3, 12, 200])
def test_however_many_there_are_the_open_one_is_to_be_seen(
    size: tuple[int, int], count: int
) -> None:
    rooms = tuple(Room(50 + n, f"Имя {n} " * (n % 3 + 1), None, n) for n in range(count))
    scene = table(replace(PLAYER, rooms=rooms), "ru", size)
    if rooms:
        scene.show_room(rooms[0].account)
    hits = scene.hits(NOW)
    panel = hits["messages"]
    tabs = [box for name, box in hits.items() if name.startswith("room:")]
    assert f"room:{scene.ui.talk.room}" in hits
    assert "room:0" in hits
    assert all(panel.clipped(box) == box and box.w > 10 for box in tabs)
    assert not any(a.touches(b) for a in tabs for b in tabs if a is not b)
    fitted: list[str] = []

    class Watched(Canvas):
        def _fitted(self, text: str, *rest: Any) -> tuple[str, int]:
            shown, px = super()._fitted(text, *rest)
            fitted.append(shown)
            return shown, px

    frame = scene.frame(NOW)
    (talk,) = (each for each in scene._panels if isinstance(each, Talk))
    talk.draw(Watched(pygame.Surface(size), frame.layout.scale, scene.type, scene.made), frame)
    named = [
        text for text in fitted if text.startswith("\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}")
    ]
    assert len(named) >= min(count, 1)
    assert all(text[1:4] == "Имя" for text in named), named
    assert "…" not in fitted
    scene.paint(pygame.Surface(size), NOW)


# --- where one's words go -------------------------------------------------------------------------


@pytest.mark.parametrize("account", [0, 2, 4])
def test_what_is_typed_goes_to_the_open_conversation(account: int) -> None:
    scene = table()
    press(scene, f"room:{account}")
    write(scene, "всё")
    assert key(scene, pygame.K_RETURN) == [ask.Talk("всё", account)]
    assert not scene.ui.lines.get("field:say")
    assert key(scene, pygame.K_RETURN) == []


def test_return_leads_into_the_line_and_tab_completes_names() -> None:
    scene = table()
    key(scene, pygame.K_RETURN, pygame.KSCAN_RETURN)
    assert scene.ui.focus == "field:say"
    write(scene, "/private ")
    seen = []
    for _ in range(3):
        key(scene, pygame.K_TAB)
        seen.append(scene.ui.lines["field:say"])
    assert seen == ["/private Boris ", "/private Chen ", "/private Eve "]
    key(scene, pygame.K_TAB, mod=pygame.KMOD_SHIFT)
    assert scene.ui.lines["field:say"] == "/private Chen "
    scene.ui.lines["field:say"] = ""
    key(scene, pygame.K_TAB)
    assert scene.ui.focus != "field:say"


def test_a_line_that_could_not_be_said_stands_there_again() -> None:
    scene = table()
    scene.put_back("too long", TABLE)
    assert scene.ui.lines["field:say"] == "too long"
    scene.put_back("/private Zoe hi", TABLE)
    assert scene.ui.lines["field:say"] == "too long"


@pytest.mark.parametrize("view", [replace(PLAYER, account=0), CLASSIC])
def test_who_cannot_speak_has_no_line_to_type(view: RouletteView) -> None:
    assert "field:say" not in table(view).hits(NOW)


def test_without_a_line_nothing_is_typed() -> None:
    assert "field:say" not in table(replace(TALKING, line=Line.LOST)).hits(NOW)


# --- buttons --------------------------------------------------------------------------------------


def test_a_request_is_accepted_or_declined_by_a_button() -> None:
    scene = table(replace(TALKING, rooms=(*ROOMS, Room(6, "Eve", Tie.ASKS))))
    assert press(scene, "talk:yes") == [ask.Talk("/y", 6)]
    assert press(scene, "talk:no") == [ask.Talk("/n", 6)]


@pytest.mark.parametrize(
    ("tie", "text"),
    [(Tie.OPEN, "/exit"), (Tie.ASKED, "/exit"), (Tie.ASKS, "/session"), (None, "/session")],
)
def test_the_button_of_a_conversation_asks_or_ends(tie: Tie | None, text: str) -> None:
    scene = table(replace(TALKING, rooms=(Room(2, "Анна", tie, 9),)))
    press(scene, "room:2")
    assert press(scene, "talk:session") == [ask.Talk(text, 2)]
    assert press(scene, "talk:ignore") == [ask.Talk("/ignore", 2)]


def test_a_person_in_the_list_has_buttons_for_all_of_it() -> None:
    scene = table(PLAYER)
    press(scene, "button:people")
    assert scene.ui.tab == "players"
    press(scene, "person:3")
    assert press(scene, "button:session") == [ask.Talk("/session", 3)]
    assert press(scene, "button:ignore") == [ask.Talk("/ignore", 3)]
    press(scene, "button:write")
    assert (scene.ui.talk.room, scene.ui.focus) == (3, "field:say")
    assert "person:7" not in scene.hits(NOW)


def test_whom_one_ignores_one_may_hear_again() -> None:
    people = tuple(replace(each, ignored=each.seat == 3) for each in PLAYER.people)
    scene = table(replace(PLAYER, people=people))
    scene.ui.tab = "players"
    press(scene, "person:3")
    assert press(scene, "button:ignore") == [ask.Talk("/hear", 3)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES[:2])
def test_what_can_be_done_about_somebody_is_not_cut(size: tuple[int, int], language: str) -> None:
    for view in (PLAYER, CROUPIER):
        people = tuple(replace(each, ignored=True, muted=True) for each in view.people)
        for each in (view, replace(view, people=people)):
            scene = table(each, language, size)
            scene.ui.tab, scene.ui.person = "players", 3
            scene.show_room(3, "Boris")
            scene.paint(pygame.Surface(size), NOW)
            assert scene.cut == []


def test_a_note_makes_room_when_the_conversation_changes() -> None:
    scene = table(replace(TALKING, rooms=(Room(2, "Анна", None, 9),)))
    press(scene, "room:2")
    scene.say_why("Wait", NOW)
    scene.show_table(replace(TALKING, rooms=(Room(2, "Анна", Tie.OPEN, 9),)), NOW)
    assert scene.ui.talk.note_until <= NOW
    scene.say_why("Wait", NOW)
    press(scene, "room:0")
    assert scene.ui.talk.note_until <= NOW


def test_a_session_that_begins_or_ends_elsewhere_marks_its_tab() -> None:
    scene = table()
    begun = Message("", "", "has begun", True, room=4, serial=11)
    scene.show_table(replace(TALKING, messages=(*TALKING.messages, begun)), NOW)
    assert scene.ui.talk.unread == {2: 2, 4: 2}


def test_the_croupier_warns_and_takes_the_word() -> None:
    scene = table(CROUPIER)
    scene.ui.tab = "players"
    press(scene, "person:3")
    scene.ui.lines["field:reason"] = "mind"
    assert press(scene, "button:warn") == [ask.Warn(3, "mind")]
    assert press(scene, "button:mute") == [ask.Mute(3, 300, "")]
    muted = tuple(replace(each, muted=each.seat == 3) for each in CROUPIER.people)
    scene.show_table(replace(CROUPIER, people=muted), NOW)
    assert press(scene, "button:mute") == [ask.Mute(3, 0, "")]


def test_every_call_of_the_list_is_there() -> None:
    scene = table(CROUPIER)
    press(scene, "talk:calls")
    assert {f"call:{phrase.name}" for phrase in Phrase} <= set(scene.hits(NOW))
    key(scene, pygame.K_ESCAPE)
    assert "call:LAST_CALL" not in scene.hits(NOW)


def test_every_command_has_a_place_in_the_list_that_begins_it() -> None:
    for language in LANGUAGES:
        scene = table(CROUPIER, language)
        press(scene, "talk:help")
        rows = [name for name in scene.hits(NOW) if name.startswith("command:")]
        begun = set()
        for row in rows:
            scene.ui.talk.help = True
            assert press(scene, row) == []
            assert (scene.ui.focus, scene.ui.talk.help) == ("field:say", False)
            begun.add(scene.ui.lines["field:say"].strip())
        answers = {line for line in begun if not line.startswith("/")}
        assert len(answers) == 2
        assert answers <= chat.YES | chat.NO
        assert len(begun) == len(rows) == len(chat._MEANINGS)
        assert begun - answers <= {line.strip() for line in chat.completions("/", (), language)}


def test_the_list_of_commands_is_put_away() -> None:
    scene = table()
    scene.show_commands()
    key(scene, pygame.K_ESCAPE)
    assert not scene.ui.talk.help
    press(scene, "talk:help")
    press(scene, "talk:help")
    assert not scene.ui.talk.help


# --- words ----------------------------------------------------------------------------------------

CODE = Path(chat.__file__).read_text("utf-8")
REASONS = sorted(
    {*re.findall(r'_No\("(\w+)"', CODE), *chat._WHY.values()}
    | {"refused", "ask_later", "gone", "cut_off", "cannot_hear", "too_long", "unfit", "nothing"}
    | {"asked", "ignored", "not_ignored", "heard"}
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", REASONS)
def test_every_reason_has_words(why: str, language: str) -> None:
    assert reason(chat.Cannot(why, "Анна", 3), Words(language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", SessionEnd)
def test_every_end_of_a_session_has_words(why: SessionEnd, language: str) -> None:
    assert Words(language)(f"ended_session.{why.name.lower()}", name="Анна")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES[:2])
def test_no_reason_is_cut(size: tuple[int, int], language: str) -> None:
    scene = table(TALKING, language, size)
    surface = pygame.Surface(size)
    for why in REASONS:
        scene.say_why(reason(chat.Cannot(why, "Анна", 30), scene.words), NOW)
        scene.paint(surface, NOW)
        assert scene.cut == []


def test_a_note_goes_away_by_itself() -> None:
    scene = table()
    scene.say_why("Too fast", NOW)
    assert scene.due(NOW) <= NOW + 10
    assert scene.ui.talk.note_until > NOW


def test_the_ties_are_those_of_the_client() -> None:
    assert {stage.name.lower() for stage in Stage} == {str(tie) for tie in Tie}


def test_what_is_open_is_found() -> None:
    ui = TalkUi()
    assert open_room(TALKING, ui).account == TABLE
    assert who_asks(TALKING, ui) is None
    assert shown(TALKING, ui) == ROOMS


# --- what is said ---------------------------------------------------------------------------------

PROSE = ("I would rather put it all on the second dozen, as my aunt does. " * 7)[:399]


def painted(scene: TableScene, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The words in the panel of the talk, and how far down each is."""
    panel = scene.hits(NOW)["messages"]
    words: list[tuple[str, int]] = []
    text = Canvas.text

    def heard(self: Canvas, line: str, style: Type, ink: Rgb, at: Point, *a: Any, **k: Any) -> int:
        if panel.holds(at):
            words.append((line, at[1]))
        return text(self, line, style, ink, at, *a, **k)

    with monkeypatch.context() as patch:
        patch.setattr(Canvas, "text", heard)
        scene.paint(pygame.Surface(scene.size), NOW)
    return words


@pytest.mark.parametrize("size", SIZES[:2])
@pytest.mark.parametrize("room", [0, 2])
@pytest.mark.parametrize("said", [PROSE, PROSE[:290], "W" * 400, "W" * 110])
@pytest.mark.parametrize("house", [False, True])
def test_the_newest_line_is_there_however_long_it_is(
    size: tuple[int, int], room: int, said: str, house: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = Message("", "Eve", said, room=room, serial=90, house=house)
    scene = table(replace(TALKING, messages=(*TALKING.messages, newest)), size=size)
    scene.show_room(room)
    words = painted(scene, monkeypatch)
    rows = [each for each in words if len(each[0]) > 2 and each[0].removesuffix("…") in said]
    step = rows[1][1] - rows[0][1]
    together = "".join(line for line, _ in rows)
    if together.endswith("…"):
        assert len(rows) > (3 if room else 5)
    else:
        assert together.replace(" ", "") == said.replace(" ", "")
    assert "…" not in together[:-1]
    assert house or any(line == "Eve" and y < rows[0][1] for line, y in words)
    assert all(y + step // 2 <= scene.hits(NOW)["field:say"].y - step for _, y in rows)


def test_what_was_said_before_a_long_line_stays_where_there_is_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = Message("19:49", "Boris", "shall we?", serial=89)
    for count, there in ((4, True), (40, False)):
        newest = Message("19:50", "Eve", "W" * 10 * count, serial=90)
        scene = table(replace(TALKING, messages=(before, newest)))
        assert ("shall we?" in dict(painted(scene, monkeypatch))) is there


@pytest.mark.parametrize("count", [1, 3, 60])
def test_one_goes_back_until_the_first_line_is_there_and_no_further(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = next(each for each in PLAYER.messages if not each.house)
    said = [replace(first, serial=n, text=f"line {n}") for n in range(1, count + 1)]
    scene = table(replace(PLAYER, messages=tuple(said)))

    def seen() -> list[int]:
        scene.restyle()
        words = [words for words, _ in painted(scene, monkeypatch)]
        return [int(each.removeprefix("line ")) for each in words if each.startswith("line ")]

    newest = seen()
    for _ in range(10):
        key(scene, 0, pygame.KSCAN_PAGEUP)
    oldest = seen()
    assert oldest == list(range(1, len(newest) + 1))
    for _ in range(-(-(count - len(newest)) // 8)):
        key(scene, 0, pygame.KSCAN_PAGEDOWN)
    assert seen() == newest
    scene.ui.scroll["messages"] = 59  # As in a window that was smaller.
    assert seen() == oldest
