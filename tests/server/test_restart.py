"""A restart in every phase: the round in flight, its bets and its numbers are as before."""

import json
from pathlib import Path

import pytest

from bench.long_ledger import build
from protocol.games.roulette.bets import BetsPlaced, PlaceBets
from protocol.games.roulette.desk import CloseBetting, StartSpin, VoidRound
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.records import AskProof, ListResults, ProofShown, ResultsListed
from protocol.games.roulette.rounds import (
    BettingClosed,
    PlayerSettled,
    RevealSecret,
    RoundSettled,
    TableShown,
    WheelStarted,
)
from protocol.house.door import Done, Refused
from protocol.house.lists import Reason, Seat
from protocol.verify import broken_steps, read_document
from server.host.audit import audit, export, reading
from tests.server.guests import Modern
from tests.server.houses import RunningHouse
from tests.server.pure import SEEDS


def back(house: RunningHouse, before: Modern, name: str) -> tuple[Modern, TableShown]:
    """Sign in again with the token of the connection before."""
    guest = house.guests.enter_context(Modern(house.port))
    guest.sign_in(name, before.token)
    return guest, guest.sit()


def told_freeze(guest: Modern) -> bytes:
    return guest.wait(BettingClosed).freeze


@pytest.mark.parametrize("phase", ["bets open", "closed", "closed and revealed", "spinning"])
def test_a_kill_in_any_phase_is_gone_on_from(tmp_path: Path, phase: str) -> None:
    data = tmp_path / "d"
    with RunningHouse(data) as house:
        anna, boss = house.modern("Anna", Seat.PLAYER), house.modern("Boss", Seat.CROUPIER)
        assert isinstance(anna.commit(1), Done)
        placed = PlaceBets(anna.next(), 1, (Bet(17, 5), Bet(156, 20)))
        answer = anna.ask(placed)
        frozen = bytes(32)
        if phase.startswith("closed"):
            assert isinstance(boss.ask(CloseBetting(boss.next(), 1)), Done)
            frozen = told_freeze(anna)
        if phase == "closed and revealed":
            assert isinstance(anna.reveal(1), Done)
        if phase == "spinning":
            assert isinstance(boss.ask(StartSpin(boss.next(), 1)), Done)
            anna.wait(WheelStarted)
            frozen = anna.ask(AskProof(anna.next(), 1)).freeze  # type: ignore[attr-defined]
        house.kill()
    with RunningHouse(data) as house:
        again, shown = back(house, anna, "Anna")
        assert (shown.round_number, shown.at_stake, shown.balance) == (1, 25, 475)
        assert [(bet.spot, bet.chips) for bet in shown.own_bets] == [(17, 5), (156, 20)]
        assert shown.freeze == frozen
        assert again.ask(placed) == answer
        second = house.modern("Second", Seat.CROUPIER)
        if phase == "bets open":
            assert shown.phase is Phase.BETTING
            second.say(StartSpin(second.next(), 1))
            assert told_freeze(again)
        elif phase == "spinning":
            assert shown.phase is Phase.SPINNING
        else:
            assert shown.phase is Phase.CLOSED
            voided = second.ask(VoidRound(second.next(), 1, "no"))
            assert isinstance(voided, Refused)
            assert voided.reason is Reason.TOO_LATE
            second.say(StartSpin(second.next(), 1))
        if phase != "closed and revealed":
            assert isinstance(again.ask(RevealSecret(again.next(), 1, anna.secret)), Done)
        settled = again.wait(RoundSettled)
        assert [reveal.shown for reveal in settled.reveals] == [True]
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
        proof = third.ask(AskProof(third.next(), 1))
        assert isinstance(proof, ProofShown)
        assert (proof.pocket, proof.seed) == (settled.pocket, settled.seed)
        house.stop()
    assert not audit(data).wrong
    table, (played,) = read_document(export(data, 1, 1))
    assert not list(broken_steps(table.table, played, table.seed_0))
    assert json.loads(export(data, 1, 1))["vectors"][0]["pocket"] == settled.pocket


def test_the_wheel_that_was_started_settles_after_the_restart_without_any_order(
    tmp_path: Path,
) -> None:
    data = tmp_path / "d"
    with RunningHouse(data) as house:
        anna, boss = house.modern("Anna", Seat.PLAYER), house.modern("Boss", Seat.CROUPIER)
        anna.commit(1)
        assert isinstance(anna.bet(1, (17, 5)), BetsPlaced)
        assert isinstance(boss.ask(StartSpin(boss.next(), 1)), Done)
        house.kill()
    with RunningHouse(data) as house:
        again, _ = back(house, anna, "Anna")
        settled = again.wait(RoundSettled)
        assert [reveal.shown for reveal in settled.reveals] == [False]


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
