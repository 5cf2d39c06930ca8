"""Nothing that comes and goes leaves circles: the collector looks for them seldom."""

import gc
from pathlib import Path

from protocol.games.roulette.bets import ListBets, PlaceBets
from protocol.games.roulette.fields import Bet
from protocol.house.door import Greeting, LeaveSeat, SignIn, TakeSeat
from protocol.house.lists import Seat
from protocol.wire import encode
from torture.stage import Line, Stage

VISITS = 50
BEGUN = 5
"""Visits before counting begins: what is made once is made by then."""


def visit(stage: Stage, number: int) -> None:
    """Somebody comes, plays, asks something unlawful, and is cut off; somebody else talks noise."""
    line, noise, old = Line(stage), Line(stage), Line(stage)
    play = stage.table.round.number
    for said in (
        Greeting(1, 1, "a test"),
        SignIn(1, f"Guest {number}", b"", b""),
        TakeSeat(2, Seat.PLAYER, b""),
        PlaceBets(3, play, (Bet(17, 1),)),
        PlaceBets(4, play + 1, (Bet(17, 1),)),
        ListBets(5, play, 0, 0),
        LeaveSeat(6),
    ):
        line.say(encode(said, 1))
    noise.say(b"\x01\xff\xff")
    old.say(b"\x00\x00\x00\x00\x00\x05al")
    stage.turn()
    for each in (line, noise, old):
        each.cut()
    stage.turn()


def test_who_comes_and_goes_leaves_no_garbage(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    for number in range(BEGUN):
        visit(stage, number)
    gc.collect()
    gc.disable()
    try:
        for number in range(BEGUN, VISITS):
            visit(stage, number)
        found = gc.collect()
    finally:
        gc.enable()
        stage.close()
    assert found < VISITS
