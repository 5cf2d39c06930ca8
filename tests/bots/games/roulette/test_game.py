"""What of a round company speaks of, and what it says then."""

from random import Random

import pytest

from bots.games import GAMES
from bots.games.roulette.game import GAME
from bots.games.roulette.phrases import ENGLISH, Event
from client.games import GAMES as KNOWN
from client.games.roulette.state import Round
from client.house.state import HouseState
from protocol.games.roulette.fields import Result
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rounds import PlayerSettled, RoundSettled
from tests.client.states import changed
from tests.client.test_reduce import SEATED

ANNA, BOB = SEATED.account, 77


def after(
    pocket: int = 17, net: int | None = None, top: tuple[Result, ...] = (), balance: int = 500
) -> HouseState:
    """A round that is over, with so much won by oneself, and by others."""
    settled = RoundSettled(1, pocket, 0, 2, 35, 20, top)
    result = None if net is None else PlayerSettled(1, net, balance, ())
    over = Round(1, Phase.SETTLED, settled=settled, result=result)
    return changed(SEATED, round=Round(2), previous=over, balance=balance)


def test_company_plays_games_that_clients_know() -> None:
    assert GAMES.keys() <= KNOWN.keys()


@pytest.mark.parametrize(
    ("state", "event"),
    [
        (SEATED, None),
        (changed(SEATED, previous=Round(1)), None),
        (after(), Event.MUSES),
        *((after(net=39), Event.WON), (after(net=40), Event.WON_MUCH)),
        *((after(net=-39), Event.LOST), (after(net=-40), Event.LOST_MUCH)),
        *((after(net=8, balance=1), Event.WON_MUCH), (after(net=7, balance=1), Event.WON)),
        *((after(0, net=5), Event.ZERO), (after(0, net=-40), Event.LOST_MUCH)),
        (after(top=(Result(BOB, "Bob", 40),)), Event.ADMIRES),
        (after(top=(Result(BOB, "Bob", 39),)), Event.MUSES),
        (after(top=(Result(ANNA, "Anna", 40),), net=39), Event.WON),
    ],
)
def test_what_there_is_to_say_of_a_round(state: HouseState, event: Event | None) -> None:
    assert GAME.event(state) is event


def test_the_gaps_have_the_number_that_fell_and_who_won_most() -> None:
    state = after(37, top=(Result(BOB, "Bob", 40), Result(9, "Zoe", 1)))
    assert GAME.gaps(state, Event.WON, Random(1)) == {"name": "Bob", "number": "00"}
    nothing = GAME.gaps(SEATED, Event.WON, Random(1))
    assert (nothing["name"], int(nothing["number"]) in range(37)) == ("", True)


def test_who_muses_thinks_of_any_number() -> None:
    mused = {GAME.gaps(after(17), Event.MUSES, Random(seed))["number"] for seed in range(99)}
    assert len(mused) > 20


def test_every_event_has_its_lines() -> None:
    assert set(ENGLISH) == set(Event)


def test_what_one_has_at_stake_and_in_which_round() -> None:
    assert not GAME.at_stake(SEATED)
    assert GAME.at_stake(changed(SEATED, round=Round(6, own={17: 1})))
    assert GAME.round(changed(SEATED, round=Round(6))) == 6
