"""Houses that cheat, played against the real client: who wins, and who sees it.

Each scheme is a house with an accomplice at the table. It wants pocket `WANTED` and knows its own
seeds beforehand. Honest players are `ModernDialogue`s, the code that the window runs.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from client.dialogue import Ending
from client.house.events import Judged, Trouble
from client.means import Means
from client.modern import ModernDialogue
from client.requests import Enter
from protocol import fairness
from protocol.fairness import Hash
from protocol.games.roulette.bets import BetsListed, ListBets
from protocol.games.roulette.fields import Commitment, PlacedBet, Reveal, SpotLimit
from protocol.games.roulette.lists import Phase, RoundState
from protocol.games.roulette.records import AskProof, ProofShown
from protocol.games.roulette.rounds import (
    BettingClosed,
    CommitSecret,
    RevealSecret,
    RoundOpened,
    RoundSettled,
    TableIntroduced,
    TableShown,
)
from protocol.games.roulette.rules import ROULETTE, Group
from protocol.house.door import (
    Done,
    Greeting,
    HouseIntroduced,
    SeatTaken,
    SignedIn,
    SignIn,
    TableEntry,
    TakeSeat,
)
from protocol.house.lists import Seat
from protocol.messages import FROM_CLIENT
from protocol.wire import HEADER, HOUSE, Message, decode
from torture.hostile import NoKeys

WANTED = 17
SHILL = 9
"""The accomplice's account."""
TABLE = bytes(range(16))
ZEROS = bytes(32)
"""For what is not fixed yet."""
TRIES = 400
"""How many ways a cheat looks for; more would not help where 37 do."""


@dataclass
class Play:
    """One round as a house may show it."""

    number: int
    seed: Hash
    before: Hash
    commitments: dict[int, Hash]
    bets: list[tuple[int, int, int]]
    secrets: dict[int, Hash]

    @property
    def root(self) -> Hash:
        return fairness.bets_root(self.bets)

    @property
    def freeze(self) -> Hash:
        return fairness.freeze(TABLE, self.number, self.before, self.commitments, self.root)

    def pocket(self, secrets: dict[int, Hash] | None = None) -> int:
        shown = self.secrets if secrets is None else secrets
        hashed = fairness.reveals_hash(self.freeze, self.commitments, shown)
        return fairness.draw(self.seed, self.freeze, hashed)


class Honest:
    """One honest player: the window's dialogue, and what it has seen."""

    def __init__(self, account: int, dice: Random, anchor: Hash) -> None:
        self.account = account
        self._anchor = anchor
        means = Means(lambda: dice.randbytes(32), lambda: 0, NoKeys(), lambda _: "")
        self.dialogue = ModernDialogue(means, Enter(f"P{account}"))
        self.commitment: Hash | None = None
        self.secret: Hash | None = None
        self.play: Play | None = None
        self.phase, self.freeze = Phase.SETTLED, ZEROS
        """What it is shown when it sits down."""
        self.flags: list[str] = []
        self.withheld: set[int] = set()
        self.verdicts = 0
        self._now = 0.0

    def hear(self, *said: Message) -> None:
        """Tell the window, and answer what it asks by itself."""
        for each in said:
            self._now += 0.001
            if isinstance(each, RoundSettled):
                self.withheld = {row.account for row in each.reveals if not row.shown}
            self.dialogue.hear(each, self._now)
        while self.dialogue.frames or self.dialogue.news:
            heard = list(self.dialogue.news)
            self.dialogue.news.clear()
            for news in heard:
                if isinstance(news.said, Judged):
                    self.verdicts += 1
                    if news.said.verdict.failed:
                        self.flags.append(news.said.verdict.failed.name)
            frames = list(self.dialogue.frames)
            self.dialogue.frames.clear()
            for frame in frames:
                _, kind, table, _ = HEADER.unpack_from(frame)
                asked = decode(FROM_CLIENT, kind, table, frame[HEADER.size :])
                for answer in self._answers(asked):
                    self._now += 0.001
                    self.dialogue.hear(answer, self._now)

    def _answers(self, asked: Message | None) -> Iterator[Message]:
        """What a house says to it; the round's own facts come from `play`."""
        match asked:
            case Greeting():
                yield Greeting(1, 1, "crooked")
                table = TableEntry(HOUSE, ROULETTE, "crooked", False, False, True, 0, False, 0, 0)
                yield HouseIntroduced(
                    TABLE, self._anchor, "crooked", False, True, 500, (table,), False
                )
            case SignIn(number):
                yield SignedIn(number, self.account, f"P{self.account}", b"t" * 32, 500, 1)
            case TakeSeat(number):
                yield SeatTaken(number, Seat.PLAYER)
                plaque = tuple(SpotLimit(group, 1, 500) for group in Group)
                yield TableIntroduced(TABLE, self._anchor, "crooked", 0, 20_000, plaque)
                yield shown(self)
            case CommitSecret(number, _, commitment):
                self.commitment = commitment
                yield Done(number)
            case RevealSecret(number, _, secret):
                self.secret = secret
                yield Done(number)
            case ListBets(number, round_number) if self.play:
                rows = tuple(PlacedBet(*row) for row in sorted(self.play.bets))
                yield BetsListed(number, round_number, 0, rows, False)
            case AskProof(number) if self.play:
                yield proof(number, self.play)
            case _:
                return


