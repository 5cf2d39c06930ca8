"""End to end: a screen for the whole room, in both languages, beside a table that plays."""

from tests.client_gui.evening import Evening, played_in
from tests.client_gui.window import Window


def until_tv(window: Window) -> None:
    window.wait(lambda seen: seen["scene"] == "tv" and seen["join"] is not None, "the screen")


@played_in("ru")
def test_the_room_sees_a_spin_and_its_result(evening: Evening, language: str) -> None:
    house = evening.house("--auto", "5")
    screen = evening.window("127.0.0.1", str(house.port), "--tv")
    until_tv(screen)
    assert (screen.seen["language"], screen.seen["role"]) == (language, "watcher")
    assert screen.seen["join"] == ""  # The house listens to this machine alone.
    assert screen.seen["hits"] == {}
    player = evening.player(house, "--name", "Anna")
    player.until_table()
    player.bet(17)
    screen.wait(lambda seen: seen["players"] == 1, "a player")
    screen.wait(lambda seen: seen["stage"] == "spin", "the ball")
    came = screen.wait(lambda seen: seen["banner"] and seen["last"] is not None, "the result")
    words = {"en": ("Anna wins", "Nobody wins"), "ru": ("Anna", "Никто")}[language]
    assert came["banner"].startswith(words), came["banner"]
    end = player.wait(lambda seen: seen["last"] is not None, "the result")
    assert came["last"] == end["last"]


def test_the_language_changes_and_escape_leads_out(evening: Evening) -> None:
    house = evening.house()
    screen = evening.window("127.0.0.1", str(house.port), "--watch", "--tv", "--fullscreen")
    until_tv(screen)
    assert screen.seen["size"] == [1600, 1000]
    first = screen.seen["language"]
    screen.press("l")
    screen.wait(lambda seen: seen["language"] != first, "the other language")
    screen.press("Escape")
    screen.wait(lambda seen: seen["size"] == [1280, 800], "the window")
    screen.until_heard("l", lambda seen: seen["language"] == first)
    # (Let go of in the instant the screen changed, the first press is still held to SDL, and the
    # next one seems to repeat it.)
    screen.until_heard("Escape", lambda seen: seen["scene"] == "connect")
    assert screen.seen["hits"]["button:sit"]


def test_the_door_leads_to_the_screen(evening: Evening) -> None:
    """And one sees there when the house is gone, and when it is back."""
    house = evening.house()
    screen = evening.window("--tv")
    screen.wait(lambda seen: seen["scene"] == "connect", "the door")
    screen.click("field:port")
    screen.press("ctrl+a")
    screen.type(str(house.port))
    screen.wait(lambda seen: seen["typed"]["field:port"] == str(house.port), "the port")
    screen.press("Return")
    until_tv(screen)
    house.kill()
    screen.wait(lambda seen: seen["line"] == "lost" and seen["banner"], "the banner")
    house.open()
    screen.wait(lambda seen: seen["line"] == "up", "the line")
