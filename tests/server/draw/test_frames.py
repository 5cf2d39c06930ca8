"""What each of many is told, made when it is told."""

import pytest

from server.draw.frames import Frames


def test_a_frame_is_made_when_somebody_asks_for_it_and_each_time_anew() -> None:
    made: list[int] = []

    def frame(account: int) -> bytes | None:
        made.append(account)
        return b"x" * account if account in (2, 3) else None

    frames = Frames([2, 3], frame)
    assert (len(frames), [*frames], made) == (2, [2, 3], [])
    assert (frames.get(2), frames.get(9), frames.get(9, b"-")) == (b"xx", None, b"-")
    assert frames[3] == b"xxx"
    assert made == [2, 9, 9, 3]
    with pytest.raises(KeyError):
        frames[9]
    assert not Frames([], frame)
