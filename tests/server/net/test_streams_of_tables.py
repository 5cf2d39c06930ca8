"""What is told at one table beside another: who hears it, in which order, and how soon."""

from protocol import classic
from protocol.framing import Decoder, Dialect
from protocol.games.roulette.rounds import AutoChanged
from protocol.house.door import Done, Goodbye, Greeting, SeatTaken
from protocol.house.lists import Farewell, Seat
from protocol.wire import encode
from server.net.streams import CHUNK
from server.people.people import Client
from server.sayings import Drop, To, ToAll, ToClassic, ToEach, Unseated
from tests.server.net.rooms import Room

A, B, C, D = (AutoChanged(seconds) for seconds in range(4))
RESULTS = classic.ResultsShown(17, [classic.Result("Anna", 35)])


def test_what_is_said_at_a_table_is_heard_there_and_nowhere_else() -> None:
    room = Room()
    anna, boris, both = room.player(1), room.player(2), room.player(1)
    room.sit(both, 2)
    own = {anna: encode(Done(1)), boris: encode(Done(2)), both: encode(Done(3))}
    room.streams.say([ToAll(1, A), ToEach(2, own), ToAll(2, B)])
    room.tell()
    assert (room.pieces(anna), room.pieces(boris)) == ([[A]], [[Done(2), B]])
    assert room.pieces(both) == [[A], [Done(3), B]]


def test_a_frame_names_the_table_at_which_it_is_said_and_the_house_none() -> None:
    room = Room()
    anna = room.player(7)
    room.streams.say([ToAll(7, A), To(anna, B, 9), To(anna, Done(3), 9)])
    room.tell()
    decoder = Decoder(Dialect.MODERN, from_server=True)
    heard = decoder.feed(encode(Greeting(1, 1, "")) + b"".join(room.heard[anna]))
    tables = {type(each).__name__ + str(at): each.table for at, each in enumerate(heard)}  # type: ignore[union-attr]
    assert tables == {"Greeting0": 0, "AutoChanged1": 7, "AutoChanged2": 9, "Done3": 0}


def test_what_is_said_to_nobody_waits_for_nobody() -> None:
    room = Room()
    anna = room.player(1)
    room.streams.say([ToAll(2, A)])
    assert room.streams.waiting == 0
    room.streams.say([ToAll(1, B)])
    room.tell()
    assert room.pieces(anna) == [[B]]


def test_whoever_is_answered_hears_first_what_was_said_before_at_all_his_tables() -> None:
    room = Room()
    anna, boris = room.player(1), room.player(2)
    room.sit(anna, 2)
    room.streams.say([ToAll(1, A), ToAll(2, B)])
    room.streams.say([ToAll(2, C), To(anna, Done(7), 1), ToAll(1, D)])
    assert room.pieces(anna) == [[A, B, C, Done(7), D]]
    room.tell()
    assert (room.pieces(anna), room.pieces(boris)) == ([], [[B, C]])


def test_an_answer_comes_after_what_was_said_before_it_where_nobody_waits() -> None:
    room = Room()
    anna = room.player(1)
    room.streams.tell(1)
    room.streams.say([ToAll(1, A), To(anna, Done(7), 1)])
    assert room.pieces(anna) == [[A, Done(7)]]


def test_whoever_leaves_one_table_hears_the_other_as_before() -> None:
    room = Room()
    anna = room.player(1)
    room.sit(anna, 2)
    anna.seats = {2: Seat.PLAYER}
    room.streams.say([ToAll(1, A), Unseated(1, anna), ToAll(1, B), ToAll(2, C), To(anna, Done(7))])
    assert room.pieces(anna) == [[A, C, Done(7)]]
    assert room.streams.sessions[anna].streams == (room.streams._streams[2],)
    room.streams.say([ToAll(1, A), ToAll(2, D)])
    room.tell()
    assert room.pieces(anna) == [[D]]
    room.streams.forget(anna)
    room.streams.say([ToAll(1, A), ToAll(2, D)])
    assert room.streams.waiting == 0


