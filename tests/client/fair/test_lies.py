"""A client before a house that lies in one round of an evening: what a person reads of it."""

from collections.abc import Iterable
from random import Random

import pytest

from protocol.fair.document import read, write
from protocol.fair.judge import judge
from protocol.fair.verdict import Colour
from protocol.games.kinds import KINDS
from protocol.games.roulette.rounds import PlayerSettled, RoundSettled
from protocol.wire import Message
from torture.crooked import Crooked
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
