"""What the start is made of, each for itself; nobody imports it, so it is run up to its `main`."""

import runpy
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from server.books.folder import BANS, PASSWORD, write_bans
from server.books.ledger import Ledger
from server.draw.seeds import STRETCH, Chains, Seeds, SeedsError
from server.games import STATES
from server.games.roulette.deeds import Deeds
from server.games.roulette.play import roulette_at
from server.games.roulette.settings import Rules
from server.host.config import Config
from server.host.fill import ConfigError
from server.host.sections import Section
from server.house import DESK
from server.limits import Limits
from server.owner import Owner
from server.people.digests import password_digest
from server.tables.hall import FIRST
from tests.server.houses import ROOT
from tests.server.pure import SEEDS

MAIN: dict[str, Any] = runpy.run_path(str(ROOT / "server" / "main.py"), run_name="loaded")
OTHERS = Seeds.make(bytes(16), bytes(range(32)), 2 * STRETCH)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(Ledger(tmp_path, STATES)) as made:
        yield made


@pytest.fixture
def chosen(tmp_path: Path) -> Config:
    return Config(data=tmp_path)


# --- the house ------------------------------------------------------------------------------------


class AllSame(Chains):
    """A folder in which every table has these."""

    def __init__(self, seeds: Seeds) -> None:
        super().__init__(Path("seeds"))
        self.seeds = seeds

    def of(self, table: int, *, fresh: bool) -> Seeds:  # noqa: ARG002
        return self.seeds


def opened(chosen: Config, ledger: Ledger, seeds: Seeds = SEEDS) -> Owner:
    owner: Owner = MAIN["open_house"](chosen, ledger, AllSame(seeds), "le croupier")
    return owner


def test_a_new_house_is_as_it_was_chosen(chosen: Config, ledger: Ledger) -> None:
    write_bans(chosen.data / BANS, {"Eve": "she shouts"})
    chosen = replace(
        chosen,
        name="Salon Bleu",
        table_password="sesam",
        chips_shown=False,
        stack=700,
        tables=(Section(rules=Rules(auto_seconds=30)),),
        limits=Limits(guesses=9),
    )
    owner = opened(chosen, ledger)
    house = owner.house
    manner = house.manner
    assert (manner.name, manner.chips_shown, manner.stack) == ("Salon Bleu", False, 700)
    assert manner.croupier_digest == password_digest("le croupier")
    assert manner.table_digest == password_digest("sesam")
    assert opened(replace(chosen, table_password=""), ledger).house.manner.table_digest == b""
    assert (house.limits.guesses, house.books) == (9, ledger.books)
    assert owner.ledger is ledger
    assert roulette_at(house.hall.tables[FIRST]).rules is chosen.tables[0].rules
    assert "Eve" in house.admission.bans
    till = ledger.books.tills[1]
    assert (till.draw, till.anchor) == (SEEDS.table.hex(), SEEDS.seed(0).hex())


def test_its_clock_is_the_time_of_day_and_its_chance_no_one_elses(
    chosen: Config, ledger: Ledger
) -> None:
    owner = opened(chosen, ledger)
    one, other = owner.house.chance(16), owner.house.chance(16)
    assert len(one) == len(other) == 16
    assert one != other
    assert owner.clock() > 1.7e9


@pytest.mark.parametrize(
    "seeds",
    [OTHERS, Seeds.make(SEEDS.table, bytes(32), STRETCH)],
    ids=["another table's", "another chain"],
)
def test_seeds_of_another_table_are_refused(chosen: Config, ledger: Ledger, seeds: Seeds) -> None:
    opened(chosen, ledger)
    opened(chosen, ledger)
    with pytest.raises(SeedsError, match="seeds/1 belongs to another table than the books"):
        opened(chosen, ledger, seeds)


# --- the first screen -----------------------------------------------------------------------------


OWN = {4: ["10.0.0.7", "10.1.0.7"], 6: ["2001:db8::7"]}


