"""Silent, slow, dead, noisy and hostile peers: the others at the table do not notice."""

import random
import socket
from contextlib import suppress
from pathlib import Path

from protocol.framing import Decoder, Dialect, Spoken
from protocol.games.roulette.bets import BetsListed, BetsPlaced, ListBets, TakeBackBets
from protocol.games.roulette.desk import StartSpin
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rounds import RoundSettled
from protocol.house.door import Done, Goodbye, Greeting, Ping, Pong, SignIn
from protocol.house.lists import Farewell, Notice, Seat
from protocol.house.talk import Noticed
from protocol.wire import encode
from tests.server.guests import Classic, Guest, Modern
from tests.server.houses import PASSWORD, RunningHouse

SILENT = 1000
NOISY = 200


def impatient(tmp_path: Path, **limits: float) -> str:
    """A configuration whose patience a test can outwait."""
    path = tmp_path / "croupier.toml"
    lines = [f"{name} = {value}" for name, value in limits.items()]
    path.write_text("\n".join(["[limits]", *lines]))
    return str(path)


def play_a_round(anna: Modern, boss: Modern, number: int) -> None:
    assert isinstance(anna.bet(number, (17, 1)), BetsPlaced)
    assert boss.ask(StartSpin(boss.next(), number)) == Done(boss.number)
    assert anna.wait(RoundSettled).round_number == number


