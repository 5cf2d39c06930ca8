"""A night, as it was played: counted anew from the ledger, it comes to the same."""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from client.games.roulette.night.night import Night, Played
from client.games.roulette.night.recall import BREAK, night_of
from client.games.roulette.numbers import SECTORS, SHOWN, Numbers
from client.games.roulette.state import roulette
from client.house.state import HouseState
from client.reduce import reduce
from protocol.games.roulette.desk import StartSpin, VoidRound
from protocol.games.roulette.lists import RoundState
from protocol.games.roulette.records import (
    ListOwnRounds,
    ListResults,
    ListRounds,
    OwnRoundEntry,
    OwnRoundsListed,
    ResultsListed,
    RoundsListed,
)
from protocol.games.roulette.rules import BLACKS, POCKETS, REDS, SPOTS, returned
from protocol.house.lists import Seat
from protocol.wire import Message
from server.games.roulette.packed_bets import unpack
from server.games.roulette.settings import Rules
from server.people.people import Client
from server.sayings import To, ToEach
from tests.client.states import changed, judged, known
from tests.server.pure import PureHouse, messages_of, seat_of

ROUNDS = 60
VOIDED = (7, 31)
STACK = 100_000


class Evening:
    """Two players and a croupier at a real house without a wire, and what each client knows."""

    def __init__(self) -> None:
        self.pure = PureHouse(Rules(table_most=STACK), stack=STACK)
        self.anna, self.boris = self.pure.seated("Anna"), self.pure.seated("Boris")
        self.boss = self.pure.seated("Boss", Seat.CROUPIER)
        self.chance = random.Random(17)

    def play(self) -> None:
        for number in range(1, ROUNDS + 1):
            for player in (self.anna, self.boris):
                spots = self.chance.sample(range(157), self.chance.randint(1, 12))
                if player is self.anna or number % 3:
                    bets = ((spot, self.chance.randint(1, 20)) for spot in spots)
                    self.pure.bet(player, *bets)
            if number in VOIDED:
                self.pure.hear(self.boss, VoidRound(9, number, "spilt wine"))
            else:
                self.pure.hear(self.boss, StartSpin(9, number))

    def heard(self, client: Client) -> Iterator[Message]:
        for said in self.pure.said:
            if isinstance(said, To) and said.client is not client:
                continue
            if isinstance(said, ToEach):
                said = ToEach(
                    said.table, {who: own for who, own in said.frames.items() if who is client}
                )
            for message in messages_of(said):
                assert isinstance(message, Message)
                yield message.to(1) if message.AT_TABLE else message

    def state(self, client: Client) -> HouseState:
        """What a client knows who was there from the first round on."""
        state = HouseState(here=1)
        for said in self.heard(client):
            state = reduce(state, said, 0.0)
        return state

    @property
    def ledger(self) -> dict[int, dict[str, object]]:
        """The record of each round, as the books keep it."""
        rounds = self.pure.shelf.rounds.items()
        return {
            number: {**json.loads(done.record), "bets": [[*bet] for bet in unpack(done.bets)]}
            for (_, number), done in rounds
        }


@pytest.fixture(scope="module")
def evening() -> Evening:
    played = Evening()
    played.play()
    return played


def pockets(evening: Evening) -> list[int]:
    """Of the ledger, the newest first."""
    rounds = sorted(evening.ledger.items(), reverse=True)
    return [int(str(record["pocket"])) for _, record in rounds if "void" not in record]


def test_the_statistics_are_a_recount_of_the_ledger(evening: Evening) -> None:
    numbers = Numbers(roulette(evening.state(evening.anna)).statistics.pockets)
    fell = pockets(evening)
    assert list(numbers.pockets) == fell
    assert len(fell) == ROUNDS - len(VOIDED)
    counted = Counter(fell)
    assert numbers.counts == tuple(counted[pocket] for pocket in POCKETS)
    for spot in range(len(SPOTS)):
        assert numbers.on(spot) == sum(returned(spot, 1, pocket) > 0 for pocket in fell)
    for covered in (*SECTORS.values(), REDS, BLACKS):
        assert numbers.of(covered) == sum(pocket in covered for pocket in fell)
    wheel = ("voisins", "orphelins", "tiers")
    assert sum(numbers.of(SECTORS[name]) for name in wheel) == len(fell)
    for pocket in POCKETS:
        assert numbers.ago[pocket] == (fell.index(pocket) if pocket in fell else None)
    most, least = max(counted.values()), min(counted[pocket] for pocket in POCKETS)
    assert len(numbers.hot) == len(numbers.cold) == SHOWN
    assert numbers.counts[numbers.hot[0]] == most
    assert numbers.counts[numbers.cold[0]] == least


def test_the_same_numbers_come_to_who_asks_later(evening: Evening) -> None:
    answer = evening.pure.ask(evening.boris, ListResults(50))
    assert isinstance(answer, ResultsListed)
    assert list(answer.pockets) == pockets(evening)