@pytest.fixture
def screen(chosen: Config, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What it says where the house listens on this host, with these settings."""
    house = opened(chosen, ledger).house
    monkeypatch.setitem(MAIN["welcome"].__globals__, "own_addresses", lambda version: OWN[version])

    def show(host: str = "127.0.0.1", room: int = 12_000, *notes: str, **settings: Any) -> str:
        asked = replace(chosen, **settings)
        said = MAIN["welcome"](asked, room, (host, 1234), house, "abc", [*notes])
        return "".join(f"{line}\n" for line in said).replace(str(chosen.data), "DATA")

    return show


def test_the_first_screen_of_a_house_for_this_machine(screen: Callable[..., str]) -> None:
    assert (
        screen()
        == f"""\
listening on 127.0.0.1:1234
  you join with:       python run.py client 127.0.0.1 1234
  only this machine can join; for your network start with:  --host 0.0.0.0
  croupier's password: abc (made up; kept in DATA/{PASSWORD})
  table's password:    none
  books:               DATA (0 names)
  table 1:             Roulette, roulette, round 0, 0 seated, 0 watching
  what is sent is not encrypted: play in a network that you trust
  to stop:             Ctrl-C, or type: stop   (who, kick, say ... : type help)
"""
    )


def test_the_first_screen_of_a_house_for_the_network(screen: Callable[..., str]) -> None:
    friends = [line for line in screen("0.0.0.0").splitlines() if "friends" in line]
    assert friends == [
        "  friends join with:   python run.py client 10.0.0.7 1234",
        "  friends join with:   python run.py client 10.1.0.7 1234",
    ]
    assert "only this machine" not in screen("0.0.0.0")
    assert "  friends join with:   python run.py client 192.0.2.9 1234\n" in screen("192.0.2.9")
    six = screen("2001:db8::7")
    assert six.startswith("listening on [2001:db8::7]:1234\n")
    assert "python run.py client 2001:db8::7 1234\n" in six
    assert "you join with:       python run.py client ::1 1234\n" in screen("::1")
    friends = [line for line in screen("::").splitlines() if "friends" in line]
    assert friends == ["  friends join with:   python run.py client 2001:db8::7 1234"]


def test_passwords_that_were_set_are_not_shown(screen: Callable[..., str]) -> None:
    shown = screen(croupier_password="abc", table_password="sesam")
    assert "  croupier's password: as you set it\n  table's password:    as you set it\n" in shown
    assert "abc" not in shown
    assert "sesam" not in shown


def test_names_and_rounds_are_counted(screen: Callable[..., str], ledger: Ledger) -> None:
    assert "(0 names)" in screen()
    for account, name in enumerate(("Anna", "Boris"), DESK + 1):
        ledger.books.enroll(account, name, "", "")
    Deeds(ledger.books, 1).state.round.number = 7
    assert "  books:               DATA (2 names)\n" in screen()
    assert "  table 1:             Roulette, roulette, round 7, 0 seated" in screen()


def test_less_room_than_was_asked_for_and_what_to_take_care_of_is_told(
    screen: Callable[..., str],
) -> None:
    less = screen("127.0.0.1", 11_999, "one thing", "another")
    words = (
        "  room for:            11999 connections, not 12000:"
        " the system lets this program open no more files (ulimit -Hn)\n"
        "  take care:           one thing\n"
        "  take care:           another\n"
        "  what is sent"
    )
    assert words in less
    assert "room for" not in screen("127.0.0.1", 12_000)


# --- this machine's addresses ---------------------------------------------------------------------


class Probe:
    """A socket that finds its way out from one address, or from none."""

    def __init__(self, own: str, kind: tuple[int, int]) -> None:
        self._family, self._own = kind[0], own
        assert kind == (self._family, socket.SOCK_DGRAM)

    def __enter__(self) -> "Probe":
        return self

    def __exit__(self, *_: object) -> None:
        self._own = "closed"

    def connect(self, address: tuple[str, int]) -> None:
        nobody: dict[int, str] = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}
        assert address == (nobody[self._family], 9), "to which nothing is sent"
        if not self._own:
            raise OSError("the network is unreachable")
        self._there = self._own

    def getsockname(self) -> tuple[str, int]:
        return self._there, 40_000


@pytest.mark.parametrize(
    ("way_out", "named", "own"),
    [
        ("2001:db8::7", ["fd00::7", "::1", "fe80::7%eth0"], ["2001:db8::7", "fd00::7"]),
        ("", ["::1"], ["(this machine's address)"]),
        ("10.0.0.7", ["10.1.0.7", "127.0.1.1", "10.0.0.7"], ["10.0.0.7", "10.1.0.7"]),
        ("", ["10.1.0.7", "10.127.0.1"], ["10.1.0.7", "10.127.0.1"]),
        ("10.0.0.7", [], ["10.0.0.7"]),
        ("127.0.0.1", ["127.0.1.1"], ["(this machine's address)"]),
        ("", [], ["(this machine's address)"]),
    ],
)
def test_own_addresses_are_where_the_network_begins_and_what_this_machine_is_called(
    way_out: str, named: list[str], own: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    six = any(":" in each for each in (way_out, *named))
    wanted = socket.AF_INET6 if six else socket.AF_INET

    def look_up(
        name: str, port: None, family: int
    ) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        assert (name, port, family) == ("machine", None, wanted)
        if not named:
            raise socket.gaierror("nobody knows it")
        return [(family, 2, 17, "", (each, 0)) for each in named]

    monkeypatch.setattr(socket, "socket", lambda *kind: Probe(way_out, kind))
    monkeypatch.setattr(socket, "gethostname", lambda: "machine")
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert MAIN["own_addresses"](6 if six else 4) == own


# --- a port that cannot be had --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            OSError(98, "Address already in use (while attempting to bind on x)"),
            "Address already in use",
        ),
        (OSError(99, "Cannot assign it"), "Cannot assign it"),
        (OSError("so"), "so"),
        (UnicodeError("label too long"), "this is no name of a machine"),
    ],
)
def test_why_a_port_cannot_be_had_is_said_in_few_words(error: Exception, words: str) -> None:
    assert MAIN["_reason"](error) == words


# --- a clock that cannot be -----------------------------------------------------------------------


def test_a_clock_before_all_messages_is_one_plain_line_and_nothing_is_made(
    chosen: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time", lambda: -1.0)
    new = tmp_path / "new"
    with pytest.raises(ConfigError, match="this machine's clock is before 1970"):
        MAIN["keep_open"](replace(chosen, data=new))
    assert not new.exists()
