"""The scenes without a screen or a server: events go in, intents come out, pictures are whole."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from types import MappingProxyType

import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client_gui.door.connect import ConnectScene, check
from client_gui.door.stranger import ANEW, BACK
from client_gui.games.roulette.scene.table import TableScene
from client_gui.games.roulette.show import AFTER, Stage
from client_gui.games.roulette.view import Line, Phase, Refusal, TableView
from client_gui.kit import theme
from client_gui.kit.box import Box, Point
from client_gui.kit.resources import Cache, Typesetter
from client_gui.kit.words import LANGUAGES, Words
from client_gui.shell import intents as ask
from client_gui.shell.preferences import Preferences
from protocol.messages.lists import Phrase
from protocol.roulette import BLACK, RED, SPOTS
from tests.client_gui import states
from tests.client_gui.states import CLASSIC, CROUPIER, NOW, PLAYER, STATES, WATCHER

SIZES = [(960, 600), (1280, 800), (1920, 1080)]
LARGER = SIZES[1:]
"""How the smallest looks, and that no word is cut off there, `test_pictures` sees."""


@pytest.fixture(autouse=True)
def _display() -> None:
    """Surfaces are made like the window's."""
    pygame.display.init()
    pygame.display.set_mode((8, 8))


def table(view: TableView = PLAYER, language: str = "en") -> TableScene:
    scene = states.new_scene("first", language)
    scene.resize((1280, 800))
    scene.show_table(view, NOW)
    return scene


def click(scene: TableScene | ConnectScene, at: Point, button: int = 1) -> list[ask.Intent]:
    down = pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=button, touch=False)
    up = pygame.event.Event(pygame.MOUSEBUTTONUP, pos=at, button=button, touch=False)
    return scene.handle(down, NOW) + scene.handle(up, NOW)


def press(scene: TableScene | ConnectScene, name: str) -> list[ask.Intent]:
    return click(scene, scene.hits(NOW)[name].middle)


def spot(scene: TableScene, number: int) -> Point:
    return scene.spot_hits(NOW)[f"spot:{number}"].middle


def key(
    scene: TableScene | ConnectScene, code: int, scancode: int = 0, mod: int = 0
) -> list[ask.Intent]:
    return scene.handle(
        pygame.event.Event(pygame.KEYDOWN, key=code, scancode=scancode, mod=mod, unicode=""), NOW
    )


def write(scene: TableScene | ConnectScene, text: str) -> None:
    for letter in text:
        assert scene.handle(pygame.event.Event(pygame.TEXTINPUT, text=letter), NOW) == []


# --- what is drawn --------------------------------------------------------------------------------


def larger() -> Iterator[object]:
    """Every state in each language and size, in the ordinary run in one of these, in turn."""
    looks = [*product(LANGUAGES, LARGER)]
    for at, state in enumerate(sorted(STATES)):
        for look in looks:
            now = look == looks[at % len(looks)]
            mark = pytest.mark.count(1, 0) if now else pytest.mark.count(0, 1)
            yield pytest.param(state, *look, marks=mark)


@pytest.mark.parametrize(("state", "language", "size"), [*larger()])
def test_no_word_is_cut_off(state: str, language: str, size: tuple[int, int]) -> None:
    scene, now = states.scene(state, language, size)
    scene.paint(pygame.Surface(size), now)
    assert scene.cut == []


@pytest.mark.parametrize("first", sorted(STATES))
def test_drawing_what_changed_gives_the_whole_picture(first: str) -> None:
    """From any state to the next: the same as drawn from nothing, but for the rounding of alpha."""
    second = sorted(STATES)[(sorted(STATES).index(first) + 7) % len(STATES)]
    scene, now = states.scene(first, "en", (960, 600))
    surface = pygame.Surface((960, 600))
    scene.paint(surface, now)
    after = STATES[second](scene)
    scene.paint(surface, after)
    fresh = pygame.Surface((960, 600))
    scene._painter.forget()
    scene.paint(fresh, after)
    for one, other in ((surface, fresh), (fresh, surface)):
        more = one.copy()
        more.blit(other, (0, 0), special_flags=pygame.BLEND_RGB_SUB)  # Not under 0.
        assert not pygame.image.tobytes(more, "RGB").translate(None, bytes(range(3)))


