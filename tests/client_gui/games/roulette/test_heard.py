"""What there is to be heard at a made-up table."""

import itertools
from dataclasses import replace
from types import MappingProxyType

from client_gui.games.roulette.heard import Ears, Moment, cues, moment
from client_gui.games.roulette.rolling import Rolling
from client_gui.games.roulette.show import AFTER, Show
from client_gui.games.roulette.view import Outcome, Phase, RouletteView
from client_gui.sound.cues import Cue
from protocol.games.roulette.rules import RED
from tests.client_gui.states import NOW, PLAYER


def at(view: RouletteView, now: float = NOW) -> Moment:
    return moment(Show.at_rest(view), view, now)


def heard(old: RouletteView, new: RouletteView) -> list[Cue]:
    return list(cues(at(old), at(new)))


def evening(outcome: Outcome, reduced: bool = False) -> list[Cue]:
    """Everything that is heard from the first frame of a spin to the last of its payout."""
    view = replace(PLAYER, my_bets={17: 25, RED: 25}, totals={17: 25, RED: 75, 3: 10})
    settled = replace(
        view, round=1285, phase=Phase.BETTING, my_bets={}, totals={}, outcome=outcome, deadline=None
    )
    show = Show.at_rest(view)
    found: list[Cue] = []
    known = view
    ears = Ears(lambda: (show, known))
    assert not list(ears.listen(NOW)[0])
    for frame in range(15 * 60):
        now = NOW + frame / 60
        if frame == 30:
            closed = replace(view, phase=Phase.CLOSED)
            show, known = show.step(known, closed, now, reduced), closed
        if frame == 90:
            show, known = show.step(known, settled, now, reduced), settled
        heard, rolls = ears.listen(now)
        found += heard
        assert rolls == (Rolling(show.spin) if frame >= 30 and not show.spin.over(now) else None)
    assert reduced or show.settled + AFTER < now
    return found


def test_a_round_that_is_won() -> None:
    won = Outcome(1284, 3, 25, MappingProxyType({17: 25, RED: 25}))
    assert evening(won) == [Cue.CLOSED, Cue.WON, Cue.RAKED, Cue.PAID]


def test_a_round_that_is_lost_is_not_mocked() -> None:
    lost = Outcome(1284, 2, -50, MappingProxyType({17: 25, RED: 25}))
    assert evening(lost) == [Cue.CLOSED, Cue.RAKED]


def test_without_motion_the_win_is_heard_all_the_same() -> None:
    won = Outcome(1284, 17, 850, MappingProxyType({17: 25, RED: 25}))
    assert evening(won, reduced=True)[:2] == [Cue.CLOSED, Cue.WON]


def test_chips_are_heard_when_they_are_laid_and_taken_back() -> None:
    more = replace(PLAYER, pending=MappingProxyType({17: 25}))
    assert heard(PLAYER, more) == [Cue.LAID]
    assert heard(more, PLAYER) == [Cue.LIFTED]
    assert heard(more, replace(PLAYER, my_bets={**PLAYER.my_bets, 17: 25})) == []
    assert heard(PLAYER, replace(PLAYER, my_bets={}, round=1285)) == []


def test_the_last_call_is_heard_once() -> None:
    view = replace(PLAYER, deadline=NOW + 6)
    times = [NOW + tenth / 10 for tenth in range(60)]
    moments = [moment(Show.at_rest(view), view, now) for now in times]
    calls = [cue for a, b in itertools.pairwise(moments) for cue in cues(a, b)]
    assert calls == [Cue.LAST_CALL]


def test_who_sits_down_hears_nothing_of_what_was() -> None:
    assert heard(RouletteView(), PLAYER) == []


def test_nothing_new_is_silence() -> None:
    assert heard(PLAYER, PLAYER) == []


def test_a_wheel_that_was_never_turned_is_silent() -> None:
    view = replace(PLAYER, results=(), outcome=None)
    heard_, rolls = Ears(lambda: (Show.at_rest(view), view)).listen(NOW)
    assert (list(heard_), rolls) == ([], None)
