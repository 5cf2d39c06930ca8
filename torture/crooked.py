"""Houses that cheat, played against the real client: who wins, and who sees it.

Each scheme is a house with an accomplice at the table. It wants pocket `WANTED` and knows its own
seeds beforehand. Honest players are `ModernDialogue`s, the code that the window runs.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from random import Random

from client.dialogue import Ending
from client.games.roulette.requests import place
from client.house.events import Judged, Trouble
from client.means import Means
from client.modern import ModernDialogue
from client.requests import Enter
from protocol.fair import hashes, tree
from protocol.fair.hashes import Account, Hash, Stake, What
from protocol.fair.words import Words
from protocol.games.roulette.bets import BetsPlaced, PlaceBets
from protocol.games.roulette.drawing import stake_of
from protocol.games.roulette.fields import Payout, SpotLimit
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rounds import (
    BettingClosed,
    PlayerSettled,
    RoundOpened,
    RoundSettled,
    TableIntroduced,
    TableShown,
)
from protocol.games.roulette.rules import ROULETTE, Group, Spot, returned
from protocol.house.door import (
    Done,
    Greeting,
    HouseIntroduced,
    Ping,
    Pong,
    SeatTaken,
    SignedIn,
    SignIn,
    TableEntry,
    TakeSeat,
)
from protocol.house.draw import (
    ChainTaken,
    DrawShown,
    EventAsked,
    EventDrawn,
    LinkRow,
    LinksShown,
    RegisterChain,
    RoundFrozen,
    SendLink,
    StakeRow,
    YourDraw,
    YourFreeze,
)
from protocol.house.lists import Seat
from protocol.messages import FROM_CLIENT
from protocol.wire import HEADER, HOUSE, Message, decode
from torture.eyes import Eyes
from torture.hostile import NoKeys

WANTED = 17
POCKETS = 37
SHILL = 9
"""The accomplice's account."""
TABLE = bytes(range(16))
ZEROS = bytes(32)
"""For what is not fixed yet."""
TRIES = 400
"""How many ways a cheat looks for; more would not help where 37 do."""
WINDOW = 3.0
LONG = 2.0
"""So long lies between what happens: nothing is too late, or just in time."""
OWN_SPOT, OWN_CHIPS = 5, 3
"""What an honest player lays in each round."""
STACK = 10_000_000
MOMENT = 2.0
"""How often clocks are looked at while nothing is said."""

Twist = Callable[[Message], Iterable[Message]]
"""What a house says instead of this."""


def as_it_is(said: Message) -> Iterable[Message]:
    return (said,)


@dataclass
class Play:
    """One round as a house may show it: an event like any other, whose number is the round's."""

    number: int
    seed: Hash
    before: Hash
    history: Hash
    heads: dict[Account, Hash]
    """Of each who has a say the head of the chain."""
    bets: list[tuple[int, int]]
    """The accomplice's: spot and chips."""
    links: dict[Account, Hash]
    """Those that were shown."""
    stakes: dict[Account, list[Stake]] = field(default_factory=dict)
    """What the honest players have laid."""

    @property
    def accounts(self) -> list[Account]:
        return sorted(self.heads)

    @property
    def says(self) -> list[Hash]:
        return [hashes.say_leaf(who, self.heads[who]) for who in self.accounts]

    @property
    def says_root(self) -> Hash:
        return tree.root(self.says)

    @property
    def laid(self) -> dict[Account, list[Stake]]:
        """What everybody has laid, by ascending account."""
        return {**self.stakes, SHILL: [(spot, 0, chips) for spot, chips in self.bets]}

    @property
    def layout(self) -> list[Hash]:
        return [hashes.stake_leaf(*each) for each in sorted(self.laid.items())]

    @property
    def stakes_root(self) -> Hash:
        return tree.root(self.layout)

    @property
    def freeze(self) -> Hash:
        counted = (len(self.heads), self.says_root), (len(self.laid), self.stakes_root)
        place = TABLE, self.number, self.number, ROULETTE
        return hashes.freeze(*place, self.before, self.history, "", b"", *counted)

    @property
    def step(self) -> Hash:
        return hashes.step(self.freeze, What.SPIN, b"")

    def leaves(self, links: dict[Account, Hash]) -> list[Hash]:
        """Of each the link that was shown, or else the one before it."""
        return [hashes.say_leaf(who, links.get(who, self.heads[who])) for who in self.accounts]

    def shown(self, links: dict[Account, Hash]) -> Hash:
        leaves = self.leaves(links)
        return hashes.reveals(self.step, len(leaves), tree.root(leaves))

    @property
    def done(self) -> Hash:
        return hashes.done(self.step, self.shown(self.links), self.seed)

    def pocket(self, links: dict[Account, Hash] | None = None) -> int:
        shown = self.shown(self.links if links is None else links)
        return Words(self.seed, self.step, shown).below(POCKETS)