def test_nothing_new_draws_nothing() -> None:
    scene = table(replace(PLAYER, deadline=None))
    surface = pygame.Surface((1280, 800))
    assert scene.paint(surface, NOW) == [Box(0, 0, 1280, 800)]
    assert scene.paint(surface, NOW + 1) == []
    assert not scene.moves(NOW + 1)
    assert scene.due(NOW + 1) == float("inf")


def test_a_turning_wheel_draws_only_the_wheel() -> None:
    scene = table(replace(PLAYER, deadline=None))
    surface = pygame.Surface((1280, 800))
    scene.paint(surface, NOW)
    scene.show_table(replace(PLAYER, phase=Phase.CLOSED, deadline=None), NOW)
    scene.paint(surface, NOW)
    (area,) = scene.paint(surface, NOW + 0.5)
    wheel = scene.frame(NOW).layout.wheel
    assert area.clipped(wheel) == area
    assert scene.moves(NOW + 0.5)


@settings(max_examples=20)
@given(st.integers(960, 2000), st.integers(600, 1400))
def test_any_size_is_drawn(width: int, height: int) -> None:
    scene, now = states.scene("hover", "ru", (width, height))
    scene.paint(pygame.Surface((width, height)), now)
    assert scene.cut == []


# --- any hands ------------------------------------------------------------------------------------

points = st.tuples(st.integers(-10, 970), st.integers(-10, 610))
hands = st.one_of(
    st.builds(
        lambda at, button: pygame.event.Event(
            pygame.MOUSEBUTTONDOWN, pos=at, button=button, touch=False
        ),
        points, st.integers(1, 5),
    ),
    st.builds(
        lambda at: pygame.event.Event(pygame.MOUSEBUTTONUP, pos=at, button=1, touch=False), points
    ),
    st.builds(
        lambda at: pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)),
        points,
    ),
    st.builds(
        lambda y: pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=y, flipped=False), st.integers(-9, 9)
    ),
    st.builds(lambda text: pygame.event.Event(pygame.TEXTINPUT, text=text), st.text(max_size=3)),
    st.builds(
        lambda code, scancode, mod: pygame.event.Event(
            pygame.KEYDOWN, key=code, scancode=scancode, mod=mod, unicode=""
        ),
        st.sampled_from([pygame.K_TAB, pygame.K_RETURN, pygame.K_ESCAPE, pygame.K_BACKSPACE, 97]),
        st.integers(4, 60), st.sampled_from([0, pygame.KMOD_SHIFT, pygame.KMOD_CTRL]),
    ),
)  # fmt: skip


@settings(max_examples=25)
@given(st.sampled_from(sorted(STATES)), st.lists(hands, max_size=12))
def test_no_hands_break_the_window(state: str, events: list[pygame.event.Event]) -> None:
    scene, now = states.scene(state, "ru", (960, 600))
    surface = pygame.Surface((960, 600))
    for event in events:
        scene.handle(event, now)
        now += 0.3
        scene.paint(surface, now)
    scene.hits(now)
    scene.banner(now)


# --- the player's hands ---------------------------------------------------------------------------


@pytest.mark.parametrize("number", [info.spot for info in SPOTS])
def test_a_click_bets_on_any_spot(number: int) -> None:
    scene = table()
    assert click(scene, spot(scene, number)) == [ask.PlaceBets(((number, 25),))]


def test_a_typed_sum_works_where_a_chip_works() -> None:
    scene = table()
    write(scene, "0137x")
    assert scene.ui.sum == "137"
    key(scene, pygame.K_BACKSPACE)
    assert click(scene, spot(scene, RED)) == [ask.PlaceBets(((RED, 13),))]
    key(scene, pygame.K_ESCAPE)
    assert click(scene, spot(scene, RED)) == [ask.PlaceBets(((RED, 25),))]


