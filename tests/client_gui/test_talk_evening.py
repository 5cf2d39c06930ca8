"""End to end: three windows, two languages, and all three kinds of conversation at once."""

from typing import Any

from protocol.house.lists import Seat
from protocol.house.people import KickPlayer, MutePlayer
from tests.client_gui.evening import Evening
from tests.client_gui.window import Window
from tests.server.guests import Modern


def say(window: Window, line: str) -> None:
    window.click("field:say")
    window.type(line)
    window.wait(lambda seen: seen["talk"]["typed"] == line, f"{line!r} in the line")
    window.press("Return")
    window.wait(lambda seen: seen["talk"]["typed"] == "", f"{line!r} sent")


def hears(window: Window, line: str) -> dict[str, Any]:
    seen = window.wait(lambda seen: line in seen["talk"]["lines"], f"{line!r} heard")
    return dict(seen["talk"])


def account(window: Window, name: str) -> int:
    seen = window.wait(lambda seen: name in seen["talk"]["people"], name)
    return int(seen["talk"]["people"][name])


def test_three_windows_hold_all_three_kinds_of_conversation(evening: Evening) -> None:
    house = evening.house()
    anna = evening.player(house, "--lang", "en", "--name", "Anna")
    boris = evening.player(house, "--lang", "en", "--name", "Boris")
    vera = evening.player(house, "--lang", "ru", "--name", "Вера")
    for window in (anna, boris, vera):
        window.until_table()
    vera.keyboard("ru")

    say(vera, "всем привет")
    for window in (anna, boris, vera):
        hears(window, "всем привет")

    # To one: his tab is marked, and he answers there.
    say(anna, "/private Boris psst")
    assert hears(anna, "psst")["room"] == "Boris"
    boris.wait(lambda seen: seen["talk"]["unread"].get("Anna") == 1, "the mark on the tab")
    boris.click(f"room:{account(boris, 'Anna')}")
    assert hears(boris, "psst")["unread"] == {"Anna": 0}
    say(boris, "what?")
    hears(anna, "what?")

    # A session: asked for with a button, accepted with a button.
    anna.click("button:people")
    anna.click(f"person:{account(anna, 'Вера')}")
    anna.click("button:session")
    vera.wait(lambda seen: seen["talk"]["asks"] == "Anna", "the request")
    vera.click("talk:yes")
    for window in (anna, vera):
        window.wait(lambda seen: seen["talk"]["tie"] == "open", "the session")
    say(vera, "по секрету")
    hears(anna, "по секрету")
    say(anna, "ok")
    hears(vera, "ok")
    assert anna.seen["talk"]["unread"].keys() == {"Boris", "Вера"}
    assert boris.seen["talk"]["unread"].keys() == {"Anna"}

    # Whoever is gone is gone for the session, too.
    vera.process.kill()
    gone = hears(anna, "Вера is gone: the session has ended")
    assert gone["tie"] is None
    say(anna, "/private")
    anna.wait(lambda seen: seen["talk"]["note"].startswith("Whom?"), "the question whom")
    anna.click("field:say")
    anna.type("still there?")
    anna.press("Return")
    anna.wait(lambda seen: "has lost the line" in seen["talk"]["note"], "that Vera is cut off")

    # Whom one ignores one does not hear; who is muted is told for how long.
    say(boris, "/ignore Anna")
    boris.wait(lambda seen: "You ignore Anna" in seen["talk"]["note"], "that Anna is ignored")
    for _ in "still there?":
        anna.press("BackSpace")
    say(anna, "/all hello all")
    anna.click("room:0")
    hears(anna, "hello all")
    say(boris, "/all me too")
    heard = hears(boris, "me too")
    assert "hello all" not in heard["lines"]
    with Modern(house.port) as boss:
        boss.sign_in("Boss")
        boss.sit(Seat.CROUPIER, "secret")
        boss.ask(MutePlayer(boss.next(), account(anna, "Anna"), 600, "hush"))
        say(anna, "hm")
        anna.wait(lambda seen: "You may not speak for" in seen["talk"]["note"], "the mute")
        boss.ask(KickPlayer(boss.next(), account(boris, "Boris"), "enough"))
        boris.wait(lambda seen: seen["banner"] and "removed" in seen["banner"], "the kick")


def test_the_commands_of_the_document_work_as_they_are_typed(evening: Evening) -> None:
    house = evening.house()
    alice = evening.player(house, "--lang", "en", "--name", "Alice")
    bob = evening.player(house, "--lang", "en", "--name", "Bob")
    for window in (alice, bob):
        window.until_table()
    account(alice, "Bob")
    say(alice, "/users")
    alice.wait(lambda seen: any(name.startswith("person:") for name in seen["hits"]), "the people")
    say(alice, "/help")
    alice.wait(lambda seen: "command:session" in seen["hits"], "the list of commands")
    alice.click("command:session")
    alice.wait(lambda seen: seen["talk"]["typed"] == "/session ", "a begun command")
    alice.press("Tab")
    alice.wait(lambda seen: seen["talk"]["typed"] == "/session Bob ", "the name, completed")
    alice.press("Return")
    bob.wait(lambda seen: seen["talk"]["asks"] == "Alice", "the request")
    say(bob, "n")
    hears(alice, "The session with Bob was declined")
    say(bob, "/session Alice")
    alice.wait(lambda seen: seen["talk"]["asks"] == "Bob", "the request")
    say(alice, "y")
    for window in (alice, bob):
        window.wait(lambda seen: seen["talk"]["tie"] == "open", "the session")
    say(alice, "just us")
    hears(bob, "just us")
    say(bob, "/exit")
    for window in (alice, bob):
        window.wait(lambda seen: seen["talk"]["tie"] is None, "the end of the session")
    say(bob, "/private Alice hello!")
    hears(alice, "hello!")
    bob.click("field:say")
    bob.type("/quit")
    bob.press("Return")
    bob.wait(lambda seen: seen["scene"] == "connect", "the door")
