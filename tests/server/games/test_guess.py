"""Guess the number: sealed before the first try, hints, tries that count, the best of all."""

import re
from hashlib import sha256
from typing import Any

import pytest

from protocol.fair.words import Words
from protocol.house.door import Done, Refused
from protocol.house.draw import (
    ChainTaken,
    OwnDrawIntroduced,
    RegisterChain,
    SendLink,
    YourDraw,
)
from protocol.house.form import FormShown, NumberDrawn
from protocol.house.lists import Reason, Seat
from server.draw.draw import Drawn
from server.draw.own import EVENTS, OwnDraw
from server.games.guess import GUESS, Rules
from server.people.people import Client
from server.sayings import To
from tests.says import Say
from tests.server.games.form_house import FormHouse
from tests.server.pure import refusal

SALT = bytes(range(16))
TO_CHECK = f"To check it: printf {{}}{SALT.hex()} | sha256sum. The last 32 characters are the salt."


class Rigged(Words):
    """Words that come to this number, and to this salt."""

    def __init__(self, number: int) -> None:
        self.number = number

    def below(self, _: int) -> int:
        return self.number - 1

    def apart(self, tag: str, context: bytes) -> Words:
        assert (tag, context) == ("salt", b"")
        salt = iter(SALT)
        words = Rigged(0)
        words.below = lambda _: next(salt) * 256 + next(salt)  # type: ignore[method-assign]
        return words


class RiggedDraw(OwnDraw):
    number_drawn = 0

    def draw(self) -> Drawn:
        return super().draw()._replace(words=Rigged(self.number_drawn))


def thinking_of(number: int, rules: Rules | None = None) -> FormHouse:
    """A house whose draws come to this number."""
    house = FormHouse(GUESS, rules)

    def own_draw(first: int) -> OwnDraw:
        draw = RiggedDraw(house.TABLE, house.house.chance, first=first, now=house.now)
        draw.number_drawn = number
        return draw

    house.game.means.own_draw = own_draw
    return house


def guess(house: FormHouse, client: Client, *numbers: int) -> list[str]:
    """What is read after these."""
    for number in numbers:
        assert isinstance(house.act(client, "guess", number), Done)
    return house.lines(client)


@pytest.mark.parametrize("number", range(1, 101))
def test_a_number_up_to_100_is_found_by_halving_in_seven_tries(number: int) -> None:
    house = thinking_of(number)
    anna = house.player("Anna")
    house.act(anna, "new", 1)
    least, most, tries = 1, 100, 0
    while "guess" in house.offered(anna):
        middle = (least + most) // 2
        lines, tries = guess(house, anna, middle), tries + 1
        if f"{middle} is too low: go higher." in lines:
            least = middle + 1
        if f"{middle} is too high: go lower." in lines:
            most = middle - 1
    assert f"{number} is right! Tries: {tries}" in house.lines(anna)
    assert tries <= 7


def test_the_number_is_sealed_before_the_first_try_and_the_seal_can_be_checked() -> None:
    house = thinking_of(42)
    anna = house.player("Anna")
    assert house.lines(anna) == ["A number is drawn, and sealed before your first try."]
    assert [*house.offered(anna)] == ["new"]
    assert house.act(anna, "new", 1) == Done(1)
    hashed = sha256(f"42{SALT.hex()}".encode()).hexdigest()
    sealed = [
        "It is from 1 to 100.",
        f"SHA-256 of the number and, right behind it, a salt of 32 characters: {hashed}",
    ]
    assert house.lines(anna) == sealed
    assert guess(house, anna, 40) == [*sealed, "40 is too low: go higher.", "Tries so far: 1"]
    assert guess(house, anna, 43) == [*sealed, "43 is too high: go lower.", "Tries so far: 2"]
    assert guess(house, anna, 42) == [
        *sealed,
        "42 is right! Tries: 3",
        TO_CHECK.format(42),
        "Fewest tries, from 1 to 100:",
        "1. Anna: 3",
    ]
    assert [*house.offered(anna)] == ["new"]


@pytest.mark.parametrize("column", [0, 1])
def test_a_seal_opens_as_one_number_for_the_length_of_its_salt_is_said_with_it(column: int) -> None:
    house = thinking_of(5)
    anna = house.player("Anna")
    house.act(anna, "new", 1)
    length, seal = re.findall(r"[0-9a-f]{64}|\d+", house.lines(anna, column)[1])[-2:]
    house.act(anna, "give up")
    opened = re.findall(r"printf (\w+)", house.lines(anna, column)[-1])[0]
    assert sha256(opened.encode()).hexdigest() == seal
    assert opened[: -int(length)] == "5"
    assert length in house.lines(anna, column)[-1].split("sha256sum")[1]


