"""End to end: a real window on a virtual screen, a real server, and hands."""

from protocol.games.roulette.rules import EVEN, RED, SPOT_OF
from tests.client_gui.evening import STACK, Evening, paid, played_in, settled, without_motion

CORNER = SPOT_OF[13, 14, 16, 17]
SPLIT = SPOT_OF[32, 35]
FIRST_DOZEN = SPOT_OF[tuple(range(1, 13))]


@played_in("en")
def test_a_player_and_a_croupier_play_a_round(evening: Evening) -> None:
    house = evening.house()
    player = evening.player(house)
    player.type("Fedor")
    player.wait(lambda seen: seen["typed"]["field:name"] == "Fedor", "the name")
    player.click("button:sit")
    assert player.until_table()["balance"] == STACK
    for spot in (17, SPLIT, CORNER, FIRST_DOZEN, RED):
        player.bet(spot)
    player.type("37")
    player.bet(RED)
    player.click(f"spot:{SPLIT}", 3)
    seen = player.wait(
        lambda seen: str(SPLIT) not in seen["bets"] and not seen["pending"], "the split taken back"
    )
    bets = {17: 25, CORNER: 25, FIRST_DOZEN: 25, RED: 62}
    assert seen["bets"] == {str(spot): chips for spot, chips in bets.items()}
    assert (seen["balance"], seen["at_stake"]) == (STACK - 137, 137)

    croupier = evening.croupier(house, "--name", "Vera")
    croupier.wait(lambda seen: seen["at_stake"] == 137, "the player's chips")
    croupier.click("button:spin")
    croupier.wait(lambda seen: seen["stage"] == "spin", "the spin")
    running = player.wait(lambda seen: seen["phase"] == "spinning", "the ball")
    assert (running["balance"], running["last"]) == (STACK - 137, None)
    end = settled(player, 1)
    assert end["balance"] == STACK - 137 + paid(bets, end["last"])
    player.wait(lambda seen: seen["verified"] is True, "the tick")
    assert settled(croupier, 1)["last"] == end["last"]


@played_in("ru")
def test_the_croupier_gives_every_order(evening: Evening) -> None:
    house = evening.house()
    player = evening.player(house, "--name", "Anna")
    player.until_table()
    player.bet(8)
    croupier = evening.croupier(house, "--name", "Vera")
    without_motion(player)
    without_motion(croupier)
    croupier.wait(lambda seen: seen["at_stake"] == 25, "the bet")

    croupier.click("field:reason")
    croupier.type("misdeal")
    croupier.click("button:void")
    croupier.click("button:void")
    back = player.wait(lambda seen: seen["round"] == 2, "the round voided")
    assert (back["balance"], back["bets"]) == (STACK, {})
    player.wait(lambda seen: "misdeal" in seen["banner"], "the reason")

    player.bet(9)
    croupier.wait(lambda seen: seen["at_stake"] == 25, "the bet")
    croupier.click("button:close")
    player.wait(lambda seen: seen["phase"] == "closed", "no more bets")
    croupier.wait(lambda seen: seen["phase"] in ("closed", "spinning"), "no more bets")
    if croupier.seen["phase"] == "closed":
        croupier.click("button:spin")
    settled(player, 2)
    settled(croupier, 2)

    croupier.click("button:auto")
    croupier.wait(lambda seen: seen["auto"], "auto on")
    croupier.click("tab:players")
    names = croupier.wait(
        lambda seen: any(name.startswith("person:") for name in seen["hits"]), "the players"
    )
    (person,) = (name for name in names["hits"] if name.startswith("person:"))
    croupier.click(person)
    croupier.click("button:kick")
    croupier.click("button:kick")
    player.wait(lambda seen: seen["line"] == "ended", "being shown out")
    assert evening.words("ended.kicked") in player.seen["banner"]


@played_in("en")
def test_the_seat_is_handed_over(evening: Evening) -> None:
    house = evening.house()
    player = evening.player(house, "--name", "Anna")
    player.until_table()
    croupier = evening.croupier(house, "--name", "Vera")
    croupier.click("tab:players")
    seen = croupier.wait(
        lambda seen: any(name.startswith("person:") for name in seen["hits"]), "the players"
    )
    croupier.click(next(name for name in seen["hits"] if name.startswith("person:")))
    croupier.click("button:hand_over")
    croupier.click("button:hand_over")
    player.wait(lambda seen: seen["role"] == "croupier", "the croupier's seat")
    croupier.wait(lambda seen: seen["role"] != "croupier", "another seat")


