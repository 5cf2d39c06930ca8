"""The house's own numbers, which no setting changes: what the pages say, and what the measurements
of docs/speed.md and docs/what-survives.md were made with. Settings are held by their example file.
"""

import pytest

from server import house, owner, refusal
from server.draw import seeds
from server.host import commands, config
from server.log import transcript, writer
from server.net import cost, descriptors, io_thread, keepalive, listener, streams
from server.people import admission, ascending, guesses
from server.requests import door
from server.talk import table_talk


@pytest.mark.parametrize(
    ("number", "is_"),
    [
        (config.DEFAULT_PORT, 1234),
        (config.HOUR, 3600),
        (admission.HOUR, 3600.0),
        (owner.EXIT_LOST, 3),
        (door.VERSION, 1),
        (door.OLDEST, 1),
        (door.TOKEN_BYTES, 32),
        (door.TABLES_A_LINE, 8),
        (house.DESK, 1),
        (house.NOTICES_UP_TO, 50),
        (table_talk.CROWD_BURST_SECONDS, 2.0),
        (table_talk.NOTICES, 6),
        (table_talk.NOTICE_SECONDS, 10.0),
        (commands.MUTE_SECONDS, 300),
        (commands.WRONG_SHOWN, 10),
        (guesses.AROUND, 16),
        (guesses.KEPT, 50_000),
        (guesses.DOUBLINGS, 40),
        (refusal.MOST_SECONDS, 1_000_000_000),
        (transcript.LONGEST, 300),
        (writer.KEPT, 10_000),
        (descriptors.RESERVE, 48),
        (cost.SPOTS_A_COST, 16),
        (keepalive.PROBES, 3),
        (listener.BACKLOG, 1024),
        (listener.IO_THREADS, 2),
        (listener.LEAVING, 16),
        (listener.FAREWELL_SECONDS, 1.0),
        (io_thread.SWEEP_SECONDS, 0.5),
        (io_thread.SWEEP_SLICE, 256),
        (io_thread.PINGS_A_SLICE, 32),
        (io_thread.AT_ONCE, 64),
        (streams.CHUNK, 64),
        (owner.BATCH_SECONDS, 0.02),
        (owner.QUESTION_SECONDS, 0.0005),
        (owner.REST, 1),
        (owner.ROOM_SECONDS, 2.0),
        (owner.TURN_SECONDS, 0.0005),
        (owner.YOUNG_OBJECTS, 250_000),
        (seeds.STRETCH, 1024),
        (ascending.FEW, 32),
    ],
)
def test_a_number_is_the_one_that_was_measured(number: float, is_: float) -> None:
    assert number == is_
