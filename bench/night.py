"""What the crowd does at the table, and what each part of it costs the server and the players."""

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from bench import frames
from bench.crowd import Crowd, now
from bench.meter import Meter, median, percentile
from bench.tongues import TONGUES, Fact

Figures: TypeAlias = dict[str, float]

SENT_AT_ONCE = 64
"""While everybody bets, the answers are heard every so many bets."""
AMONG_SECONDS = 0.02
"""Bets among the results go on at least so long after the start."""


class Plan(NamedTuple):
    """What the crowd is to do. Everything has an end."""

    players: int = 100
    dialect: str = "modern"
    tag: str = "load"
    """Begins every name, so that a second load on one server has names of its own."""
    door: int = 48
    """So many come in at one time: a server lets only so many strangers wait."""
    bets: int = 1000
    """With one in flight, and so many again at a pace."""
    rate: float = 500.0
    """Paced bets a second."""
    rounds: int = 5
    """In which everybody bets at once, and so many again with bets among the results."""
    returns: int = 1000
    """At most so many are cut off at once and come back."""
    patience: float = 120.0
    """The longest wait for anything, in seconds."""


class Span(NamedTuple):
    """How long something took, and the processor time that it took of both sides."""

    seconds: float
    server: float
    load: float


def total(spans: Iterable[Span]) -> Span:
    return Span(*map(sum, zip(*spans, strict=True)))


