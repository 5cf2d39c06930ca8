"""The croupier's orders: to whom, with what words, and who hears of it; there is always a third."""

from collections.abc import Callable

import pytest

from protocol.games.roulette.bets import TakeBackBets
from protocol.games.roulette.desk import CloseBetting, SetAuto, StartSpin, VoidRound
from protocol.games.roulette.rounds import AutoChanged, RoundSettled, RoundVoided
from protocol.house.door import Done, Refused, SeatTaken
from protocol.house.lists import Farewell, Notice, Phrase, Presence, Reason, Seat
from protocol.house.people import Announce, HandOver, KickPlayer, MutePlayer, WarnPlayer
from protocol.house.talk import Announced, Noticed, Say
from protocol.wire import Request
from server.people.people import Client
from server.sayings import Drop, To
from tests.server.pure import PureHouse, seat_of

UNFIT = "a\nb"


class Table:
    """A croupier, two players, and nothing said yet."""

    def __init__(self) -> None:
        self.pure = PureHouse()
        self.boss = self.pure.seated("Boss", Seat.CROUPIER)
        self.anna, self.bert = self.pure.seated("Anna"), self.pure.seated("Bert")
        self.pure.said.clear()

    def order(self, request: Request) -> object:
        """Its answer, whatever else he is told by it."""
        at = len(self.pure.said)
        self.pure.hear(self.boss, request)
        (answer,) = (
            each.message
            for each in self.pure.said[at:]
            if isinstance(each, To) and isinstance(each.message, Done | Refused)
        )
        return answer

    def refused(self, request: Request) -> Reason:
        answer = self.order(request)
        assert isinstance(answer, Refused)
        assert answer.number == request.number
        return answer.reason

    def notices(self) -> list[tuple[int, str, Notice, str]]:
        said = self.pure.told(Noticed)
        assert all(each.at == round(self.pure.now * 1000) for each in said)
        return [(each.account, each.name, each.notice, each.words) for each in said]

    def told(self, client: Client, kind: type) -> list[object]:
        return [
            each.message
            for each in self.pure.said
            if isinstance(each, To) and each.client is client and type(each.message) is kind
        ]


@pytest.mark.parametrize(
    "make",
    [
        lambda account: KickPlayer(9, account, "out"),
        lambda account: HandOver(9, account),
        lambda account: MutePlayer(9, account, 5, "hush"),
        lambda account: WarnPlayer(9, account, "look out"),
    ],
)
def test_an_order_about_somebody_needs_somebody_else_at_the_table(
    make: Callable[[int], Request],
) -> None:
    table = Table()
    stranger = table.pure.visitor("Visitor")
    table.pure.said.clear()
    for account in (0, 1, 99, stranger.account, table.boss.account):
        assert table.refused(make(account)) is Reason.NO_SUCH_PLAYER
    assert table.notices() == []
    assert seat_of(table.boss) is Seat.CROUPIER


def test_who_is_thrown_out_is_that_one_with_the_words_that_were_said() -> None:
    table = Table()
    assert table.order(KickPlayer(9, table.anna.account, "enough")) == Done(9)
    assert table.notices() == [(table.anna.account, "Anna", Notice.KICKED, "enough")]
    assert table.pure.dropped() == [Drop(table.anna, Farewell.KICKED, "enough")]
    assert list(table.pure.seats.seated) == [table.boss.account, table.bert.account]


def test_what_is_not_said_is_no_reason_and_what_is_unfit_is_refused() -> None:
    table = Table()
    account = table.anna.account
    for request in (
        KickPlayer(9, account, UNFIT),
        MutePlayer(9, account, 5, UNFIT),
        WarnPlayer(9, account, UNFIT),
        VoidRound(9, 1, UNFIT),
        Announce(9, Phrase.OTHER, UNFIT),
        Announce(9, Phrase.OTHER, ""),
    ):
        assert table.refused(request) is Reason.TEXT_UNFIT
    assert table.notices() == []
    assert table.order(WarnPlayer(9, account, "")) == Done(9)
    assert table.notices() == [(account, "Anna", Notice.WARNED, "")]
    assert table.order(VoidRound(9, 1, "")) == Done(9)
    assert [each.words for each in table.pure.told(RoundVoided)] == [""]
    assert table.order(VoidRound(9, 2, "spilt wine")) == Done(9)
    assert [each.words for each in table.pure.told(RoundVoided)] == ["", "spilt wine"]


def test_an_announcement_has_its_own_words_only_where_no_phrase_fits() -> None:
    table = Table()
    at, boss = round(table.pure.now * 1000), table.boss.account
    assert table.order(Announce(9, Phrase.LAST_CALL, UNFIT)) == Done(9)
    assert table.order(Announce(9, Phrase.OTHER, " wine? ")) == Done(9)
    assert table.pure.told(Announced) == [
        Announced(at, boss, Phrase.LAST_CALL, ""),
        Announced(at, boss, Phrase.OTHER, "wine?"),
    ]


