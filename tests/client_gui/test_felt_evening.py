"""End to end: all that a player's hands do on the felt, with a mouse, in both languages."""

from collections.abc import Iterable

from client_gui.kit.words import number
from protocol.games.roulette.rules import ANNOUNCED, RED, SPOT_OF, Pocket, Spot, sector
from protocol.house.fields import Chips
from protocol.house.lists import Seat
from tests.client_gui.evening import STACK, Evening, paid, played_in, settled, without_motion
from tests.client_gui.window import Seen, Window
from tests.server.guests import Modern

CORNER = SPOT_OF[25, 26, 28, 29]
NAMES = {"en": ("us", "Lucky"), "ru": ("ru", "Удача")}
"""A favourite's name, and the keyboard that it is typed on."""


def lies(window: Window, bets: dict[Spot, Chips], what: str) -> Seen:
    """The server has answered, and this lies on the table, no more and no less."""
    wanted = {str(spot): chips for spot, chips in bets.items()}
    return window.wait(lambda seen: seen["bets"] == wanted and not seen["pending"], what)


def lights(window: Window, numbers: Iterable[Pocket], what: str) -> None:
    wanted = sorted(numbers)
    window.wait(lambda seen: seen["pointed"]["lit"] == wanted, what)


def step(window: Window, button: str) -> None:
    """Undo, or redo, and wait until something else lies there."""
    before = window.seen["bets"]
    window.click(button)
    window.wait(lambda seen: seen["bets"] != before and not seen["pending"], button)


@played_in("en")
def test_what_was_laid_is_undone_doubled_drawn_away_and_laid_again(evening: Evening) -> None:
    house = evening.house()
    player = evening.player(house, "--name", "Anna")
    player.until_table()
    without_motion(player)
    player.bet(17)
    player.click("chip:5")
    player.bet(RED)
    player.click("button:undo")
    lies(player, {17: 25}, "the last bet undone")
    player.click("button:redo")
    lies(player, {17: 25, RED: 5}, "the same, done again")
    player.click("button:double")
    lies(player, {17: 50, RED: 10}, "as much again")
    player.draw("spot:17", f"spot:{CORNER}")
    lies(player, {CORNER: 50, RED: 10}, "the stack on another spot")
    player.click("button:undo")
    lies(player, {17: 50, RED: 10}, "the stack back")
    player.click("button:redo")
    lies(player, {CORNER: 50, RED: 10}, "the stack drawn again")
    player.draw(f"spot:{RED}", "button:settings")  # Let go beside the layout, it stays.
    player.click("button:clear")
    lies(player, {}, "nothing")
    for _ in range(5):  # The clear, the way to the corner, the double, and both bets.
        step(player, "button:undo")
    lies(player, {}, "nothing, as in the beginning")
    for _ in range(3):
        step(player, "button:redo")
    bets = {17: 50, RED: 10}
    lies(player, bets, "the table as it was")

    croupier = evening.croupier(house, "--name", "Vera")
    croupier.wait(lambda seen: seen["at_stake"] == 60, "the bets")
    croupier.click("button:spin")
    end = settled(player, 1)
    have = STACK - 60 + paid(bets, end["last"])
    assert end["balance"] == have
    player.click("button:rebet")
    lies(player, bets, "the last round's bets")
    player.click("button:clear")
    lies(player, {}, "nothing")
    player.click("button:double")
    lies(player, {17: 100, RED: 20}, "the last round's bets, twice over")
    player.click("button:clear")
    lies(player, {}, "nothing")

    player.press("a")
    player.click("spot:8")
    question = evening.words("note.all_in", n=number(have))
    player.wait(lambda seen: seen["banner"] == question, "the question whether one is sure")
    assert (player.seen["bets"], player.seen["pending"]) == ({}, 0)
    player.click("spot:8")
    assert lies(player, {8: have}, "all in")["balance"] == 0


@played_in("ru")
def test_a_favourite_is_kept_under_a_name_for_another_night(
    evening: Evening, language: str
) -> None:
    keyboard, name = NAMES[language]
    house = evening.house()
    player = evening.player(house, "--name", "Anna", home="hers")
    player.until_table()
    player.keyboard(keyboard)
    bets = {17: 25, CORNER: 25}
    for spot in bets:
        player.bet(spot)
    player.click("button:favourites")
    player.click("field:favourite")
    player.type(name)
    player.click("button:keep")
    player.wait(lambda seen: seen["favourites"] == [name], "the favourite")
    player.press("Escape")
    player.click("button:clear")
    lies(player, {}, "nothing")
    player.close()

    again = evening.player(house, "--name", "Anna", home="hers")
    again.until_table()
    assert again.seen["favourites"] == [name]
    again.click("button:favourites")
    again.click("favourite:0")
    lies(again, bets, "the favourite, by a click")
    again.press("Escape")
    again.click("button:clear")
    lies(again, {}, "nothing")
    again.press("F1")
    lies(again, bets, "the favourite, by its key")
    again.click("button:favourites")
    again.click("drop:0")
    again.wait(lambda seen: not seen["favourites"], "none")


@played_in("en")
def test_the_racetrack_lays_and_lights_and_everybodys_chips_are_named(evening: Evening) -> None:
    house = evening.house()
    player = evening.player(house, "--name", "Anna")
    player.until_table()
    player.click("button:track")
    for name in ANNOUNCED:
        player.point(f"track:{name}")
        lights(player, sector(ANNOUNCED[name]), name)
    player.click("chip:5")
    player.click("track:tiers")
    bets = {spot: 5 * units for spot, units in ANNOUNCED["tiers"]}
    lies(player, bets, "a section")
    player.click("button:clear")
    lies(player, {}, "nothing")
    player.turn("track:17", 5, 1)
    lights(player, (17, 25, 34), "one neighbour")
    player.turn("track:17", 4, 2)
    around = (2, 6, 17, 21, 25, 27, 34)
    lights(player, around, "three neighbours")
    player.click("track:17")
    lies(player, dict.fromkeys(around, 5), "a number and its neighbours")
    player.click("button:clear")
    lies(player, {}, "nothing")
    player.click("final:7")
    lies(player, dict.fromkeys((7, 17, 27), 5), "a final")

    with Modern(house.port) as boris:
        boris.sign_in("Борис")
        boris.sit(Seat.PLAYER)
        boris.bet(1, (17, 40), (RED, 15))
        player.point("spot:17")
        player.wait(lambda seen: seen["pointed"]["held"] == {"Борис": 40}, "whose chips lie there")
        player.point(f"spot:{RED}")
        player.wait(lambda seen: seen["pointed"]["held"] == {"Борис": 15}, "whose chips lie there")
        player.click("tab:players")
        person = f"person:{boris.account}"
        player.point(person)
        player.wait(lambda seen: seen["pointed"]["followed"] == "Борис", "his chips lit")
