"""A long night of company at the real table, and the books are right."""

import re
import threading
from pathlib import Path

import pytest

from bots.company import Company
from bots.games.roulette.game import GAME
from protocol.games.roulette.rounds import RoundSettled
from protocol.house.lists import Notice, Seat
from protocol.house.talk import Noticed, Said
from tests.client.loopback import PATIENCE
from tests.server.houses import RunningHouse, run_house

FAST = """
[[table]]
auto_seconds = 3
spin_seconds = 0.0
least_seconds = 0.0
reveal_seconds = 5.0
[limits]
requests_a_second = 2000.0
request_burst = 2000.0
"""


@pytest.mark.count(100, 1000)
def test_after_a_night_of_company_the_books_balance(tmp_path: Path, count: int) -> None:
    settings = tmp_path / "fast.toml"
    settings.write_text(FAST, encoding="utf-8")
    data = tmp_path / "data"
    with RunningHouse(data, "--config", str(settings), level="warning") as house:
        watcher = house.modern("Watcher", Seat.WATCHER)
        company = Company(
            "127.0.0.1", house.port, len(GAME.styles), seed=7, hurry=1000, folder=tmp_path / "bots"
        )
        thread = threading.Thread(target=company.run)
        thread.start()
        try:
            for number in range(1, count + 1):
                assert watcher.wait(RoundSettled).round_number == number
        finally:
            company.stop()
            thread.join(PATIENCE)
        status, _, log = house.stop()
        assert (status, log) == (0, "")
    names = {guest.name for guest in company.guests}
    assert {said.name for said in watcher.seen if isinstance(said, Said)} == names
    withheld = [
        said.name
        for said in watcher.seen
        if isinstance(said, Noticed) and said.notice is Notice.WITHHELD
    ]
    left = [
        said.name
        for said in watcher.seen
        if isinstance(said, Noticed) and said.notice is Notice.LEFT
    ]
    assert {*withheld} <= {*left}  # Who gets up while links are waited for shows none.
    came_back = [
        said.name
        for said in watcher.seen
        if isinstance(said, Noticed) and said.notice is Notice.JOINED
    ]
    assert any(came_back.count(name) > 1 for name in names)
    checked = run_house("--audit", "--data", str(data))
    assert checked.returncode == 0
    assert "the books are right" in checked.stdout
    settled = re.search(r"^(\d+) rounds settled, 0 voided$", checked.stdout, re.MULTILINE)
    assert settled
    assert int(settled[1]) >= count
