"""Which of the rounds that are known make the night."""

from dataclasses import replace

from client.games.roulette.night.night import Night, Played
from client.games.roulette.night.recall import BREAK, night_of
from protocol.games.roulette.fields import Payout
from protocol.games.roulette.lists import RoundState
from protocol.games.roulette.records import OwnRoundEntry, RoundEntry
from protocol.house.lists import Seat
from tests.client.states import changed, judged, known

PAYOUTS = (Payout(1, 5, 180), Payout(2, 7, 0))
OWN = OwnRoundEntry(7, RoundState.SETTLED, 1, 1000, 168, PAYOUTS)
TABLE = RoundEntry(7, RoundState.SETTLED, 1, 1000, 3, 50, 180)
VERDICTS = {7: judged(7), 6: judged(6, "chain")}


def test_a_player_has_his_own_night_and_everybody_else_the_tables() -> None:
    void = replace(OWN, round_number=6, state=RoundState.VOID, net=0)
    state = known(
        seat=Seat.PLAYER,
        own_rounds=(OWN, void, replace(OWN, round_number=5)),
        rounds=(TABLE, replace(TABLE, round_number=6)),
        verdicts=VERDICTS,
    )
    first = Played(7, 1, 12, 180, 168, 1000, PAYOUTS, verified=True)
    assert night_of(state) == Night(
        (
            replace(first, round=5, verified=None),
            replace(first, round=6, pocket=None, net=0, verified=False),
            first,
        )
    )
    for seat in (Seat.CROUPIER, Seat.WATCHER, Seat.NONE):
        played = Played(7, 1, 50, 180, -130, 1000, players=3, verified=True)
        rounds = (replace(played, round=6, verified=False), played)
        assert night_of(changed(state, seat=seat)) == Night(rounds, house=True)


def test_a_night_ends_where_nothing_was_played_for_hours() -> None:
    def kept(*times: int) -> list[int]:
        rounds = tuple(
            replace(OWN, round_number=100 - at, at=time) for at, time in enumerate(times)
        )
        return [each.at for each in night_of(known(seat=Seat.PLAYER, own_rounds=rounds)).rounds]

    start = 10 * BREAK
    assert kept(start, start - BREAK) == [start - BREAK, start]
    assert kept(start, start - BREAK - 1) == [start]
    assert kept(start, start - BREAK, start - 2 * BREAK) == [
        start - each * BREAK for each in (2, 1, 0)
    ]
    assert kept(start, start - 2 * BREAK, start - 2 * BREAK - 1, start) == [start]
    assert kept() == []


def test_a_night_is_counted() -> None:
    rounds = tuple(
        Played(at, None if net is None else 3, 10, 5, net or 0)
        for at, net in enumerate((1, 0, None, -1, 50, -90, 2))
    )
    night = Night(rounds)
    assert night.counted == tuple(each for each in rounds if each.round != 2)
    assert night.nets == (1, 0, -1, 50, -90, 2)
    assert night.curve == (0, 1, 1, 0, 50, -40, -38)
    assert (night.net, night.staked, night.returned, night.won) == (-38, 60, 30, 3)
    assert (night.best, night.worst) == (rounds[4], rounds[5])
    assert (Night().best, Night().worst, Night().curve) == (None, None, (0,))


def test_a_night_is_over_after_six_hours() -> None:
    """As docs/player.md says."""
    assert BREAK == 21_600_000
