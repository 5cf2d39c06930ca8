"""The console by itself: which line is which order, and what is shown of it."""

import io
import sys
import threading
from pathlib import Path

import pytest

from server.books.folder import read_bans
from server.books.ledger import LedgerLost
from server.draw.seeds import STRETCH, Chains, Seeds
from server.games.roulette.play import roulette_at
from server.games.roulette.settings import PRESETS
from server.host import console
from server.host.audit import Audit
from server.host.console import EVERY, NAMELESS, Console
from server.net.session import Left
from tests.server.shops import Shop


class Desk:
    """A console, and what the host sees."""

    def __init__(self, data: Path, *, until_eof: bool = False) -> None:
        self.shop = Shop()
        self.shown: list[str] = []
        self.stops = 0
        self.data = data
        self.console = Console(
            self.shop.owner,
            self._stop,
            self.shown.append,
            data,
            Chains(data / "seeds"),
            until_eof=until_eof,
        )

    def _stop(self) -> None:
        self.stops += 1

    def type(self, line: str) -> list[str]:
        """A line; what is shown when the owner has done it."""
        self.shown.clear()
        self.console.obey(line)
        if self.console.auditing:
            self.console.auditing.join()
        self.shop.turn(*self.shop.owner.inbox.take(0))
        return self.shown


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


HELP = """commands:
  who                         who is at the table
  say TEXT                    call something to everybody
  warn NAME WHY               warn somebody, before everybody
  mute NAME SECONDS WHY       let him not talk (300 s)
  unmute NAME                 let him talk again
  kick NAME WHY               throw somebody out for a while; his bets stand
  ban NAME                    throw him out for good, and shut out his address
  unban NAME                  let him in again, after a kick too
  release NAME                let the next who comes take this name
  tables                      which tables are open
  close N [now] [to N]        close it after its round; now: open bets go back
  rules N SETTING = VALUE     change a table's rules, from its next round on
  open KIND[:PRESET] [NAME]   open one table more, until the house closes
  audit                       check the books
  export [TABLE:]ROUND FILE   write what it takes to verify a round
  stop                        close the house
  help                        this list"""


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("dance", "there is no command dance"),
        ("dance\x07 now", "there is no command dance�"),
        ("say", "say takes TEXT"),
        ("say  ", "say takes TEXT"),
        ("who is there", "who takes nothing"),
        ("audit now", "audit takes nothing"),
        ("export", "export takes [TABLE:]ROUND FILE"),
        ("export 1", "export takes [TABLE:]ROUND FILE"),
        ("export one file", "export takes [TABLE:]ROUND FILE"),
        ("stop it", "stop takes nothing"),
        ("help me", "help takes nothing"),
        ("open", "open takes KIND[:PRESET] [NAME]"),
        ("close", "close takes N [now] [to N]"),
    ],
)
def test_a_line_that_is_no_order_is_answered_with_what_there_is(
    desk: Desk, line: str, wrong: str
) -> None:
    assert desk.type(line) == [f"{wrong}\n{HELP}"]
    assert desk.stops == 0


def test_help_is_the_list_and_no_complaint(desk: Desk) -> None:
    assert desk.type("help") == [HELP]


def test_every_order_has_its_line_in_the_help() -> None:
    assert [line.split()[0] for line in HELP.splitlines()[1:]] == [
        *EVERY,
        *("open", "audit", "export", "stop", "help"),
    ]


def test_an_order_is_carried_out_by_the_croupier(desk: Desk) -> None:
    desk.console.obey("who")
    assert desk.shown == []  # Not in the console's own thread.
    desk.shop.turn(*desk.shop.owner.inbox.take(0))
    assert desk.shown == ["0 seated, 0 watching, round 1"]
    assert desk.type("say  Good evening ") == []
    assert desk.type("") == []
    assert desk.type("stop") == []
    assert desk.stops == 1


def test_a_ban_is_kept_for_the_next_evening(desk: Desk) -> None:
    desk.shop.player("Anna")
    assert desk.type("warn Anna") == ["Anna was warned"]
    assert not (desk.data / "bans").exists()
    assert desk.type("ban Anna") == ["Anna is banned, and everybody from 10.0.0.1"]
    assert read_bans(desk.data / "bans") == {"Anna": "10.0.0.1"}
    assert desk.type("unban Anna") == ["Anna may come in"]
    assert read_bans(desk.data / "bans") == {}


def test_a_ban_is_kept_before_it_is_told(desk: Desk) -> None:
    desk.shop.player("Anna")
    kept: list[bool] = []
    desk.console._show = lambda _: kept.append((desk.data / "bans").exists())
    desk.type("ban Anna")
    assert kept == [True]


@pytest.mark.parametrize("order", ["release Anna", "ban Anna", "who"])
def test_the_host_is_told_when_it_is_in_the_books_and_not_before(desk: Desk, order: str) -> None:
    anna, _ = desk.shop.player("Anna")
    desk.shop.turn((anna, Left("the connection ended", True)))
    desk.shop.books.fault = LedgerLost("the disk is gone")
    with pytest.raises(LedgerLost):
        desk.type(order)
    assert (desk.shown, (desk.data / "bans").exists()) == ([], False)
    desk.shop.books.fault = None
    seen: list[list[str]] = []
    desk.console._show = lambda _: seen.append(list(desk.shop.books.deeds))
    desk.shop.books.deeds.clear()
    desk.type(order)
    assert seen[0] == ["commit"]


def test_what_goes_wrong_when_the_host_is_told_is_a_line_and_the_house_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no such thing")

    desk.shop.player("Anna")
    monkeypatch.setattr(console, "write_bans", broken)
    assert desk.type("ban Anna") == ["ban Anna: RuntimeError: no such thing"]
    assert desk.type("who") == [
        "Anna: banned, and everybody from 10.0.0.1\n0 seated, 0 watching, round 1"
    ]