class Night:
    """One crowd at one table, from the door to the last round."""

    def __init__(self, plan: Plan, port: int, server: Meter) -> None:
        self.plan = plan
        self.players = range(plan.players)
        self.server = server
        names = [frames.name(plan.tag, who) for who in range(plan.players + 1)]
        self.crowd = Crowd(TONGUES[plan.dialect], names, port)
        self.tongue = self.crowd.tongue
        self.bettors: set[int] = set()
        """Who has chips on the table."""
        self.events: dict[str, int] = dict.fromkeys(("sign_ins", "bets", "spins", "results"), 0)
        """What was counted, event by event; a yardstick counts the same on its side."""
        self.figures: Figures = {}

    def run(self) -> None:
        """The whole night. What was measured before something went wrong stays in `figures`."""
        parts = (
            self.come_in,
            self.bet_one_by_one,
            self.bet_paced,
            self.bet_at_once,
            self.bet_among_results,
            self.come_back,
        )
        try:
            for part in parts:
                self.figures |= part()
        finally:
            self.crowd.close()

    # --- the parts of the night ---------------------------------------------------------------

    def come_in(self) -> Figures:
        """The croupier first, then everybody, `door` at a time."""
        self.arrive([self.tongue.croupier])
        before, threads = self.server.resident(), self.server.threads()
        connecting, signing_in = self.arrive(self.players)
        count = self.plan.players
        return {
            "connects_per_second": count / connecting.seconds,
            "sign_ins_per_second": count / signing_in.seconds,
            "server_us_per_sign_in": 1e6 * signing_in.server / count,
            "memory_per_player": (self.server.resident() - before) / count,
            "threads_before": threads,
            "threads": self.server.threads(),
        }

    def bet_one_by_one(self) -> Figures:
        """Somebody bets, and only when he is answered, somebody else does."""
        trips: list[float] = []
        for turn in self.turns():
            for who in turn:
                answered = self.crowd.tally({Fact.ANSWERED: 1})
                self.bet(who, now())
                self.crowd.listen(answered, self.plan.patience)
            trips += self.take_trips()
        return times("one_in_flight", trips)

    def bet_paced(self) -> Figures:
        """So many bets a second, whether the server keeps up or not. Each is timed from the moment
        that it was due: a bet that was sent late has waited too.
        """
        trips: list[float] = []
        for turn in self.turns():
            answered = self.crowd.tally({Fact.ANSWERED: len(turn)})
            begin = now()
            for place, who in enumerate(turn):
                due = begin + place / self.plan.rate
                while (left := due - now()) > 0:
                    self.crowd.hear(left)
                self.bet(who, due)
            self.crowd.listen(answered, self.plan.patience)
            trips += self.take_trips()
        return times("paced", trips)

    def bet_at_once(self) -> Figures:
        """Everybody bets in the moment before the wheel turns; then it turns."""
        trips: list[float] = []
        betting: list[Span] = []
        held: list[Span] = []
        spinning: list[Span] = []
        others = 0
        for _ in range(self.plan.rounds):
            others -= self.tongue.heard[Fact.OTHER]
            answered = self.crowd.tally({Fact.ANSWERED: self.plan.players})
            clock = Clock(self.server)
            for at in range(0, self.plan.players, SENT_AT_ONCE):
                for who in self.players[at : at + SENT_AT_ONCE]:
                    self.bet(who, now())
                self.crowd.hear(0)
            betting.append(clock.stop(self.crowd.listen(answered, self.plan.patience)))
            others += self.tongue.heard[Fact.OTHER]
            trips += self.take_trips()
            spinning.append(self.spin())
            held.append(self.bet_held())
            self.spin()
        count = self.plan.players
        return {
            **times("at_once", trips),
            "at_once_last_answer_ms": 1e3 * median([each.seconds for each in betting]),
            "held_last_answer_ms": 1e3 * median([each.seconds for each in held]),
            **processor("bet", betting, len(trips)),
            "other_frames_per_bet": others / len(trips),
            "start_to_last_result_ms": 1e3 * median([each.seconds for each in spinning]),
            "deliveries_per_second": median([count / each.seconds for each in spinning]),
            **processor("delivery", spinning, count * len(spinning)),
        }

    def bet_held(self) -> Span:
        """All bets lie at the door of a server that was stopped; then it goes on, to the last
        answer. Here the load only has to hear, so that it is not the load that is measured.
        """
        answered = self.crowd.tally({Fact.ANSWERED: self.plan.players})
        with self.server.held():
            for who in self.players:
                self.bet(who, now())
            clock = Clock(self.server)
        span = clock.stop(self.crowd.listen(answered, self.plan.patience))
        self.take_trips()
        return span

    def bet_among_results(self) -> Figures:
        """Bets that arrive while everybody is being sent the results: who has them bets again."""
        trips: list[float] = []
        lasting: list[float] = []
        for _ in range(self.plan.rounds):
            self.see_to_a_bet()
            begin = now()
            told = self.start()
            bets = 0
            answered = self.crowd.tally({Fact.ANSWERED: 0})
            while not (bets and self.crowd.reached(told)) or now() < begin + AMONG_SECONDS:
                due = begin + bets / self.plan.rate
                self.crowd.hear(max(0.0, min(due - now(), AMONG_SECONDS)))
                if now() >= due and self.tongue.told:
                    who = self.tongue.told.popleft()
                    if who != self.tongue.croupier:
                        self.bet(who, now())
                        bets += 1
                if now() > begin + self.plan.patience:
                    break  # Listening says what is missing.
            answered[Fact.ANSWERED] += bets
            self.crowd.listen(told | answered, self.plan.patience)
            lasting.append(self.last_result() - begin)
            self.end_round()
            trips += self.take_trips()
        last = {"among_bets_last_result_ms": 1e3 * median(lasting)}
        return times("among_results", trips) | last

    def come_back(self) -> Figures:
        """Some are cut off at once, come back, and play another round."""
        self.see_to_a_bet()
        self.spin()
        returning = self.players[: self.plan.returns]
        for who in returning:
            self.crowd.cut(who)
        connecting, signing_in = self.arrive(returning)
        for who in returning:
            self.bet_one(who)
        self.spin()
        self.take_trips()
        return {"returns_per_second": len(returning) / total((connecting, signing_in)).seconds}

    # --- what they are made of ----------------------------------------------------------------

    def arrive(self, crowd: Sequence[int]) -> tuple[Span, Span]:
        """Everybody connects, and then signs in and sits down: what each took."""
        tongue, listen = self.tongue, self.crowd.listen
        connecting: list[Span] = []
        signing_in: list[Span] = []
        for at in range(0, len(crowd), self.plan.door):
            here = crowd[at : at + self.plan.door]
            greeted = self.crowd.tally({Fact.GREETED: len(here)})
            signed_in = self.crowd.tally({Fact.SIGNED_IN: len(here)})
            seated = self.crowd.tally({Fact.SEATED: len(here)})
            papers = [tongue.sign_in(who) for who in here]
            seats = [tongue.sit(who) for who in here]
            clock = Clock(self.server)
            for who in here:
                self.crowd.connect(who)
            if tongue.greeting:
                self.crowd.write_all(here, [tongue.greeting] * len(here))
                listen(greeted, self.plan.patience)
            connecting.append(clock.stop(now()))
            clock = Clock(self.server)
            self.crowd.write_all(here, papers)
            listen(signed_in, self.plan.patience)
            if any(seats):
                self.crowd.write_all(here, seats)
                listen(seated, self.plan.patience)
            signing_in.append(clock.stop(now()))
        self.events["sign_ins"] += len(crowd)
        return total(connecting), total(signing_in)

    def turns(self) -> Iterator[Sequence[int]]:
        """Who bets, one after the other: each once a round, and the wheel turns in between."""
        for at in range(0, self.plan.bets, self.plan.players):
            yield self.players[: self.plan.bets - at]
            self.spin()

    def bet(self, who: int, due: float) -> None:
        """Send a bet, timed from when it was due; its answer is heard later."""
        self.tongue.asked[who].append(due)
        self.bettors.add(who)
        self.crowd.write(who, self.tongue.bet(who))

    def bet_one(self, who: int) -> None:
        answered = self.crowd.tally({Fact.ANSWERED: 1})
        self.bet(who, now())
        self.crowd.listen(answered, self.plan.patience)

    def see_to_a_bet(self) -> None:
        """No wheel turns for an empty table."""
        if not self.bettors:
            self.bet_one(self.players[0])
            self.take_trips()

    def take_trips(self) -> list[float]:
        trips, self.tongue.trips = self.tongue.trips, []
        self.events["bets"] += len(trips)
        return trips

    def spin(self) -> Span:
        """From the croupier's start to the last player's result."""
        clock = Clock(self.server)
        self.crowd.listen(self.start(), self.plan.patience)
        span = clock.stop(self.last_result())
        self.end_round()
        return span

    def last_result(self) -> float:
        """The moment in which the last player heard his."""
        last = self.tongue.last
        return max(last[Fact.RESULT], last[Fact.OWN_RESULT])

    def start(self) -> dict[Fact, int]:
        """Start the wheel; what the counts will be when everybody knows what came of it."""
        told = self.crowd.tally(self.tongue.results(self.plan.players + 1, len(self.bettors)))
        self.bettors.clear()
        self.tongue.told.clear()
        self.crowd.write(self.tongue.croupier, self.tongue.start())
        return told

    def end_round(self) -> None:
        """Outside of what is timed: everybody confirms, where the dialect asks for it."""
        self.events["spins"] += 1
        self.events["results"] += self.plan.players + 1
        if self.tongue.confirmation:
            for who in (*self.players, self.tongue.croupier):
                self.crowd.write(who, self.tongue.confirmation)


class Clock:
    """Three clocks that start together: the wall's, the server's processor's, and our own."""

    def __init__(self, server: Meter) -> None:
        self._server = server
        self._begun = (now(), server.cpu(), time.process_time())

    def stop(self, moment: float) -> Span:
        """The wall's clock stops at the `moment` of what was waited for, the others now."""
        begun, server, load = self._begun
        return Span(moment - begun, self._server.cpu() - server, time.process_time() - load)


def times(name: str, trips: Sequence[float]) -> Figures:
    return {f"{name}_p{part}_ms": 1e3 * percentile(trips, part / 100) for part in (50, 99)}


def processor(name: str, spans: Sequence[Span], count: int) -> Figures:
    """Processor time for each of so many things, and how busy the load itself was: at 1 it could
    not have taken more.
    """
    whole = total(spans)
    return {
        f"server_us_per_{name}": 1e6 * whole.server / count,
        f"load_us_per_{name}": 1e6 * whole.load / count,
        f"load_busy_per_{name}": whole.load / whole.seconds,
    }
