"""What lets others go first: whatever it costs, and however often it comes."""

from collections.abc import Mapping

import pytest

from protocol import classic
from protocol.framing import Spoken
from protocol.games.roulette import bets, desk, records
from protocol.house import door, draw, form, people, talk
from protocol.house.lists import Phrase, Seat
from protocol.messages import FROM_CLIENT
from server.net.cost import SLIPS, can_wait, cost
from server.net.session import Left
from server.people.people import Client

URGENT = frozenset(
    (
        *(bets.PlaceBets, bets.TakeBackBets, bets.SayReady),
        *(draw.RegisterChain, draw.SendLink, form.Act),
        *(desk.StartSpin, desk.CloseBetting, desk.VoidRound, desk.SetAuto),
        *(people.KickPlayer, people.Announce, people.HandOver),
        *(people.MutePlayer, people.WarnPlayer),
    )
)
"""What chips or a round wait for."""


def client(
    account: int = 0, *, signed_in: bool = True, refused: type | None = None, classic: bool = False
) -> Client:
    made = Client("10.0.0.1", signed_in=signed_in, account=account, classic=classic)
    if refused:
        made.refused[refused] = SLIPS
    return made


def test_a_round_waits_for_these_and_for_nothing_else() -> None:
    assert {kind for kind in FROM_CLIENT.values() if kind.AT_ONCE} == URGENT


SAID: Mapping[str, tuple[Spoken, bool, bool]] = {
    "a bet": (bets.PlaceBets(1, 1, ()), False, True),
    "a link": (draw.SendLink(1, 1, bytes(32)), False, True),
    "an order": (people.Announce(1, Phrase.OTHER, ""), False, True),
    "a question": (records.ListResults(1), True, True),
    "a seat": (door.TakeSeat(1, Seat.PLAYER, b""), True, True),
    "a line": (talk.Say(1, "a line"), True, True),
    "a refused end": (talk.EndSession(1, 7), True, True),
    "a ping": (door.Ping(1), True, True),
}
"""Whether it can wait from somebody with a name, and from a guest."""


@pytest.mark.parametrize("name", SAID)
def test_who_has_a_name_and_moves_something_goes_first(name: str) -> None:
    said, named, guest = SAID[name]
    assert can_wait(client(account=7), said) is named
    assert can_wait(client(), said) is guest


@pytest.mark.parametrize("name", SAID)
def test_what_was_refused_so_often_waits_the_next_time(name: str) -> None:
    said, named, _ = SAID[name]
    assert can_wait(client(account=7, refused=type(said)), said)
    assert not can_wait(client(signed_in=False, refused=type(said)), said)
    assert can_wait(client(account=7, refused=bets.TakeBackBets), said) is named
    slipped = client(account=7)
    slipped.refused[type(said)] = SLIPS - 1
    assert can_wait(slipped, said) is named


def test_the_end_of_a_line_waits_for_nobody() -> None:
    assert not can_wait(client(account=7, refused=classic.PlaceBet, classic=True), Left("", True))


@pytest.mark.parametrize("name", SAID)
def test_who_has_not_signed_in_waits_for_nobody(name: str) -> None:
    said, _, __ = SAID[name]
    assert not can_wait(None, said)
    assert not can_wait(client(signed_in=False), said)


def test_of_the_classic_dialect_only_its_list_waits() -> None:
    assert can_wait(None, classic.ListBets())
    assert can_wait(client(account=7), classic.ListBets())
    assert not can_wait(client(account=7), classic.PlaceBet(17, 5))
    assert can_wait(client(account=7, refused=classic.PlaceBet), classic.PlaceBet(17, 5))
    slipped = client(account=7)
    slipped.refused[classic.PlaceBet] = SLIPS - 1
    assert not can_wait(slipped, classic.PlaceBet(17, 5))


def test_what_is_no_question_costs_one() -> None:
    assert [cost(said) for said in (talk.Say(1, "a line"), classic.PlaceBet(17, 5))] == [1, 1]
    assert (cost(classic.ListBets()), cost(records.ListOwnRounds(1, 0))) == (5, 8)
