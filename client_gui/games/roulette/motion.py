"""How things move: pure functions of time.

The wheel turns one way (its angle grows), the ball runs the other way round the rim. What is known
comes in two steps: that the wheel spins, and, some time later, which pocket the server announced.
So a spin is a chain of laws of motion, each with a closed form:

    run      round the rim, slowing towards a pace it could keep for ever; the pocket is not known
    slow     from the moment it is known: down to the speed at which the rim holds the ball no more
    drop     down the slope to the pockets
    hops     over the frets, each lower, shorter and slower than the one before
    rock     in the pocket, between its two frets, dying away
    ride     round with the wheel, until that stands still

Only `slow` can be stretched. Everything after it turns the ball against the wheel by a known angle,
so how long `slow` must last for the ball to end in the announced pocket is one division.

Angles are in radians, clockwise from the top; heights and distances in radii of the wheel.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, exp, pi, sin, tau
from typing import NamedTuple

from protocol.games.roulette.rules import SINGLE, Pocket, Wheel

RIM = 0.835
"""Where the ball runs."""
FRETS = 0.66
"""Where the slope ends and the frets begin."""
BAY = 0.585
"""Where it comes to rest."""

WHEEL_SPEED = 1.15
SPIN_UP = 1.2
WHEEL_STOPS = 7.0
"""How long the wheel runs on when the ball has settled."""

REST_ANGLE = 0.25
"""How a wheel stands that has not been spun yet."""

LAUNCH_SPEED = 10.5
CRUISE_SPEED = 6.2
SLOWING = 1.6
LEAVE_SPEED = 2.7
"""The speed at which the rim holds the ball no more."""

LEAST_RUN = 1.6
LEAST_SLOW = 2.6
SLOW_SHAPE = 2

DROP_TIME = 0.85
HOPS = 5
FIRST_HOP = 0.34
HOP_SHRINKS = 0.72
HOP_SLOWS = 0.58
GRAVITY = 3.6
ROCK_RATE = 16.0
ROCK_DIES = 4.2
ROCK_TIME = 1.3
PICK_UP = 0.3
"""The ball is lifted from its old pocket, and is thrown in, for this long each."""


def clamp(x: float, low: float = 0.0, high: float = 1.0) -> float:
    return low if x < low else min(x, high)


def ease_out(x: float) -> float:
    """From 0 to 1, fast at first."""
    return 1 - (1 - clamp(x)) ** 3


def ease_in_out(x: float) -> float:
    x = clamp(x)
    return x * x * (3 - 2 * x)


def progress(now: float, start: float, length: float) -> float:
    """How much of a span of time has passed, 0 to 1."""
    return clamp((now - start) / length) if length > 0 else float(now >= start)


def one_pocket(wheel: Wheel) -> float:
    """How much of the wheel a pocket takes."""
    return tau / len(wheel.order)


def pocket_angle(pocket: Pocket, wheel: Wheel = SINGLE) -> float:
    """Where a pocket is on the wheel, clockwise from zero. (A house that lies may name one that is
    on none: the ball lies in zero then.)
    """
    at = wheel.order.index(pocket) if pocket in wheel.pockets else 0
    return at * one_pocket(wheel)


class Scene(NamedTuple):
    """The wheel and the ball at one moment."""

    wheel: float
    """How far the wheel is turned."""
    ball: float
    radius: float
    height: float
    shown: float
    """How much of the ball is to be seen, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Rotor:
    """The wheel: gathers speed, holds it, and from `release` on runs out."""

    start: float
    angle: float = 0.0
    speed: float = 0.0
    release: float = float("inf")

    def at(self, now: float) -> float:
        if now > self.release:
            spent = min(now - self.release, WHEEL_STOPS)
            run_out = WHEEL_SPEED * spent * (1 - spent / (2 * WHEEL_STOPS))
            return self._turning(self.release) + run_out
        return self._turning(now)

    def speed_at(self, now: float) -> float:
        if now > self.release:
            return WHEEL_SPEED * max(0.0, 1 - (now - self.release) / WHEEL_STOPS)
        x = clamp((now - self.start) / SPIN_UP)
        return self.speed + (WHEEL_SPEED - self.speed) * x

    def _turning(self, now: float) -> float:
        spent = max(0.0, now - self.start)
        up = min(spent, SPIN_UP)
        gathered = self.speed * up + (WHEEL_SPEED - self.speed) * up * up / (2 * SPIN_UP)
        return self.angle + gathered + WHEEL_SPEED * (spent - up)

    def stands(self, now: float) -> bool:
        return now >= self.release + WHEEL_STOPS


def _hop(number: int) -> tuple[float, float]:
    """How long the n-th hop lasts, and how fast the ball then moves against the wheel."""
    speed = (LEAVE_SPEED + WHEEL_SPEED) * HOP_SLOWS ** (number + 1)
    return FIRST_HOP * HOP_SHRINKS**number, speed


