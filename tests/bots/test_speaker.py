"""What one player says, and how seldom."""

import itertools
from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from random import Random

import pytest

from bots.games import GAMES
from bots.games.game import Game
from bots.games.roulette.game import GAME
from bots.phrases import ENGLISH, RUSSIAN, Occasion, speaks_russian
from bots.speaker import MOST_IN_MIND, NEVER, RESTS, Speaker
from client.games.roulette.state import Round
from client.house.state import Heard, HouseState, Kind, Line, Session, Talk
from protocol.games.roulette.lists import Phase
from protocol.house.talk import AnswerSession, Say, SayPrivately
from protocol.limits import LINE_BYTES
from protocol.text import fit_line
from protocol.wire import Request
from tests.client.states import changed
from tests.client.test_reduce import SEATED, settled

OTHER = 77


def after(number: int) -> HouseState:
    """A round, with the one before it over."""
    over = Round(number - 1, Phase.SETTLED, settled=settled())
    return changed(SEATED, round=Round(number), previous=over, balance=500)


def utter(speaker: Speaker, state: HouseState, now: float) -> list[tuple[float, Request]]:
    """All that comes of this state, and when."""
    said = [(now, wish) for wish in speaker.look(state, now)]
    while speaker.due != NEVER:
        at = speaker.due
        said += [(at, wish) for wish in speaker.look(state, at)]
    return said


def hearing(*lines: Heard, state: HouseState = SEATED) -> HouseState:
    return changed(state, lines=lines, serial=lines[-1].serial)


def at_the_table(name: str, talkative: float = 0.0, seed: int = 1) -> Speaker:
    """One who has been there for a while, and has said his good evening."""
    speaker = Speaker(name, GAME, talkative, Random(seed))
    utter(speaker, SEATED, 0.0)
    return speaker


@pytest.mark.parametrize("phrases", [ENGLISH, RUSSIAN], ids=["english", "russian"])
def test_every_occasion_has_lines_that_a_table_takes(
    phrases: Mapping[Enum, tuple[str, ...]],
) -> None:
    assert set(phrases) == set(Occasion)
    fit(phrases)


def fit(phrases: Mapping[Enum, tuple[str, ...]]) -> None:
    for lines in phrases.values():
        assert len(set(lines)) == len(lines) >= 3
        for line in lines:
            said = line.format(name="N" * 16, number=36)
            assert fit_line(said) == said
            assert len(said.encode()) < LINE_BYTES


@pytest.mark.parametrize("game", GAMES.values())
def test_of_every_game_both_languages_have_lines_that_a_table_takes(game: Game) -> None:
    assert set(game.english) == set(game.russian)
    fit(game.english)
    fit(game.russian)


def test_a_cyrillic_name_speaks_russian() -> None:
    assert speaks_russian("Ольга")
    assert not speaks_russian("Olga 2")


def test_he_says_good_evening_once_and_takes_his_time() -> None:
    greeted = []
    for seed in range(40):
        speaker = Speaker("Adele", GAME, 0.0, Random(seed))
        said = utter(speaker, SEATED, 100.0)
        assert all(at > 101.0 for at, _ in said)
        greeted += said
        assert utter(speaker, SEATED, 110.0) == []
    assert 10 <= len(greeted) <= 30
    assert {wish.line for _, wish in greeted if isinstance(wish, Say)} <= set(
        ENGLISH[Occasion.CAME]
    )


def test_who_talks_much_talks_more_and_nobody_without_a_rest() -> None:
    spoken = {}
    for talkative in (0.04, 0.6):
        speaker = at_the_table("Adele", talkative)
        times = []
        for number in range(2, 402):
            times += [at for at, _ in utter(speaker, after(number), number * 20.0)]
        assert all(b - a >= RESTS for a, b in itertools.pairwise(times))
        spoken[talkative] = len(times)
    assert 5 <= spoken[0.04] <= 40
    assert 180 <= spoken[0.6] <= 300


def test_however_fast_the_rounds_his_lines_do_not_pile_up() -> None:
    speaker = Speaker("Adele", GAME, 1.0, Random(2), hurry=1000)
    times: list[float] = []
    for number in range(1, 1000):
        times += [number * 0.02 for _ in speaker.look(after(number), number * 0.02)]
    assert 3 <= len(times) <= 6
    assert speaker.due < 21 + RESTS or speaker.due == NEVER


def test_he_answers_to_his_name_and_to_no_other() -> None:
    answers = 0
    for seed in range(50):
        speaker = at_the_table("Uma", seed=seed)
        silent = hearing(Heard(0, Kind.SAID, OTHER, "Boris", "A human, Boris?", serial=1))
        assert utter(speaker, silent, 50.0) == []
        named = hearing(Heard(0, Kind.SAID, OTHER, "Boris", "well, UMA!", serial=2))
        said = utter(speaker, named, 60.0)
        assert utter(speaker, named, 90.0) == []
        answers += len(said)
    assert 30 <= answers <= 49


def test_who_speaks_to_him_alone_is_answered_alone() -> None:
    speaker = at_the_table("Ольга", seed=3)
    whisper = Heard(0, Kind.WHISPERED, OTHER, "Boris", "Hello?", serial=1, to=SEATED.account)
    ((_, answer),) = utter(speaker, hearing(whisper), 50.0)
    assert isinstance(answer, SayPrivately)
    assert (answer.account, answer.in_session) == (OTHER, False)
    assert answer.line in RUSSIAN[Occasion.ASKED]


def test_he_agrees_to_a_private_session_after_a_moment_and_once() -> None:
    speaker = at_the_table("Adele")
    asked = replace(SEATED, sessions={OTHER: Session("Boris", Talk.ASKS)})
    assert [wish for _, wish in utter(speaker, asked, 50.0)] == [AnswerSession(0, OTHER, True)]
    assert utter(speaker, asked, 90.0) == []


def test_what_was_said_before_he_came_is_not_answered() -> None:
    speaker = Speaker("Adele", GAME, 0.0, Random(1))
    early = hearing(
        *(Heard(0, Kind.SAID, OTHER, "Boris", "Adele!", serial=n) for n in range(1, 20))
    )
    assert all(
        isinstance(wish, Say) and wish.line in ENGLISH[Occasion.CAME]
        for _, wish in utter(speaker, early, 1.0)
    )


def test_who_gets_up_says_so_and_is_back_with_a_word() -> None:
    said = set()
    for seed in range(30):
        speaker = at_the_table("Adele", seed=seed)
        wishes = list(speaker.look(SEATED, 50.0, leaves=True))
        while speaker.due != NEVER:
            wishes += speaker.look(SEATED, speaker.due, leaves=True)
        gone = replace(SEATED, status=replace(SEATED.status, line=Line.LOST))
        assert speaker.look(gone, 60.0) == []
        wishes += [wish for _, wish in utter(speaker, SEATED, 90.0)]
        said |= {wish.line for wish in wishes if isinstance(wish, Say)}
    assert said & set(ENGLISH[Occasion.LEAVES])
    assert said & set(ENGLISH[Occasion.BACK])
    assert not said & set(ENGLISH[Occasion.CAME])


def test_who_is_spoken_to_by_a_crowd_answers_a_few() -> None:
    speaker = at_the_table("Anna")
    asking = {account: Session("x", Talk.ASKS) for account in range(1000, 1050)}
    for at in range(20):
        sessions = {account + at * 50: each for account, each in asking.items()}
        speaker.look(replace(SEATED, sessions=sessions), 100.0)
    said = utter(speaker, SEATED, 100.0)
    assert 0 < len(said) <= MOST_IN_MIND