@played_in("ru")
def test_a_round_in_the_classic_protocol(evening: Evening) -> None:
    house = evening.house()
    player = evening.player(house, "--classic", "--name", "Anna")
    assert player.until_table()["balance"] == STACK
    player.click(f"spot:{RED}")
    refusal = evening.words("note.classic_spot")
    player.wait(lambda seen: seen["banner"] == refusal, "that only numbers and even, odd are there")
    player.type("37")
    player.bet(17)
    once = evening.words("note.classic_once")
    player.click(f"spot:{EVEN}")
    player.wait(lambda seen: seen["banner"] == once, "that one bet a round is all")
    croupier = evening.croupier(house, "--classic")
    without_motion(player)
    without_motion(croupier)
    croupier.click("button:list")
    croupier.wait(lambda seen: seen["at_stake"] == 37, "the list")
    croupier.click("button:spin")
    end = settled(player, 1)
    assert end["balance"] == STACK - 37 + paid({17: 37}, end["last"])
    assert settled(croupier, 1)["last"] == end["last"]


@played_in("en")
def test_the_server_is_killed_in_a_round_and_comes_back(evening: Evening) -> None:
    house = evening.house()
    player = evening.player(house, "--name", "Anna")
    player.until_table()
    player.bet(17)
    player.bet(RED)
    house.kill()
    player.wait(lambda seen: seen["line"] == "lost" and seen["banner"], "the banner")
    house.open()
    seen = player.wait(lambda seen: seen["line"] == "up", "the line")
    assert seen["bets"] == {"17": 25, str(RED): 25}
    assert seen["balance"] == STACK - 50
    player.bet(5)
    croupier = evening.croupier(house, "--name", "Vera")
    without_motion(player)
    without_motion(croupier)
    croupier.press("space")
    end = settled(player, 1)
    bets = {17: 25, RED: 25, 5: 25}
    assert end["balance"] == STACK - 75 + paid(bets, end["last"])


@played_in("ru")
def test_the_window_is_resized_while_the_ball_runs(evening: Evening) -> None:
    house = evening.house("--auto", "5")
    player = evening.player(house, "--name", "Anna")
    player.until_table()
    player.bet(17)
    player.wait(lambda seen: seen["stage"] == "spin", "the ball")
    player.resize(1500, 900)
    player.wait(lambda seen: seen["size"] == [1500, 900], "the new size")
    player.resize(700, 500)
    player.wait(lambda seen: seen["size"] == [960, 600], "the least size")
    end = settled(player, 1)
    assert end["balance"] == STACK - 25 + paid({17: 25}, end["last"])
    player.bet(5)


@played_in("en")
def test_who_may_not_come_in_is_told_why(evening: Evening) -> None:
    words = evening.words
    house = evening.house("--table-password", "open sesame")
    window = evening.player(house, "--name", "Anna")
    window.wait(lambda seen: seen["banner"], "a refusal in words")
    assert window.seen["banner"] == words("refused.table_password")
    window.click("field:table_password")
    window.type("close sesame")
    window.press("Return")
    asks = window.seen["banner"]
    window.wait(lambda seen: seen["banner"] not in ("", asks), "another refusal")
    assert window.seen["banner"] == words("refused.table_password_wrong")
    window.type("open sesame")  # What was wrong is gone.
    window.press("Return")
    window.until_table()
    nobody = evening.window("127.0.0.1", "1", "--name", "Boris")
    nobody.wait(lambda seen: seen.get("banner"), "a refusal in words")
    assert nobody.seen["banner"] == words("refused.unreachable", host="127.0.0.1", port=1)


def test_the_language_is_switched_live(evening: Evening) -> None:
    house = evening.house()
    window = evening.player(house, "--watch", "--lang", "ru")
    window.until_table()
    assert window.seen["role"] == "watcher"
    window.click("button:language")
    window.wait(lambda seen: seen["language"] == "en", "English")


def test_the_window_fills_the_screen_and_shrinks_again(evening: Evening) -> None:
    window = evening.player(evening.house(), "--watch", "--fullscreen")
    window.until_table()
    assert window.seen["size"] == [1600, 1000]
    window.click("button:settings")
    window.click("set:fullscreen")
    window.wait(lambda seen: seen["size"] == [1280, 800], "the window")
    window.click("set:fullscreen")
    window.wait(lambda seen: seen["size"] == [1600, 1000], "the whole screen")


def test_a_name_is_typed_in_cyrillic(evening: Evening) -> None:
    window = evening.player(evening.house(), "--lang", "ru")
    window.keyboard("ru")
    window.type("Фёдор")
    window.wait(lambda seen: seen["typed"]["field:name"] == "Фёдор", "the name")
    window.press("Return")
    window.until_table()


@played_in("ru")
def test_one_command_opens_an_evening_and_the_window_ends_it(evening: Evening) -> None:
    window = evening.window("--name", "Anna", script="client_gui/play.py")
    window.until_table()
    window.wait(lambda seen: seen["at_stake"] == 0 and seen["auto"], "a table that runs itself")
    window.bet(17)
    assert window.close() in (0, 143)
