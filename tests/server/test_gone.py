"""Who is gone is gone at that instant: for the rest of the batch, and for every list there is."""

from pathlib import Path

import pytest

from protocol.fair.hashes import What
from protocol.games.roulette.bets import BetsPlaced, SayReady
from protocol.games.roulette.desk import CloseBetting, StartSpin
from protocol.games.roulette.rounds import RoundSettled
from protocol.house.door import (
    Done,
    Goodbye,
    Greeting,
    LeaveSeat,
    Refused,
    SeatTaken,
    SignedIn,
    SignIn,
    TakeSeat,
)
from protocol.house.draw import EventDrawn, Noted
from protocol.house.lists import Farewell, Notice, Presence, Reason, Seat, SessionEnd
from protocol.house.people import HandOver, KickPlayer, ListPlayers, PlayersListed
from protocol.house.talk import (
    AnswerSession,
    AskSession,
    Noticed,
    Say,
    SessionEnded,
    SessionStarted,
)
from protocol.wire import Message, Request, encode
from server.host.commands import ORDERS, obey
from server.limits import Limits
from server.people.people import Client
from server.sayings import Drop, To
from tests.server.guests import Modern
from tests.server.houses import RunningHouse
from tests.server.pure import PureHouse, refusal, seat_of

SECRET = b"the secret of somebody thrown out".ljust(32)[:32]


# --- the running program ------------------------------------------------------------------------


@pytest.mark.parametrize("attempt", range(3))
def test_who_is_replaced_cannot_stand_up_for_the_one_who_came(tmp_path: Path, attempt: int) -> None:
    """The old line's `LeaveSeat` comes in the batch in which the new one sits down; then a storm of
    lines is a storm of somebody with a seat.
    """
    with RunningHouse(tmp_path / "data", level="error") as house:
        first = house.modern("Eve", Seat.PLAYER)
        others = [house.modern(f"Guest {number}", Seat.PLAYER) for number in range(3)]
        second = house.guests.enter_context(Modern(house.port))
        sign_in = SignIn(1, "Eve", first.token, b"")
        second.send(encode(sign_in) + encode(TakeSeat(2, Seat.PLAYER, b""), 1))
        first.say(LeaveSeat(90))
        assert isinstance(second.wait(SeatTaken), SeatTaken)
        for number in range(14 + attempt):
            second.say(Say(100 + number, "a line"))
        second.wait(Refused, lambda said: said.reason is Reason.TOO_FAST)
        assert isinstance(others[0].bet(1, (17, 1)), BetsPlaced)


def test_who_is_thrown_out_does_not_sit_down_behind_it(tmp_path: Path) -> None:
    """Eighty-nine lines and a seat in one write: no ghost stays, and "all ready" still spins."""
    settings = tmp_path / "croupier.toml"
    settings.write_text("[[table]]\nleast_seconds = 0\n[limits]\nrequest_burst = 200.0\n")
    options = ("--config", str(settings), "--auto", "300")
    with RunningHouse(tmp_path / "data", *options, level="error") as house:
        anna = house.modern("Anna", Seat.PLAYER)
        eve = house.modern("Eve", Seat.PLAYER)
        storm = b"".join(encode(Say(100 + number, "a line"), 1) for number in range(89))
        eve.send(storm + encode(TakeSeat(300, Seat.PLAYER, b""), 1))
        anna.wait(Noticed, lambda said: said.notice is Notice.KICKED)
        assert eve.wait_end()[-1] == Goodbye(Farewell.KICKED, "too many lines in too short a time")
        listed = anna.ask(ListPlayers(anna.next(), 0))
        assert isinstance(listed, PlayersListed)
        assert [entry.name for entry in listed.players] == ["Anna"]
        anna.bet(1, (17, 1))
        anna.ask(SayReady(anna.next(), 1))
        assert anna.wait(RoundSettled).players == 1


# --- the house by itself ------------------------------------------------------------------------


def answers(pure: PureHouse, client: Client, said: Message) -> list[object]:
    before = len(pure.said)
    pure.hear(client, said)
    return [each for each in pure.said[before:] if getattr(each, "client", None) is client]