@pytest.mark.parametrize("who", ["anna", "boris"])
def test_a_players_night_is_what_the_books_say(evening: Evening, who: str) -> None:
    client: Client = getattr(evening, who)
    night = night_of(evening.state(client))
    books = evening.pure.books
    assert night.net == books.wallet(client.account) - STACK
    rounds = {each.round: each for each in night.rounds}
    for number, record in evening.ledger.items():
        bets = [row for row in rows(record["bets"]) if row[0] == client.account]
        if not bets or "void" in record:
            assert number not in rounds
            continue
        each, pocket = rounds.pop(number), int(str(record["pocket"]))
        assert each.pocket == pocket
        assert [(bet.spot, bet.stake) for bet in each.bets] == [row[1:] for row in bets]
        assert each.staked == sum(chips for _, _, chips in bets)
        assert each.returned == sum(returned(spot, chips, pocket) for _, spot, chips in bets)
        assert each.net == each.returned - each.staked
    assert not rounds
    assert night.curve[-1] == night.net == night.returned - night.staked
    assert night.best is not None
    assert night.worst is not None
    assert (night.best.net, night.worst.net) == (max(night.nets), min(night.nets))


def rows(bets: object) -> list[tuple[int, int, int]]:
    assert isinstance(bets, list)
    return [(account, spot, chips) for account, spot, chips in bets]


def test_the_croupiers_night_is_the_houses(evening: Evening) -> None:
    night = night_of(evening.state(evening.boss))
    history = evening.pure.table.state.history
    assert night.house
    assert night.net == evening.pure.books.purses[0].bank
    assert (night.staked, night.returned) == (
        history.staked,
        history.returned,
    )
    assert len(night.counted) == history.rounds


Ask = Callable[[int, int], Message]


def pages(evening: Evening, client: Client, ask: Ask) -> Iterator[Message]:
    before, more, number = 0, True, 60
    while more:
        page = evening.pure.ask(client, ask(number, before))
        assert isinstance(page, OwnRoundsListed | RoundsListed)
        before, more, number = page.rounds[-1].round_number, page.more, number + 1
        yield page


def test_who_comes_later_is_told_the_same_in_pages(evening: Evening) -> None:
    for client, ask in ((evening.anna, ListOwnRounds), (evening.boss, ListRounds)):
        seen = evening.state(client)
        late = known(seat=seat_of(client), account=client.account)
        for page in pages(evening, client, ask):
            late = reduce(late, page, 0.0)
        told = [each for each in night_of(late).rounds if each.pocket is not None]
        assert len(told) >= 18
        assert tuple(told) == night_of(seen).rounds[-len(told) :]


def entry(number: int, at: int, net: int = 5) -> OwnRoundEntry:
    return OwnRoundEntry(number, RoundState.SETTLED, 3, at, net, ())


def test_another_night_begins_after_a_long_break() -> None:
    hour = BREAK // 6
    rounds = (entry(4, 9 * hour), entry(3, 8 * hour), entry(2, hour), entry(1, 0))
    state = changed(known(seat=Seat.PLAYER), own_rounds=rounds)
    assert [each.round for each in night_of(state).rounds] == [3, 4]


def test_a_voided_round_is_told_but_not_counted() -> None:
    void = OwnRoundEntry(2, RoundState.VOID, 0, 10, 0, ())
    state = known(seat=Seat.PLAYER, own_rounds=(entry(3, 20), void, entry(1, 0)))
    night = night_of(state)
    assert [each.pocket for each in night.rounds] == [3, None, 3]
    assert night.curve == (0, 5, 10)


def test_a_round_is_marked_as_it_was_judged() -> None:
    verdicts = {1: judged(1), 2: judged(2, "draw")}
    rounds = (entry(3, 2), entry(2, 1), entry(1, 0))
    state = known(seat=Seat.PLAYER, own_rounds=rounds, verdicts=verdicts)
    assert [each.verified for each in night_of(state).rounds] == [True, False, None]


def test_a_night_without_a_round_is_empty() -> None:
    night = Night()
    assert (night.net, night.staked, night.curve) == (0, 0, (0,))
    assert night.best is night.worst is None


def test_of_few_numbers_none_is_hot() -> None:
    assert Numbers((1,) * 36).hot == Numbers((1,) * 36).cold == ()
    assert Numbers((1,) * 37).hot[0] == 1


def test_heat_lies_between_the_coldest_and_the_hottest() -> None:
    numbers = Numbers((1, 1, 1, 2))
    assert numbers.heat(1) == 1.0
    assert numbers.heat(3) == -1.0
    assert 0 < numbers.heat(2) < 1
    assert Numbers().heat(5) == 0.0
    assert Numbers((5, 4, 3)).latest(2).pockets == (5, 4)


def test_a_round_knows_its_sums() -> None:
    night = Night((Played(1, 3, 10, 36, 26), Played(2, 4, 10, 0, -10)))
    assert (night.staked, night.returned, night.net, night.won) == (20, 36, 16, 1)
