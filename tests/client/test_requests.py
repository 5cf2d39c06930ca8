"""What a person wants is asked for in these words, and not where it makes no sense."""

import hashlib
from dataclasses import replace

import pytest

from client import requests
from client.games.roulette import requests as play
from client.games.roulette.state import Round, roulette
from client.house import rights
from client.house.state import Line, Status
from protocol.games.roulette import bets, desk, records
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.lists import Phase
from protocol.house import door, talk
from protocol.house.lists import Phrase, Reason, Seat
from protocol.house.people import Announce, HandOver, KickPlayer, ListPlayers
from protocol.wire import Party, Request
from tests.client.states import changed, known

AT = known(status=Status(Line.LIVE), seat=Seat.PLAYER, round=Round(7, Phase.BETTING))


def test_a_wish_has_no_number_yet_and_is_about_the_round_that_one_sees() -> None:
    secret = hashlib.sha512(b"sesame").digest()
    wishes: list[tuple[Request, Request]] = [
        (play.place(AT, {9: 4, 2: 5}), bets.PlaceBets(0, 7, (Bet(2, 5), Bet(9, 4)))),
        (play.take_back(AT, {9: 4, 2: 5}), bets.TakeBackBets(0, 7, (Bet(2, 5), Bet(9, 4)))),
        (play.take_back(AT, {}), bets.TakeBackBets(0, 7, ())),
        (play.ready(AT), bets.SayReady(0, 7)),
        (play.list_bets(AT), bets.ListBets(0, 7, 0, 0)),
        (play.list_own_rounds(), records.ListOwnRounds(0, 0)),
        (play.list_own_rounds(5), records.ListOwnRounds(0, 5)),
        (play.list_rounds(), records.ListRounds(0, 0)),
        (play.list_rounds(5), records.ListRounds(0, 5)),
        (play.start_spin(AT), desk.StartSpin(0, 7)),
        (play.close_betting(AT), desk.CloseBetting(0, 7)),
        (play.void_round(AT, "wine"), desk.VoidRound(0, 7, "wine")),
        (requests.kick(3, "out"), KickPlayer(0, 3, "out")),
        (requests.announce(), Announce(0, Phrase.OTHER, "")),
        (requests.announce(Phrase.LAST_CALL, "now"), Announce(0, Phrase.LAST_CALL, "now")),
        (requests.hand_over(3), HandOver(0, 3)),
        (play.set_auto(30), desk.SetAuto(0, 30)),
        (requests.take_seat(Seat.PLAYER), door.TakeSeat(0, Seat.PLAYER, b"")),
        (requests.take_seat(Seat.CROUPIER, "sesame"), door.TakeSeat(0, Seat.CROUPIER, secret)),
    ]
    for made, meant in wishes:
        assert made == meant
    assert requests.numbered(desk.StartSpin(0, 7), 12) == desk.StartSpin(12, 7)
    assert requests.digest("\ud800") == hashlib.sha512(b"\xed\xa0\x80").digest()


def test_who_enters_plays_unless_he_says_otherwise() -> None:
    assert requests.Enter("Ann") == requests.Enter(
        "Ann", Seat.PLAYER, "", "", new_table=False, table=""
    )


BETTING = roulette(AT).round
CLOSED = replace(BETTING, phase=Phase.CLOSED)
P, C, W, N = Seat.PLAYER, Seat.CROUPIER, Seat.WATCHER, Seat.NONE


@pytest.mark.parametrize(
    ("seat", "phase", "request_", "why"),
    [
        (P, BETTING, bets.PlaceBets, None),
        (P, CLOSED, bets.PlaceBets, Reason.NOT_NOW),
        (W, BETTING, bets.PlaceBets, Reason.NOT_YOURS),
        (W, CLOSED, bets.PlaceBets, Reason.NOT_YOURS),
        (C, BETTING, desk.CloseBetting, None),
        (C, CLOSED, desk.CloseBetting, Reason.NOT_NOW),
        (P, CLOSED, desk.CloseBetting, Reason.NOT_YOURS),
        (C, CLOSED, desk.SetAuto, None),
        (P, BETTING, desk.SetAuto, Reason.NOT_YOURS),
        (W, BETTING, ListPlayers, None),
        (W, BETTING, talk.ListTalk, None),
        (N, BETTING, ListPlayers, Reason.NOT_YOURS),
        (N, BETTING, door.TakeSeat, None),
    ],
)
def test_a_button_knows_why_it_is_not_to_be_pressed(
    seat: Seat, phase: Round, request_: type[Request], why: Reason | None
) -> None:
    there = changed(AT, seat=seat, round=phase)
    assert play.why_not(there, request_) is why
    for line in Line:
        if line is not Line.LIVE:
            away = replace(there, status=Status(line))
            assert play.why_not(away, request_) is Reason.NOT_NOW


def test_a_seat_asks_for_what_its_party_may() -> None:
    assert rights.PARTIES.keys() == set(Seat)
    for seat, party in rights.PARTIES.items():
        assert party is (Party[seat.name] if seat else Party.VISITOR)