def test_a_gone_client_is_not_heard() -> None:
    pure = PureHouse()
    old = pure.seated("Anna")
    answer = pure.ask(pure.stranger(), SignIn(1, "Anna", b"", b""))
    assert isinstance(answer, Refused)  # (Somebody without the token.)
    new = pure.stranger()
    told = [each.message for each in pure.said if getattr(each, "client", None) is old]  # type: ignore[union-attr]
    token = next(said.token for said in told if isinstance(said, SignedIn))
    assert isinstance(pure.ask(new, SignIn(1, "Anna", token, b"")), SignedIn)
    assert [drop.reason for drop in pure.dropped()] == [Farewell.REPLACED]
    for said in (LeaveSeat(9), TakeSeat(10, Seat.PLAYER, b""), Greeting(1, 1, "again")):
        assert answers(pure, old, said) == []
    assert (seat_of(old), old.gone) == (Seat.NONE, True)
    assert pure.house.people.clients[new.account] is new


def test_nobody_is_told_that_who_was_replaced_is_cut_off() -> None:
    pure = PureHouse()
    old = pure.seated("Anna")
    pure.said.clear()
    pure.house.drop(old, Farewell.REPLACED, "you signed in somewhere else")
    assert pure.seats.seated[old.account].presence is Presence.CUT_OFF
    pure.advance(0)
    assert [drop.reason for drop in pure.dropped()] == [Farewell.REPLACED]
    assert pure.told(Noticed) == []


def test_who_is_dropped_for_another_reason_is_told_as_cut_off_and_keeps_the_seat() -> None:
    pure = PureHouse()
    anna = pure.seated("Anna")
    pure.house.drop(anna, Farewell.SILENT, "nothing was heard")
    pure.house.drop(anna, Farewell.FLOOD, "once more")
    pure.advance(0)
    assert [drop.reason for drop in pure.dropped()] == [Farewell.SILENT]
    assert [said.notice for said in pure.told(Noticed)][-1:] == [Notice.CUT_OFF]
    assert pure.seats.seated[anna.account].presence is Presence.CUT_OFF
    assert pure.seats.players == set()


def test_seats_are_forgotten_in_the_order_in_which_they_were_left() -> None:
    pure = PureHouse(limits=Limits(keep_seat_seconds=20))
    anna, bert = pure.seated("Anna"), pure.seated("Bert")
    pure.house.leave(anna, cut_off=True)
    pure.advance(5)
    pure.house.leave(bert, cut_off=True)
    pure.advance(5)
    pure.books.entrust(anna.account, "", "")
    again = pure.visitor("Anna")  # She is back, does not sit down, and is cut off once more.
    pure.house.leave(again, cut_off=True)
    pure.advance(16)
    assert list(pure.seats.seated) == [anna.account]
    pure.advance(5)
    assert list(pure.seats.seated) == []


def frozen_with_a_say(pure: PureHouse) -> tuple[Client, Client]:
    """The croupier, and a player who has a say; the bets are frozen."""
    boss, eve = pure.seated("Boss", Seat.CROUPIER), pure.seated("Eve")
    pure.bet(eve, (17, 1))
    pure.register(eve)
    assert pure.ask(boss, CloseBetting(9, 1)) == Done(9)
    return boss, eve


def test_who_is_thrown_out_in_the_middle_of_a_draw_still_shows_the_link_and_nothing_else() -> None:
    """Else the croupier could throw out whose link would make a number that is not wanted."""
    pure = PureHouse()
    boss, eve = frozen_with_a_say(pure)
    assert pure.ask(boss, KickPlayer(10, eve.account, "go")) == Done(10)
    assert pure.dropped() == []
    for said in (Say(20, "still here"), LeaveSeat(21), ListPlayers(22, 0), SayReady(23, 1)):
        assert answers(pure, eve, said) == []
    assert pure.ask(boss, StartSpin(11, 1)) == Done(11)
    assert pure.show(eve) == Done(51)
    assert pure.told(EventDrawn)[0].missing == 0
    assert [(drop.client, drop.reason, drop.words) for drop in pure.dropped()] == [
        (eve, Farewell.KICKED, "go")
    ]
    assert eve.account not in pure.seats.seated
    told = [said.notice for said in pure.told(Noticed) if said.account == eve.account]
    assert told == [Notice.JOINED, Notice.KICKED]