def test_nothing_of_the_number_is_shown_before_the_end() -> None:
    shown = []
    for number in (40, 41):
        house = thinking_of(number)
        anna = house.player("Anna")
        house.act(anna, "new", 1)
        guess(house, anna, 7)
        shown.append([line for line in house.lines(anna) if "SHA" not in line])
    assert shown[0] == shown[1]


@pytest.mark.parametrize(("choice", "most"), [(0, 10), (1, 100), (2, 1000)])
def test_one_chooses_how_far_the_number_goes(choice: int, most: int) -> None:
    house = thinking_of(most)
    anna = house.player("Anna")
    texts = [line.parts[0].text for line in house.offered(anna)["new"].choices]
    assert texts == ["10", "100", "1000"]
    house.act(anna, "new", choice)
    offered = house.offered(anna)
    assert [*offered] == ["guess", "give up"]
    assert (offered["guess"].least, offered["guess"].most) == (1, most)
    assert guess(house, anna, most)[2] == f"{most} is right! Tries: 1"


def test_what_is_out_of_range_or_too_late_is_no_try() -> None:
    house = thinking_of(42)
    anna = house.player("Anna")
    house.act(anna, "new", 1)
    turn = house.form(anna).turn
    for number, reason in ((0, Reason.UNDER_LEAST), (101, Reason.OVER_MOST)):
        assert refusal(house.act(anna, "guess", number)) is reason
    assert house.act(anna, "guess", 7, turn=turn) == Done(1)
    repeated = house.act(anna, "guess", 7, turn=turn)
    assert isinstance(repeated, Refused)
    assert repeated.reason is Reason.WRONG_ROUND
    assert house.lines(anna)[-1] == "Tries so far: 1"


def test_who_gives_up_is_shown_the_number_and_is_not_among_the_best() -> None:
    house = thinking_of(42)
    anna = house.player("Anna")
    assert refusal(house.act(anna, "give up")) is Reason.NOT_NOW
    house.act(anna, "new", 1)
    guess(house, anna, 41)
    turn = house.form(anna).turn
    assert house.act(anna, "give up") == Done(1)
    assert house.lines(anna)[2:] == [
        "It was 42. Tries: 1",
        TO_CHECK.format(42),
    ]
    assert house.form(anna).turn > turn
    house.act(anna, "new", 1)
    assert house.form(anna).turn > turn + 1
    assert house.lines(anna)[1:] == house.lines(anna)[1:2]


def test_each_has_a_number_of_their_own_and_all_see_the_best() -> None:
    house = thinking_of(1)
    players = [house.player(f"Player {number}") for number in range(6)]
    watcher = house.player("Zoe", Seat.WATCHER)
    for tries, player in enumerate(players, 1):
        house.act(player, "new", 1)
        guess(house, player, *range(tries, 1, -1))
        assert house.lines(watcher)[1:2] == (["Fewest tries, from 1 to 100:"] if tries > 1 else [])
        guess(house, player, 1)
    best = [f"{place}. ‹Player {place - 1}›: {place}" for place in range(1, 6)]
    assert house.lines(watcher)[1:] == ["Fewest tries, from 1 to 100:", *best]
    house.act(players[5], "new", 1)
    guess(house, players[5], 1)
    house.act(players[0], "new", 1)
    guess(house, players[0], 5, 4, 1)  # Not so good as before.
    own = [house.lines(player)[2] for player in (players[0], players[5], players[4])]
    assert own == [f"1 is right! Tries: {tries}" for tries in (3, 1, 5)]
    assert house.lines(watcher)[2:] == [
        *("1. ‹Player 0›: 1", "2. ‹Player 5›: 1", "3. ‹Player 1›: 2", "4. ‹Player 2›: 3"),
        "5. ‹Player 3›: 4",
    ]
    house.act(players[0], "new", 0)
    assert len(house.lines(players[0])) == 2, "the best are those of the same range"


def told_to(house: FormHouse, client: Client, since: int) -> list[Any]:
    """What this client alone was told of the draw since then."""
    said = [each for each in house.said[since:] if isinstance(each, To) and each.client is client]
    return [each.message for each in said if not isinstance(each.message, Done | FormShown)]


def with_a_say(house: FormHouse, client: Client) -> Say:
    say = Say(house.game.draws[client.account].name, client.account)
    taken = house.ask(client, RegisterChain(1, say.first, table=house.TABLE))
    assert isinstance(taken, ChainTaken)
    return say