def test_a_chip_is_chosen_by_clicking_it() -> None:
    scene = table()
    press(scene, "chip:100")
    assert click(scene, spot(scene, 36)) == [ask.PlaceBets(((36, 100),))]


def test_a_right_click_takes_back_what_is_in_the_hand_and_no_more_than_lies_there() -> None:
    scene = table()
    assert click(scene, spot(scene, BLACK), 3) == [ask.TakeBack(((BLACK, 25),))]
    press(scene, "chip:500")
    assert click(scene, spot(scene, 14), 3) == [ask.TakeBack(((14, 60),))]
    assert click(scene, spot(scene, 1), 3) == []
    assert scene.banner(NOW) == "You have no chip here"


def test_what_cannot_be_is_said_in_words_and_not_asked_for() -> None:
    scene = table(replace(PLAYER, balance=40))
    press(scene, "chip:100")
    assert click(scene, spot(scene, 5)) == []
    assert scene.banner(NOW) == "Not enough chips: you have 40"
    assert scene.banner(NOW + 60) == ""


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (replace(PLAYER, phase=Phase.CLOSED), "No more bets in this round"),
        (replace(PLAYER, line=Line.LOST), "The line is down. Trying again…"),
        (WATCHER, "You watch: to bet, sit down as a player"),
        (CROUPIER, "That is not for this seat"),
    ],
)
def test_who_may_not_bet_is_told_why(view: TableView, said: str) -> None:
    scene = table(view)
    assert click(scene, spot(scene, 5)) == []
    assert scene.banner(NOW) == said


def test_a_refusal_of_the_server_is_shown_once() -> None:
    scene = table()
    refused = replace(PLAYER, refusal=Refusal(4, "note.limit_most", (("n", 100),), 17))
    scene.show_table(refused, NOW)
    assert scene.banner(NOW) == "At most 100 here"
    scene.show_table(replace(refused, balance=7), NOW + 100)
    assert scene.banner(NOW + 100) == ""


def test_undo_takes_back_click_by_click_and_then_what_is_left() -> None:
    scene = table(replace(PLAYER, my_bets=MappingProxyType({})))
    click(scene, spot(scene, 5))
    click(scene, spot(scene, 8))
    scene.show_table(replace(PLAYER, my_bets={3: 10, 5: 25, 8: 25}), NOW)
    assert key(scene, pygame.K_z, pygame.KSCAN_Z) == [ask.TakeBack(((8, 25),))]
    assert press(scene, "button:undo") == [ask.TakeBack(((5, 25),))]
    scene.show_table(replace(PLAYER, my_bets={3: 10}), NOW)
    assert press(scene, "button:undo") == [ask.TakeBack(((3, 10),))]


def test_a_new_round_knows_nothing_of_what_was_done_in_the_one_before() -> None:
    scene = table(replace(PLAYER, my_bets=MappingProxyType({})))
    click(scene, spot(scene, 5))
    click(scene, spot(scene, 8))
    scene.show_table(replace(PLAYER, my_bets={5: 25, 8: 25}), NOW)
    assert press(scene, "button:undo") == [ask.TakeBack(((8, 25),))]
    following = replace(PLAYER, round=PLAYER.round + 1)
    scene.show_table(replace(following, my_bets={5: 40, 3: 10}), NOW)
    assert key(scene, pygame.K_y, pygame.KSCAN_Y) == []
    assert press(scene, "button:undo") == [ask.TakeBack(((3, 10),))]


def test_clear_double_and_rebet() -> None:
    scene = table()
    lying = tuple(PLAYER.my_bets.items())
    assert key(scene, pygame.K_x, pygame.KSCAN_X) == [ask.TakeBack(lying)]
    assert key(scene, pygame.K_d, pygame.KSCAN_D) == [ask.PlaceBets(lying)]
    scene.show_table(replace(PLAYER, round=1285, my_bets={}), NOW)
    assert press(scene, "button:rebet") == [ask.PlaceBets(lying)]


