"""Coming in, sitting down, going, and coming back."""

from dataclasses import replace

import pytest

from protocol.classic import PlaceBet
from protocol.games.roulette.bets import BetsPlaced, PlaceBets
from protocol.games.roulette.desk import StartSpin
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rounds import TableShown
from protocol.house.door import (
    Done,
    Greeting,
    HouseIntroduced,
    LeaveSeat,
    Refused,
    SeatTaken,
    SignedIn,
    SignIn,
    TakeSeat,
)
from protocol.house.lists import Farewell, Notice, Phrase, Presence, Reason, Seat
from protocol.house.people import (
    Announce,
    ChipsGranted,
    HandOver,
    KickPlayer,
    ListPlayers,
    MutePlayer,
    PlayersListed,
    RosterChanged,
    WarnPlayer,
)
from protocol.house.talk import Announced, Noticed
from protocol.limits import REQUEST_NUMBERS
from protocol.wire import encode
from server.games.roulette.settings import Rules
from server.house import Manner
from server.limits import Limits
from server.people.digests import password_digest
from server.people.people import Client
from server.requests import door
from tests.server.pure import PASSWORD, SEEDS, PureHouse, messages_of, seat_of

TOKEN = b"t" * 32
RIGHT = password_digest(PASSWORD)


def sign_in(pure: PureHouse, name: str, token: bytes = b"", password: bytes = b"") -> object:
    return pure.ask(pure.stranger(), SignIn(1, name, token, password))


def reason(answer: object) -> Reason:
    assert isinstance(answer, Refused), answer
    return answer.reason


def notices(pure: PureHouse) -> list[tuple[str, Notice]]:
    return [(each.name, each.notice) for each in pure.told(Noticed)]


