"""What a table ought to do, by its pages alone: a model to play beside the house.

It was written from the protocol page and the guides, not from `server`, and shares nothing with
it: its own layout, payouts, phases, clocks and people. Of `protocol` it takes what a message is,
its declared parties, phases and refusals, and the hashes of the draw. A request goes in, and out
comes what is lawful: the answer, and what everybody else has to hear of it.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from protocol import fairness, messages
from protocol.messages import bets, desk, door, lists, records, rounds, talk
from protocol.messages.lists import Notice, Phase, Presence, Reason, Seat, SessionEnd
from protocol.wire import Message, Party, Request

NEVER = math.inf


def _layout() -> list[tuple[str, frozenset[int]]]:
    """Every spot in the order of the page: its kind, and the numbers that it covers."""
    row = {n: (n - 1) % 3 for n in range(1, 37)}
    upward = [(n, n + 1) for n in row if row[n] < 2]
    onward = [(n, n + 3) for n in row if n + 3 in row]
    streets = [(n, n + 1, n + 2) for n in row if row[n] == 0]
    red = (1, 3, 5, 7, 9, 12, 14, 16, 18, 19, 21, 23, 25, 27, 30, 32, 34, 36)
    kinds: dict[str, list[tuple[int, ...]]] = {
        "straight": [(n,) for n in range(37)],
        "split": sorted([*upward, *onward, (0, 1), (0, 2), (0, 3)]),
        "street": sorted([*streets, (0, 1, 2), (0, 2, 3)]),
        "corner": sorted([*((n, m, n + 3, m + 3) for n, m in upward if m < 34), (0, 1, 2, 3)]),
        "line": [(*left, *(n + 3 for n in left)) for left in streets[:-1]],
        "column": [tuple(n for n in row if row[n] == which) for which in range(3)],
        "dozen": [tuple(range(first, first + 12)) for first in (1, 13, 25)],
        "chance": [
            tuple(range(1, 19)),
            tuple(range(2, 37, 2)),
            red,
            tuple(n for n in row if n not in red),
            tuple(range(1, 36, 2)),
            tuple(range(19, 37)),
        ],
    }
    return [(kind, frozenset(covers)) for kind, rows in kinds.items() for covers in rows]


LAYOUT = _layout()


def back(spot: int, chips: int, pocket: int) -> int:
    """What comes back: the stake and 36/n - 1 times as much, or nothing."""
    covers = LAYOUT[spot][1]
    return chips * 36 // len(covers) if pocket in covers else 0


@dataclass
class Rules:
    """The settings that the model knows, as `docs/croupier.toml.example` has them."""

    plaque: dict[str, tuple[int, int]]
    stack: int = 500
    table_most: int = 100_000
    min_players: int = 1
    auto_seconds: int = 0
    spin_seconds: float = 12.0
    reveal_seconds: float = 3.0
    start_seconds: float = 60.0
    keep_seat_seconds: float = 120.0
    away_seconds: float = 300.0
    talk_a_second: float = 1.0
    talk_burst: float = 8.0
    storm_warn: int = 20
    storm_mute: int = 40
    storm_kick: int = 80
    storm_mute_seconds: float = 60.0
    storm_forgotten_seconds: float = 30.0
    shut_out_seconds: float = 300.0
    private_sessions: int = 8
    ask_again_seconds: float = 30.0


class Fault(NamedTuple):
    """A reason to refuse, with its figure and spot."""

    reason: Reason
    figure: int = 0
    spot: int = 255


class Expected(NamedTuple):
    """A message that has to come, and the fields that are known of it."""

    kind: type[Message]
    fields: dict[str, Any]


class Done(NamedTuple):
    """A request that moved chips: what is said of it whenever it comes again."""

    request: Request
    round_number: int
    answer: Expected


@dataclass(eq=False)
class Person:
    """Somebody with a name; or a guest, who has account 0."""

    account: int
    name: str
    address: str
    token: bytes = b""
    wallet: int = 0
    chips: dict[int, int] = field(default_factory=dict)
    last: int = 0
    done: dict[int, Done] = field(default_factory=dict)
    line: str | None = None
    seat: Seat = Seat.NONE
    presence: Presence = Presence.GONE
    acted: float = 0.0
    cut: float = 0.0
    muted_until: float = 0.0
    out_until: float = 0.0
    no_say_until: int = 0
    lines_left: float = 0.0
    lines_at: float = 0.0
    refused: int = 0
    refused_at: float = -NEVER

    @property
    def at_stake(self) -> int:
        return sum(self.chips.values())

    @property
    def present(self) -> bool:
        return self.presence in (Presence.HERE, Presence.AWAY)


def unfit(text: str) -> bool:
    return not text.strip() or len(text.encode()) > 400 or not text.isprintable()


class TableModel:
    """One table. `seed_of` gives the house's seed of a round, when it has to be shown."""

    def __init__(
        self,
        rules: Rules,
        table: bytes,
        anchor: bytes,
        seed_of: Callable[[int], bytes],
        croupier_digest: bytes,
        table_digest: bytes = b"",
        now: float = 0.0,
    ) -> None:
        self.rules, self.table, self.seed_of = rules, table, seed_of
        self.croupier_digest, self.table_digest = croupier_digest, table_digest
        self.now = now
        self.people: dict[int, Person] = {}
        self.lines: dict[str, Person | None] = {}
        self.address: dict[str, str] = {}
        self.out: dict[str, float] = {}
        self.heard: dict[str, list[Expected]] = defaultdict(list)
        self.mint = self.bank = 0
        self.auto = rules.auto_seconds
        self.round, self.seed_before = 0, anchor
        self.asked: set[tuple[int, int]] = set()
        self.sessions: set[frozenset[int]] = set()
        self.declined: dict[tuple[int, int], float] = {}
        self.results: list[tuple[int, int | None]] = []
        self._open()

    # Who is who

    def party(self, line: str) -> Party:
        who = self.lines[line]
        if who is None:
            return Party.STRANGER
        return {
            Seat.NONE: Party.VISITOR,
            Seat.PLAYER: Party.PLAYER,
            Seat.CROUPIER: Party.CROUPIER,
            Seat.WATCHER: Party.WATCHER,
        }[who.seat if who.present else Seat.NONE]

    def at_table(self) -> list[Person]:
        """Who has a seat, or has it kept."""
        return [who for who in self.people.values() if who.seat]

    @property
    def croupier(self) -> Person | None:
        return next((who for who in self.at_table() if who.seat is Seat.CROUPIER), None)

    @property
    def bettors(self) -> list[Person]:
        return [who for _, who in sorted(self.people.items()) if who.chips]

    @property
    def escrow(self) -> int:
        return sum(who.at_stake for who in self.bettors)

    def check(self) -> None:
        """What always holds: chips are neither made nor lost."""
        assert (
            self.mint + self.bank + self.escrow + sum(p.wallet for p in self.people.values()) == 0
        )
        assert all(who.wallet >= 0 for who in self.people.values())

    # What is heard

    def _tell(self, to: str | None, kind: type[Message], /, **fields: Any) -> None:
        if to is not None:
            self.heard[to].append(Expected(kind, fields))

    def _tell_all(self, kind: type[Message], /, **fields: Any) -> None:
        for line, who in self.lines.items():
            if who is not None and who.seat and who.present:
                self._tell(line, kind, **fields)

    def _notice(self, who: Person, what: Notice) -> None:
        self._tell_all(talk.Noticed, account=who.account, name=who.name, notice=what)

    def shown(self, who: Person) -> dict[str, Any]:
        """The table at this instant, as one person sees it."""
        croupier, bettors = self.croupier, self.bettors
        totals: dict[int, list[int]] = defaultdict(list)
        for each in bettors:
            for spot, chips in each.chips.items():
                totals[spot].append(chips)
        return {
            "round_number": self.round,
            "phase": self.phase,
            "ms_left": self.ms_left(),
            "auto_seconds": self.auto,
            "croupier": croupier.account if croupier else 0,
            "croupier_name": croupier.name if croupier else "",
            "seed_before": self.seed_before,
            "freeze": self.freeze,
            "players": len(bettors),
            "bets": sum(len(each.chips) for each in bettors),
            "staked": self.escrow,
            "balance": who.wallet,
            "at_stake": who.at_stake,
            "totals": tuple((s, sum(all_), len(all_)) for s, all_ in sorted(totals.items())),
            "own_bets": tuple(sorted(who.chips.items())),
        }

    def ms_left(self) -> int:
        until = min(self._phase_ends(), self.now + 2**32)
        return min(2**32 - 1, max(0, round((until - self.now) * 1000)))

    # The clocks

    def _phase_ends(self) -> float:
        return {
            Phase.BETTING: self.deadline,
            Phase.CLOSED: self.start_at,
            Phase.SPINNING: self.reveal_until,
        }[self.phase]

    def _dues(self) -> Iterator[tuple[float, Callable[[], None]]]:
        ends = {
            Phase.BETTING: self._time_is_up,
            Phase.CLOSED: self._start,
            Phase.SPINNING: self._settle,
        }
        yield self._phase_ends(), ends[self.phase]
        for who in self.at_table():
            if who.presence is Presence.CUT_OFF:
                yield who.cut + self.rules.keep_seat_seconds, partial(self._go, who)
            elif who.presence is Presence.HERE:
                yield who.acted + self.rules.away_seconds, partial(self._doze, who)
            if self.now < who.muted_until < NEVER:
                yield who.muted_until, partial(self._unmute, who)

    def next_due(self) -> float:
        """When something happens by itself."""
        return min(when for when, _ in self._dues())

    def advance(self, now: float) -> None:
        """Let time pass, and everything happen that is due by then."""
        while True:
            when, do = min(self._dues(), key=lambda due: due[0])
            if when > now:
                break
            self.now = max(self.now, when)
            do()
        self.now = now

    # The round

    def _open(self) -> None:
        self.round += 1
        self.phase = Phase.BETTING
        self.freeze = bytes(32)
        self.commitments: dict[int, bytes] = {}
        self.reveals: dict[int, bytes] = {}
        self.ready: set[int] = set()
        self.reveal_until = self.start_at = NEVER
        on_top = self.rules.spin_seconds if self.round > 1 else 0
        self.deadline = self.now + self.auto + on_top if self.auto else NEVER
        for who in self.people.values():
            for number in [n for n, done in who.done.items() if done.round_number < self.round - 2]:
                del who.done[number]
        self._tell_all(
            rounds.RoundOpened,
            round_number=self.round,
            ms_left=self.ms_left(),
            seed_before=self.seed_before,
        )

    def _time_is_up(self) -> None:
        if len(self.bettors) >= max(1, self.rules.min_players):
            self._close()
            self._start()
        else:
            self._move_deadline(self.now + self.auto)

    def _move_deadline(self, deadline: float) -> None:
        self.deadline = deadline
        self._tell_all(rounds.DeadlineMoved, round_number=self.round, ms_left=self.ms_left())

    def _all_ready(self) -> None:
        players = [p for p in self.at_table() if p.seat is Seat.PLAYER and p.present]
        everybody = all(p.account in self.ready for p in players)
        enough = len(self.bettors) >= max(1, self.rules.min_players)
        if self.auto and self.phase is Phase.BETTING and players and everybody and enough:
            self._time_is_up()

    def _close(self) -> None:
        self.phase = Phase.CLOSED
        self.start_at = self.now + self.rules.start_seconds
        wait = self.rules.reveal_seconds if self.commitments else 0
        self.reveal_until = self.now + wait
        rows = [(p.account, spot, chips) for p in self.bettors for spot, chips in p.chips.items()]
        root = fairness.bets_root(rows)
        self.freeze = fairness.freeze(
            self.table, self.round, self.seed_before, self.commitments, root
        )
        self._tell_all(
            rounds.BettingClosed,
            round_number=self.round,
            ms_left=round(wait * 1000),
            bets_root=root,
            freeze=self.freeze,
            commitments=tuple(sorted(self.commitments.items())),
        )

    def _start(self) -> None:
        self.phase = Phase.SPINNING
        self.reveal_until = max(self.reveal_until, self.now)
        if len(self.reveals) == len(self.commitments):
            self.reveal_until = self.now
        self._tell_all(rounds.WheelStarted, round_number=self.round, ms_left=self.ms_left())
        if self.reveal_until <= self.now:
            self._settle()

    def _settle(self) -> None:
        seed = self.seed_of(self.round)
        assert fairness.previous_seed(self.table, seed) == self.seed_before
        revealed = fairness.reveals_hash(self.freeze, self.commitments, self.reveals)
        pocket = fairness.draw(seed, self.freeze, revealed)
        for account in sorted(set(self.commitments) - set(self.reveals)):
            self.people[account].no_say_until = self.round + fairness.ROUNDS_WITHOUT_SAY
            self._notice(self.people[account], Notice.WITHHELD)
        played = [(who, dict(sorted(who.chips.items()))) for who in self.bettors]
        staked, nets = self.escrow, []
        for who, chips in played:
            won = sum(back(spot, stake, pocket) for spot, stake in chips.items())
            nets.append((who, won - who.at_stake))
            who.wallet += won
            self.bank += who.at_stake - won
            who.chips = {}
        best = sorted(nets, key=lambda row: -row[1])[:10]
        self._tell_all(
            rounds.RoundSettled,
            round_number=self.round,
            pocket=pocket,
            seed=seed,
            players=len(played),
            staked=staked,
            returned=staked + sum(net for _, net in nets),
            reveals=tuple(
                (a, a in self.reveals, self.reveals.get(a, bytes(32)))
                for a in sorted(self.commitments)
            ),
            top=tuple((who.account, who.name, net) for who, net in best),
        )
        self._pay_out(played, lambda spot, stake: back(spot, stake, pocket))
        self._end(seed, pocket)

    def _void(self, words: str) -> None:
        seed = self.seed_of(self.round)
        played = [(who, dict(sorted(who.chips.items()))) for who in self.bettors]
        for who, _ in played:
            who.wallet += who.at_stake
            who.chips = {}
        self._tell_all(rounds.RoundVoided, round_number=self.round, seed=seed, words=words)
        self._pay_out(played, lambda _, stake: stake)
        self._end(seed, None)

    def _pay_out(
        self, played: list[tuple[Person, dict[int, int]]], returned: Callable[[int, int], int]
    ) -> None:
        for who, chips in played:
            payouts = tuple((spot, stake, returned(spot, stake)) for spot, stake in chips.items())
            if who.seat and who.present:
                self._tell(
                    who.line,
                    rounds.PlayerSettled,
                    round_number=self.round,
                    net=sum(came - stake for _, stake, came in payouts),
                    balance=who.wallet,
                    payouts=payouts,
                )

    def _end(self, seed: bytes, pocket: int | None) -> None:
        self.results.append((self.round, pocket))
        self.seed_before = seed
        self._open()

    # Coming and going

    def connect(self, line: str, address: str) -> None:
        self.lines[line], self.address[line] = None, address

    def hang_up(self, line: str) -> None:
        """A line is lost: who had it keeps his seat for a while."""
        who = self.lines.pop(line, None)
        if who is None or who.line != line:
            return
        who.line = None
        if who.seat and who.account:
            self._cut(who)

    def _cut(self, who: Person) -> None:
        if who.present:
            who.presence, who.cut = Presence.CUT_OFF, self.now
            self._notice(who, Notice.CUT_OFF)
            self._end_sessions(who)
            self._all_ready()

    def _go(self, who: Person) -> None:
        """Stand up for good."""
        if not who.seat:
            return
        was, who.seat, who.presence = who.seat, Seat.NONE, Presence.GONE
        if who.account:
            self._notice(who, Notice.CROUPIER_LEFT if was is Seat.CROUPIER else Notice.LEFT)
            self._end_sessions(who)
            self._all_ready()

    def _doze(self, who: Person) -> None:
        who.presence = Presence.AWAY
        self._notice(who, Notice.AWAY)

    def _unmute(self, who: Person) -> None:
        who.muted_until = 0

    def _throw_out(self, who: Person, words: str) -> None:
        who.out_until = self.now + self.rules.shut_out_seconds
        self.out[who.address] = who.out_until
        line, who.line = who.line, None
        if line is not None:
            self._tell(line, door.Goodbye, reason=lists.Farewell.KICKED)
            del self.lines[line]
        who.seat, who.presence = Seat.NONE, Presence.GONE
        self._tell_all(talk.Noticed, account=who.account, notice=Notice.KICKED, words=words)
        self._end_sessions(who)
        self._all_ready()

    def _end_sessions(self, who: Person) -> None:
        for pair in [p for p in self.sessions if who.account in p]:
            self.sessions.discard(pair)
            (other,) = pair - {who.account}
            self._session_ended(other, who.account, SessionEnd.LEFT)
        for asker, asked in [a for a in self.asked if who.account in a]:
            self.asked.discard((asker, asked))
            other = asked if asker == who.account else asker
            self._session_ended(other, who.account, SessionEnd.LEFT)

    def _session_ended(self, hears: int, other: int, why: SessionEnd) -> None:
        who = self.people[hears]
        if who.seat and who.present:
            name = self.people[other].name
            self._tell(who.line, talk.SessionEnded, account=other, name=name, why=why)

    # Requests

    def ask(self, line: str, request: Request, given: Any = None) -> Expected:
        """The answer that has to come. `given` is the house's, for what it alone can know: the
        number and the token of a new account, the seat of who handed the croupier's over.
        """
        who = self.lines[line]
        if not self.party(line) & request.PARTY:
            return self._refused(request, Fault(Reason.NOT_YOURS))
        judge, do = TABLE[type(request)]
        if who is not None and isinstance(request, (bets.PlaceBets, bets.TakeBackBets)):
            before = who.done.get(request.number)
            if before and before.request == request:
                return before.answer
        found = [*self._common(request), *judge(self, who or line, request)]
        if found:
            rank = [Reason(each) for each in request.REFUSALS]
            fault = min(found, key=lambda fault: rank.index(fault.reason))
            return self._refused(request, fault)
        if who is not None:
            self._act(who, request)
        expected: Expected = do(self, who or line, request, given)
        self.check()
        return expected

    def _refused(self, request: Request, fault: Fault) -> Expected:
        return Expected(door.Refused, {"number": request.number, **fault._asdict()})

    def _common(self, request: Request) -> Iterator[Fault]:
        """What is the same for every request that names a round or has words."""
        may = [Reason(each) for each in request.REFUSALS]
        if request.PHASES and self.phase not in request.PHASES:
            phase = (Reason.BETTING_CLOSED, Reason.TOO_LATE, Reason.NOT_NOW)
            yield Fault(next(reason for reason in may if reason in phase))
        if Reason.WRONG_ROUND in may and getattr(request, "round_number", 0) != self.round:
            yield Fault(Reason.WRONG_ROUND, self.round)
        if getattr(request, "words", "") and unfit(getattr(request, "words", "")):
            yield Fault(Reason.TEXT_UNFIT)

    def _act(self, who: Person, request: Request) -> None:
        if isinstance(request, (rounds.CommitSecret, rounds.RevealSecret)):
            return
        who.acted = self.now
        if who.presence is Presence.AWAY:
            who.presence = Presence.HERE
            self._notice(who, Notice.BACK)

    def _say_done(self, request: Request) -> Expected:
        return Expected(door.Done, {"number": request.number})

    # Chips

    def _judge_number(self, who: Person, request: Request) -> Iterator[Fault]:
        if not who.last < request.number < 2**62:
            yield Fault(Reason.NUMBER_REUSED)

    def judge_place(self, who: Person, request: bets.PlaceBets) -> Iterator[Fault]:
        yield from self._judge_number(who, request)
        for bet in request.bets:
            least, most = self.rules.plaque[LAYOUT[bet.spot][0]]
            would = who.chips.get(bet.spot, 0) + bet.chips
            if would < least:
                yield Fault(Reason.UNDER_LEAST, least, bet.spot)
            if would > most:
                yield Fault(Reason.OVER_MOST, most, bet.spot)
        more = sum(bet.chips for bet in request.bets)
        if who.at_stake + more > self.rules.table_most:
            yield Fault(Reason.OVER_TABLE_MOST, self.rules.table_most)
        if more > who.wallet:
            yield Fault(Reason.NOT_ENOUGH_CHIPS, who.wallet)

    def place(self, who: Person, request: bets.PlaceBets, _: Any) -> Expected:
        for bet in request.bets:
            who.chips[bet.spot] = who.chips.get(bet.spot, 0) + bet.chips
            who.wallet -= bet.chips
        return self._moved(who, request, bets.BetsPlaced)

    def judge_take(self, who: Person, request: bets.TakeBackBets) -> Iterator[Fault]:
        yield from self._judge_number(who, request)
        for bet in request.bets:
            lies = who.chips.get(bet.spot, 0)
            least, _ = self.rules.plaque[LAYOUT[bet.spot][0]]
            if bet.chips > lies:
                yield Fault(Reason.NOTHING_THERE, lies, bet.spot)
            elif 0 < lies - bet.chips < least:
                yield Fault(Reason.UNDER_LEAST, least, bet.spot)

    def take(self, who: Person, request: bets.TakeBackBets, _: Any) -> Expected:
        for spot, chips in [(b.spot, b.chips) for b in request.bets] or list(who.chips.items()):
            who.chips[spot] -= chips
            who.wallet += chips
            if not who.chips[spot]:
                del who.chips[spot]
        return self._moved(who, request, bets.BetsTakenBack)

    def _moved(self, who: Person, request: Request, kind: type[Message]) -> Expected:
        known = {"number": request.number, "round_number": self.round}
        answer = Expected(kind, {**known, "balance": who.wallet, "at_stake": who.at_stake})
        who.last = request.number
        who.done[request.number] = Done(request, self.round, answer)
        this_round = [n for n, done in who.done.items() if done.round_number == self.round]
        for number in sorted(this_round)[:-100]:
            del who.done[number]
        return answer

    def say_ready(self, who: Person, request: bets.SayReady, _: Any) -> Expected:
        self.ready.add(who.account)
        self._all_ready()
        return self._say_done(request)

    # Secrets

    def judge_commit(self, who: Person, request: rounds.CommitSecret) -> Iterator[Fault]:
        mine = self.commitments.get(who.account)
        if mine == request.commitment:
            return
        if mine is not None:
            yield Fault(Reason.NOT_NOW)
        if who.no_say_until >= self.round:
            yield Fault(Reason.NO_SAY, who.no_say_until - self.round + 1)
        if len(self.commitments) >= 64:
            yield Fault(Reason.ENOUGH_SAY)

    def commit(self, who: Person, request: rounds.CommitSecret, _: Any) -> Expected:
        self.commitments[who.account] = request.commitment
        return self._say_done(request)

    def judge_reveal(self, who: Person, request: rounds.RevealSecret) -> Iterator[Fault]:
        sealed = self.commitments.get(who.account)
        mine = fairness.commitment(self.table, self.round, who.account, request.secret)
        if sealed is None:
            yield Fault(Reason.NOT_NOW)
        elif mine != sealed:
            yield Fault(Reason.WRONG_SECRET)
        elif who.account not in self.reveals and self.now > self.reveal_until:
            yield Fault(Reason.TOO_LATE)

    def reveal(self, who: Person, request: rounds.RevealSecret, _: Any) -> Expected:
        self.reveals[who.account] = request.secret
        if self.phase is Phase.SPINNING and len(self.reveals) == len(self.commitments):
            self._settle()
        return self._say_done(request)

    # The desk

    def judge_start(self, _: Person, __: Request) -> Iterator[Fault]:
        if self.phase is Phase.BETTING:
            if not self.bettors:
                yield Fault(Reason.NO_BETS)
            if len(self.bettors) < self.rules.min_players:
                yield Fault(Reason.NOT_ENOUGH_PLAYERS, self.rules.min_players)

    def start(self, _: Person, request: desk.StartSpin, __: Any) -> Expected:
        if self.phase is Phase.BETTING:
            self._close()
        self._start()
        return self._say_done(request)

    def close(self, _: Person, request: desk.CloseBetting, __: Any) -> Expected:
        self._close()
        return self._say_done(request)

    def void(self, _: Person, request: desk.VoidRound, __: Any) -> Expected:
        self._void(request.words)
        return self._say_done(request)

    def set_auto(self, _: Person, request: desk.SetAuto, __: Any) -> Expected:
        self.auto = request.seconds
        self._tell_all(rounds.AutoChanged, seconds=request.seconds)
        if self.phase is Phase.BETTING:
            self._move_deadline(self.now + self.auto if self.auto else NEVER)
        return self._say_done(request)

    def judge_target(self, who: Person, request: Any) -> Iterator[Fault]:
        other = self.people.get(request.account)
        if other is None or other is who or not other.seat:
            yield Fault(Reason.NO_SUCH_PLAYER)

    def kick(self, _: Person, request: desk.KickPlayer, __: Any) -> Expected:
        self._throw_out(self.people[request.account], request.words)
        return self._say_done(request)

    def mute(self, _: Person, request: desk.MutePlayer, __: Any) -> Expected:
        other = self.people[request.account]
        other.muted_until = self.now + request.seconds if request.seconds else 0
        self._notice(other, Notice.MUTED if request.seconds else Notice.UNMUTED)
        return self._say_done(request)

    def warn(self, _: Person, request: desk.WarnPlayer, __: Any) -> Expected:
        self._notice(self.people[request.account], Notice.WARNED)
        return self._say_done(request)

    def judge_announce(self, _: Person, request: desk.Announce) -> Iterator[Fault]:
        if request.phrase is lists.Phrase.OTHER and unfit(request.words):
            yield Fault(Reason.TEXT_UNFIT)

    def announce(self, who: Person, request: desk.Announce, _: Any) -> Expected:
        self._tell_all(
            talk.Announced, account=who.account, phrase=request.phrase, words=request.words
        )
        return self._say_done(request)

    def judge_hand_over(self, who: Person, request: desk.HandOver) -> Iterator[Fault]:
        other = self.people.get(request.account)
        if other is None or other is who or not other.seat or not other.present:
            yield Fault(Reason.NO_SUCH_PLAYER)
        elif other.chips:
            yield Fault(Reason.NOT_NOW)

    def hand_over(self, who: Person, request: desk.HandOver, given: Any) -> Expected:
        other = self.people[request.account]
        other.seat, who.seat = Seat.CROUPIER, given or Seat.PLAYER
        for each in (who, other):
            self._tell(each.line, door.SeatTaken, number=0, seat=each.seat)
            self._tell(each.line, rounds.TableShown, **self.shown(each))
        return self._say_done(request)

    # The door

    def judge_sign_in(self, line: str, request: door.SignIn) -> Iterator[Fault]:
        if request.table_password != self.table_digest:
            yield Fault(Reason.WRONG_TABLE_PASSWORD)
        if request.name and unfit(request.name):
            yield Fault(Reason.NAME_UNFIT)
        known = self.named(request.name)
        if known is None:
            until = self.out.get(self.address[line], 0) if request.name else 0
        else:
            until = known.out_until
            if not request.token:
                yield Fault(Reason.NAME_TAKEN)
            elif request.token != known.token:
                yield Fault(Reason.WRONG_TOKEN)
        if until > self.now:
            yield Fault(Reason.SHUT_OUT, round((until - self.now) * 1000))

    def named(self, name: str) -> Person | None:
        return next((who for who in self.people.values() if who.name == name), None)

    def sign_in(self, line: str, request: door.SignIn, given: door.SignedIn) -> Expected:
        granted = 0
        if not request.name:
            who = Person(0, "", self.address[line])
        elif known := self.named(request.name):
            who = known
            who.address = self.address[line]
            if who.line is not None:
                self._tell(who.line, door.Goodbye, reason=lists.Farewell.REPLACED)
                self.hang_up(who.line)
            if not who.wallet and not who.chips:
                granted = self._grant(who)
        else:
            assert given.account not in self.people, "a number that another has"
            token = request.token or given.token
            who = Person(given.account, request.name, self.address[line], token)
            who.lines_left = self.rules.talk_burst
            self.people[given.account] = who
            self._grant(who)
        who.line = line
        self.lines[line] = who
        if granted:
            self._tell(line, rounds.ChipsGranted, amount=granted, balance=who.wallet)
        return Expected(
            door.SignedIn,
            {
                "number": request.number,
                "account": who.account,
                "name": who.name,
                "token": who.token,
                "balance": who.wallet,
                "next_number": who.last + 1 if who.account else given.next_number,
            },
        )

    def _grant(self, who: Person) -> int:
        who.wallet += self.rules.stack
        self.mint -= self.rules.stack
        return self.rules.stack

    def judge_seat(self, who: Person, request: door.TakeSeat) -> Iterator[Fault]:
        if not who.account and request.seat is not Seat.WATCHER:
            yield Fault(Reason.NOT_FOR_GUESTS)
        if request.seat is Seat.NONE:
            yield Fault(Reason.OTHER)
        if request.seat is Seat.CROUPIER:
            if request.croupier_password != self.croupier_digest:
                yield Fault(Reason.WRONG_CROUPIER_PASSWORD)
            if self.croupier not in (None, who):
                yield Fault(Reason.SEAT_TAKEN)
            if who.chips:
                yield Fault(Reason.NOT_NOW)

    def take_seat(self, who: Person, request: door.TakeSeat, _: Any) -> Expected:
        was, here = who.seat, who.present
        who.seat, who.presence, who.acted = request.seat, Presence.HERE, self.now
        if was and not here:
            self._notice(who, Notice.RESUMED)
        elif not was and who.account and request.seat is not Seat.CROUPIER:
            self._notice(who, Notice.JOINED)
        if was is not request.seat:
            if was is Seat.CROUPIER:
                self._notice(who, Notice.CROUPIER_LEFT)
            if request.seat is Seat.CROUPIER:
                self._notice(who, Notice.CROUPIER_CAME)
        self._tell(who.line, rounds.TableShown, **self.shown(who))
        self._all_ready()
        return Expected(door.SeatTaken, {"number": request.number, "seat": request.seat})

    def leave_seat(self, who: Person, request: door.LeaveSeat, _: Any) -> Expected:
        self._go(who)
        return self._say_done(request)

    def roster(self) -> list[tuple[int, str, Seat, Presence, bool, int]]:
        """Who is there, or went and left chips on the table."""
        return [
            (a, w.name, w.seat, w.presence, w.muted_until > self.now, w.wallet)
            for a, w in sorted(self.people.items())
            if w.seat or w.chips
        ]

    # Talk

    def _judge_talk(self, who: Person, line: str | None) -> Iterator[Fault]:
        if not who.account:
            yield Fault(Reason.NOT_FOR_GUESTS)
        if who.muted_until > self.now:
            yield Fault(Reason.MUTED, round((who.muted_until - self.now) * 1000))
        if line is not None:
            if (left := self._lines_left(who)) < 1:
                wait = (1 - left) / self.rules.talk_a_second
                yield Fault(Reason.TOO_FAST, math.ceil(wait * 1000))
            if unfit(line):
                yield Fault(Reason.TEXT_UNFIT)

    def _lines_left(self, who: Person) -> float:
        since = (self.now - who.lines_at) * self.rules.talk_a_second
        return min(self.rules.talk_burst, who.lines_left + since)

    def _speak(self, who: Person) -> None:
        who.lines_left, who.lines_at = self._lines_left(who) - 1, self.now

    def judge_say(self, who: Person, request: talk.Say) -> Iterator[Fault]:
        yield from self._judge_talk(who, request.line)

    def say(self, who: Person, request: talk.Say, _: Any) -> Expected:
        self._speak(who)
        self._tell_all(talk.Said, account=who.account, name=who.name, line=request.line)
        return self._say_done(request)

    def _hears(self, who: Person, account: int) -> Person | None:
        """Whom one can speak to: somebody else who is there."""
        other = self.people.get(account)
        return other if other and other is not who and other.seat and other.present else None

    def judge_say_privately(self, who: Person, request: talk.SayPrivately) -> Iterator[Fault]:
        yield from self._judge_talk(who, request.line)
        if self._hears(who, request.account) is None:
            yield Fault(Reason.NO_SUCH_PLAYER)
        if request.in_session and {who.account, request.account} not in self.sessions:
            yield Fault(Reason.NO_SUCH_SESSION)

    def say_privately(self, who: Person, request: talk.SayPrivately, _: Any) -> Expected:
        self._speak(who)
        self._tell(
            self.people[request.account].line,
            talk.SaidPrivately,
            account=who.account,
            name=who.name,
            in_session=request.in_session,
            line=request.line,
        )
        return self._say_done(request)

    def judge_ask_session(self, who: Person, request: talk.AskSession) -> Iterator[Fault]:
        yield from self._judge_talk(who, None)
        pair = (who.account, request.account)
        if (until := self.declined.get(pair, 0)) > self.now:
            yield Fault(Reason.TOO_FAST, math.ceil((until - self.now) * 1000))
        if self._hears(who, request.account) is None:
            yield Fault(Reason.NO_SUCH_PLAYER)
        if {pair, pair[::-1]} & self.asked or frozenset(pair) in self.sessions:
            yield Fault(Reason.NOT_NOW)
        if self._private(who.account) >= self.rules.private_sessions:
            yield Fault(Reason.OTHER)

    def _private(self, account: int) -> int:
        """The sessions that one has asked for or is in."""
        asked = sum(asker == account for asker, _ in self.asked)
        return asked + sum(account in pair for pair in self.sessions)

    def ask_session(self, who: Person, request: talk.AskSession, _: Any) -> Expected:
        self.asked.add((who.account, request.account))
        other = self.people[request.account]
        self._tell(other.line, talk.SessionAsked, account=who.account, name=who.name)
        return self._say_done(request)

    def judge_answer(self, who: Person, request: talk.AnswerSession) -> Iterator[Fault]:
        if (request.account, who.account) not in self.asked:
            yield Fault(Reason.NO_SUCH_SESSION)
        elif request.accepted and self._private(who.account) >= self.rules.private_sessions:
            yield Fault(Reason.OTHER)

    def answer(self, who: Person, request: talk.AnswerSession, _: Any) -> Expected:
        pair = (request.account, who.account)
        self.asked.discard(pair)
        for hears, other in (pair, pair[::-1]):
            if request.accepted:
                name = self.people[other].name
                line = self.people[hears].line
                self._tell(line, talk.SessionStarted, account=other, name=name)
            else:
                self._session_ended(hears, other, SessionEnd.DECLINED)
        if request.accepted:
            self.sessions.add(frozenset(pair))
        else:
            self.declined[pair] = self.now + self.rules.ask_again_seconds
        return self._say_done(request)

    def judge_end(self, who: Person, request: talk.EndSession) -> Iterator[Fault]:
        pair = (who.account, request.account)
        if frozenset(pair) not in self.sessions and pair not in self.asked:
            yield Fault(Reason.NO_SUCH_SESSION)

    def end(self, who: Person, request: talk.EndSession, _: Any) -> Expected:
        pair = (who.account, request.account)
        why = SessionEnd.WITHDRAWN if pair in self.asked else SessionEnd.ENDED
        self.asked.discard(pair)
        self.sessions.discard(frozenset(pair))
        for hears, other in (pair, pair[::-1]):
            self._session_ended(hears, other, why)
        return self._say_done(request)

    # Lists

    def list_players(self, _: Person, request: records.ListPlayers, __: Any) -> Expected:
        rows = tuple(row for row in self.roster() if row[0] > request.after_account)
        return Expected(records.PlayersListed, {"number": request.number, "players": rows})