@pytest.mark.parametrize("frozen", [False, True])
def test_who_is_made_croupier_still_shows_the_link(frozen: bool) -> None:
    """Else whoever gives the seat away could take somebody's say, and have him blamed for it."""
    pure = PureHouse()
    boss, eve, bert = pure.seated("Boss", Seat.CROUPIER), pure.seated("Eve"), pure.seated("Bert")
    pure.bet(eve, (17, 1))
    pure.register(bert)
    orders = [CloseBetting(9, 1), HandOver(10, bert.account)]
    for order in orders if frozen else reversed(orders):
        pure.hear(bert if seat_of(bert) is Seat.CROUPIER else boss, order)
    assert seat_of(bert) is Seat.CROUPIER
    assert pure.ask(bert, StartSpin(12, 1)) == Done(12)
    assert pure.show(bert) == Done(51)
    assert pure.told(EventDrawn)[0].missing == 0
    assert Notice.WITHHELD not in [said.notice for said in pure.told(Noticed)]


def test_who_was_thrown_out_is_not_made_croupier_while_the_round_goes_on() -> None:
    pure = PureHouse()
    boss, eve = pure.seated("Boss", Seat.CROUPIER), pure.seated("Eve")
    bert = pure.seated("Bert")
    pure.bet(bert, (17, 1))
    pure.register(eve)
    assert pure.ask(boss, StartSpin(10, 1)) == Done(10)
    pure.hear(boss, KickPlayer(11, eve.account, "go"))
    assert eve in pure.house.leaving
    assert refusal(pure.ask(boss, HandOver(12, eve.account))) is Reason.NO_SUCH_PLAYER


@pytest.mark.parametrize("away", [TakeSeat(9, Seat.WATCHER, b""), LeaveSeat(9)])
def test_who_is_asked_and_plays_no_more_still_shows_the_link(away: Request) -> None:
    pure = PureHouse()
    boss, eve, bert = pure.seated("Boss", Seat.CROUPIER), pure.seated("Eve"), pure.seated("Bert")
    pure.bet(eve, (17, 1))
    pure.register(bert)
    assert pure.ask(boss, StartSpin(10, 1)) == Done(10)
    pure.hear(bert, away)
    assert pure.show(bert) == Done(51)


def test_who_leaves_before_the_freeze_is_not_in_it_and_not_blamed() -> None:
    pure = PureHouse()
    boss, eve, bert = pure.seated("Boss", Seat.CROUPIER), pure.seated("Eve"), pure.seated("Bert")
    pure.bet(eve, (17, 1))
    pure.register(bert)
    pure.hear(bert, LeaveSeat(9))
    assert pure.ask(boss, StartSpin(10, 1)) == Done(10)
    assert pure.told(EventDrawn)[0].contributors == 0
    assert Notice.WITHHELD not in [said.notice for said in pure.told(Noticed)]


@pytest.mark.parametrize("cut_off", [False, True])
def test_who_leaves_between_the_freeze_and_the_question_is_noted_and_not_blamed(
    cut_off: bool,
) -> None:
    pure = PureHouse()
    boss, eve = frozen_with_a_say(pure)
    if cut_off:
        pure.house.leave(eve, cut_off=True)
    else:
        pure.hear(eve, LeaveSeat(9))
    assert pure.ask(boss, StartSpin(10, 1)) == Done(10)
    (noted,), (drawn,) = pure.told(Noted), pure.told(EventDrawn)
    assert (noted.what, noted.detail) == (What.OUT, eve.account.to_bytes(8, "big"))
    assert (drawn.contributors, drawn.missing) == (1, 0)
    assert pure.table.draw.state.locked == {}


def test_who_is_thrown_out_and_goes_keeps_no_seat() -> None:
    pure = PureHouse()
    boss, eve = frozen_with_a_say(pure)
    pure.hear(boss, KickPlayer(10, eve.account, "go"))
    pure.house.leave(eve, cut_off=True)
    assert eve.account not in pure.seats.seated
    assert pure.house.leaving == {}
    assert pure.told(Noticed)[-1].notice is Notice.KICKED


def test_who_is_thrown_out_already_is_not_thrown_out_before_everybody_again() -> None:
    pure = PureHouse()
    boss, eve = frozen_with_a_say(pure)
    pure.hear(boss, KickPlayer(10, eve.account, "go"))
    assert list(obey(pure.house, ORDERS["unban"], "Eve")) == ["Eve may come in"]
    assert pure.ask(boss, KickPlayer(11, eve.account, "go, I said")) == Done(11)
    list(obey(pure.house, ORDERS["kick"], "Eve go!"))
    list(obey(pure.house, ORDERS["ban"], "Eve"))
    assert pure.ask(boss, StartSpin(12, 1)) == Done(12)
    pure.advance(pure.table.rules.reveal_seconds)
    assert [(drop.client, drop.words) for drop in pure.dropped()] == [(eve, "go")]
    assert [said.words for said in pure.told(Noticed) if said.notice is Notice.KICKED] == ["go"]
    assert list(obey(pure.house, ORDERS["unban"], "Eve")) == ["Eve may come in"]


