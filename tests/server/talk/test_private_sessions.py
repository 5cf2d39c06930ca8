"""Private sessions of a talk without a house: who may ask, accept, decline and end what, and when.

There is always a third: what two have between them is not his.
"""

from dataclasses import replace

import pytest

from protocol.house.lists import Reason, SessionEnd
from server.limits import Limits
from server.talk.talk import Talk
from tests.server.pure import why_not

ANNA, BERT, CLEO, DORA = 2, 3, 4, 5
NOW = 1_000.0
MOST = 2
AGAIN = 30.0


def talk() -> Talk:
    return Talk(replace(Limits(), private_sessions=MOST, ask_again_seconds=AGAIN))


def in_session(house: Talk, one: int, other: int) -> bool:
    """As both see it."""
    seen = [why_not(house.verify_session, *pair) for pair in ((one, other), (other, one))]
    assert seen in ([None, None], [(Reason.NO_SUCH_SESSION, 0)] * 2)
    return seen[0] is None


def test_only_who_was_asked_accepts() -> None:
    house = talk()
    assert not house.ask(ANNA, BERT, NOW)
    for account, asker in ((CLEO, ANNA), (ANNA, BERT), (BERT, CLEO), (ANNA, ANNA), (DORA, BERT)):
        for accepted in (True, False):
            why = why_not(house.answer, account, asker, NOW, accepted=accepted)
            assert why == (Reason.NO_SUCH_SESSION, 0)
        assert not in_session(house, ANNA, BERT)
    house.answer(BERT, ANNA, NOW, accepted=True)
    assert in_session(house, ANNA, BERT)
    assert not in_session(house, ANNA, CLEO)
    assert not in_session(house, BERT, CLEO)


def test_a_request_is_answered_once() -> None:
    house = talk()
    house.ask(ANNA, BERT, NOW)
    house.answer(BERT, ANNA, NOW, accepted=True)
    for accepted in (True, False):
        why = why_not(house.answer, BERT, ANNA, NOW, accepted=accepted)
        assert why == (Reason.NO_SUCH_SESSION, 0)
    assert in_session(house, ANNA, BERT)


def test_who_is_asked_by_several_accepts_one_and_still_has_the_other() -> None:
    house = talk()
    house.ask(ANNA, CLEO, NOW)
    house.ask(BERT, CLEO, NOW)
    house.answer(CLEO, BERT, NOW, accepted=True)
    assert in_session(house, BERT, CLEO)
    assert not in_session(house, ANNA, CLEO)
    house.answer(CLEO, ANNA, NOW, accepted=True)
    assert in_session(house, ANNA, CLEO)
    assert in_session(house, BERT, CLEO)


def test_who_ask_each_other_are_in_session_and_a_third_is_not() -> None:
    house = talk()
    assert not house.ask(ANNA, BERT, NOW)
    assert not house.ask(CLEO, ANNA, NOW)
    assert house.ask(BERT, ANNA, NOW)
    assert in_session(house, ANNA, BERT)
    assert not in_session(house, ANNA, CLEO)


@pytest.mark.parametrize("started", [False, True])
def test_nobody_asks_twice(started: bool) -> None:
    house = talk()
    house.ask(ANNA, BERT, NOW)
    if started:
        house.answer(BERT, ANNA, NOW, accepted=True)
        assert why_not(house.ask, BERT, ANNA, NOW) == (Reason.NOT_NOW, 0)
    assert why_not(house.ask, ANNA, BERT, NOW) == (Reason.NOT_NOW, 0)
    assert why_not(house.ask, ANNA, CLEO, NOW) is None


def test_as_many_may_be_asked_for_as_the_house_allows_and_no_more() -> None:
    house = talk()
    house.ask(ANNA, BERT, NOW)
    house.answer(BERT, ANNA, NOW, accepted=True)
    house.ask(ANNA, CLEO, NOW)
    assert why_not(house.ask, ANNA, DORA, NOW) == (Reason.OTHER, 0)
    assert not house.ask(DORA, ANNA, NOW)
    assert why_not(house.answer, ANNA, DORA, NOW, accepted=True) == (Reason.OTHER, 0)
    assert why_not(house.ask, ANNA, DORA, NOW) == (Reason.OTHER, 0)
    assert house.end(ANNA, CLEO, NOW) is SessionEnd.WITHDRAWN
    house.answer(ANNA, DORA, NOW, accepted=True)
    assert in_session(house, ANNA, DORA)


def test_who_has_enough_may_still_decline() -> None:
    house = talk()
    house.ask(ANNA, BERT, NOW)
    house.ask(ANNA, CLEO, NOW)
    house.ask(DORA, ANNA, NOW)
    house.answer(ANNA, DORA, NOW, accepted=False)
    assert why_not(house.ask, DORA, ANNA, NOW) == (Reason.TOO_FAST, 30_000)


def test_a_session_is_not_counted_for_who_is_only_asked() -> None:
    house = talk()
    for asker in (ANNA, BERT, CLEO):
        house.ask(asker, DORA, NOW)
    assert not house.ask(DORA, 9, NOW)
    house.answer(DORA, CLEO, NOW, accepted=True)
    assert in_session(house, CLEO, DORA)