def _lawful(*_: Any) -> Iterator[Fault]:
    return iter(())


M = TableModel
TABLE: dict[type[Message], tuple[Callable[..., Iterator[Fault]], Callable[..., Expected]]] = {
    door.SignIn: (M.judge_sign_in, M.sign_in),
    door.TakeSeat: (M.judge_seat, M.take_seat),
    door.LeaveSeat: (_lawful, M.leave_seat),
    bets.PlaceBets: (M.judge_place, M.place),
    bets.TakeBackBets: (M.judge_take, M.take),
    bets.SayReady: (_lawful, M.say_ready),
    rounds.CommitSecret: (M.judge_commit, M.commit),
    rounds.RevealSecret: (M.judge_reveal, M.reveal),
    records.ListPlayers: (_lawful, M.list_players),
    desk.StartSpin: (M.judge_start, M.start),
    desk.CloseBetting: (M.judge_start, M.close),
    desk.VoidRound: (_lawful, M.void),
    desk.KickPlayer: (M.judge_target, M.kick),
    desk.Announce: (M.judge_announce, M.announce),
    desk.HandOver: (M.judge_hand_over, M.hand_over),
    desk.SetAuto: (_lawful, M.set_auto),
    desk.MutePlayer: (M.judge_target, M.mute),
    desk.WarnPlayer: (M.judge_target, M.warn),
    talk.Say: (M.judge_say, M.say),
    talk.SayPrivately: (M.judge_say_privately, M.say_privately),
    talk.AskSession: (M.judge_ask_session, M.ask_session),
    talk.AnswerSession: (M.judge_answer, M.answer),
    talk.EndSession: (M.judge_end, M.end),
}
"""For each request, why it may be refused, and what it does."""

assert all(owner in messages.FROM_CLIENT.values() for owner in TABLE)