def test_a_thousand_silent_peers_and_a_storm_of_garbage(tmp_path: Path) -> None:
    dice = random.Random(11)
    with RunningHouse(tmp_path / "data") as house:
        anna, boss = house.modern("Anna", Seat.PLAYER), house.modern("Boss", Seat.CROUPIER)
        crowd: list[socket.socket] = []
        for number in range(SILENT):
            peer = socket.create_connection(("127.0.0.1", house.port), 20)
            if number % 3 == 0:
                peer.sendall(b"\x00\x00\x00\x00\x00\x05al")  # Half a registration, and silence.
            crowd.append(peer)
            if number % 100 == 0:
                play_a_round(anna, boss, 1 + number // 100)
        for number in range(NOISY):
            peer = socket.create_connection(("127.0.0.1", house.port), 20)
            crowd.append(peer)
            with suppress(ConnectionError):  # It may be thrown out before it has finished.
                peer.sendall(garbage(dice))
            if number % 40 == 0:
                play_a_round(anna, boss, 11 + number // 40)
        late = house.modern("Late", Seat.PLAYER)
        assert isinstance(late.bet(16, (3, 1)), BetsPlaced)
        for peer in crowd:
            peer.close()
        status, _, log = house.stop()
        assert status == 0
        assert "Traceback" not in log
        assert "fault" not in log


def garbage(dice: random.Random) -> bytes:
    kinds = (
        dice.randbytes(dice.randrange(1, 3000)),
        encode(Greeting(1, 1, "x")) + dice.randbytes(500),
        b"\x01" + dice.randbytes(20),
        bytes(dice.choice((0x00, 0x20, 0x40, 0x60, 0x80, 0xA0, 0xC0, 0xE0)) for _ in range(400)),
        encode(Greeting(1, 1, "x")) + encode(SignIn(1, "\u202egnp", b"", b"")) * 30,
        b"\x00" + (2**39).to_bytes(5, "big"),
    )
    return dice.choice(kinds)


def test_who_does_not_sign_in_is_closed(tmp_path: Path) -> None:
    options = ("--config", impatient(tmp_path, sign_in_seconds=0.3))
    with RunningHouse(tmp_path / "data", *options) as house:
        stranger = house.modern()
        assert stranger.wait(Goodbye).reason is Farewell.SILENT
        silent = house.guests.enter_context(socket.create_connection(("127.0.0.1", house.port), 20))
        assert silent.recv(1) == b""


def test_who_does_not_answer_a_ping_is_dead(tmp_path: Path) -> None:
    options = ("--config", impatient(tmp_path, ping_seconds=0.2, silent_seconds=2.0))
    with RunningHouse(tmp_path / "data", *options) as house:
        anna, alive = house.modern("Anna", Seat.PLAYER), house.modern("Alive", Seat.PLAYER)
        anna.deaf = True
        assert anna.wait(Ping)
        # Whoever waits for news answers the pings that come meanwhile.
        alive.wait(Noticed, lambda said: said.name == "Anna" and said.notice is Notice.CUT_OFF)
        farewells = [said for said in anna.wait_end() if isinstance(said, Goodbye)]
        assert farewells[0].reason is Farewell.SILENT
        assert isinstance(alive.bet(1, (17, 1)), BetsPlaced)


def test_who_does_not_read_is_dropped_and_the_others_do_not_wait(tmp_path: Path) -> None:
    options = ("--config", impatient(tmp_path, slow_seconds=0.5, requests_a_second=2000.0))
    with RunningHouse(tmp_path / "data", *options, level="warning") as house:
        anna, slow = house.modern("Anna", Seat.PLAYER), house.modern("Slow", Seat.PLAYER)
        for number in range(1, 101):
            anna.bet(1, (number, 1))
        slow.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        for _ in range(400):
            slow.say(ListBets(slow.next(), 1, 0, 0))
        house.command("who")
        house.wait_line("Slow")
        while True:
            house.command("who")
            if "cut_off" in house.wait_line("Slow"):
                break
            assert isinstance(anna.bet(1, (150, 1)), BetsPlaced)
            anna.ask(TakeBackBets(anna.next(), 1, (Bet(150, 1),)))


def test_who_asks_fast_is_slowed_and_nothing_is_lost(tmp_path: Path) -> None:
    options = ("--config", impatient(tmp_path, requests_a_second=2000.0, request_burst=100.0))
    with RunningHouse(tmp_path / "data", *options) as house:
        anna = house.modern("Anna", Seat.PLAYER)
        for number in range(60):
            anna.say(ListBets(1000 + number, 1, 0, 0))
        answers = [anna.wait(BetsListed).number for _ in range(60)]
        assert answers == list(range(1000, 1060))
        noisy = house.modern("Noisy", Seat.PLAYER)
        noisy.sock.setblocking(False)
        with suppress(BlockingIOError):  # The house reads no more of it than it carries out.
            while True:
                noisy.sock.send(encode(ListBets(1, 1, 0, 0), 1) * 1_000)
        assert isinstance(anna.bet(1, (17, 1)), BetsPlaced)


def test_a_classic_client_that_does_not_confirm_the_results_is_disconnected(
    tmp_path: Path,
) -> None:
    with RunningHouse(tmp_path / "data", "--ack-timeout", "0.3") as house:
        good, bad, boss = house.classic(), house.classic(), house.classic()
        good.register("Good")
        bad.register("Bad")
        boss.register_croupier(PASSWORD)
        good.bet(17, 10)
        boss.start(PASSWORD)
        boss.results()
        assert good.results().pocket == bad.wait_results_only().pocket
        bad.wait_end()
        assert good.bet(18, 10) == 0


def test_a_crowded_door_lets_the_newcomer_in(tmp_path: Path) -> None:
    options = ("--config", impatient(tmp_path, strangers=8, strangers_an_address=4))
    with RunningHouse(tmp_path / "data", *options) as house:
        crowd = [Guest(house.port, Modern.DIALECT, source=f"127.0.0.{n}") for n in range(2, 40)]
        for peer in crowd:
            house.guests.enter_context(peer)
        assert isinstance(house.modern("Anna", Seat.PLAYER).bet(1, (17, 1)), BetsPlaced)
        assert crowd[0].wait_end() == []


def test_wrong_passwords_cost_the_others_nothing(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "data") as house:
        anna, boss = house.modern("Anna", Seat.PLAYER), house.modern("Boss", Seat.CROUPIER)
        for number in range(30):
            with Classic(house.port, f"127.0.0.{number + 2}") as thief:
                assert thief.register_croupier(f"guess {number}") == 2
        play_a_round(anna, boss, 1)


def test_a_ping_before_the_greeting_was_answered_waits_for_it(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "data") as house:
        with socket.create_connection(("127.0.0.1", house.port), 20) as peer:
            peer.sendall(encode(Greeting(1, 1, "hasty")) + encode(Ping(7)))
            decoder, heard = Decoder(Dialect.MODERN, from_server=True), list[Spoken]()
            while not any(isinstance(each, Pong) for each in heard):
                heard += decoder.feed(peer.recv(4096))
        assert isinstance(heard[0], Greeting)
        house.stop()
