"""Who may say how much, and what the house does about who does not stop."""

from dataclasses import replace

import pytest

from protocol.house.lists import Reason
from server.limits import Limits
from server.refusal import Refusal
from server.talk.table_talk import CROWD_BURST_SECONDS, NOTICE_SECONDS, NOTICES, TableTalk
from server.talk.talk import Measure, Talk
from tests.server.pure import why_not

ANNA, BERT = 2, 3
NOW = 1_000.0
LIMITS = replace(
    Limits(),
    talk_a_second=0.5,
    talk_burst=3.0,
    talk_deliveries_a_second=10.0,
    storm_warn=2,
    storm_mute=4,
    storm_kick=6,
    storm_forgotten_seconds=15.0,
)


def said(house: Talk, account: int, now: float) -> tuple[Reason, int] | None:
    return why_not(house.verify_speaker, account, now)


def test_so_many_lines_at_once_and_then_one_in_so_long() -> None:
    house = Talk(LIMITS)
    assert [said(house, ANNA, NOW) for _ in range(3)] == [None] * 3
    assert said(house, ANNA, NOW) == (Reason.TOO_FAST, 2_000)
    assert said(house, BERT, NOW) is None
    assert said(house, ANNA, NOW + 1.75) == (Reason.TOO_FAST, 250)
    assert said(house, ANNA, NOW + 2) is None
    assert said(house, ANNA, NOW + 2) == (Reason.TOO_FAST, 2_000)
    assert [said(house, ANNA, NOW + 6) for _ in range(2)] == [None] * 2
    assert said(house, ANNA, NOW + 6) is not None
    assert [said(house, ANNA, NOW + 99) for _ in range(3)] == [None] * 3
    assert said(house, ANNA, NOW + 99) is not None


def test_who_has_no_account_only_listens() -> None:
    assert said(Talk(LIMITS), 0, NOW) == (Reason.NOT_FOR_GUESTS, 0)


def test_a_mute_lasts_to_its_moment_and_is_his_alone() -> None:
    house = Talk(LIMITS)
    house.mute(ANNA, NOW + 30)
    assert said(house, ANNA, NOW + 10) == (Reason.MUTED, 20_000)
    assert said(house, BERT, NOW + 10) is None
    assert house.is_muted(ANNA, NOW + 29.5)
    assert not house.is_muted(ANNA, NOW + 30)
    assert not house.is_muted(BERT, NOW)
    assert house.unmuted(NOW + 29.5) == []
    assert said(house, ANNA, NOW + 30) is None
    house.mute(BERT, NOW + 31)
    assert house.unmuted(NOW + 30) == [ANNA]
    assert house.unmuted(NOW + 30) == []
    assert house.unmuted(NOW + 31) == [BERT]


def test_who_is_muted_uses_up_no_lines_and_can_be_let_speak() -> None:
    house = Talk(LIMITS)
    house.mute(ANNA, NOW + 30)
    for _ in range(5):
        assert said(house, ANNA, NOW)
    house.unmute(ANNA)
    house.unmute(BERT)
    assert [said(house, ANNA, NOW) for _ in range(3)] == [None] * 3
    assert house.unmuted(NOW + 30) == []


def test_the_more_hear_a_line_the_longer_the_whole_table_waits() -> None:
    house = TableTalk(LIMITS)

    def heard(audience: int, now: float) -> tuple[Reason, int] | None:
        return why_not(house.verify_crowd, audience, now)

    assert heard(10, NOW) is None  # A second of all deliveries; the burst is two.
    assert heard(5, NOW) is None
    assert heard(10, NOW) is None
    assert heard(1, NOW) == (Reason.TOO_FAST, 500)
    assert heard(1, NOW + 0.25) == (Reason.TOO_FAST, 250)
    assert heard(1, NOW + 0.5) is None
    assert CROWD_BURST_SECONDS == 2
    assert heard(21, NOW + 60) is None
    assert heard(1, NOW + 60) == (Reason.TOO_FAST, 100)


def test_some_comings_and_goings_are_told_at_once_and_then_one_in_so_long() -> None:
    house = TableTalk(LIMITS)
    assert [house.is_news(ANNA, NOW) for _ in range(NOTICES + 1)] == [True] * NOTICES + [False]
    assert house.is_news(BERT, NOW)
    assert not house.is_news(ANNA, NOW + NOTICE_SECONDS - 0.5)
    assert house.is_news(ANNA, NOW + NOTICE_SECONDS)
    assert not house.is_news(ANNA, NOW + NOTICE_SECONDS)
    later = NOW + 1000 * NOTICE_SECONDS
    assert [house.is_news(ANNA, later) for _ in range(NOTICES + 1)] == [True] * NOTICES + [False]


def storm(house: Talk, account: int, now: float, count: int) -> list[Measure | None]:
    """What so many refusals call for, each in turn."""
    due: list[Measure | None] = []
    while len(due) < count:
        if said(house, account, now):
            due.append(house.due_measure(account))
    return due


STEPS = [None, Measure.WARN, None, Measure.MUTE, None, Measure.KICK, Measure.KICK]


def test_who_does_not_stop_is_warned_muted_and_thrown_out() -> None:
    house = Talk(LIMITS)
    assert storm(house, ANNA, NOW, 7) == STEPS
    assert storm(house, BERT, NOW, 2) == STEPS[:2]
    assert storm(Talk(LIMITS), ANNA, 1.0, 7) == STEPS


def test_lines_of_who_is_muted_count_too() -> None:
    house = Talk(LIMITS)
    house.mute(ANNA, NOW + 60)
    assert storm(house, ANNA, NOW, 7) == STEPS


def test_a_storm_is_forgotten_after_a_pause_and_not_before() -> None:
    house = Talk(LIMITS)
    house.mute(ANNA, NOW + 600)
    assert storm(house, ANNA, NOW, 3) == STEPS[:3]
    assert storm(house, ANNA, NOW + 15, 1) == STEPS[3:4]
    assert storm(house, ANNA, NOW + 30.5, 2) == STEPS[:2]
    assert storm(house, ANNA, NOW + 44, 2) == STEPS[2:4]


def test_who_has_to_wait_is_told_how_long_in_words() -> None:
    house = Talk(LIMITS)
    house.mute(ANNA, NOW + 20.4)
    with pytest.raises(Refusal, match=r"^you may speak again in 20 s$"):
        house.verify_speaker(ANNA, NOW)
    for _ in range(3):
        house.verify_speaker(BERT, NOW)
    with pytest.raises(Refusal, match=r"^too many lines: wait 2 s$"):
        house.verify_speaker(BERT, NOW)
    table = TableTalk(LIMITS)
    table.verify_crowd(100, NOW)
    with pytest.raises(Refusal, match=r"^the whole table talks too much: wait 8 s$"):
        table.verify_crowd(1, NOW)
    house.ask(ANNA, BERT, NOW)
    house.answer(BERT, ANNA, NOW, accepted=False)
    with pytest.raises(Refusal, match=r"^they declined: you may ask again in 29 s$"):
        house.ask(ANNA, BERT, NOW + 1)