def test_whoever_changes_his_seat_hears_everything_once() -> None:
    room = Room()
    anna = room.player(1)
    room.sit(anna, 1)
    room.streams.say([ToAll(1, A)])
    room.tell()
    assert room.pieces(anna) == [[A]]
    assert len(room.streams.sessions[anna].streams) == 1


def test_whoever_is_told_to_go_hears_first_what_was_said_at_all_his_tables() -> None:
    room = Room()
    anna = room.player(1)
    room.sit(anna, 2)
    room.streams.say([ToAll(1, A)])
    room.streams.say([ToAll(2, B), Drop(anna, Farewell.KICKED, "go")])
    room.streams.sessions[anna].flush()
    assert room.pieces(anna) == [[A, B], [Goodbye(Farewell.KICKED, "go")]]


def test_a_full_table_delays_a_small_one_by_one_chunk_however_much_is_told_at_once() -> None:
    for at_once in (CHUNK, 3 * CHUNK):
        room = Room()
        full, small = [room.player(1) for _ in range(4 * CHUNK)], [room.player(2) for _ in range(3)]
        room.streams.say([ToAll(1, A)])
        room.streams.say([ToAll(2, B)])
        assert room.streams.waiting == 4 * CHUNK + 3
        room.streams.tell(CHUNK)
        assert sum(bool(room.heard[each]) for each in full) == CHUNK
        assert not any(room.heard[each] for each in small)
        room.streams.tell(at_once)
        assert [room.pieces(each) for each in small] == [[[B]]] * 3
        assert sum(bool(room.heard[each]) for each in full) == CHUNK + at_once - 3
        room.tell()
        assert [room.pieces(each) for each in full] == [[[A]]] * len(full)


def test_tables_take_turns_and_one_that_goes_on_talking_does_not_come_first_again() -> None:
    room = Room()
    tables = {number: [room.player(number) for _ in range(CHUNK + 1)] for number in (1, 2, 3)}
    room.streams.say([ToAll(number, A) for number in tables])
    turns: list[int] = []
    while room.streams.waiting:
        room.streams.tell(CHUNK)
        turns += [number for number, table in tables.items() if heard(room, table)]
        if turns == [1]:
            room.streams.say([ToAll(1, B)])
    assert turns[:4] == [1, 2, 3, 1]


def heard(room: Room, table: list[Client]) -> bool:
    """Whether somebody there heard something since this was asked last."""
    return [piece for each in table for piece in room.pieces(each)] != []


def test_whoever_left_before_he_was_seated_hears_nothing() -> None:
    room = Room()
    anna, boris = room.guest(), room.player(1)
    room.streams.say([To(anna, SeatTaken(1, Seat.PLAYER), 1), Unseated(1, anna), ToAll(1, A)])
    room.tell()
    assert (room.pieces(anna), room.pieces(boris)) == ([[SeatTaken(1, Seat.PLAYER)]], [[A]])


def test_what_a_full_table_is_told_is_kept_as_long_as_its_own_people_wait() -> None:
    room = Room()
    full = [room.player(1) for _ in range(CHUNK + 1)]
    room.player(2)
    room.streams.say([ToAll(1, A), ToAll(2, B)])
    first, second = room.streams._streams[1], room.streams._streams[2]
    assert (len(first._broadcasts), len(second._broadcasts)) == (1, 1)
    room.streams.tell(CHUNK + 1)
    assert (len(first._broadcasts), len(second._broadcasts)) == (1, 0)
    room.tell()
    assert first._broadcasts == []
    assert [room.pieces(each) for each in full] == [[[A]]] * len(full)


def test_the_results_are_for_those_of_the_classic_dialect_at_that_table() -> None:
    room = Room()
    anna = room.registered()
    room.streams.say([ToClassic(2, RESULTS)])
    assert room.streams.waiting == 0
    room.streams.say([ToClassic(1, RESULTS)])
    room.tell()
    assert room.heard[anna] == [RESULTS.encode()]
    room.streams.forget(anna)
    room.streams.say([ToClassic(1, RESULTS)])
    assert room.streams.waiting == 0