def test_shortcuts_are_matched_by_place_not_by_letter() -> None:
    """On a Russian layout the key at Z says я."""
    scene = table()
    assert key(scene, ord("я"), pygame.KSCAN_X) == [ask.TakeBack(tuple(PLAYER.my_bets.items()))]


def test_hovering_tells_what_a_spot_is_and_pays() -> None:
    scene = table()
    move = pygame.event.Event(
        pygame.MOUSEMOTION, pos=spot(scene, 26), rel=(1, 1), buttons=(0, 0, 0)
    )
    scene.handle(move, NOW)
    assert scene.ui.hover == 26
    scene.handle(pygame.event.Event(pygame.WINDOWLEAVE), NOW)
    assert scene.ui.hover is None


def test_a_click_while_chips_are_paid_ends_the_show_and_bets() -> None:
    scene, _ = states.scene("won", "en", (1280, 800))
    now = scene.show.settled + 0.2
    assert scene.show.stage(now)[0] is Stage.MARK
    down = pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=spot(scene, 9), button=1, touch=False)
    assert scene.handle(down, now) == [ask.PlaceBets(((9, 25),))]
    assert scene.show.stage(now)[0] is Stage.REST


def test_a_click_while_the_ball_runs_waits_for_it() -> None:
    scene, _ = states.scene("spinning", "en", (1280, 800))
    now = scene.show.settled - 3
    down = pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=spot(scene, 9), button=1, touch=False)
    assert scene.handle(down, now) == []
    assert "ball is running" in scene.banner(now)


def test_space_skips_the_show() -> None:
    scene, _ = states.scene("spinning", "en", (1280, 800))
    now = scene.show.settled - 3
    space = pygame.event.Event(
        pygame.KEYDOWN, key=pygame.K_SPACE, scancode=pygame.KSCAN_SPACE, mod=0, unicode=" "
    )
    scene.handle(space, now)
    assert scene.show.stage(now)[0] is Stage.REST
    assert scene.frame(now).view.results[0] == 14


def test_a_space_that_comes_too_late_to_skip_starts_nothing() -> None:
    scene, _ = states.scene("croupier result", "en", (1280, 800))
    space = pygame.event.Event(
        pygame.KEYDOWN, key=pygame.K_SPACE, scancode=pygame.KSCAN_SPACE, mod=0, unicode=" "
    )
    over = scene.show.settled + AFTER
    assert scene.handle(space, over + 0.1) == []
    assert scene.handle(space, over + 2) == [ask.StartSpin()]


# --- the croupier's desk --------------------------------------------------------------------------


def test_the_croupier_gives_every_order() -> None:
    scene = table(CROUPIER)
    assert key(scene, pygame.K_SPACE, pygame.KSCAN_SPACE) == [ask.StartSpin()]
    assert press(scene, "button:close") == [ask.NoMoreBets()]
    assert press(scene, "button:auto") == [ask.SetAuto(20)]
    scene.show_table(replace(CROUPIER, auto=60), NOW)
    assert press(scene, "button:auto") == [ask.SetAuto(None)]
    press(scene, "talk:calls")
    assert press(scene, "call:LAST_CALL") == [ask.Announce("", Phrase.LAST_CALL)]
    press(scene, "field:say")
    write(scene, "Удачи!")
    press(scene, "talk:calls")
    assert press(scene, "call:OTHER") == [ask.Announce("Удачи!")]
    assert "field:say" not in scene.ui.lines


def test_what_cannot_be_undone_is_asked_twice() -> None:
    scene = table(CROUPIER)
    press(scene, "field:reason")
    write(scene, "spilled wine")
    assert press(scene, "button:void") == []
    assert press(scene, "button:void") == [ask.VoidRound("spilled wine")]
    press(scene, "tab:players")
    press(scene, "person:3")
    assert press(scene, "button:kick") == []
    press(scene, "tab:players")
    assert press(scene, "button:kick") == []
    assert press(scene, "button:kick") == [ask.Kick(3, "Boris", "")]
    assert press(scene, "button:hand_over") == []
    assert press(scene, "button:hand_over") == [ask.HandOver(3, "Boris")]