_HOP_STARTS = [sum(_hop(k)[0] for k in range(n)) for n in range(HOPS + 1)]
_HOP_TURNS = [sum(_hop(k)[0] * _hop(k)[1] for k in range(n)) for n in range(HOPS + 1)]
HOPS_TIME = _HOP_STARTS[-1]
ROCK_SPEED = _hop(HOPS)[1]
_AFTER_SLOW = (LEAVE_SPEED + WHEEL_SPEED) * DROP_TIME + _HOP_TURNS[-1]
"""How far the ball turns against the wheel once the rim has let it go."""
FALL_TIME = DROP_TIME + HOPS_TIME + ROCK_TIME
_STROKES = tuple(
    (DROP_TIME + start, HOP_SHRINKS**n) for n, start in enumerate(_HOP_STARTS)
) + tuple(
    (DROP_TIME + HOPS_TIME + rocked, HOP_SHRINKS ** (HOPS + 1) * exp(-ROCK_DIES * rocked))
    for rocked in ((0.5 + turn) * pi / ROCK_RATE for turn in range(int(ROCK_TIME * ROCK_RATE / pi)))
)
"""When the ball strikes a fret, after the rim has let it go, and how hard; the first is 1."""


@dataclass(frozen=True, slots=True)
class Fall:
    """The way from the rim into the announced pocket, once that is known."""

    pocket: Pocket
    begin: float
    speed: float
    """The ball's speed along the rim when `slow` begins."""
    ball: float
    """Its angle then."""
    slow: float
    """How long it slows."""

    @property
    def leaves(self) -> float:
        return self.begin + self.slow

    @property
    def settled(self) -> float:
        return self.leaves + FALL_TIME

    def along_rim(self, now: float) -> float:
        """How far the ball has run since `begin`, while the rim holds it."""
        x = clamp((now - self.begin) / self.slow)
        over = (self.speed - LEAVE_SPEED) / (SLOW_SHAPE + 1)
        return self.slow * (LEAVE_SPEED * x + over * (1 - (1 - x) ** (SLOW_SHAPE + 1)))


