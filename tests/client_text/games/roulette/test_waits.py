"""What a script can wait for in a round."""

import pytest

from client.games.roulette.state import Round
from client.house.state import HouseState
from client_text.games.roulette.game import Roulette
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rounds import PlayerSettled
from tests.client.states import changed
from tests.client.test_reduce import SEATED, settled

PAID = PlayerSettled(5, 0, 500, ())


def at(round_: Round, previous: Round | None = None) -> HouseState:
    return changed(SEATED, round=round_, previous=previous)


NOW = at(Round(5))
"""When the wait begins."""


@pytest.mark.parametrize(
    ("until", "state", "happened"),
    [
        *(("betting", NOW, True), ("betting", at(Round(5, Phase.CLOSED)), False)),
        ("betting", changed(NOW, live=False), False),
        *(("closed", NOW, False), ("closed", at(Round(5, Phase.CLOSED)), True)),
        *(("closed", at(Round(5, Phase.SPINNING)), True), ("result", NOW, False)),
        ("result", at(Round(5, Phase.SPINNING)), False),
        ("result", at(Round(5, Phase.SETTLED, settled=settled(5))), True),
        ("result", at(Round(5, Phase.SETTLED, settled=settled(5), own={17: 1})), False),
        (
            "result",
            at(Round(5, Phase.SETTLED, settled=settled(5), own={17: 1}, result=PAID)),
            True,
        ),
        ("result", at(Round(5, Phase.SETTLED, voided="")), True),
        *(("result", at(Round(6), Round(5)), True), ("closed", at(Round(6), Round(5)), True)),
        ("result", at(Round(4)), True),
    ],
)
def test_a_wait_is_over_when_it_has_happened(until: str, state: HouseState, happened: bool) -> None:
    assert Roulette().waits(until, NOW)(state) is happened
