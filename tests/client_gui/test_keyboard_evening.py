"""End to end: an evening without a mouse, on either keyboard, and what was set up is kept."""

from tests.client_gui.evening import STACK, Evening, played_in, settled
from tests.client_gui.window import Window

KEYBOARDS = {
    "en": ("us", "z", "x", "c", "s", "h"),
    "ru": ("ru", *(f"Cyrillic_{key}" for key in ("ya", "che", "es", "yeru", "er"))),
}
"""What stands where an English keyboard has Z, X, C, S and H: the keys' places count."""
GREETINGS = {"en": "good luck", "ru": "удачи"}


def onward(window: Window, key: str, what: str) -> None:
    """Press a key, and wait until the keyboard is elsewhere."""
    here = window.seen[what]
    window.press(key)
    window.wait(lambda seen: seen[what] != here, f"the way on from {here}")


def to(window: Window, name: str, step: str = "Tab") -> None:
    """Press the tabulator until the keyboard is there."""
    for _ in range(80):
        if window.seen["focus"] == name:
            return
        onward(window, step, "focus")
    raise AssertionError(f"the tabulator does not lead to {name}")


def walk(window: Window, key: str, place: str) -> None:
    window.press(key)
    window.wait(lambda seen: seen["walked"] == place, place)


@played_in("ru")
def test_an_evening_without_a_mouse(evening: Evening, language: str) -> None:
    keyboard, z, x, c, s, h = KEYBOARDS[language]
    greeting = GREETINGS[language]
    house = evening.house()
    player = evening.window()
    door = player.wait(lambda seen: seen["scene"] == "connect", "the door")
    player.until_heard("Tab", lambda seen: seen["focus"] != door["focus"])
    to(player, "field:port")
    for _ in range(5):
        player.press("BackSpace")
    player.type(str(house.port))
    to(player, "pick:player")
    player.press("space")
    to(player, "field:name")
    player.type("Anna")
    player.press("Return")
    player.until_table()
    player.keyboard(keyboard)

    walk(player, "Up", "spot:17")
    player.press("Return")
    player.wait(lambda seen: seen["bets"] == {"17": 25}, "the first bet")
    player.press(c)
    player.press("Right")
    player.press("Right")
    player.wait(lambda seen: seen["walked"] == "spot:20", "the next number")
    player.press("Return")
    player.wait(lambda seen: seen["bets"] == {"17": 25, "20": 100}, "another chip")
    player.press(z)
    player.wait(lambda seen: seen["bets"] == {"17": 25}, "the last one undone")

    player.wait(lambda seen: "track:17" in seen["hits"], "the racetrack")
    for _ in range(8):
        if player.seen["walked"].startswith("track:"):
            break
        onward(player, "Up", "walked")
    assert player.seen["walked"].startswith("track:")
    player.until_heard("Escape", lambda seen: not seen["walked"])
    player.press(x)
    player.wait(lambda seen: not seen["bets"], "nothing on the table")
    walk(player, "Up", "spot:17")
    player.press("Return")
    player.wait(lambda seen: seen["bets"] == {"17": 100}, "the bet again")

    player.press("Escape")
    player.press("Return")
    player.wait(lambda seen: seen["focus"] == "field:say", "the talk")
    player.type(greeting)
    player.press("Return")
    player.wait(lambda seen: greeting in seen["talk"]["lines"], "what was said")
    player.press("Escape")

    player.press(h)
    player.wait(lambda seen: seen["open"] == ["help"], "the keys")
    player.press("Escape")
    player.press(s)
    player.wait(lambda seen: seen["open"] == ["menu"], "the settings")
    to(player, "set:motion", "Down")
    player.press("Return")
    player.wait(lambda seen: seen["settings"]["reduced_motion"], "no motion")
    to(player, "set:reading", "Down")
    player.press("Right")
    player.wait(lambda seen: seen["settings"]["reading"] == 2, "longer to read")
    player.press("Escape")

    croupier = evening.window("127.0.0.1", str(house.port), "--croupier", "--name", "Vera")
    croupier.wait(lambda seen: seen["focus"] == "field:password", "the door")
    croupier.type("secret")
    croupier.press("Return")
    croupier.until_table()
    croupier.wait(lambda seen: seen["at_stake"] == 100, "the bet")
    croupier.press("space")
    assert settled(player, 1)["balance"] in (STACK - 100, STACK + 3500)


@played_in("en")
def test_what_was_set_up_is_there_when_one_comes_again(evening: Evening) -> None:
    house = evening.house()
    window = evening.player(house, "--name", "Anna", home="hers")
    window.until_table()
    window.press("s")
    for name, is_set in (
        ("large", lambda seen: seen["settings"]["large"]),
        ("marks", lambda seen: seen["settings"]["marks"]),
        ("sound", lambda seen: seen["settings"]["muted"]),
    ):
        window.click(f"set:{name}")
        window.wait(is_set, name)
    kept = window.seen["settings"]
    window.close()
    again = evening.player(house, "--name", "Anna", home="hers")
    again.until_table()
    assert again.seen["settings"] == kept