class TestSigningIn:
    def test_the_greeting_is_answered_and_the_table_introduced(self) -> None:
        pure = PureHouse(Rules(auto_seconds=20), stack=700)
        pure.stranger()
        said = [message for each in pure.said[-2:] for message in messages_of(each)]
        assert [type(message).__name__ for message in said] == [
            "Greeting",
            "HouseIntroduced",
        ]
        (told,) = pure.told(HouseIntroduced)
        assert (told.house, told.anchor) == (SEEDS.table, SEEDS.seed(0))
        assert (told.stack, len(told.tables)) == (700, 1)

    @pytest.mark.parametrize(("newest", "oldest"), [(0, 0), (9, 2)])
    def test_a_version_that_the_house_does_not_speak_is_told_so(
        self, newest: int, oldest: int
    ) -> None:
        pure = PureHouse()
        pure.hear(Client("10.0.0.1"), Greeting(newest, oldest, "of another time"))
        assert pure.told(Refused)[0].reason is Reason.VERSION
        assert pure.dropped()[0].reason is Farewell.VERSION

    @pytest.mark.parametrize(
        ("newest", "oldest", "welcome"),
        [(2, 1, True), (1, 1, False), (9, 3, True), (9, 4, False), (3, 3, True), (2, 2, True)],
    )
    def test_who_shares_a_version_with_the_house_comes_in(
        self, monkeypatch: pytest.MonkeyPatch, newest: int, oldest: int, welcome: bool
    ) -> None:
        monkeypatch.setattr(door, "VERSION", 3)
        monkeypatch.setattr(door, "OLDEST", 2)
        pure, client = PureHouse(), Client("10.0.0.1")
        pure.hear(client, Greeting(newest, oldest, "of another time"))
        assert pure.told(Greeting) == [Greeting(3, 2, "Croupier")]
        assert (client.greeted, len(pure.told(HouseIntroduced))) == (welcome, welcome)
        refused = [(each.reason, each.words) for each in pure.told(Refused)]
        assert refused == [(Reason.VERSION, "this house speaks versions 2 to 3")] * (not welcome)

    def test_a_new_name_gets_a_token_and_the_opening_stack(self) -> None:
        pure = PureHouse()
        answer = sign_in(pure, "Anna")
        assert isinstance(answer, SignedIn)
        assert (answer.balance, answer.next_number, len(answer.token)) == (500, 1, 32)
        assert answer.token.hex() not in pure.snapshot()

    def test_a_name_belongs_to_whoever_holds_its_token(self) -> None:
        pure = PureHouse()
        answer = sign_in(pure, "Anna")
        assert isinstance(answer, SignedIn)
        assert reason(sign_in(pure, "Anna")) is Reason.NAME_TAKEN
        assert reason(sign_in(pure, "Anna", TOKEN)) is Reason.WRONG_TOKEN
        again = sign_in(pure, "Anna", answer.token)
        assert isinstance(again, SignedIn)
        assert again.account == answer.account

    def test_a_token_that_the_client_brings_survives_a_lost_answer(self) -> None:
        pure = PureHouse()
        first = sign_in(pure, "Anna", TOKEN)
        again = sign_in(pure, "Anna", TOKEN)
        assert isinstance(first, SignedIn)
        assert isinstance(again, SignedIn)
        assert (first.token, first.account) == (TOKEN, again.account)

    @pytest.mark.parametrize("name", ["anna", "ANNA", "Ａｎｎａ"])
    def test_a_name_that_could_be_taken_for_another_is_refused(self, name: str) -> None:
        pure = PureHouse()
        sign_in(pure, "Anna")
        assert reason(sign_in(pure, name)) is Reason.NAME_TAKEN

    @pytest.mark.parametrize("name", [" ", "a\x07b", "\u202eanna", "x" * 65])
    def test_a_name_that_cannot_be_shown_is_refused(self, name: str) -> None:
        assert reason(sign_in(PureHouse(), name)) is Reason.NAME_UNFIT

    def test_the_table_may_ask_a_password_of_everybody(self) -> None:
        manner = Manner(croupier_digest=RIGHT, table_digest=password_digest("sesam"))
        pure = PureHouse(manner=manner)
        assert reason(sign_in(pure, "Anna")) is Reason.WRONG_TABLE_PASSWORD
        assert reason(sign_in(pure, "")) is Reason.WRONG_TABLE_PASSWORD
        assert isinstance(sign_in(pure, "Anna", b"", password_digest("sesam")), SignedIn)

    def test_the_same_name_again_takes_over_from_the_connection_before(self) -> None:
        pure = PureHouse()
        first = pure.stranger()
        pure.hear(first, SignIn(1, "Anna", TOKEN, b""))
        pure.hear(first, TakeSeat(2, Seat.PLAYER, b""))
        second = pure.stranger()
        pure.hear(second, SignIn(1, "Anna", TOKEN, b""))
        assert [(drop.client, drop.reason) for drop in pure.dropped()] == [
            (first, Farewell.REPLACED)
        ]
        pure.house.leave(first, cut_off=True)
        pure.hear(second, TakeSeat(2, Seat.PLAYER, b""))
        assert notices(pure) == [("Anna", Notice.JOINED), ("Anna", Notice.RESUMED)]

    def test_a_guest_may_watch_and_nothing_else(self) -> None:
        pure = PureHouse()
        guest = pure.visitor("")
        for seat in (Seat.PLAYER, Seat.CROUPIER):
            answer = pure.ask(guest, TakeSeat(2, seat, RIGHT))
            assert reason(answer) is Reason.NOT_FOR_GUESTS
        assert pure.ask(guest, TakeSeat(3, Seat.WATCHER, b"")) == SeatTaken(3, Seat.WATCHER)
        pure.advance(1)
        assert [(each.seated, each.watching) for each in pure.told(RosterChanged)] == [(0, 1)]
        assert pure.seats.count() == (0, 1)

    def test_who_has_nothing_left_is_granted_the_opening_stack(self) -> None:
        pure = PureHouse(stack=20)
        client, boss = pure.stranger(), pure.seated("Boss", Seat.CROUPIER)
        pure.hear(client, SignIn(1, "Anna", TOKEN, b""))
        pure.hear(client, TakeSeat(2, Seat.PLAYER, b""))
        while pure.books.wallet(client.account):
            assert not pure.told(ChipsGranted)
            chips = min(500, pure.books.wallet(client.account))
            assert isinstance(pure.bet(client, (17, chips)), BetsPlaced)
            assert isinstance(sign_in(pure, "Anna", TOKEN), SignedIn)
            client = pure.stranger()
            pure.hear(client, SignIn(1, "Anna", TOKEN, b""))
            pure.hear(client, TakeSeat(2, Seat.PLAYER, b""))
            pure.hear(boss, StartSpin(9, pure.round))
        assert isinstance(sign_in(pure, "Anna", TOKEN), SignedIn)
        assert pure.told(ChipsGranted) == [ChipsGranted(20, 20)]
        pure.books.check()

    def test_a_released_name_goes_to_whoever_comes_next_even_with_chips_on_the_table(self) -> None:
        pure = PureHouse()
        anna = pure.seated("Anna")
        pure.bet(anna, (17, 5))
        pure.house.leave(anna, cut_off=True)
        pure.books.entrust(anna.account, "", "")
        answer = sign_in(pure, "Anna", TOKEN)
        assert isinstance(answer, SignedIn)
        assert (answer.account, answer.balance, answer.token) == (anna.account, 495, TOKEN)
        assert reason(sign_in(pure, "Anna", b"x" * 32)) is Reason.WRONG_TOKEN

    def test_a_classic_players_name_is_taken_over_from_his_address_or_without_chips(self) -> None:
        pure = PureHouse()
        old = pure.classic_player("Old", "10.0.0.7")
        assert reason(sign_in(pure, "Old")) is Reason.NAME_TAKEN
        pure.hear(old, PlaceBet(17, 5))
        pure.house.leave(old, cut_off=True)
        assert reason(sign_in(pure, "Old")) is Reason.NAME_TAKEN
        client = Client("10.0.0.7")
        pure.hear(client, Greeting(1, 1, "a test"))
        answer = pure.ask(client, SignIn(1, "Old", b"", b""))
        assert isinstance(answer, SignedIn)
        assert (answer.account, answer.balance) == (old.account, 495)

    def test_nobody_can_sign_in_as_the_desk(self) -> None:
        assert reason(sign_in(PureHouse(), "Croupier")) is Reason.NAME_TAKEN

    def test_who_guesses_on_and_on_is_closed(self) -> None:
        pure = PureHouse(limits=Limits(wrong_passwords=5, guesses=100))
        client = pure.visitor("Anna")
        for number in range(5):
            assert not pure.dropped()
            answer = pure.ask(client, TakeSeat(number, Seat.CROUPIER, password_digest("x")))
            assert reason(answer) is Reason.WRONG_CROUPIER_PASSWORD
        assert [(drop.client, drop.reason) for drop in pure.dropped()] == [(client, Farewell.FLOOD)]