def frozen(play: Play, account: Account) -> Iterator[Message]:
    """What is said of a freeze to somebody."""
    yield RoundFrozen(
        *(play.number, play.number, ROULETTE, play.before, play.history, "", b""),
        *(len(play.heads), play.says_root, len(play.laid), play.stakes_root, play.freeze),
    )
    say: tuple[int, Hash, tuple[Hash, ...]] = (0, ZEROS, ())
    stake: tuple[int, tuple[StakeRow, ...], tuple[Hash, ...]] = (0, (), ())
    if account in play.heads:
        at = play.accounts.index(account)
        say = at, play.heads[account], tuple(tree.proof(play.says, at))
    if account in play.laid:
        at = sorted(play.laid).index(account)
        rows = tuple(StakeRow(*each) for each in play.laid[account])
        stake = at, rows, tuple(tree.proof(play.layout, at))
    has = account in play.heads, account in play.laid
    if any(has):
        yield YourFreeze(play.number, has[0], *say, has[1], *stake)
    yield EventAsked(play.number, int(What.SPIN), b"", play.step, round(WINDOW * 1000))


class Honest:
    """One honest player: the window's dialogue, and what it has seen."""

    def __init__(self, account: int, dice: Random, anchor: Hash) -> None:
        self.account = account
        self._anchor = anchor
        means = Means(lambda: dice.randbytes(32), lambda: 0, NoKeys(), lambda _: "")
        self.dialogue = ModernDialogue(means, Enter(f"P{account}"))
        self.head: Hash | None = None
        self.link: Hash | None = None
        self.play: Play | None = None
        self.last = 0, anchor, ZEROS
        """The event before: its number, its seed, and the history with it."""
        self.phase = Phase.SETTLED
        """What it is shown when it sits down."""
        self.verdicts = 0
        self.now = 0.0
        self.own: dict[Spot, int] = {}
        """What lies on the table by what was answered."""
        self.twist: Twist = as_it_is
        """What comes to this player instead of what an honest house would say."""
        self.eyes = Eyes()

    def hear(self, *said: Message) -> None:
        """Tell the window, and answer what it asks by itself."""
        for each in said:
            self._hear(each)
        while self.dialogue.frames or self.dialogue.news:
            heard = list(self.dialogue.news)
            self.dialogue.news.clear()
            for news in heard:
                if isinstance(news.said, Judged):
                    self.verdicts += news.said.verdict.over
                    self.eyes.read(news, self.dialogue.state)
            frames = list(self.dialogue.frames)
            self.dialogue.frames.clear()
            for frame in frames:
                _, kind, table, _ = HEADER.unpack_from(frame)
                asked = decode(FROM_CLIENT, kind, table, frame[HEADER.size :])
                for answer in self._answers(asked):
                    self._hear(answer)

    def _hear(self, said: Message) -> None:
        for each in self.twist(said):
            self.now += 0.001
            self.dialogue.hear(each, self.now)

    def wait(self, seconds: float) -> None:
        until = self.now + seconds
        while self.now < until:
            self.now = min(until, self.now + MOMENT)
            self.dialogue.tick(self.now)
            self.hear()

    def bet(self) -> None:
        """Lay something, as a person does."""
        wish = place(self.dialogue.state, {OWN_SPOT: OWN_CHIPS})
        self.dialogue.want(wish, self.now)
        self.hear()

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
                number = self.play.number if self.play else 0
                here = number, self.phase, 1000, 0, 0, "", 0, 0, 0, 0, 500, 0
                yield TableShown(*here, (), ())
                yield DrawShown(*self.last)
                if self.play and self.phase is Phase.SPINNING:
                    yield from frozen(self.play, self.account)
            case RegisterChain(number, first):
                self.head = first
                yield ChainTaken(number, 1)
            case SendLink(number, _, link):
                self.link = link
                yield Done(number)
            case PlaceBets(number, round_number, bets):
                self.own = {bet.spot: bet.chips for bet in bets}
                staked = sum(self.own.values())
                yield BetsPlaced(number, round_number, STACK - staked, staked)
            case Ping(nonce):
                yield Pong(nonce)
            case _:
                return