def test_a_ban_that_cannot_be_kept_holds_for_this_evening(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "nowhere")
    desk.shop.player("Anna")
    assert desk.type("ban Anna") == [
        "Anna is banned, and everybody from 10.0.0.1\n"
        f"until the house closes only: {tmp_path / 'nowhere' / 'bans'}: No such file or directory"
    ]
    assert "Anna" in desk.shop.pure.house.admission.bans


def test_books_that_are_not_there_are_said_to_be_not_there(desk: Desk) -> None:
    words = f"there are no books in {desk.data}"
    assert desk.type("audit") == [f"audit: {words}"]
    assert desk.type(f"export 1 {desk.data / 'round'}") == [words]
    assert not (desk.data / "round").exists()


def test_a_mistake_of_ours_is_one_line_and_the_console_goes_on(desk: Desk) -> None:
    def broken() -> None:
        raise RuntimeError("two\nlines")

    desk.console._stop = broken
    assert desk.type("stop") == ["stop: RuntimeError: two lines"]
    desk.shop.pure.seats.count = broken  # type: ignore[method-assign, assignment]
    assert desk.type("who") == ["who: RuntimeError: two lines"]

    def refused() -> None:
        raise OSError("no descriptor")

    desk.console._stop = refused
    assert desk.type("stop") == ["stop: no descriptor"]


@pytest.mark.parametrize("until_eof", [False, True])
def test_lines_are_read_to_the_end_whatever_bytes_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, until_eof: bool
) -> None:
    desk = Desk(tmp_path, until_eof=until_eof)
    typed = io.TextIOWrapper(io.BytesIO(b"  dance  \n\xff\n\nwho\n"), "utf-8")
    monkeypatch.setattr(sys, "stdin", typed)
    desk.console.thread.run()
    desk.shop.turn(*desk.shop.owner.inbox.take(0))
    assert [each.splitlines()[0] for each in desk.shown] == [
        "there is no command dance",
        "there is no command �",
        "0 seated, 0 watching, round 1",
    ]
    assert desk.stops == until_eof


def test_lines_may_come_from_what_is_no_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("stop\n"))
    desk.console.thread.run()
    assert desk.stops == 1


def test_its_thread_has_its_name_and_is_not_waited_for(desk: Desk) -> None:
    assert (desk.console.thread.name, desk.console.thread.daemon) == ("console", True)


# --- one table more -------------------------------------------------------------------------------


@pytest.fixture
def quick_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chain that is made at once."""
    monkeypatch.setattr(Seeds, "fresh", lambda: Seeds.make(bytes(16), bytes(32), STRETCH))


@pytest.mark.usefixtures("quick_seeds")
def test_a_table_is_opened_with_its_name_its_preset_and_its_seeds(desk: Desk) -> None:
    assert desk.type("open roulette:high  Oak Room") == ["table 2 is open"]
    house = desk.shop.pure.house
    table = house.hall.tables[2]
    assert (table.terms.name, roulette_at(table).rules) == ("Oak Room", PRESETS["high"])
    assert Seeds.open(desk.data / "seeds" / "2", fresh=False).table == table.means.draw.seeds.table
    assert house.books.tills[2].name == "Oak Room"
    assert desk.type("open roulette") == [NAMELESS]
    assert desk.type("open roulette Oak Room") == ["open: a table is called 'Oak Room' already"]
    house.close_table(table)
    desk.shop.turn()
    assert desk.type("open roulette Oak Room") == ["table 3 is open"]
    assert [path.name for path in sorted((desk.data / "seeds").iterdir())] == ["2", "3"]


@pytest.mark.usefixtures("quick_seeds")
@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("open chess", "open: nobody here plays 'chess', only roulette"),
        ("open roulette:x A", "open: roulette has no preset 'x': quick, high"),
        ("open roulette \u200b", "open: name: "),
    ],
)
def test_a_table_that_cannot_be_is_refused_in_words(desk: Desk, line: str, words: str) -> None:
    (said,) = desk.type(line)
    assert said.startswith(words)
    assert list(desk.shop.pure.house.hall.tables) == [1]


@pytest.mark.usefixtures("quick_seeds")
def test_on_a_full_disk_no_table_is_opened(desk: Desk) -> None:
    desk.shop.pure.house.disk.full = True
    desk.shop.owner.ledger.full = True
    assert desk.type("open roulette A") == ["the disk is full: no table is opened"]
    assert not (desk.data / "seeds").exists()


# --- an audit that takes long ---------------------------------------------------------------------


@pytest.fixture
def going_on(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Audits that end when this is set."""
    end = threading.Event()

    def audit(_: Path) -> Audit:
        assert end.wait(60)
        return Audit()

    monkeypatch.setattr(console, "audit", audit)
    return end


def test_stop_is_heard_while_an_audit_goes_on(desk: Desk, going_on: threading.Event) -> None:
    desk.console.obey("audit")
    desk.console.obey("audit")
    assert desk.shown == ["audit: the last one goes on still"]
    desk.console.obey("stop")
    assert desk.stops == 1
    going_on.set()
    assert desk.console.auditing
    desk.console.auditing.join()
    assert desk.shown[-1].endswith("the books are right")
    assert "the books are right" in desk.type("audit")[-1]


def test_a_program_that_ends_its_commands_hears_its_audit(
    tmp_path: Path, going_on: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, until_eof=True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("audit\n"))
    desk.console.thread.start()
    while not desk.console.auditing:
        pass
    assert desk.stops == 0
    going_on.set()
    desk.console.thread.join()
    assert desk.stops == 1
    assert desk.shown[-1].endswith("the books are right")