def shown(player: Honest) -> TableShown:
    play = player.play
    number, before = (play.number, play.before) if play else (0, ZEROS)
    return TableShown(
        *(number, player.phase, 1000, 0, 0, "", before, player.freeze),
        *(0, 0, 0, 0, 500, 0, (), ()),
    )


def proof(number: int, play: Play) -> ProofShown:
    return ProofShown(
        number,
        play.number,
        RoundState.FROZEN,
        TABLE,
        0,
        play.before,
        ZEROS,
        play.root,
        play.freeze,
        ZEROS,
        tuple(Commitment(*each) for each in sorted(play.commitments.items())),
        (),
    )


class Crooked:
    """A house with a chain of seeds, an accomplice, and two honest players."""

    def __init__(self, dice: Random, rounds: int) -> None:
        """Have seeds for so many rounds."""
        self.dice = dice
        chain = [dice.randbytes(32)]
        for _ in range(rounds):
            chain.append(fairness.previous_seed(TABLE, chain[-1]))
        self._chain = chain[::-1]
        self.number = 0
        self.honest = [Honest(account, dice, self._chain[0]) for account in (1, 2)]
        self.own = dice.randbytes(32)
        """The accomplice's secret."""
        self.shown: int | None = None
        """The pocket that the players were told; none if the round was voided."""
        for player in self.honest:
            player.dialogue.up(0.0)
            player.hear()

    # --- the steps of a round, as an honest house would do them -----------------------------

    def open(self) -> Play:
        """Place your bets: everybody commits."""
        self.number += 1
        self.own = self.dice.randbytes(32)
        before = self._chain[self.number - 1]
        for player in self.honest:
            player.flags.clear()
            player.withheld = set()
            player.verdicts = 0
            player.commitment = player.secret = None
            player.hear(RoundOpened(self.number, 1000, before))
        sealed = {each.account: each.commitment for each in self.honest if each.commitment}
        bets = [(SHILL, WANTED, 10)]
        play = Play(self.number, self._chain[self.number], before, sealed, bets, {})
        return self.with_own(play, self.own)

    def with_own(self, play: Play, secret: Hash) -> Play:
        """The round with this secret as the accomplice's."""
        sealed = fairness.commitment(TABLE, play.number, SHILL, secret)
        return replace(
            play,
            commitments={**play.commitments, SHILL: sealed},
            secrets={**play.secrets, SHILL: secret},
        )

    def close(self, play: Play, *to: Honest) -> Play:
        """No more bets; who is told shows his secret."""
        rows = tuple(Commitment(*each) for each in sorted(play.commitments.items()))
        closed = BettingClosed(play.number, 3000, play.root, play.freeze, rows)
        return self.say_closed(play, closed, *to)

    def say_closed(self, play: Play, closed: BettingClosed, *to: Honest) -> Play:
        for player in to or self.honest:
            player.play = play
            player.hear(closed)
        shown = {each.account: each.secret for each in self.honest if each.secret}
        return replace(play, secrets={**play.secrets, **shown})

    def settle(self, play: Play, pocket: int | None = None, *to: Honest) -> None:
        """Show the number and everything that proves it."""
        self.shown = play.pocket() if pocket is None else pocket
        rows = tuple(
            Reveal(account, account in play.secrets, play.secrets.get(account, ZEROS))
            for account in sorted(play.commitments)
        )
        for player in to or self.honest:
            player.play = play
            player.hear(RoundSettled(play.number, self.shown, 0, play.seed, 1, 10, 0, rows, ()))

    def grind(self, play: Play) -> Play:
        """Vary the accomplice's bet until the frozen bets give the number that is wanted."""
        for chips in range(1, TRIES):
            tried = replace(play, bets=[(SHILL, WANTED, chips)])
            if tried.pocket() == WANTED:
                return tried
        return play

    def come_back(self, play: Play, phase: Phase, freeze: Hash) -> None:
        """The house was started again: every line is cut, and everybody sits down anew."""
        for player in self.honest:
            player.play = play
            player.dialogue.cut(Ending(Trouble.CUT), 0.0, 0.0)
            player.dialogue.up(0.0)
            player.phase, player.freeze = phase, freeze
            player.hear()

    def play(self, scheme: Callable[["Crooked"], None]) -> int | None:
        """One round by this scheme: the pocket that the players were told, if they were."""
        self.shown = None
        scheme(self)
        return self.shown

    @property
    def seen_by_all(self) -> bool:
        """Whether every honest player sees a fault, or that somebody withheld."""
        return all(each.flags or each.withheld for each in self.honest)
