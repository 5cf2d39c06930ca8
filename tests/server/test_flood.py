from pathlib import Path

from protocol.messages.door import Goodbye
from protocol.messages.lists import Farewell
from protocol.wire import DOOR, HEADER
from tests.server.houses import RunningHouse


def test_frames_of_unknown_types_count_as_requests(tmp_path: Path) -> None:
    with RunningHouse(tmp_path) as house, house.modern() as guest:
        guest.send(HEADER.pack(DOOR, 0xEE, 0) * 2000)
        *_, last = guest.wait_end()
        assert isinstance(last, Goodbye)
        assert last.reason is Farewell.FLOOD