@pytest.mark.parametrize("way", ["answer", "end"])
def test_who_was_declined_waits_and_nobody_else_does(way: str) -> None:
    house = talk()
    house.ask(ANNA, BERT, NOW)
    if way == "answer":
        house.answer(BERT, ANNA, NOW, accepted=False)
    else:
        assert house.end(BERT, ANNA, NOW) is SessionEnd.DECLINED
    assert not in_session(house, ANNA, BERT)
    for moment, left in ((NOW, 30_000), (NOW + 12.5, 17_500), (NOW + 29.75, 250)):
        asked = why_not(house.ask, ANNA, BERT, moment)
        assert asked == (Reason.TOO_FAST, left)
    assert not house.ask(ANNA, CLEO, NOW)
    assert not house.ask(CLEO, BERT, NOW)
    assert not house.ask(ANNA, BERT, NOW + AGAIN)


def test_who_declined_may_ask_and_then_the_other_need_not_wait() -> None:
    house = talk()
    house.ask(ANNA, BERT, NOW)
    house.answer(BERT, ANNA, NOW, accepted=False)
    assert not house.ask(BERT, ANNA, NOW + 1)
    assert house.ask(ANNA, BERT, NOW + 2)
    assert in_session(house, ANNA, BERT)


def test_who_is_declined_again_waits_from_then_and_the_others_from_before() -> None:
    house = talk()
    house.ask(ANNA, BERT, NOW)
    house.answer(BERT, ANNA, NOW, accepted=False)
    house.ask(CLEO, BERT, NOW + 10)
    house.answer(BERT, CLEO, NOW + 10, accepted=False)
    house.ask(BERT, ANNA, NOW + 20)  # So that Anna may ask too; and the session is ended.
    house.ask(ANNA, BERT, NOW + 20)
    assert house.end(ANNA, BERT, NOW + 20) is SessionEnd.ENDED
    assert why_not(house.ask, ANNA, BERT, NOW + 25) == (Reason.TOO_FAST, 5_000)
    assert not house.ask(ANNA, BERT, NOW + 30)
    house.answer(BERT, ANNA, NOW + 30, accepted=False)
    assert why_not(house.ask, CLEO, BERT, NOW + 39) == (Reason.TOO_FAST, 1_000)
    assert why_not(house.ask, ANNA, BERT, NOW + 41) == (Reason.TOO_FAST, 19_000)
    assert not house.ask(CLEO, BERT, NOW + 41)
    assert not house.ask(ANNA, BERT, NOW + 60)


def test_either_ends_a_session_and_no_third() -> None:
    for first, second in ((ANNA, BERT), (BERT, ANNA)):
        house = talk()
        house.ask(ANNA, BERT, NOW)
        house.answer(BERT, ANNA, NOW, accepted=True)
        house.ask(CLEO, ANNA, NOW)
        for account, other in ((CLEO, BERT), (CLEO, DORA), (DORA, ANNA)):
            why = why_not(house.end, account, other, NOW)
            assert why == (Reason.NO_SUCH_SESSION, 0)
        assert in_session(house, ANNA, BERT)
        assert house.end(first, second, NOW) is SessionEnd.ENDED
        assert not in_session(house, ANNA, BERT)
        assert why_not(house.end, ANNA, BERT, NOW) == (Reason.NO_SUCH_SESSION, 0)
        house.answer(ANNA, CLEO, NOW, accepted=True)
        assert in_session(house, ANNA, CLEO)


def test_what_is_taken_back_can_not_be_accepted_and_may_be_asked_again() -> None:
    house = talk()
    house.ask(ANNA, BERT, NOW)
    assert house.end(ANNA, BERT, NOW) is SessionEnd.WITHDRAWN
    assert why_not(house.answer, BERT, ANNA, NOW, accepted=True) == (
        Reason.NO_SUCH_SESSION,
        0,
    )
    assert not house.ask(ANNA, BERT, NOW)


def test_who_leaves_parts_with_all_and_the_others_stay_together() -> None:
    house = talk()
    house.ask(ANNA, BERT, NOW)
    house.answer(BERT, ANNA, NOW, accepted=True)
    house.ask(ANNA, DORA, NOW)
    house.ask(CLEO, ANNA, NOW)
    house.ask(CLEO, BERT, NOW)
    house.answer(BERT, CLEO, NOW, accepted=True)
    assert house.leave(ANNA) == [BERT, CLEO, DORA]
    assert house.leave(ANNA) == []
    assert not in_session(house, ANNA, BERT)
    assert in_session(house, BERT, CLEO)
    for account, asker in ((DORA, ANNA), (ANNA, CLEO)):
        why = why_not(house.answer, account, asker, NOW, accepted=True)
        assert why == (Reason.NO_SUCH_SESSION, 0)
    assert not house.ask(ANNA, BERT, NOW)
    assert not house.ask(CLEO, DORA, NOW)


def test_nothing_is_kept_of_who_has_nothing_to_do_with_anybody() -> None:
    house = talk()
    house.ask(ANNA, BERT, NOW)
    house.answer(BERT, ANNA, NOW, accepted=True)
    house.end(ANNA, BERT, NOW)
    house.ask(CLEO, DORA, NOW)
    house.leave(CLEO)
    assert not house._ties
    house.ask(ANNA, BERT, NOW)
    house.answer(BERT, ANNA, NOW, accepted=False)
    assert len(house._declined) == 1
    house.ask(CLEO, DORA, NOW + AGAIN)
    assert not house._declined
