"""A client before a house that lies in one round of an evening: what a person reads of it."""

from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest

from protocol.fair.document import read, write
from protocol.fair.judge import judge
from protocol.fair.verdict import Colour
from protocol.games.kinds import KINDS
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rounds import PlayerSettled, RoundOpened, RoundSettled
from protocol.house.door import Done, SeatTaken
from protocol.house.draw import EventAsked, LinkRow, LinksShown, YourDraw
from protocol.wire import Message
from torture.crooked import OWN_SPOT, SHILL, Crooked
from torture.lies import BEFORE, LIES, Lie, tell


@pytest.mark.parametrize("lie", LIES, ids=[lie.name for lie in LIES])
def test_a_lie_is_told_to_every_honest_player_and_so_is_its_file(lie: Lie) -> None:
    house = tell(lie, Random(7))
    for player in house.honest:
        colours = [colour for colour, _ in player.eyes.seen]
        assert colours[:BEFORE] == [Colour.GREEN] * BEFORE
        assert max(colours[BEFORE:]) is lie.colour
        verdicts = player.dialogue.state.table.verdicts
        worst = max(verdicts.values(), key=lambda each: each.colour)
        ((_, verdict),) = judge(read(write(worst.document)), KINDS)
        assert verdict.colour is not Colour.GREEN


def test_a_number_without_a_freeze_is_red_once() -> None:
    lie = next(each for each in LIES if each.name == "everything that proves does not come")
    for player in tell(lie, Random(7)).honest:
        verdicts = player.dialogue.state.table.verdicts
        assert verdicts[3].verdict.reds.keys() == {"late"}
        assert [number for _, number in player.eyes.seen] == [1, 2, 3]


def _twice(said: Message) -> Iterable[Message]:
    return (said, said) if isinstance(said, RoundSettled | PlayerSettled) else (said,)


def test_what_is_said_again_of_a_round_is_red_only_where_it_is_another_thing() -> None:
    house = Crooked(Random(7), 8)
    for player in house.honest:
        player.twist = _twice
    for _ in range(3):
        house.settle(house.close(house.open()))
    for player in house.honest:
        assert [colour for colour, _ in player.eyes.seen] == [Colour.GREEN] * 3


def test_a_question_that_is_told_again_does_not_say_how_long_it_still_runs() -> None:
    """Nobody holds it against the house that the answer came too late."""
    house = Crooked(Random(7), 8)
    play = house.open()
    for player in house.honest:
        player.twist = lambda said: () if isinstance(said, EventAsked) else (said,)
    play = house.close(play)
    for player in house.honest:
        player.twist = lambda said: () if isinstance(said, Done) else (said,)
    house.come_back(play, Phase.SPINNING)
    only = {SHILL: play.links[SHILL]}
    house.settle(replace(play, links=only))
    for player in house.honest:
        assert [colour for colour, _ in player.eyes.seen] == [Colour.GREY]
        assert "missed" in player.dialogue.state.table.verdicts[1].verdict.greys


def test_who_came_within_a_round_is_as_strict_in_the_next() -> None:
    house = Crooked(Random(7), 8)
    play = house.close(house.open())
    house.come_back(play, Phase.SPINNING)
    house.settle(house.with_shown(play))
    next(lie for lie in LIES if lie.name == "the links are not heard").act(house)
    for player in house.honest:
        assert player.eyes.seen[-1] == (Colour.RED, 2)


def test_links_that_are_told_before_one_is_at_the_table_again_prove_nothing() -> None:
    """The house tells an account, and one comes to the table a moment later."""
    house = Crooked(Random(7), 8)
    play = house.close(house.open())
    rows = tuple(LinkRow(who, 1, play.links[who]) for who in play.accounts)

    def early(said: Message) -> Iterable[Message]:
        links = LinksShown(play.number, rows), YourDraw(play.number, ())
        return (*links, said) if isinstance(said, SeatTaken) else (said,)

    for player in house.honest:
        player.twist = early
        player.last = play.number, play.seed, play.done
    house.come_back(replace(play, number=2), Phase.BETTING)
    for player in house.honest:
        assert player.eyes.seen == [(Colour.GREY, 1)]


def test_a_round_that_was_told_again_cannot_be_passed_over_either() -> None:
    house = Crooked(Random(7), 8)
    play = house.close(house.open())
    house.come_back(play, Phase.SPINNING)
    for player in house.honest:
        player.hear(RoundOpened(2, 1000))
        assert player.eyes.seen == [(Colour.RED, 1)]


def test_what_comes_late_of_a_round_that_one_missed_is_not_held_against_the_house() -> None:
    house = Crooked(Random(7), 8)
    play = house.close(house.open())
    for player in house.honest:
        player.last = play.number, play.seed, play.done
    house.come_back(replace(play, number=2), Phase.BETTING)
    for player in house.honest:
        player.hear(house.paid(play, player, OWN_SPOT))
        assert player.eyes.seen == [(Colour.GREY, 1)]
