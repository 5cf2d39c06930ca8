"""A full disk: new bets are refused in words, the round is settled, and with room it goes on."""

from pathlib import Path

from protocol.messages.bets import BetsPlaced
from protocol.messages.desk import StartSpin
from protocol.messages.door import Done, Refused
from protocol.messages.lists import Reason, Seat
from protocol.messages.rounds import RoundSettled
from server.audit import audit
from tests.server.disks import fill
from tests.server.houses import RunningHouse


def test_the_open_round_is_settled_on_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    data = small_disk / "data"
    config = tmp_path / "croupier.toml"
    config.write_text("[limits]\nrequests_a_second = 1000.0\n")
    with RunningHouse(data, "--stack", "100000", "--config", str(config)) as house:
        anna, boss = house.modern("Anna", Seat.PLAYER), house.modern("Boss", Seat.CROUPIER)
        assert isinstance(anna.bet(1, (0, 1)), BetsPlaced)
        fill(small_disk / "filler", 4096)
        for number in range(2000):
            answer = anna.bet(1, (number % 157, 1))
            if isinstance(answer, Refused):
                break
        assert isinstance(answer, Refused)
        assert (answer.reason, answer.words) == (
            Reason.DISK_FULL,
            "the house's disk is full: no new bets for now",
        )
        assert isinstance(boss.ask(StartSpin(boss.next(), 1)), Done)
        assert anna.wait(RoundSettled).round_number == 1
        again = anna.bet(2, (17, 1))
        assert isinstance(again, Refused)
        (small_disk / "filler").unlink()
        while not isinstance(again, BetsPlaced):
            assert again.reason is Reason.DISK_FULL
            again = anna.bet(2, (17, 1))
        status, _, log = house.stop()
        assert status == 0
        assert "the disk is full: no new bets" in log
        assert "the disk has room again" in log
    assert not audit(data).wrong