class Crooked:
    """A house with a chain of seeds, an accomplice, and two honest players."""

    def __init__(self, dice: Random, rounds: int) -> None:
        """Have seeds for so many rounds."""
        self.dice = dice
        chain = [dice.randbytes(32)]
        for _ in range(rounds):
            chain.append(hashes.seed_before(TABLE, chain[-1]))
        self._chain = chain[::-1]
        self.number = 0
        self.history = ZEROS
        self.honest = [Honest(account, dice, self._chain[0]) for account in (1, 2)]
        self.own = dice.randbytes(32)
        """The accomplice's link."""
        self.told: int | None = None
        """The pocket that the players were told; none if the round was voided."""
        for player in self.honest:
            player.dialogue.up(0.0)
            player.hear()

    # --- the steps of a round, as an honest house would do them -----------------------------

    def open(self) -> Play:
        """Place your bets: whoever has no chain registers one."""
        self.number += 1
        return self.opened()

    def opened(self) -> Play:
        """The same round."""
        self.own = self.dice.randbytes(32)
        before = self._chain[self.number - 1]
        for player in self.honest:
            player.last = self.number - 1, before, self.history
            player.link = None
            player.hear(RoundOpened(self.number, 1000))
            player.wait(LONG)
            player.bet()
            player.verdicts = 0
        heads = {each.account: each.head for each in self.honest if each.head}
        where = self._chain[self.number], before, self.history
        stakes = {
            each.account: [stake_of(*bet) for bet in each.own.items()] for each in self.honest
        }
        play = Play(self.number, *where, heads, [(WANTED, 10)], {}, stakes)
        return self.with_own(play, self.own)

    def with_own(self, play: Play, link: Hash) -> Play:
        """The round with this link as the accomplice's, of a chain that is new."""
        head = hashes.link_before(TABLE, SHILL, link)
        heads, links = {**play.heads, SHILL: head}, {**play.links, SHILL: link}
        return replace(play, heads=heads, links=links)

    def close(self, play: Play, *to: Honest) -> Play:
        """No more bets; who is told shows his link."""
        for player in to or self.honest:
            player.play = play
            player.hear(BettingClosed(play.number, 3000), *frozen(play, player.account))
        return self.with_shown(play)

    def with_shown(self, play: Play) -> Play:
        """With the links that the honest players have shown by now."""
        shown = {each.account: each.link for each in self.honest if each.link}
        return replace(play, links={**play.links, **shown})

    def settle(self, play: Play, pocket: int | None = None, *to: Honest) -> None:
        """Show the number and everything that proves it."""
        self.told = play.pocket() if pocket is None else pocket
        leaves = play.leaves(play.links)
        rows = tuple(
            LinkRow(who, int(who in play.links), play.links.get(who, play.heads[who]))
            for who in play.accounts
        )
        missing = len(play.heads.keys() - play.links.keys())
        drawn = EventDrawn(
            *(play.number, play.seed, len(leaves), tree.root(leaves)),
            *(play.shown(play.links), play.done, missing),
        )
        for player in to or self.honest:
            player.play, player.phase = play, Phase.SETTLED
            said: list[Message] = [drawn, LinksShown(play.number, rows)]
            if player.account in play.heads:
                at = play.accounts.index(player.account)
                said.append(YourDraw(play.number, tuple(tree.proof(leaves, at))))
            player.hear(*said, RoundSettled(play.number, self.told, 0, 1, 10, 0, ()))
            player.hear(self.paid(play, player, self.told))
            if player.link:
                player.head = player.link
        self.history = play.done

    def paid(self, play: Play, player: Honest, pocket: int) -> PlayerSettled:
        """What an honest house would pay one for this number."""
        laid = player.own.items() if player.account in play.stakes else ()
        rows = tuple(Payout(spot, c, returned(spot, c, pocket)) for spot, c in laid)
        net = sum(row.returned - row.stake for row in rows)
        player.own = {}
        return PlayerSettled(play.number, net, STACK + net, rows)

    def grind(self, play: Play) -> Play:
        """Vary the accomplice's bet until the frozen bets give the number that is wanted."""
        for chips in range(1, TRIES):
            tried = replace(play, bets=[(WANTED, chips)])
            if tried.pocket() == WANTED:
                return tried
        return play

    def come_back(self, play: Play, phase: Phase) -> None:
        """The house was started again: every line is cut, and everybody sits down anew."""
        for player in self.honest:
            player.play = play
            player.dialogue.cut(Ending(Trouble.CUT), player.now, player.now)
            player.dialogue.up(player.now)
            player.phase = phase
            player.hear()

    def play(self, scheme: Callable[["Crooked"], None]) -> int | None:
        """One round by this scheme: the pocket that the players were told, if they were."""
        self.told = None
        for player in self.honest:
            player.eyes.forget()
        scheme(self)
        return self.told

    @property
    def seen_by_all(self) -> bool:
        """Whether every honest player is shown a fault, or why it is not green."""
        return all(each.eyes.warned for each in self.honest)