def test_a_number_is_fixed_by_the_players_link_and_proved_when_the_hunt_is_over() -> None:
    house = FormHouse(GUESS)
    anna, bert = house.player("Anna"), house.player("Bert")
    say, since = with_a_say(house, anna), len(house.said)
    house.act(anna, "new", 2)
    assert house.lines(anna) == ["It is from 1 to 1000.", "The number is being drawn."]
    assert house.offered(anna) == {}
    frozen, mine, asked = told_to(house, anna, since)
    assert (frozen.draw, frozen.contributors, frozen.players) == (6, 1, 0)
    assert (mine.has_say, mine.head) == (True, say.first)
    assert (asked.what, asked.detail, asked.window_ms) == (11, bytes((0, 1, 3, 232)), 1500)
    since = len(house.said)
    house.ask(anna, SendLink(2, asked.event, say.show(), table=house.TABLE))
    assert [*house.offered(anna)] == ["guess", "give up"]
    assert told_to(house, anna, since) == []
    house.act(anna, "give up")
    drawn, links, own, number = told_to(house, anna, since)
    assert [row.link for row in links.rows] == [say.head]
    assert own == YourDraw(drawn.event, ())
    words = Words(drawn.seed, asked.step, drawn.shown)
    assert number == NumberDrawn(frozen.round_number, 1 + words.below(1000))
    assert house.lines(anna)[2] == f"It was {number.drawn}. Tries: 0"
    salt = words.apart("salt", b"")
    written = "".join(f"{salt.below(2**16):04x}" for _ in range(8))
    assert f"printf {number.drawn}{written} |" in house.lines(anna)[3]
    assert not [
        each
        for each in told_to(house, bert, since)
        if isinstance(each, type(drawn) | type(asked) | type(number))
    ]


def test_a_link_is_waited_for_so_long_and_no_longer() -> None:
    house = FormHouse(GUESS)
    anna, bert = house.player("Anna"), house.player("Bert")
    with_a_say(house, anna)
    assert house.game.due() is None
    house.act(anna, "new", 0)
    began = house.now
    house.act(bert, "new", 0)
    assert house.game.due() == began + 1.5
    house.advance(1.4)
    assert house.offered(anna) == {}
    assert [*house.offered(bert)] == ["guess", "give up"], "nobody else waits"
    house.advance(0.1)
    assert [*house.offered(anna)] == ["guess", "give up"]
    assert house.game.due() is None


def test_only_who_may_hunt_has_a_draw_and_each_has_their_own() -> None:
    house = FormHouse(GUESS)
    anna, bert = house.player("Anna"), house.player("Bert")
    zoe = house.player("Zoe", Seat.WATCHER)
    draws = [house.game.draw_of(each.account) for each in (anna, bert, zoe)]
    assert draws[0].name != draws[1].name
    assert draws[2] is None
    assert house.game.draw_of(0) is None
    assert house.game.draw_of(anna.account) is draws[0]
    refused = house.ask(zoe, RegisterChain(1, bytes(32), table=house.TABLE))
    assert refusal(refused) is Reason.NOT_SERVED


def test_when_a_draw_is_used_up_another_is_introduced() -> None:
    house = FormHouse(GUESS)
    anna = house.player("Anna")
    first = house.game.draw_of(anna.account)
    began = first.number
    assert began == house.game.means.at > 0
    for _ in range(EVENTS):
        assert house.game.draw_of(anna.account) is first
        since = len(house.said)
        house.act(anna, "new", 0)
        house.act(anna, "give up")
    another = house.game.draw_of(anna.account)
    assert another is not first
    assert another.number == first.number == began + EVENTS
    met, shown = told_to(house, anna, since)[-2:]
    assert met == OwnDrawIntroduced(another.name, another.seeds.seed(0))
    assert shown.event == 0


def test_whoever_comes_back_finds_the_hunt_as_it_was() -> None:
    house = thinking_of(42)
    anna = house.player("Anna")
    house.act(anna, "new", 1)
    before = guess(house, anna, 7)
    house.house.leave(anna, cut_off=True)
    assert house.lines(house.again(anna)) == before


def test_a_table_s_ranges_are_ever_greater() -> None:
    assert list(Rules().faults()) == []
    assert list(Rules(2, 3, 2**16 - 1).faults()) == []
    for rules in (Rules(1), Rules(100), Rules(middle=1000), Rules(large=2**16)):
        assert len(list(rules.faults())) == 1
    assert house_takes(Rules(2, 3, 4)) == ["2", "3", "4"]


def house_takes(rules: Rules) -> list[str]:
    house = thinking_of(1, rules)
    offered = house.offered(house.player("Anna"))
    return [line.parts[0].text for line in offered["new"].choices]
