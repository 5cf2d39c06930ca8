"""A whole evening against the running program."""

from pathlib import Path

from protocol import classic
from protocol.messages.bets import BetsPlaced
from protocol.messages.desk import KickPlayer, StartSpin
from protocol.messages.door import Done, Goodbye
from protocol.messages.lists import Farewell, Seat
from protocol.messages.rounds import BettingClosed, PlayerSettled, RoundOpened, RoundSettled
from tests.server.houses import RunningHouse, run_house


def test_an_evening(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "data") as house:
        anna = house.modern("Anna", Seat.PLAYER)
        boss = house.modern("Boss", Seat.CROUPIER)
        watcher = house.modern("", Seat.WATCHER)
        bert = house.classic()
        assert bert.register("Bert") is classic.Code.OK
        for number in range(1, 4):
            assert isinstance(anna.commit(number), Done)
            assert isinstance(anna.bet(number, (17, 10), (155, 5)), BetsPlaced)
            assert bert.bet(37, 10) is classic.Code.OK
            assert len(bert.list_bets()) == 3
            assert boss.ask(StartSpin(boss.next(), number)) == Done(boss.number)
            anna.wait(BettingClosed)
            anna.reveal(number)
            settled = watcher.wait(RoundSettled)
            own = anna.wait(PlayerSettled)
            results = bert.results()
            assert results.pocket == settled.pocket
            assert {row.name: row.net for row in results.results}["Anna"] == own.net
            anna.wait(RoundOpened)
        boss.ask(KickPlayer(boss.next(), anna.account, "go"))
        assert anna.wait(Goodbye).reason is Farewell.KICKED
        status, _, log = house.stop()
        assert status == 0, log
        assert "Traceback" not in log
    checked = run_house("--audit", "--data", str(tmp_path / "data"))
    assert checked.returncode == 0, checked.stdout
