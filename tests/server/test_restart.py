"""A restart in every phase: the round in flight, its bets and its numbers are as before."""

import json
from pathlib import Path

import pytest

from bench.long_ledger import build
from protocol.fair.document import read
from protocol.fair.judge import judge
from protocol.fair.reading import read_json
from protocol.games.kinds import KINDS
from protocol.games.roulette.bets import BetsPlaced, PlaceBets
from protocol.games.roulette.desk import CloseBetting, StartSpin, VoidRound
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.records import ListResults, ResultsListed
from protocol.games.roulette.rounds import PlayerSettled, RoundSettled, TableShown
from protocol.house.door import Done, Refused
from protocol.house.draw import (
    AskRound,
    ChainTaken,
    DrawShown,
    EventAsked,
    EventDrawn,
    RoundFrozen,
    RoundProved,
    YourFreeze,
)
from protocol.house.lists import Reason, Seat
from server.host.audit import audit, export, reading
from tests.server.guests import Modern
from tests.server.houses import RunningHouse
from tests.server.pure import SEEDS


def back(house: RunningHouse, before: Modern, name: str) -> tuple[Modern, TableShown]:
    """Sign in again with the token of the connection before."""
    guest = house.guests.enter_context(Modern(house.port))
    guest.sign_in(name, before.token)
    return guest, guest.sit()


@pytest.mark.parametrize("phase", ["bets open", "closed", "spinning"])
def test_a_kill_in_any_phase_is_gone_on_from(tmp_path: Path, phase: str) -> None:
    data = tmp_path / "d"
    with RunningHouse(data) as house:
        anna, boss = house.modern("Anna", Seat.PLAYER), house.modern("Boss", Seat.CROUPIER)
        assert isinstance(anna.register(), ChainTaken)
        placed = PlaceBets(anna.next(), 1, (Bet(17, 5), Bet(156, 20)))
        answer = anna.ask(placed)
        frozen: RoundFrozen | None = None
        if phase != "bets open":
            order = CloseBetting if phase == "closed" else StartSpin
            assert isinstance(boss.ask(order(boss.next(), 1)), Done)
            frozen = anna.wait(RoundFrozen)
        asked = anna.wait(EventAsked) if phase == "spinning" else None
        house.kill()
    with RunningHouse(data) as house:
        again, shown = back(house, anna, "Anna")
        assert (shown.round_number, shown.at_stake, shown.balance) == (1, 25, 475)
        assert [(bet.spot, bet.chips) for bet in shown.own_bets] == [(17, 5), (156, 20)]
        again.chain = anna.chain
        if frozen is None:
            assert again.wait(DrawShown).event == 0
            assert isinstance(again.register(), ChainTaken)
        else:
            assert again.wait(RoundFrozen) == frozen
            mine = again.wait(YourFreeze)
            assert (mine.has_say, mine.has_stake) == (True, True)
        assert again.ask(placed) == answer
        second = house.modern("Second", Seat.CROUPIER)
        if phase == "spinning":
            assert shown.phase is Phase.SPINNING
        else:
            assert shown.phase is (Phase.BETTING if frozen is None else Phase.CLOSED)
            if frozen is not None:
                voided = second.ask(VoidRound(second.next(), 1, "no"))
                assert isinstance(voided, Refused)
                assert voided.reason is Reason.TOO_LATE
            second.say(StartSpin(second.next(), 1))
        repeated = again.once(EventAsked)
        if asked is not None:
            assert (repeated.event, repeated.step) == (asked.event, asked.step)
            assert repeated.window_ms == 30_000
        assert isinstance(again.show(1), Done)
        drawn = again.wait(EventDrawn)
        assert (drawn.contributors, drawn.missing) == (1, 0)
        settled = again.wait(RoundSettled)
        own = again.wait(PlayerSettled)
        assert own.balance == 500 + own.net
        again.sit()
        house.kill()
    with RunningHouse(data) as house:
        third, shown = back(house, anna, "Anna")
        assert (shown.round_number, shown.balance, shown.at_stake) == (2, own.balance, 0)
        results = third.ask(ListResults(third.next()))
        assert isinstance(results, ResultsListed)
        assert (results.pockets, results.rounds) == ((settled.pocket,), 1)
        proof = third.ask(AskRound(third.next(), 1))
        assert isinstance(proof, RoundProved)
        assert (proof.steps[0].seed, proof.steps[0].done) == (drawn.seed, drawn.done)
        house.stop()
    assert not audit(data).wrong
    document = read(read_json(export(data, 1, 1)))
    ((told, verdict),) = judge(document, KINDS)
    assert not verdict.reds
    assert told.events[0].result == {"pocket": settled.pocket}


def test_the_wheel_that_was_started_waits_longer_and_blames_nobody(tmp_path: Path) -> None:
    data = tmp_path / "d"
    with RunningHouse(data) as house:
        anna, boss = house.modern("Anna", Seat.PLAYER), house.modern("Boss", Seat.CROUPIER)
        anna.register()
        assert isinstance(anna.bet(1, (17, 5)), BetsPlaced)
        assert isinstance(boss.ask(StartSpin(boss.next(), 1)), Done)
        house.kill()
    with RunningHouse(data) as house:
        again, _ = back(house, anna, "Anna")
        again.chain = anna.chain
        assert isinstance(again.show(1), Done)
        assert again.wait(RoundSettled)
        assert isinstance(again.register(), ChainTaken)


def test_a_long_ledger_is_gone_on_from_at_once(tmp_path: Path) -> None:
    """`python -m bench.long_ledger` measures it; here only that little has to be done again."""
    data = tmp_path / "d"
    data.mkdir()
    SEEDS.save(data / "seeds" / "1")
    build(data, 100_000, SEEDS.table.hex(), SEEDS.seed(0).hex())
    with RunningHouse(data) as house:
        anna = house.modern("Anna", Seat.PLAYER)
        number = anna.sit().round_number
        assert number > 900
        assert isinstance(anna.bet(number, (17, 5)), BetsPlaced)
        house.kill()
    with reading(data) as reader:
        again_done = sum(len(json.loads(body)) for _, body, _ in reader.journal())
    assert again_done < 15_000  # Of some 60 000 deeds.
    with RunningHouse(data) as house:
        again, shown = back(house, anna, "Anna")
        assert (shown.round_number, shown.at_stake) == (number, 5)
        boss = house.modern("Second", Seat.CROUPIER)
        assert isinstance(boss.ask(StartSpin(boss.next(), number)), Done)
        assert again.wait(RoundSettled).round_number == number
