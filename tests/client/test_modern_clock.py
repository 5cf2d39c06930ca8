"""A modern dialogue to the moment: when it speaks by itself, and when a table is silent."""

from client.dialogue import Ending
from client.games.roulette.requests import list_bets
from client.house.events import Trouble
from client.keepalive import GREETING_SECONDS, PING_SECONDS, SILENT_SECONDS
from client.requests import Enter
from protocol.house import door
from tests.client.alone import GREETING, Alone, at_the_door, at_the_table, of, quiet

NEVER = float("inf")


def test_a_table_has_so_long_to_introduce_itself() -> None:
    alone = Alone()
    alone.now = 7.0
    alone.open()
    due = 7.0 + GREETING_SECONDS
    assert alone.dialogue.tick(7.0) == due
    alone.hear(GREETING)
    endings = []
    for now in (due - 0.01, due):
        assert alone.dialogue.tick(now) == due
        endings.append(alone.dialogue.ending)
    assert endings == [None, Ending(Trouble.NOT_MODERN)]
    known = at_the_door()
    known.dialogue.tick(100.0)
    assert known.dialogue.ending == Ending(Trouble.SILENT)


def test_pings_go_out_at_their_time() -> None:
    alone = at_the_door()
    assert [type(each) for each in alone.sent] == [door.Greeting]
    assert alone.dialogue.tick(2.0) == 2.0 + PING_SECONDS
    (first,) = alone.sent
    assert isinstance(first, door.Ping)
    alone.dialogue.tick(2.0 + PING_SECONDS - 0.01)
    assert alone.sent == []
    alone.now = 5.0
    alone.hear(door.Pong(first.nonce))
    assert alone.dialogue.state.status.latency == 3.0
    alone.hear(door.Pong(first.nonce))
    assert alone.dialogue.state.status.latency == 3.0
    assert alone.dialogue.tick(2.0 + PING_SECONDS) == 2.0 + 2 * PING_SECONDS
    (second,) = of(door.Ping, alone)
    assert second.nonce > first.nonce


def test_silence_is_counted_from_the_last_word() -> None:
    alone = quiet()
    alone.now = 3.0
    alone.hear(door.Ping(1))
    alone.sent.clear()
    alone.dialogue.tick(3.0 + SILENT_SECONDS - 0.01)
    assert alone.dialogue.ending is None
    alone.dialogue.unheeded(10.0)
    alone.dialogue.unheeded(9.0)
    alone.dialogue.tick(10.0 + SILENT_SECONDS - 0.01)
    assert alone.dialogue.ending is None
    alone.dialogue.tick(10.0 + SILENT_SECONDS)
    assert alone.dialogue.ending == Ending(Trouble.SILENT)


def test_without_a_line_nothing_is_due() -> None:
    alone = quiet()
    alone.dialogue.want(list_bets(alone.dialogue.state), 0.0)
    alone.cut()
    assert alone.dialogue.tick(1000.0) == NEVER
    assert (alone.sent, alone.dialogue.ending) == ([], None)


def test_who_never_introduces_himself_is_no_table() -> None:
    alone = Alone(Enter("Ann"))
    assert alone.dialogue.tick(0.0) == GREETING_SECONDS
    alone.dialogue.tick(GREETING_SECONDS)
    assert alone.dialogue.ending == Ending(Trouble.NOT_MODERN)


def test_pings_measure_the_line_and_silence_ends_it() -> None:
    alone = at_the_table()
    alone.dialogue.tick(0.0)
    (ping,) = [each for each in alone.sent if isinstance(each, door.Ping)]
    alone.now = 0.25
    measured = []
    for nonce in (ping.nonce + 1, ping.nonce):
        alone.hear(door.Pong(nonce))
        measured.append(alone.dialogue.state.status.latency)
    assert measured == [None, 0.25]
    endings = []
    for now in (0.25 + SILENT_SECONDS - 0.1, 0.25 + SILENT_SECONDS):
        alone.dialogue.tick(now)
        endings.append(alone.dialogue.ending)
    assert endings == [None, Ending(Trouble.SILENT)]


def test_the_tables_pings_are_answered() -> None:
    alone = at_the_table()
    assert alone.sent
    alone.hear(door.Ping(77))
    assert alone.sent == [door.Pong(77)]


def test_a_known_table_that_keeps_silent_is_silent_and_nothing_else() -> None:
    alone = at_the_table()
    alone.cut()
    alone.open()
    alone.dialogue.tick(GREETING_SECONDS)
    assert alone.dialogue.ending == Ending(Trouble.SILENT)
    assert alone.dialogue.unread() is Trouble.BROKEN


def test_a_table_that_nobody_listens_to_is_not_silent() -> None:
    alone = at_the_table()
    alone.dialogue.unheeded(SILENT_SECONDS)
    alone.dialogue.tick(SILENT_SECONDS + 1)
    assert alone.dialogue.ending is None
    alone.dialogue.tick(2 * SILENT_SECONDS)
    assert alone.dialogue.ending == Ending(Trouble.SILENT)
