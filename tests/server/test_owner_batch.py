"""A batch of the owner's: what is done, made durable and said, in which order, and how much."""

import logging
from typing import TYPE_CHECKING, cast

import pytest

from protocol import classic
from protocol.games.roulette.bets import PlaceBets, SayReady
from protocol.games.roulette.desk import StartSpin
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.records import ListResults, ResultsListed
from protocol.games.roulette.rounds import AutoChanged, RoundSettled
from protocol.house.door import Done, Goodbye, LeaveSeat, Refused, SignIn, TakeSeat
from protocol.house.draw import RegisterChain
from protocol.house.lists import Farewell, Notice, Seat
from protocol.house.talk import Noticed, Say
from server.games.roulette.play import roulette_at
from server.games.roulette.settings import Rules
from server.net.session import Last, Left, Room, Session
from server.net.streams import CHUNK
from server.owner import BATCH_SECONDS, QUESTION_SECONDS, ROOM_SECONDS, Call, Owner
from server.people.digests import password_digest
from server.people.places import Standing
from tests.server.pure import PASSWORD
from tests.server.shops import Shop, answers
from torture.stage import Plug

if TYPE_CHECKING:
    import socket

    from server.net.io_thread import IoThread

DIGEST = password_digest(PASSWORD)


@pytest.fixture
def shop() -> Shop:
    return Shop()


# --- a batch --------------------------------------------------------------------------------------


def test_nothing_is_said_before_it_is_durable(shop: Shop) -> None:
    anna, heard = shop.player("Anna")
    shop.books.deeds.clear()
    committed_when_heard = []
    anna.sock.tap = lambda _: committed_when_heard.append(list(shop.books.deeds))  # type: ignore[attr-defined]
    shop.turn((anna, PlaceBets(3, 1, (Bet(17, 1),))))
    assert committed_when_heard[0] == ["commit"]
    assert heard == []


def test_a_few_are_told_at_a_time_and_with_many_requests_as_many(shop: Shop) -> None:
    crowd = [shop.player(f"Guest {number}") for number in range(2 * CHUNK)]
    shop.now += 60
    shop.turn()
    shop.owner.tell_all()
    for _, heard in crowd:
        heard.clear()
    shop.pure.house.tell_all(shop.pure.first, AutoChanged(1))
    shop.books.deeds.clear()
    shop.turn()
    assert sum(bool(heard) for _, heard in crowd) == CHUNK == 64
    assert "tidy" not in shop.books.deeds  # That can wait until everybody was told.
    shop.turn()
    assert sum(bool(heard) for _, heard in crowd) == 2 * CHUNK
    assert "tidy" in shop.books.deeds
    for _, heard in crowd:
        heard.clear()
    anna = crowd[0][0]
    shop.pure.house.tell_all(shop.pure.first, AutoChanged(2))
    shop.turn(*((anna, Say(9, "a line")) for _ in range(CHUNK + 6)))
    assert shop.owner.streams.waiting == CHUNK - 6
    shop.owner.tell_all()
    shop.pure.house.tell_all(shop.pure.first, AutoChanged(3))
    shop.step = BATCH_SECONDS  # Of as many there is time for one.
    shop.turn(*((anna, Say(9, "a line")) for _ in range(CHUNK + 6)))
    assert shop.owner.streams.waiting == CHUNK


def test_what_is_done_for_the_host_is_done_in_its_turn(shop: Shop) -> None:
    anna, heard = shop.player("Anna")
    done: list[Owner] = []
    shop.turn((anna, Say(9, "a line")), Call(done.append))
    assert done == [shop.owner]
    assert heard


def test_a_batch_has_its_time_and_the_rest_its_turn(shop: Shop) -> None:
    anna, heard = shop.player("Anna")
    shop.step = BATCH_SECONDS / 2
    shop.turn(*((anna, SayReady(number, 1)) for number in range(3, 7)))
    shop.step = 0.0
    assert [item[1] for item in shop.owner._came if not isinstance(item, Call)] == [
        SayReady(5, 1, table=1),
        SayReady(6, 1, table=1),
    ]
    shop.turn()
    assert not shop.owner.waiting
    assert BATCH_SECONDS == 0.02
    assert heard