class TestSeats:
    def test_the_croupiers_seat_takes_the_password_and_there_is_one(self) -> None:
        pure = PureHouse()
        anna, bert = pure.visitor("Anna"), pure.visitor("Bert")
        wrong = pure.ask(anna, TakeSeat(2, Seat.CROUPIER, password_digest("x")))
        assert reason(wrong) is Reason.WRONG_CROUPIER_PASSWORD
        assert pure.ask(anna, TakeSeat(3, Seat.CROUPIER, RIGHT)) == SeatTaken(3, Seat.CROUPIER)
        assert reason(pure.ask(bert, TakeSeat(2, Seat.CROUPIER, RIGHT))) is Reason.SEAT_TAKEN
        assert pure.told(TableShown)[-1].croupier == anna.account

    def test_who_has_chips_on_the_table_cannot_become_its_croupier(self) -> None:
        pure = PureHouse()
        anna = pure.seated("Anna")
        pure.bet(anna, (17, 5))
        assert reason(pure.ask(anna, TakeSeat(9, Seat.CROUPIER, RIGHT))) is Reason.NOT_NOW

    def test_a_croupier_whose_line_was_cut_keeps_the_seat_until_somebody_relieves_him(self) -> None:
        pure = PureHouse()
        boss, bert = pure.seated("Boss", Seat.CROUPIER), pure.visitor("Bert")
        pure.house.leave(boss, cut_off=True)
        assert pure.seats.croupier == boss.account
        assert pure.ask(bert, TakeSeat(2, Seat.CROUPIER, RIGHT)) == SeatTaken(2, Seat.CROUPIER)
        assert pure.seats.croupier == bert.account

    def test_leaving_the_seat_leaves_the_chips_on_the_table(self) -> None:
        pure = PureHouse()
        anna = pure.seated("Anna")
        pure.bet(anna, (17, 5))
        assert pure.ask(anna, LeaveSeat(9)) == Done(9)
        assert pure.table.till.stakes == {anna.account: 5}

    def test_a_seat_is_kept_for_a_while_after_a_cut_and_then_given_up(self) -> None:
        pure = PureHouse(limits=Limits(keep_seat_seconds=60))
        anna = pure.seated("Anna")
        pure.seated("Bert")
        pure.house.leave(anna, cut_off=True)
        pure.advance(59)
        assert pure.told(RosterChanged)[-1].changes[-1].presence is Presence.CUT_OFF
        pure.advance(2)
        pure.advance(1)
        last = pure.told(RosterChanged)[-1]
        assert (last.seated, last.changes[-1].presence) == (1, Presence.GONE)
        assert notices(pure)[-1] == ("Anna", Notice.LEFT)

    def test_the_roster_comes_in_pages_by_account(self) -> None:
        pure = PureHouse()
        clients = [pure.seated(f"Player {number}") for number in range(150)]
        first = pure.ask(clients[0], ListPlayers(9, 0))
        assert isinstance(first, PlayersListed)
        second = pure.ask(clients[0], ListPlayers(10, first.players[-1].account))
        assert isinstance(second, PlayersListed)
        assert (len(first.players), first.more) == (128, True)
        assert (len(second.players), second.more) == (22, False)
        listed = [each.account for each in first.players + second.players]
        assert listed == sorted(client.account for client in clients)

    def test_who_left_chips_on_the_table_is_listed_as_long_as_they_lie_there(self) -> None:
        pure = PureHouse()
        anna, bert = pure.seated("Anna"), pure.seated("Bert")
        boss = pure.seated("Boss", Seat.CROUPIER)
        pure.bet(anna, (17, 5))
        pure.hear(anna, LeaveSeat(9))

        def listed() -> list[tuple[str, Presence]]:
            answer = pure.ask(bert, ListPlayers(8, 0))
            assert isinstance(answer, PlayersListed)
            return [(each.name, each.presence) for each in answer.players]

        there = [("Bert", Presence.HERE), ("Boss", Presence.HERE)]
        assert listed() == [("Anna", Presence.GONE), *there]
        pure.hear(boss, StartSpin(9, 1))
        assert listed() == there

    def test_balances_are_shown_only_where_the_house_shows_them(self) -> None:
        manner = Manner(croupier_digest=RIGHT)
        for shown in (True, False):
            pure = PureHouse(manner=replace(manner, chips_shown=shown))
            answer = pure.ask(pure.seated("Anna"), ListPlayers(9, 0))
            assert isinstance(answer, PlayersListed)
            assert answer.players[0].balance == (500 if shown else 0)