def test_an_order_that_is_not_lawful_now_is_not_given() -> None:
    scene = table(replace(CROUPIER, phase=Phase.SPINNING))
    assert press(scene, "button:close") == []
    assert scene.banner(NOW) == "Not now"


def test_a_player_has_no_orders() -> None:
    scene = table()
    assert key(scene, pygame.K_n, pygame.KSCAN_N) == []
    assert "button:spin" not in scene.hits(NOW)


# --- the classic protocol -------------------------------------------------------------------------


def test_classic_takes_one_bet_on_what_it_has() -> None:
    scene = table(replace(CLASSIC, my_bets=MappingProxyType({})))
    assert click(scene, spot(scene, RED)) == []
    assert scene.banner(NOW) == "This protocol has no bet for that"
    assert click(scene, spot(scene, 8)) == [ask.PlaceBets(((8, 25),))]
    scene.show_table(CLASSIC, NOW)
    assert click(scene, spot(scene, 8)) == []
    assert scene.banner(NOW) == "One bet a round in this protocol"
    assert press(scene, "button:list") == [ask.AskList()]


# --- settings and lists ---------------------------------------------------------------------------


def test_the_settings_do_what_they_say() -> None:
    scene = table()
    press(scene, "button:settings")
    assert press(scene, "set:language") == [ask.SetLanguage("ru")]
    assert press(scene, "set:motion") == [ask.Prefer(Preferences(reduced_motion=True))]
    assert press(scene, "set:fullscreen") == [ask.SetFullscreen(True)]
    assert press(scene, "set:leave") == []
    assert press(scene, "set:leave") == [ask.Leave()]
    click(scene, (640, 790))
    assert not scene.ui.menu


def test_lists_scroll_to_their_end_and_no_further() -> None:
    many = tuple(replace(PLAYER.bets[0], name=f"Player {n}") for n in range(80))
    scene = table(replace(PLAYER, bets=many))
    at = scene.hits(NOW)["list"].middle
    scene.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)), NOW)
    for _ in range(200):
        scene.handle(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=-1, flipped=False), NOW)
    assert 60 < scene.ui.scroll["bets"] < 80
    for _ in range(200):
        scene.handle(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=1, flipped=False), NOW)
    assert scene.ui.scroll["bets"] == 0


def test_tab_walks_over_every_control_and_return_presses_it() -> None:
    scene = table()
    seen = []
    for _ in range(40):
        key(scene, pygame.K_TAB)
        seen.append(scene.ui.focus)
    assert {"button:undo", "chip:1", "field:sum", "tab:history", "button:settings"} <= set(seen)
    while scene.ui.focus != "tab:history":
        key(scene, pygame.K_TAB)
    assert key(scene, pygame.K_RETURN) == [ask.AskHistory()]
    key(scene, pygame.K_TAB, mod=pygame.KMOD_SHIFT)
    assert scene.ui.focus == "tab:players"


# --- the door -------------------------------------------------------------------------------------


def door(language: str = "en") -> ConnectScene:
    scene = ConnectScene(Words(language), Typesetter(), Cache(500))
    scene.resize((1280, 800))
    scene.fill("127.0.0.1", 1234, "")
    return scene


def test_a_name_and_a_click_and_one_is_playing() -> None:
    scene = door()
    assert scene.ui.focus == "field:name"
    write(scene, "Анна")
    assert press(scene, "button:sit") == [ask.Connect("127.0.0.1", 1234, "Анна", "player")]
    assert scene.ui.busy
    assert press(scene, "button:cancel") == [ask.Cancel()]


