"""Who is at the model's table, what lies on it, and what everybody hears."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from protocol.classic import ResultsShown
from protocol.games.roulette.lists import Phase
from protocol.house import talk
from protocol.house.door import Goodbye
from protocol.house.lists import Notice, Presence, Reason, Seat
from protocol.wire import Message
from tests.server.model.people import Expected, Person

NEVER = math.inf
CLASSIC = (ResultsShown, Goodbye)
# Of these six of one person are told at once, then one in ten seconds.
PASSING = (Notice.JOINED, Notice.LEFT, Notice.CUT_OFF, Notice.RESUMED, Notice.AWAY, Notice.BACK)


@dataclass
class Settings:
    """What a host can set, as far as the model knows it (`docs/croupier.toml.example`)."""

    plaque: dict[str, tuple[int, int]]
    stack: int = 500
    table_most: int = 100_000
    wheel: str = "single"
    zero: str = ""
    min_players: int = 1
    auto_seconds: int = 0
    spin_seconds: float = 12.0
    least_seconds: float = 1.0
    reveal_seconds: float = 3.0
    start_seconds: float = 60.0
    wrong_passwords: int = 10
    ack_timeout: float = 30.0
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


class State:
    """One table. `seed_of` gives the house's seed of an event, when it has to be shown."""

    def __init__(
        self,
        rules: Settings,
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
        self.classic: set[str] = set()
        """The lines that speak the classic dialect."""
        self.unconfirmed: dict[str, float] = {}
        """Of those, who has not confirmed the results, and until when he may."""
        self.wrong: Counter[str] = Counter()
        """How often somebody was wrong about a password or token, on each line."""
        self.out: dict[str, float] = {}
        self.heard: dict[str, list[Expected]] = defaultdict(list)
        self.mint = self.bank = 0
        self.fates: Counter[int] = Counter()
        """How bets ended, for who wants to know what an evening has seen."""
        self.auto = rules.auto_seconds
        self.round, self.anchor = 0, anchor
        self.phase = Phase.SETTLED
        self.deadline = self.reveal_until = self.start_at = NEVER

    # People

    def at_table(self) -> list[Person]:
        """Who has a seat, or has it kept."""
        return [who for who in self.people.values() if who.seat]

    @property
    def croupier(self) -> Person | None:
        return next((who for who in self.at_table() if who.seat is Seat.CROUPIER), None)

    def named(self, name: str) -> Person | None:
        return next((who for who in self.people.values() if who.name == name), None)

    def reachable(self, who: Person, account: int) -> Person | None:
        """Somebody else who is there."""
        other = self.people.get(account)
        if other is None or other is who or not other.seat or not other.present:
            return None
        return None if other.line in self.classic else other

    def roster(self) -> list[tuple[int, str, Seat, Presence, bool, int]]:
        """Who is there, or went and left chips on the table."""
        return [
            (a, w.name, w.seat, w.presence, bool(w.seat) and w.muted_until > self.now, w.wallet)
            for a, w in sorted(self.people.items())
            if w.seat or w.chips
        ]

    # Chips

    @property
    def bettors(self) -> list[Person]:
        return [who for _, who in sorted(self.people.items()) if who.chips]

    @property
    def enough(self) -> bool:
        """Whether so many have bet that the wheel may turn."""
        return len(self.bettors) >= max(1, self.rules.min_players)

    @property
    def escrow(self) -> int:
        return sum(who.at_stake for who in self.bettors)

    @property
    def law(self) -> dict[str, int]:
        """Wheel and zero, as the page numbers them."""
        zeros = ("", "partage", "prison", "prison2", "surrender")
        wheel = ("single", "double").index(self.rules.wheel)
        return {"wheel": wheel, "zero": zeros.index(self.rules.zero)}

    def grant(self, who: Person) -> int:
        """The house gives chips."""
        who.wallet += self.rules.stack
        self.mint -= self.rules.stack
        return self.rules.stack

    def check(self) -> None:
        """What always holds: chips are neither made nor lost."""
        wallets = sum(who.wallet for who in self.people.values())
        assert self.mint + self.bank + self.escrow + wallets == 0
        assert all(who.half in (0, 1) for who in self.people.values())
        assert all(who.wallet >= 0 for who in self.people.values())

    # What is heard

    def tell(self, to: str | None, kind: type[Any], /, **fields: Any) -> None:
        if to is not None and (to not in self.classic or kind in CLASSIC):
            self.heard[to].append(Expected(kind, fields))

    def tell_all(self, kind: type[Message], /, sure: bool = True, **fields: Any) -> None:
        for line, who in self.lines.items():
            if who is not None and who.seat and who.present and line not in self.classic:
                self.heard[line].append(Expected(kind, fields, sure))

    def notice(
        self, who: Person, what: Notice, words: str | None = None, *, sure: bool = True
    ) -> None:
        """Tell what happened to somebody."""
        if not who.account:
            return
        if what in PASSING and sure:
            who.told_left = min(60.0, who.told_left + self.now - who.told_at)
            who.told_at = self.now
            if who.told_left < 10:
                return
            who.told_left -= 10
        fields: dict[str, Any] = {"account": who.account, "name": who.name, "notice": what}
        self.tell_all(talk.Noticed, sure=sure, **fields, **({"words": words} if words else {}))

    def shown(self, who: Person) -> dict[str, Any]:
        """The table at this instant, as one person sees it."""
        croupier, bettors = self.croupier, self.bettors
        return {
            "round_number": self.round,
            "phase": self.phase,
            "ms_left": self.ms_left(),
            "auto_seconds": self.auto,
            "croupier": croupier.account if croupier else 0,
            "croupier_name": croupier.name if croupier else "",
            "players": len(bettors),
            "bets": sum(len(each.chips) for each in bettors),
            "staked": self.escrow,
            "balance": who.wallet,
            "at_stake": who.at_stake,
            "totals": self.totals(),
            "own_bets": tuple(sorted(who.chips.items())),
            "half_owed": bool(who.half),
        }

    def totals(self) -> tuple[tuple[int, int, int], ...]:
        """Of each spot with chips: how many, of how many players."""
        there: dict[int, list[int]] = defaultdict(list)
        for each in self.bettors:
            for spot, chips in each.chips.items():
                there[spot].append(chips)
        return tuple((spot, sum(some), len(some)) for spot, some in sorted(there.items()))

    # Time

    def phase_ends(self) -> float:
        return {
            Phase.BETTING: self.deadline,
            Phase.CLOSED: self.start_at,
            Phase.SPINNING: self.reveal_until,
            Phase.SETTLED: NEVER,
        }[self.phase]

    def ms_left(self) -> int:
        ends = self.phase_ends()
        return 2**32 - 1 if ends == NEVER else max(0, round((ends - self.now) * 1000))