class TestTheDesk:
    def test_a_kicked_player_is_gone_and_his_bets_stand(self) -> None:
        pure = PureHouse()
        anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
        pure.bet(anna, (17, 5))
        assert pure.ask(boss, KickPlayer(9, anna.account, "hands off")) == Done(9)
        (drop,) = pure.dropped()
        assert (drop.client, drop.reason, drop.words) == (anna, Farewell.KICKED, "hands off")
        assert pure.table.till.stakes == {anna.account: 5}
        assert list(pure.seats.in_order) == [boss.account]
        again = pure.ask(boss, KickPlayer(10, anna.account, ""))
        assert reason(again) is Reason.NO_SUCH_PLAYER
        assert reason(pure.ask(boss, KickPlayer(11, boss.account, ""))) is Reason.NO_SUCH_PLAYER

    def test_handing_over_makes_the_other_the_croupier(self) -> None:
        pure = PureHouse()
        anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
        pure.bet(anna, (17, 5))
        assert reason(pure.ask(boss, HandOver(9, anna.account))) is Reason.NOT_NOW
        bert = pure.seated("Bert")
        pure.hear(boss, HandOver(10, bert.account))
        assert (seat_of(boss), seat_of(bert)) == (Seat.PLAYER, Seat.CROUPIER)
        assert pure.seats.croupier == bert.account
        assert pure.told(SeatTaken)[-1] == SeatTaken(0, Seat.CROUPIER)
        classic = pure.classic_player("Old")
        answer = pure.ask(bert, HandOver(11, classic.account))
        assert reason(answer) is Reason.NO_SUCH_PLAYER

    def test_an_announcement_is_a_phrase_or_fit_words(self) -> None:
        pure = PureHouse()
        boss = pure.seated("Boss", Seat.CROUPIER)
        pure.hear(boss, Announce(9, Phrase.LAST_CALL, "ignored"))
        pure.hear(boss, Announce(10, Phrase.OTHER, "  drinks are on the house "))
        assert [(each.phrase, each.words) for each in pure.told(Announced)] == [
            (Phrase.LAST_CALL, ""),
            (Phrase.OTHER, "drinks are on the house"),
        ]
        answer = pure.ask(boss, Announce(11, Phrase.OTHER, "\x07"))
        assert reason(answer) is Reason.TEXT_UNFIT

    def test_muting_and_warning_are_seen_by_all(self) -> None:
        pure = PureHouse()
        anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
        pure.hear(boss, WarnPlayer(9, anna.account, "softly"))
        pure.hear(boss, MutePlayer(10, anna.account, 60, "enough"))
        assert notices(pure)[-2:] == [("Anna", Notice.WARNED), ("Anna", Notice.MUTED)]
        assert pure.first.roster.entry(anna.account, pure.now).muted
        pure.advance(61)
        assert not pure.first.roster.entry(anna.account, pure.now).muted
        pure.hear(boss, MutePlayer(11, anna.account, 0, ""))
        assert notices(pure)[-1] == ("Anna", Notice.UNMUTED)

    def test_at_a_full_table_only_what_matters_is_told_to_all(self) -> None:
        pure = PureHouse()
        boss = pure.seated("Boss", Seat.CROUPIER)
        clients = [pure.seated(f"Player {number}") for number in range(60)]
        joined = [each for each in notices(pure) if each[1] is Notice.JOINED]
        assert len(joined) < 60
        pure.hear(boss, WarnPlayer(9, clients[-1].account, "softly"))
        assert notices(pure)[-1] == ("Player 59", Notice.WARNED)


def test_no_number_of_a_request_leaves_an_account_without_a_next_one() -> None:
    pure = PureHouse()
    anna = pure.seated("Anna")
    for number in (REQUEST_NUMBERS, 2**64 - 1):
        refused = pure.ask(anna, PlaceBets(number, pure.round, (Bet(17, 5),)))
        assert isinstance(refused, Refused)
        assert refused.reason is Reason.NUMBER_REUSED
    assert isinstance(
        pure.ask(anna, PlaceBets(REQUEST_NUMBERS - 1, pure.round, (Bet(17, 5),))), BetsPlaced
    )


def test_an_account_whose_books_hold_the_highest_number_still_comes_in() -> None:
    pure = PureHouse()
    anna = pure.seated("Anna")
    pure.table.deeds.stake(pure.round, anna.account, 2**64 - 1, [[17, 5]], 5)
    token = pure.told(SignedIn)[-1].token
    answer = pure.ask(pure.stranger(), SignIn(1, "Anna", token, b""))
    assert isinstance(answer, SignedIn)
    assert answer.next_number == REQUEST_NUMBERS
    encode(answer)
