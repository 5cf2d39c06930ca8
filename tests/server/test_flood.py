from pathlib import Path

from protocol.house.door import Goodbye
from protocol.house.lists import Farewell
from protocol.wire import DOOR, HEADER
from tests.server.houses import RunningHouse


def test_frames_of_unknown_types_are_read_no_faster_than_requests(tmp_path: Path) -> None:
    """The house closes nobody for it: it reads on when their pace allows, and who has not signed in
    by then has not.
    """
    settings = tmp_path / "croupier.toml"
    settings.write_text("[limits]\nsign_in_seconds = 0.5\n")
    options = ("--config", str(settings))
    with RunningHouse(tmp_path / "data", *options) as house, house.modern() as guest:
        guest.send(HEADER.pack(DOOR, 0xEE, 1, 0) * 2000)
        *_, last = guest.wait_end()
        assert last == Goodbye(Farewell.SILENT, "you did not sign in")