def test_what_somebody_says_to_all_is_in_the_log_once_and_what_strangers_say_is_not(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    anna, _ = shop.player("Anna")
    caplog.set_level(logging.INFO, "server")
    caplog.clear()
    shop.turn((anna, Say(3, "a line")), (anna, PlaceBets(4, 1, (Bet(17, 1),))))
    shop.turn()
    shop.owner.tell_all()
    assert [line for line in caplog.messages if line[0] in "<>"] == [
        "< player Anna Say(3, 'a line')",
        "< player Anna PlaceBets(4, 1, [17:1])",
    ]
    stranger, _ = shop.session()
    caplog.clear()
    shop.turn((stranger, SignIn(1, "Boris", b"", b"")))
    assert [line for line in caplog.messages if line[0] in "<+"] == [
        "+ visitor Boris from 10.0.0.1, modern"
    ]


def test_what_is_due_is_done_before_a_request_that_came_too_late(shop: Shop) -> None:
    anna, heard = shop.player("Anna")
    table = shop.pure.table
    table.set_auto(shop.now, 30)
    shop.turn((anna, PlaceBets(3, 1, (Bet(17, 1),))))
    heard.clear()
    shop.now += 31
    shop.turn((anna, PlaceBets(4, 1, (Bet(18, 1),))))
    (answer,) = [each for each in answers(heard) if getattr(each, "number", 0) == 4]
    assert isinstance(answer, Refused)


def test_what_a_departure_brings_about_is_said_in_the_same_batch(shop: Shop) -> None:
    anna, heard = shop.player("Anna")
    boris, _ = shop.player("Boris")
    shop.pure.table.set_auto(shop.now, 300)
    shop.now += Rules().least_seconds
    shop.turn((anna, PlaceBets(3, 1, (Bet(17, 1),))), (anna, SayReady(4, 1)))
    assert shop.pure.round == 1
    shop.turn((boris, Left("the connection ended", True)))
    shop.owner.tell_all()
    assert (shop.pure.round, shop.books.kept) == (2, [1])
    assert any(isinstance(each, RoundSettled) for each in answers(heard))


def test_who_is_late_is_seen_though_nobody_says_a_thing(shop: Shop) -> None:
    anna, heard = shop.player("Anna")
    boris, _ = shop.player("Boris")
    shop.turn((boris, Left("the connection ended", True)))
    shop.owner.tell_all()
    heard.clear()
    shop.now += shop.pure.house.limits.keep_seat_seconds
    shop.turn()
    shop.owner.tell_all()
    said = [each.notice for each in answers(heard) if isinstance(each, Noticed)]
    assert said == [Notice.LEFT]
    assert not anna.over


def test_whoever_signs_in_is_somebody_to_the_house_and_in_the_log(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    anna, _ = shop.player("Anna")
    assert (anna.standing, anna.mark) == (Standing.KEPT, "player Anna")
    visitor, _ = shop.session(SignIn(1, "Vera", b"", b""))
    assert (visitor.standing, visitor.mark) == (Standing.SPARE, "visitor Vera")
    stranger, _ = shop.session()
    assert (stranger.standing, stranger.mark) == (Standing.SILENT, "10.0.0.1")
    caplog.set_level(logging.INFO, "server")
    caplog.clear()
    boris, heard = shop.classic(classic.RegisterPlayer(b"Boris"))
    assert heard == [classic.RegistrationAnswered(classic.Code.OK).encode()]
    assert boris.mark == "player Boris"
    assert [line for line in caplog.messages if line[0] in "<+"] == [
        "+ player Boris from 10.0.0.1, classic"
    ]


def test_who_stood_up_hears_no_more_of_what_is_said_to_all(shop: Shop) -> None:
    anna, heard = shop.player("Anna")
    shop.turn((anna, LeaveSeat(3)))
    shop.owner.tell_all()
    heard.clear()
    shop.pure.house.tell_all(shop.pure.first, AutoChanged(7))
    shop.turn()
    shop.owner.tell_all()
    assert heard == []


def test_what_a_stranger_says_is_not_in_the_log_of_an_evening(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "server")
    shop.session(ListResults(3))
    assert [line for line in caplog.messages if line.startswith("<")] == []
    caplog.set_level(logging.DEBUG, "server")
    shop.session(ListResults(3))
    assert "< 10.0.0.1 ListResults(3)" in caplog.messages


def test_who_has_room_again_and_asked_nothing_has_no_turn(shop: Shop) -> None:
    anna, _ = shop.player("Anna")
    shop.turn((anna, Room()))
    assert not shop.owner.waiting


def test_who_left_is_forgotten_and_the_table_told_whether_he_meant_it(shop: Shop) -> None:
    people = shop.pure.seats
    for name, cut_off in (("Anna", True), ("Boris", False)):
        session, _ = shop.player(name)
        client = session.who
        shop.turn((session, Left("the connection ended", cut_off)))
        assert client not in shop.owner.streams.sessions
        assert session.over
        assert client.gone
        assert (client.account in people.seated) is cut_off


def test_who_hung_up_and_may_still_read_hears_what_was_said_before(shop: Shop) -> None:
    anna, heard = shop.player("Anna")
    shop.pure.house.tell_all(shop.pure.first, AutoChanged(7))
    shop.turn((anna, Left("the connection ended", False)))
    assert answers(heard)[0] == AutoChanged(7, table=1)
    assert anna.over


def test_who_said_his_last_is_told_goodbye_once(shop: Shop) -> None:
    anna, heard = shop.player("Anna")
    shop.turn((anna, Say(3, "a line")), (anna, Last(Farewell.LEAVING, "goodbye")))
    shop.turn()
    assert anna.over
    assert shop.owner._part == []
    anna.flush()
    assert Done(3) in answers(heard)[:-1]
    assert answers(heard)[-1] == Goodbye(Farewell.LEAVING, "goodbye")


def test_what_is_behind_a_question_is_done_in_order(shop: Shop) -> None:
    anna, heard = shop.player("Anna")
    shop.turn((anna, ListResults(3)), (anna, SayReady(4, 1)), (anna, Say(5, "two")))
    shop.turn()
    shop.turn()
    numbers = [each.number for each in answers(heard) if isinstance(each, Done | ResultsListed)]
    assert numbers == [3, 4, 5]


def test_those_who_ask_are_answered_in_turn_one_question_each(shop: Shop) -> None:
    anna, hers = shop.player("Anna")
    boris, his = shop.player("Boris")
    shop.step = QUESTION_SECONDS  # There is time for one answer in a batch.
    shop.turn(*((each, ListResults(at)) for at in (3, 4) for each in (anna, boris)))
    order = [(len(answered(hers)), len(answered(his)))]
    while shop.owner.waiting:
        shop.now += 1
        shop.turn()
        order.append((len(answered(hers)), len(answered(his))))
    assert order == [(1, 0), (1, 1), (2, 1), (2, 2)]
    assert answered(hers) == answered(his) == [3, 4]


def test_where_there_is_time_all_who_ask_are_answered_in_one_batch(shop: Shop) -> None:
    crowd = [shop.player(f"Guest {number}") for number in range(9)]
    shop.turn(*((session, ListResults(3)) for session, _ in crowd))
    assert all(answered(heard) == [3] for _, heard in crowd)
    assert not shop.owner.waiting


def test_who_does_not_read_has_his_turn_when_there_is_room(shop: Shop) -> None:
    anna, heard = shop.player("Anna")
    anna.sock.room = 0  # type: ignore[attr-defined]
    anna.say(b"a page")
    shop.turn((anna, ListResults(3)), (anna, Say(4, "behind it")))
    assert not shop.owner.waiting
    assert anna.served == 3
    anna.sock.room = 1 << 20  # type: ignore[attr-defined]
    anna.flush()
    heard.clear()
    shop.turn((anna, Room()))
    shop.turn()
    assert [each.number for each in answers(heard) if isinstance(each, Done | ResultsListed)] == [
        *(3, 4)
    ]
    assert anna.served == 5


def test_those_who_have_room_again_are_answered_in_turn(shop: Shop) -> None:
    crowd = [shop.player(name) for name in ("Anna", "Boris")]
    for session, _ in crowd:
        session.sock.room = 0  # type: ignore[attr-defined]
        session.say(b"a page")
    shop.turn(*((session, ListResults(3)) for session, _ in crowd))
    for session, heard in crowd:
        session.sock.room = 1 << 20  # type: ignore[attr-defined]
        session.flush()
        heard.clear()
    shop.step = QUESTION_SECONDS  # There is time for one answer in a batch.
    shop.turn(*((session, Room()) for session, _ in crowd))
    assert [answered(heard) for _, heard in crowd] == [[3], []]
    shop.now += 1
    shop.turn()
    assert [answered(heard) for _, heard in crowd] == [[3], [3]]


def test_of_who_was_dropped_all_is_done_with_and_nothing_done(shop: Shop) -> None:
    anna, _ = shop.player("Anna")
    anna.drop(Farewell.SLOW, "you did not read")
    shop.turn((anna, SayReady(3, 1)), (anna, SayReady(4, 1)))
    assert anna.served == 5
    assert not roulette_at(shop.pure.first).ready


def answered(heard: list[bytes]) -> list[int]:
    return [each.number for each in answers(heard) if isinstance(each, ResultsListed)]


def test_who_left_without_a_word_is_nobody(shop: Shop) -> None:
    plug = Plug()
    session = Session(cast("socket.socket", plug), "10.0.0.1", cast("IoThread", shop.porter), 0.0)
    shop.turn((session, Left("the connection ended", True)))
    assert session.over


# --- a full disk ----------------------------------------------------------------------------------


def test_a_full_disk_is_looked_at_now_and_then_until_there_is_room(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    disk = shop.pure.house.disk
    shop.books.deeds.clear()
    shop.turn()
    assert "look" not in shop.books.deeds
    shop.books.full = True
    looks = []
    for seconds in (0.0, ROOM_SECONDS - 0.125, 0.125, 0.0):
        shop.now += seconds
        shop.turn()
        looks.append(shop.books.deeds.count("look"))
        assert disk.full
    assert looks == [1, 1, 2, 2]
    words = "! the disk is full: nothing new; the open round will be settled"
    assert caplog.messages == [words]  # Once.
    caplog.clear()
    shop.books.has_room = True
    shop.now += ROOM_SECONDS
    shop.turn()
    assert not disk.full
    assert caplog.messages == ["= the disk has room again: bets are taken"]
    assert ROOM_SECONDS == 2.0


def test_who_has_a_say_is_kept_to_the_end_of_the_round_and_then_looked_at_as_they_are(
    shop: Shop,
) -> None:
    boss, _ = shop.session(SignIn(1, "Boss", b"", b""), TakeSeat(2, Seat.CROUPIER, DIGEST))
    anna, _ = shop.player("Anna")
    bert, _ = shop.player("Bert")
    shop.turn(*((each, RegisterChain(3, bytes(32))) for each in (anna, bert)))
    shop.turn((anna, PlaceBets(4, 1, (Bet(17, 1),))))
    shop.turn((boss, StartSpin(3, 1)))
    shop.turn(*((each, LeaveSeat(5)) for each in (anna, bert)))
    assert (anna.standing, bert.standing) == (Standing.KEPT, Standing.KEPT)
    shop.now += shop.pure.table.rules.reveal_seconds
    # The round ends in the batch in which one of them sits down again.
    shop.turn((bert, TakeSeat(6, Seat.PLAYER, b"")))
    assert (anna.standing, bert.standing) == (Standing.SPARE, Standing.KEPT)
    shop.turn((anna, RegisterChain(7, bytes(32))))
    assert anna.standing is Standing.SPARE  # Only who has a seat may have a say.


def test_whose_chain_is_in_no_round_keeps_no_place_by_it(shop: Shop) -> None:
    anna, _ = shop.player("Anna")
    shop.turn((anna, RegisterChain(3, bytes(32))), (anna, LeaveSeat(4)))
    assert anna.standing is Standing.SPARE


def test_who_is_away_without_a_say_gives_up_the_place_if_need_be(shop: Shop) -> None:
    anna, _ = shop.player("Anna")
    bert, _ = shop.player("Bert")
    shop.turn((bert, RegisterChain(3, bytes(32))), (bert, PlaceBets(4, 1, (Bet(17, 1),))))
    shop.pure.table.close_betting(shop.now)
    shop.now += shop.pure.house.limits.away_seconds
    shop.turn()
    assert (anna.standing, bert.standing) == (Standing.SPARE, Standing.KEPT)
    assert shop.pure.house.people.moved == []
    shop.turn((anna, Say(5, "I am back")))
    assert anna.standing is Standing.KEPT
