"""The chips on the layout, added up: per spot, and what changed since the last broadcast. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from protocol.fair.hashes import Account, Stake
from protocol.games.roulette.bets import BetsChanged
from protocol.games.roulette.drawing import stake_of
from protocol.games.roulette.fields import PlacedBet, SpotTotal
from protocol.games.roulette.rules import SPOTS, Spot
from protocol.house.fields import Chips
from protocol.limits import CHANGES_A_BROADCAST
from server.games.roulette.packed_bets import Bet
from server.games.roulette.rules import in_order
from server.people.ascending import Ascending

Chip = Sequence[int]
"""`[spot, chips]`."""


class Layout:
    """Totals of one round. The bets themselves are the books'; here they are only read."""

    def __init__(self, bets: Mapping[Account, Mapping[Spot, Chips]]) -> None:
        self._bets = bets
        self.accounts = Ascending(bets)
        """Who has chips on the table."""
        self._chips = [0] * len(SPOTS)
        self._players = [0] * len(SPOTS)
        self.staked: Chips = 0
        self.count = 0
        """How many bets: player and spot."""
        self.revision = 0
        self.version = 0
        """Counts up with every change."""
        self._rows: list[Bet] = []
        self._rows_version = -1
        self._changed: dict[tuple[Account, Spot], None] = {}
        self._changed_spots: set[Spot] = set()
        for chips in bets.values():
            for spot, amount in chips.items():
                self._move(spot, amount, 1)

    def note_all(self) -> None:
        """What lies there from the round before is news in this one."""
        for account, spot, _ in self.rows():
            self._note(account, spot)

    @property
    def players(self) -> int:
        return len(self._bets)

    def add(self, account: Account, chips: Iterable[Chip]) -> None:
        """These chips were laid; the books have them already."""
        mine = self._bets[account]
        for spot, amount in chips:
            self._move(spot, amount, mine[spot] == amount)
            self._note(account, spot)
        self.accounts.add(account)

    def remove(self, account: Account, chips: Sequence[Chip]) -> None:
        """These chips were taken back; they are out of the books already."""
        mine = self._bets.get(account, {})
        for spot, amount in chips:
            self._move(spot, -amount, -(spot not in mine))
            self._note(account, spot)
        if not mine:
            self.accounts.discard(account)

    def totals(self) -> tuple[SpotTotal, ...]:
        """Every spot with chips."""
        return tuple(
            SpotTotal(spot, chips, self._players[spot])
            for spot, chips in enumerate(self._chips)
            if chips
        )

    def rows(self) -> list[Bet]:
        """Every bet, ascending; put in order once for each change."""
        if self._rows_version != self.version:
            self._rows_version = self.version
            self._rows = in_order(self._bets)
        return self._rows

    def rows_after(self, account: Account, spot: Spot) -> Iterator[Bet]:
        """The bets after that of this account on this spot, ascending."""
        for other, chips in sorted(self._bets.get(account, {}).items()):
            if other > spot:
                yield account, other, chips
        for who in self.accounts.after(account):
            for other, chips in sorted(self._bets[who].items()):
                yield who, other, chips

    def stakes(self) -> dict[Account, list[Stake]]:
        """Everybody's chips, as they are frozen."""
        return {
            account: [stake_of(*bet) for bet in mine.items()]
            for account, mine in self._bets.items()
        }

    @property
    def has_changed(self) -> bool:
        return bool(self._changed)

    def take_changes(self, number: int) -> BetsChanged | None:
        """What changed since this was asked last."""
        if not self._changed:
            return None
        self.revision += 1
        newest = list(self._changed)[-CHANGES_A_BROADCAST:]
        complete = len(newest) == len(self._changed)
        latest = tuple(
            PlacedBet(account, spot, self._bets.get(account, {}).get(spot, 0))
            for account, spot in newest
        )
        totals = tuple(
            SpotTotal(spot, self._chips[spot], self._players[spot])
            for spot in sorted(self._changed_spots)
        )
        self._changed.clear()
        self._changed_spots.clear()
        return BetsChanged(
            number, self.revision, self.players, self.count, self.staked, totals, latest, complete
        )

    def _move(self, spot: Spot, chips: Chips, players: int) -> None:
        self._chips[spot] += chips
        self._players[spot] += players
        self.staked += chips
        self.count += players

    def _note(self, account: Account, spot: Spot) -> None:
        self.version += 1
        self._changed.pop((account, spot), None)
        self._changed[account, spot] = None
        self._changed_spots.add(spot)