def test_a_warning_is_heard_by_all_and_changes_nothing() -> None:
    table = Table()
    before = table.pure.snapshot()
    assert table.order(WarnPlayer(9, table.anna.account, "look out")) == Done(9)
    assert table.notices() == [(table.anna.account, "Anna", Notice.WARNED, "look out")]
    assert table.pure.ask(table.anna, Say(9, "sorry")) == Done(9)
    assert table.pure.snapshot() == before


def test_a_mute_is_for_one_and_lifting_it_is_told_once() -> None:
    table = Table()
    account = table.anna.account
    table.pure.seats.changed.clear()
    assert table.order(MutePlayer(9, account, 0, "")) == Done(9)
    assert table.notices() == []
    assert table.order(MutePlayer(9, account, 5, "hush")) == Done(9)
    assert table.notices() == [(account, "Anna", Notice.MUTED, "hush")]
    assert isinstance(table.pure.ask(table.anna, Say(9, "what?")), Refused)
    assert table.pure.ask(table.bert, Say(9, "well")) == Done(9)
    assert table.order(MutePlayer(9, account, 0, "speak")) == Done(9)
    assert table.notices()[1:] == [(account, "Anna", Notice.UNMUTED, "speak")]
    assert table.pure.ask(table.anna, Say(9, "thanks")) == Done(9)
    assert table.order(MutePlayer(9, account, 5, "again")) == Done(9)
    table.pure.advance(4.75)
    assert isinstance(table.pure.ask(table.anna, Say(9, "what?")), Refused)
    table.pure.advance(0.25)
    assert table.pure.ask(table.anna, Say(9, "thanks")) == Done(9)


def test_the_desk_goes_to_the_one_who_was_named() -> None:
    table = Table()
    table.pure.bet(table.bert, (17, 5))
    table.pure.said.clear()
    assert table.order(HandOver(9, table.anna.account)) == Done(9)
    seats = [seat_of(each) for each in (table.boss, table.anna, table.bert)]
    assert seats == [Seat.PLAYER, Seat.CROUPIER, Seat.PLAYER]
    assert table.pure.seats.croupier == table.anna.account
    assert table.told(table.boss, SeatTaken) == [SeatTaken(0, Seat.PLAYER)]
    assert table.told(table.anna, SeatTaken) == [SeatTaken(0, Seat.CROUPIER)]
    assert table.told(table.bert, SeatTaken) == []
    assert [row[1:3] for row in table.notices()] == [
        ("Boss", Notice.CROUPIER_LEFT),
        ("Anna", Notice.CROUPIER_CAME),
    ]
    assert table.pure.ask(table.anna, StartSpin(9, 1)) == Done(9)


def test_the_desk_goes_to_nobody_who_cannot_take_it_now() -> None:
    table = Table()
    pure, anna, bert = table.pure, table.anna, table.bert
    old = pure.classic_player("Old")
    assert table.refused(HandOver(9, old.account)) is Reason.NO_SUCH_PLAYER
    pure.seats.seated[anna.account].presence = Presence.AWAY
    assert table.refused(HandOver(9, anna.account)) is Reason.NO_SUCH_PLAYER
    pure.seats.seated[anna.account].presence = Presence.HERE
    pure.bet(anna, (17, 5))
    assert table.refused(HandOver(9, anna.account)) is Reason.NOT_NOW
    pure.hear(anna, TakeBackBets(20, 1, ()))
    pure.house.leave(bert, cut_off=True)
    assert table.refused(HandOver(9, bert.account)) is Reason.NO_SUCH_PLAYER
    assert table.order(HandOver(9, anna.account)) == Done(9)


def test_the_desk_is_for_who_has_a_say_in_a_frozen_round_and_not_for_who_has_chips_in_it() -> None:
    table = Table()
    table.pure.bet(table.bert, (17, 5))
    table.pure.register(table.anna)
    table.order(CloseBetting(9, 1))
    assert table.refused(HandOver(9, table.bert.account)) is Reason.NOT_NOW
    assert table.order(HandOver(10, table.anna.account)) == Done(10)


def test_the_wheel_and_the_clock_do_what_they_are_told_and_the_answer_has_its_number() -> None:
    table = Table()
    table.pure.bet(table.anna, (17, 5))
    assert table.order(SetAuto(11, 30)) == Done(11)
    assert table.pure.told(AutoChanged) == [AutoChanged(30)]
    assert table.order(SetAuto(12, 0)) == Done(12)
    assert table.order(CloseBetting(13, 1)) == Done(13)
    assert table.order(StartSpin(14, 1)) == Done(14)
    assert [each.round_number for each in table.pure.told(RoundSettled)] == [1]
