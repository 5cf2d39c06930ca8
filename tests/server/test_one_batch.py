"""Several lines of several accounts in one batch, with every request: no order breaks anything."""

from contextlib import ExitStack
from random import Random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from protocol import messages
from protocol.classic import Request as ClassicRequest
from protocol.house.door import Goodbye, Pong
from protocol.house.lists import Seat
from torture.lines import ACCOUNTS, LINES, PASSES, Caller, Lines, in_classic, modern, step
from torture.report import scratch

AT = st.integers(0, LINES - 1)
WHO = st.integers(0, ACCOUNTS - 1)
DICE = st.randoms(use_true_random=False)


class OneBatch(RuleBasedStateMachine):
    """A rule puts something into the batch; now and then the batch is done."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.lines = Lines(self.stack.enter_context(scratch()), 1)

    @rule(at=AT, dice=DICE)
    def say(self, at: int, dice: Random) -> None:
        self.lines.say(at, dice)

    @rule(at=AT, who=WHO, seat=st.sampled_from(Seat))
    def hurry(self, at: int, who: int, seat: Seat) -> None:
        self.lines.hurry(at, who, seat)

    @rule(at=AT, politely=st.booleans(), modern=st.booleans())
    def cut(self, at: int, politely: bool, modern: bool) -> None:
        self.lines.cut(at, politely=politely, modern=modern)

    @rule(dice=DICE)
    def draw(self, dice: Random) -> None:
        self.lines.draw(dice)

    @rule(who=WHO, word=st.sampled_from(("kick", "ban", "unban", "release", "mute")))
    def order(self, who: int, word: str) -> None:
        self.lines.order(who, word)

    @rule(dice=DICE, steps=st.integers(1, 40))
    def go_on(self, dice: Random, steps: int) -> None:
        for _ in range(steps):
            step(self.lines, dice)

    @rule(seconds=st.sampled_from(PASSES))
    def turn(self, seconds: float) -> None:
        self.lines.turn(seconds)

    @invariant()
    def nothing_is_wrong(self) -> None:
        assert not self.lines.wrong

    def teardown(self) -> None:
        self.lines.close()
        self.stack.close()
        assert not self.lines.wrong


TestOneBatch = OneBatch.TestCase
TestOneBatch.settings = settings(
    max_examples=100,
    stateful_step_count=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_every_request_of_both_dialects_is_tried() -> None:
    with scratch() as folder:
        lines = Lines(folder, 1)
        dice, caller = Random(1), lines.callers[0]
        assert isinstance(caller, Caller)
        asked = {type(said) for said in modern(lines, dice, caller)}
        assert set(messages.FROM_CLIENT.values()) - asked == {Goodbye, Pong}
        assert {type(said) for said in in_classic(lines, dice, caller)} == set(
            ClassicRequest.__args__
        )
        lines.close()
