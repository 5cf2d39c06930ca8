"""Peers that vanish without a word are gone from the table within their time."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from protocol.games.roulette.desk import StartSpin
from protocol.house.lists import Presence, Seat
from protocol.house.people import RosterChanged
from server.limits import Limits
from server.net.keepalive import PROBES, probe, silence
from tests.server.houses import ROOT, RunningHouse

ISLAND = f"croupier-{os.getpid()}"
NEAR_END, FAR_END = f"cr{os.getpid()}a", f"cr{os.getpid()}b"
OURS, THEIRS = "10.213.77.1", "10.213.77.2"
SILENT = 3.0

GUEST = """
import socket, sys
from protocol.classic import RegisterPlayer
with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as sock:
    sock.sendall(RegisterPlayer(b"Anna").encode())
    assert sock.recv(1) == b"\\0"
    print("seated", flush=True)
    sys.stdin.read()
"""


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@pytest.fixture
def island() -> Iterator[str]:
    """A machine behind a cable, where this system lets us have one."""
    with contextlib.ExitStack() as undo:
        try:
            ip("netns", "add", ISLAND)
            undo.callback(ip, "netns", "del", ISLAND)
            ip("link", "add", NEAR_END, "type", "veth", "peer", "name", FAR_END)
            undo.callback(ip, "link", "del", NEAR_END)
            ip("link", "set", FAR_END, "netns", ISLAND)
            ip("addr", "add", f"{OURS}/24", "dev", NEAR_END)
            ip("link", "set", NEAR_END, "up")
            ip("-n", ISLAND, "addr", "add", f"{THEIRS}/24", "dev", FAR_END)
            ip("-n", ISLAND, "link", "set", FAR_END, "up")
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("only root on Linux can have a network of its own")
        yield ISLAND


@pytest.mark.parametrize("spoken_to", [False, True])
def test_a_classic_client_whose_line_is_cut_is_gone_in_time(
    tmp_path: Path, island: str, *, spoken_to: bool
) -> None:
    """Also if it was told something shortly after, which the system repeats and repeats."""
    settings = tmp_path / "short.toml"
    settings.write_text(f"[limits]\nping_seconds = 1.0\nsilent_seconds = {SILENT}\n")
    with RunningHouse(tmp_path / "d", "--config", str(settings), "--host", "0.0.0.0") as house:
        bert, boss = house.modern("Bert", Seat.PLAYER), house.modern("Boss", Seat.CROUPIER)
        bert.bet(1, (17, 5))
        guest = subprocess.Popen(
            [
                *("ip", "netns", "exec", island, sys.executable, "-c", GUEST),
                *(OURS, str(house.port)),
            ],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert guest.stdout
            assert guest.stdout.readline() == "seated\n"
            ip("-n", island, "link", "set", FAR_END, "down")
            cut = time.monotonic()
            if spoken_to:
                boss.say(StartSpin(boss.next(), 1))
            bert.wait(
                RosterChanged,
                lambda said: any(
                    each.name == "Anna" and each.presence is Presence.GONE for each in said.changes
                ),
            )
            # As this host wants it, and not as is usual: no busy machine is so late.
            assert time.monotonic() - cut < Limits().silent_seconds
        finally:
            guest.kill()
            guest.communicate()


def test_the_system_gives_a_silent_peer_up_within_the_limit() -> None:
    with socket.socket() as sock:
        probe(sock, Limits().silent_seconds)
        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)

        def option(name: str) -> int:
            return sock.getsockopt(socket.IPPROTO_TCP, getattr(socket, name))

        if not hasattr(socket, "TCP_KEEPIDLE"):
            pytest.skip("this system's probes have another name")
        total = option("TCP_KEEPIDLE") + option("TCP_KEEPINTVL") * option("TCP_KEEPCNT")
        assert total <= Limits().silent_seconds
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            # It goes before the number of probes, so it must end with one of them.
            assert option("TCP_USER_TIMEOUT") == 1000 * total
            assert option("TCP_USER_TIMEOUT") == 1000 * PROBES * option("TCP_KEEPINTVL")


def test_who_was_just_heard_is_not_silent() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as one,
        server.accept()[0] as other,
    ):
        other.sendall(b"x")
        assert one.recv(1)
        assert silence(one) < 5
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert silence(ours) == 0