@dataclass(frozen=True, slots=True)
class Spin:
    """One spin; `announce` gives the same spin with its pocket known."""

    start: float
    rotor: Rotor
    from_pocket: Pocket | None = None
    """Where the ball lay before."""
    fall: Fall | None = None
    thrown: bool = True
    """Whether there is a ball on the wheel at all."""
    wheel: Wheel = SINGLE

    @classmethod
    def begin(cls, now: float, before: "Spin | None" = None, wheel: Wheel = SINGLE) -> "Spin":
        """Start the wheel, from where and how fast the last spin left it."""
        if before is None:
            return cls(now, Rotor(now), wheel=wheel)
        rotor = Rotor(now, before.rotor.at(now) % tau, before.rotor.speed_at(now))
        return cls(now, rotor, before.fall.pocket if before.fall else None, wheel=wheel)

    @classmethod
    def resting(cls, pocket: Pocket | None, wheel: Wheel = SINGLE) -> "Spin":
        """A wheel that stands still, the ball in this pocket."""
        long_ago = -1e6
        rotor = Rotor(long_ago, REST_ANGLE - WHEEL_SPEED * WHEEL_STOPS / 2, release=long_ago)
        if pocket is None:
            return cls(long_ago, rotor, thrown=False, wheel=wheel)
        fall = Fall(pocket, long_ago - 99, LEAVE_SPEED, 0, 1)
        return cls(long_ago, rotor, None, fall, wheel=wheel)

    def announce(self, now: float, pocket: Pocket) -> "Spin":
        """Plan the fall into this pocket. The ball runs at least `LEAST_RUN` before it."""
        begin = max(now, self.start + LEAST_RUN)
        speed = self._run_speed(begin)
        ball = self._run_angle(begin)
        # Against the wheel the ball turns backwards: from where it is when `slow` begins,
        # by what `slow` takes, by what comes after, to the pocket.
        per_second = LEAVE_SPEED + (speed - LEAVE_SPEED) / (SLOW_SHAPE + 1) + WHEEL_SPEED
        lies = pocket_angle(pocket, self.wheel)
        relative = ball - self.rotor.at(begin) - _AFTER_SLOW - lies
        turns = ceil((LEAST_SLOW * per_second - relative) / tau)
        slow = (relative + turns * tau) / per_second
        fall = Fall(pocket, begin, speed, ball, slow)
        rotor = Rotor(self.rotor.start, self.rotor.angle, self.rotor.speed, fall.settled)
        return Spin(self.start, rotor, self.from_pocket, fall, wheel=self.wheel)

    def at(self, now: float) -> Scene:
        wheel = self.rotor.at(now)
        if not self.thrown:
            return Scene(wheel, 0.0, RIM, 0.0, 0.0)
        if self.fall is not None and now >= self.fall.begin:
            return self._falling(self.fall, wheel, now)
        if now < self.start + PICK_UP:
            lifted = progress(now, self.start, PICK_UP)
            if self.from_pocket is None:
                return Scene(wheel, 0.0, RIM, 0.0, 0.0)
            ball = wheel + pocket_angle(self.from_pocket, self.wheel)
            return Scene(wheel, ball, BAY, 0.12 * ease_out(lifted), 1 - lifted)
        shown = progress(now, self.start + PICK_UP, PICK_UP)
        return Scene(wheel, self._run_angle(now), RIM, 0.0, shown)

    def strokes(self) -> Iterator[tuple[float, float]]:
        """When the ball strikes a fret, and how hard, 0 to 1; nothing before the fall is known."""
        if self.fall is not None:
            leaves = self.fall.leaves
            yield from ((leaves + after, strength) for after, strength in _STROKES)

    def over(self, now: float) -> bool:
        """Whether the ball lies in its pocket."""
        return self.fall is not None and now >= self.fall.settled

    def stands(self, now: float) -> bool:
        """Whether nothing moves any more."""
        return self.rotor.stands(now) and (self.over(now) or not self.thrown)

    def skipped(self, now: float) -> "Spin":
        """The same spin with the ball in its pocket already."""
        if self.fall is None or self.over(now):
            return self
        rotor = Rotor(
            now - SPIN_UP, (self.rotor.at(now) - WHEEL_SPEED * SPIN_UP / 2) % tau, release=now
        )
        fall = Fall(self.fall.pocket, now - FALL_TIME - 2, LEAVE_SPEED, 0, 1)
        return Spin(self.start, rotor, self.from_pocket, fall, wheel=self.wheel)

    def _run_speed(self, now: float) -> float:
        spent = max(0.0, now - self.start)
        return CRUISE_SPEED + (LAUNCH_SPEED - CRUISE_SPEED) * exp(-spent / SLOWING)

    def _run_angle(self, now: float) -> float:
        spent = max(0.0, now - self.start)
        extra = (LAUNCH_SPEED - CRUISE_SPEED) * SLOWING * (1 - exp(-spent / SLOWING))
        return -(CRUISE_SPEED * spent + extra)

    def _falling(self, fall: Fall, wheel: float, now: float) -> Scene:
        if now < fall.leaves:
            return Scene(wheel, fall.ball - fall.along_rim(now), RIM, 0.0, 1.0)
        # From here on the ball is seen from the wheel: so far it must still turn.
        left, radius, height = _off_the_rim(now - fall.leaves)
        return Scene(
            wheel, wheel + pocket_angle(fall.pocket, self.wheel) + left, radius, height, 1.0
        )


def _off_the_rim(spent: float) -> tuple[float, float, float]:
    """The angle to the pocket that is left, the distance from the hub, the height."""
    if spent < DROP_TIME:
        x = spent / DROP_TIME
        left = _AFTER_SLOW - (LEAVE_SPEED + WHEEL_SPEED) * spent
        return left, RIM + (FRETS - RIM) * x * x, 0.0
    spent -= DROP_TIME
    if spent < HOPS_TIME:
        return _hopping(spent)
    spent = min(spent - HOPS_TIME, ROCK_TIME)
    # The envelope ends at zero, not near it: the pocket's middle is where the ball rests.
    fade = exp(-ROCK_DIES * spent) * (1 - (spent / ROCK_TIME) ** 2)
    left = -ROCK_SPEED / ROCK_RATE * sin(ROCK_RATE * spent) * fade
    return left, BAY, 0.0


def _hopping(spent: float) -> tuple[float, float, float]:
    number = bisect_right(_HOP_STARTS, spent) - 1
    length, speed = _hop(number)
    since = spent - _HOP_STARTS[number]
    left = _HOP_TURNS[-1] - _HOP_TURNS[number] - speed * since
    height = GRAVITY * since * (length - since)
    radius = FRETS + (BAY - FRETS) * ease_in_out(spent / HOPS_TIME)
    return left, radius, height


@dataclass(frozen=True, slots=True)
class Count:
    """A number that counts up or down to its new value."""

    old: int
    new: int
    start: float
    length: float

    def at(self, now: float) -> int:
        return round(self.old + (self.new - self.old) * ease_out(self.done(now)))

    def done(self, now: float) -> float:
        return progress(now, self.start, self.length)


def along(path: Sequence[tuple[float, float]], x: float) -> tuple[float, float]:
    """A point of the straight way between two points."""
    (ax, ay), (bx, by) = path[0], path[-1]
    return ax + (bx - ax) * x, ay + (by - ay) * x
