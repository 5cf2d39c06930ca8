"""A full disk: new bets are refused in words, the round is settled, and with room it goes on."""

from pathlib import Path

from protocol import classic
from protocol.games.roulette.bets import BetsPlaced, PlaceBets, TakeBackBets
from protocol.games.roulette.desk import StartSpin, VoidRound
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rounds import RoundSettled
from protocol.house.door import Done, Refused, SignedIn, SignIn
from protocol.house.lists import Reason, Seat
from protocol.house.people import WarnPlayer
from server.host.audit import audit
from server.limits import Limits
from server.people.people import Client
from tests.server.disks import fill
from tests.server.houses import RunningHouse
from tests.server.pure import PureHouse


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
            "the house's disk is full: the round is settled, and nothing new is taken",
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
        assert "the disk is full: nothing new" in log
        assert "the disk has room again" in log
    assert not audit(data).wrong


def test_the_log_rests_on_a_full_disk_and_goes_on_with_room(
    small_disk: Path, tmp_path: Path
) -> None:
    """It would eat the ballast: what is asked for, and refused, are as many lines as somebody
    likes. The screen has them.
    """
    data, config, screen = small_disk / "data", tmp_path / "croupier.toml", tmp_path / "screen"
    limits = ("requests_a_second", "logged_a_second", "logged_burst")
    config.write_text("[limits]\n" + "".join(f"{each} = 1e6\n" for each in limits))
    data.with_suffix(".log").symlink_to(screen)  # What the screen takes is not of this disk.
    with RunningHouse(data, "--stack", "100000", "--config", str(config)) as house:
        anna, boss = house.modern("Anna", Seat.PLAYER), house.modern("Boss", Seat.CROUPIER)
        fill(small_disk / "filler", 4096)
        bets = (anna.bet(1, (number % 157, 1)) for number in range(2000))
        assert any(isinstance(answer, Refused) for answer in bets)
        for number in range(200):
            assert isinstance(boss.ask(WarnPlayer(boss.next(), 1000 + number, "x" * 200)), Refused)
        assert isinstance(boss.ask(StartSpin(boss.next(), 1)), Done)
        anna.wait(RoundSettled)
        (small_disk / "filler").unlink()
        while isinstance(anna.bet(2, (17, 1)), Refused):
            pass
        status, _, seen = house.stop()
    assert status == 0
    path = data / "log" / "server.log"
    words = f" ! the log is not written: {path}: No space left on device\n"
    assert (seen.count(words), seen.count("= the log is written again\n")) == (1, 1)
    assert "= the disk has room again: bets are taken\n" in path.read_text("utf-8")
    assert seen.count("< croupier Boss WarnPlayer(") == 200
    assert "< croupier Boss WarnPlayer(" not in path.read_text("utf-8")


def test_nothing_but_the_round_uses_up_the_room_that_a_full_disk_has_left() -> None:
    """New names, and chips laid and taken back one by one, are as many as somebody likes."""
    pure = PureHouse()
    anna, old = pure.seated("Anna"), pure.classic_player("Old")
    pure.bet(anna, (17, 10))
    pure.house.leave(old, cut_off=True)
    pure.books.entrust(old.account, "", "10.9.9.9")
    pure.house.disk.full = True
    before = pure.snapshot()
    for said in (
        PlaceBets(8, 1, (Bet(17, 1),)),
        TakeBackBets(8, 1, (Bet(17, 1),)),
        TakeBackBets(8, 1, ()),
    ):
        answer = pure.ask(anna, said)
        assert isinstance(answer, Refused)
        assert answer.reason is Reason.DISK_FULL
    for name in ("Newcomer", "Old"):
        answer = pure.ask(pure.stranger(), SignIn(1, name, b"", b""))
        assert isinstance(answer, Refused)
        assert answer.reason is Reason.DISK_FULL
        register = classic.RegisterPlayer(name.encode())
        refused = pure.ask(Client("10.0.0.7", classic=True), register)
        assert refused == classic.RegistrationAnswered(classic.Code.REFUSED)
    assert pure.snapshot() == before
    pure.house.disk.full = False
    assert isinstance(pure.ask(pure.stranger(), SignIn(1, "Newcomer", b"", b"")), SignedIn)


def test_an_empty_round_is_not_voided_on_a_full_disk_and_one_with_chips_is() -> None:
    """Or a croupier voids one after the other, until there is no room to settle anything."""
    pure = PureHouse()
    anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
    pure.bet(anna, (17, 10))
    pure.house.disk.full = True
    assert pure.ask(boss, VoidRound(1, 1, "")) == Done(1)
    before = pure.snapshot()
    answer = pure.ask(boss, VoidRound(2, 2, ""))
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.DISK_FULL
    assert pure.snapshot() == before


def test_names_that_are_refused_on_a_full_disk_are_not_counted() -> None:
    pure = PureHouse(limits=Limits(names_an_address=1))
    pure.house.disk.full = True
    for _ in range(2):
        pure.ask(pure.stranger(), SignIn(1, "Newcomer", b"", b""))
    pure.house.disk.full = False
    assert isinstance(pure.ask(pure.stranger(), SignIn(1, "Newcomer", b"", b"")), SignedIn)