@pytest.mark.parametrize("again", [True, False])
def test_who_is_thrown_out_and_forgiven_is_kept_out_if_they_are_thrown_out_again(
    *, again: bool
) -> None:
    pure = PureHouse()
    boss, eve = frozen_with_a_say(pure)
    pure.hear(boss, KickPlayer(10, eve.account, "go"))
    list(obey(pure.house, ORDERS["unban"], "Eve"))
    if again:
        pure.hear(boss, KickPlayer(11, eve.account, "go"))
    pure.hear(boss, StartSpin(12, 1))
    pure.advance(pure.table.rules.reveal_seconds)
    assert list(obey(pure.house, ORDERS["unban"], "Eve")) == [
        "Eve may come in" if again else "Eve is not kept out"
    ]


@pytest.mark.parametrize("state", ["before the freeze", "without a say"])
def test_who_has_no_say_goes_at_once(state: str) -> None:
    pure = PureHouse()
    if state == "without a say":
        boss, _ = frozen_with_a_say(pure)
    else:
        boss = pure.seated("Boss", Seat.CROUPIER)
    bert = pure.seated("Bert")
    pure.hear(boss, KickPlayer(10, bert.account, "go"))
    assert [drop.client for drop in pure.dropped()] == [bert]


def test_a_ban_finds_who_signed_in_and_took_no_seat() -> None:
    pure = PureHouse()
    eve = pure.visitor("Eve")
    assert list(obey(pure.house, ORDERS["ban"], "Eve")) == [
        "Eve is banned, and everybody from 10.0.0.1"
    ]
    pure.advance(0)
    assert [drop.client for drop in pure.dropped()] == [eve]
    assert eve.gone
    assert pure.house.people.clients == {}


def test_a_kick_finds_the_new_line_of_whose_old_seat_is_kept() -> None:
    pure = PureHouse()
    eve = pure.seated("Eve")
    pure.house.leave(eve, cut_off=True)
    pure.books.entrust(eve.account, "", "")
    again = pure.visitor("Eve")
    assert list(obey(pure.house, ORDERS["kick"], "Eve"))
    pure.advance(0)
    assert [drop.client for drop in pure.dropped()] == [again]
    assert answers(pure, again, TakeSeat(5, Seat.PLAYER, b"")) == []
    assert pure.seats.seated == {}


def test_all_that_is_asked_behind_the_house_s_goodbye_is_not_done() -> None:
    pure = PureHouse()
    anna = pure.seated("Anna")
    pure.house.close([anna])
    assert pure.bet(anna, (17, 1)) is None
    assert pure.table.round.bets == {}


def test_who_is_thrown_out_while_he_is_cut_off_has_no_seat_any_more() -> None:
    pure = PureHouse()
    _, anna = frozen_with_a_say(pure)
    assert pure.house.hall.has_say(anna.account), "she could still choose among two numbers"
    pure.house.leave(anna, cut_off=True)
    pure.house.throw_out(anna.account, "enough")
    assert anna.account not in pure.seats.seated
    assert pure.house.leaving == {}


def test_two_who_are_thrown_out_of_one_draw_go_one_after_the_other() -> None:
    """In the order of their accounts, whoever was thrown out first; and the second hears that the
    first is gone.
    """
    pure = PureHouse()
    boss, ann, dot = pure.seated("Boss", Seat.CROUPIER), pure.seated("Ann"), pure.seated("Dot")
    pure.hear(dot, AskSession(7, ann.account))
    pure.hear(ann, AnswerSession(7, dot.account, accepted=True))
    assert len(pure.told(SessionStarted)) == 2
    for each in (ann, dot):
        pure.register(each)
    pure.bet(ann, (17, 1))
    assert pure.ask(boss, StartSpin(9, 1)) == Done(9)
    for each in (dot, ann):
        pure.house.throw_out(each.account, "go")
    pure.said.clear()
    pure.advance(pure.table.rules.reveal_seconds + 1)
    wanted = [
        Drop(ann, Farewell.KICKED, "go"),
        To(dot, SessionEnded(ann.account, "Ann", SessionEnd.LEFT)),
        Drop(dot, Farewell.KICKED, "go"),
    ]
    assert [each for each in pure.said if each in wanted] == wanted
