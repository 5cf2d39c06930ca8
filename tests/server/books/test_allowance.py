"""What one player can have written into the books, however he changes his mind."""

from hypothesis import example, given
from hypothesis import strategies as st

from protocol.games.roulette.bets import BetsPlaced, BetsTakenBack, PlaceBets, TakeBackBets
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rules import SINGLE
from protocol.house.door import Refused
from protocol.house.lists import Reason
from server.books.allowance import BET_BYTES, DEED_BYTES
from server.books.finished import as_json
from server.limits import Limits
from server.people.people import Client
from tests.server.pure import PureHouse

EVERYWHERE = tuple(Bet(spot, 600 - spot) for spot in SINGLE.spots)
SECONDS = 120
LIMITS = Limits()


def crowd(*names: str) -> tuple[PureHouse, list[Client]]:
    pure = PureHouse(stack=1_000_000)
    players = [pure.seated(name) for name in names]
    pure.books.take_journal()
    return pure, players


def changed_mind(pure: PureHouse, who: Client, number: int) -> object:
    kind = PlaceBets if number % 2 else TakeBackBets
    return pure.ask(who, kind(number, 1, EVERYWHERE))


def test_whoever_lays_and_takes_back_all_he_can_writes_little() -> None:
    pure, (anna,) = crowd("Anna")
    number = done = 1
    for _ in range(SECONDS * 20):
        answer = changed_mind(pure, anna, number)
        if isinstance(answer, Refused):
            assert answer.reason is Reason.TOO_FAST
        else:
            number += 1
        pure.now += 0.05
    done = len(pure.books.journal)
    written = len(as_json(pure.books.journal))
    allowed = LIMITS.written_burst + SECONDS * LIMITS.written_a_second
    assert allowed / 2 < written < allowed
    assert SECONDS < done < SECONDS * 2


def test_who_is_refused_may_go_on_after_so_long_as_he_was_told_and_nobody_else_waits() -> None:
    pure, (anna, bert) = crowd("Anna", "Bert")
    number = 1
    while not isinstance(answer := changed_mind(pure, anna, number), Refused):
        number += 1
    assert answer.reason is Reason.TOO_FAST
    assert "wait 0.0 s" not in answer.words
    assert number > 30
    assert 0 < answer.figure < 1000
    assert isinstance(changed_mind(pure, bert, 1), BetsPlaced)
    pure.advance((answer.figure - 1) / 1000)
    assert isinstance(changed_mind(pure, anna, number), Refused)
    pure.advance(0.002)
    assert isinstance(changed_mind(pure, anna, number), BetsPlaced | BetsTakenBack)


def test_a_quiet_while_saves_up_no_more_than_the_burst() -> None:
    pure, (anna,) = crowd("Anna")
    number, changed = 1, []
    for _ in range(2):
        pure.advance(100_000)
        first = number
        while not isinstance(changed_mind(pure, anna, number), Refused):
            number += 1
        changed.append(number - first)
    assert changed[0] == changed[1] > 30


def test_spot_by_spot_nobody_is_ever_too_fast() -> None:
    """Then the pace of requests is what holds him."""
    pure, (anna,) = crowd("Anna")
    number = 0
    for _ in range(SECONDS * int(LIMITS.requests_a_second) // 2):
        for kind in (PlaceBets, TakeBackBets):
            number += 1
            answer = pure.ask(anna, kind(number, 1, (Bet(156, 36_000),)))
            assert isinstance(answer, BetsPlaced | BetsTakenBack), answer
            pure.now += 1 / LIMITS.requests_a_second


def test_what_is_not_written_is_not_counted() -> None:
    pure, (anna,) = crowd("Anna")
    assert isinstance(changed_mind(pure, anna, 1), BetsPlaced)
    for number in range(2, 100):
        again = pure.ask(anna, PlaceBets(number, 1, tuple(Bet(at, 1000) for at in range(157))))
        assert isinstance(again, Refused)
        assert again.reason is Reason.OVER_MOST
        assert isinstance(changed_mind(pure, anna, 1), BetsPlaced)
        again = pure.ask(anna, TakeBackBets(number, 1, tuple(Bet(at, 1000) for at in range(157))))
        assert isinstance(again, Refused)
        assert again.reason is Reason.NOTHING_THERE
    assert isinstance(changed_mind(pure, anna, 100), BetsTakenBack)


@given(st.lists(st.tuples(st.integers(0, 156), st.integers(1, 36_000)), max_size=157))
@example([(spot, 36_000) for spot in range(157)])
def test_no_deed_is_larger_than_what_is_counted(bets: list[tuple[int, int]]) -> None:
    deed = as_json(("refund", 1_048_576, 10**9, 2**62 - 1, bets))
    assert len(deed) < DEED_BYTES + BET_BYTES * len(bets)