@pytest.mark.parametrize(
    ("lines", "role", "wrong"),
    [
        ({"field:host": ""}, "player", "field:host"),
        ({"field:host": "my host"}, "player", "field:host"),
        ({"field:port": "0"}, "player", "field:port"),
        ({"field:port": "99999"}, "player", "field:port"),
        ({"field:port": "١٢"}, "player", "field:port"),
        ({"field:name": ""}, "player", "field:name"),
        ({"field:name": "я" * 33}, "player", "field:name"),
        ({}, "croupier", "field:password"),
    ],
)
def test_what_was_typed_is_checked(lines: dict[str, str], role: str, wrong: str) -> None:
    good = {"field:host": "127.0.0.1", "field:port": "1234", "field:name": "Анна"}
    found = check(good | lines, role, False)
    assert found is not None
    assert found[0] == wrong
    assert Words("ru").has(f"check.{found[1]}")
    assert check(good, "player", False) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("large", [False, True])
def test_no_word_of_the_red_banner_is_cut_off_or_covered(language: str, large: bool) -> None:
    for size in SIZES:
        scene = door(language)
        scene.preferences = replace(scene.preferences, large=large)
        scene.restyle()
        scene.resize(size)
        scene.meet_stranger("table.example:1234")
        for armed in (None, ANEW):
            scene.ui.armed = armed
            surface = pygame.Surface(size)
            scene.paint(surface, NOW)
            assert scene.cut == []
            back = scene.hits(NOW)[BACK]
            above = {tuple(surface.get_at((x, back.y - 6)))[:3] for x in range(back.x, back.right)}
            assert above == {tuple(theme.BAD_SHADE)}, "the words reach the buttons"


def test_before_a_stranger_one_is_safe_unless_one_says_twice_that_the_host_began_anew() -> None:
    scene = door()
    write(scene, "Anna")
    scene.meet_stranger("table.example:1234")
    assert scene.banner(NOW) == scene.words("stranger.title")
    assert set(scene.hits(NOW)) == {BACK, ANEW}
    assert key(scene, pygame.K_RETURN) == []
    assert "button:sit" in scene.hits(NOW)
    scene.meet_stranger("table.example:1234")
    assert key(scene, pygame.K_ESCAPE) == []
    assert "button:sit" in scene.hits(NOW)
    scene.meet_stranger("table.example:1234")
    assert press(scene, ANEW) == []
    assert scene.ui.armed == ANEW
    assert press(scene, BACK) == []
    scene.meet_stranger("table.example:1234")
    assert press(scene, ANEW) == []
    (wish,) = press(scene, ANEW)
    assert isinstance(wish, ask.Connect)
    assert wish.new_table
    assert not scene.ui.stranger


def test_who_sits_down_otherwise_means_no_new_table() -> None:
    scene = door()
    write(scene, "Anna")
    (wish,) = press(scene, "button:sit")
    assert isinstance(wish, ask.Connect)
    assert not wish.new_table


def test_a_watcher_needs_no_name_and_classic_has_no_watchers() -> None:
    scene = door()
    press(scene, "pick:watcher")
    assert press(scene, "button:sit") == [ask.Connect("127.0.0.1", 1234, "", "watcher")]
    scene.ui.busy = ""
    press(scene, "pick:classic")
    assert scene.ui.role == "player"
    assert "pick:watcher" not in scene.hits(NOW)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ["player", "croupier", "watcher"])
@pytest.mark.parametrize("classic", [False, True])
def test_no_word_is_cut_off_at_the_door(language: str, role: str, classic: bool) -> None:
    for size in SIZES:
        scene = door(language)
        scene.resize(size)
        scene.ui.role, scene.ui.classic, scene.ui.asks_table_password = role, classic, True
        for trouble in ("", scene.words("refused.not_modern")):
            scene.ui.trouble = trouble
            scene.paint(pygame.Surface(size), NOW)
            assert scene.cut == []
            hits = scene.hits(NOW)
            assert all(box.clipped(Box(0, 0, *size)) == box for box in hits.values())
