"""The page names the reasons for which each request can be refused: each of them can be had.

(That there are no others is seen wherever a test asks a house: `pure.verify_refusal`.)
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from protocol.games.roulette.bets import ListBets, PlaceBets, SayReady, TakeBackBets
from protocol.games.roulette.desk import CloseBetting, StartSpin, VoidRound
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rules import LOCKED, Group
from protocol.house.door import Refused, SignIn, TakeSeat
from protocol.house.draw import AskRound, ListLinks, RegisterChain, SendLink
from protocol.house.form import Act
from protocol.house.lists import Phrase, Reason, Seat
from protocol.house.people import Announce, HandOver, KickPlayer, MutePlayer, WarnPlayer
from protocol.house.talk import AnswerSession, AskSession, EndSession, Say, SayPrivately
from protocol.limits import REQUEST_NUMBERS
from protocol.messages import FROM_CLIENT
from protocol.wire import Request
from server.games.roulette.settings import Rules, Stakes
from server.house import Manner
from server.limits import Limits
from server.people.digests import password_digest
from server.people.people import Client
from server.tables.terms import Terms
from tests.server.games.form_house import FormHouse
from tests.server.games.toy import TOY
from tests.server.pure import PASSWORD, PureHouse

N = 90
"""A request's number, high enough for every one here."""
RIGHT, SECRET = password_digest(PASSWORD), bytes(range(32))
NOBODY = 4711

Met = dict[type[Request], set[Reason]]


class Evening:
    """Anna and Ben play, Zoe is the croupier, a guest watches."""

    def __init__(self, met: Met) -> None:
        stakes = {**Rules().plaque, Group.STRAIGHT: Stakes(5, 50), Group.CHANCE: Stakes(1, 900)}
        self.pure = PureHouse(
            Rules(plaque=stakes, table_most=600, min_players=2),
            limits=replace(Limits(), talk_burst=20, private_sessions=1),
        )
        self.met = met
        self.anna, self.ben = self.pure.seated("Anna"), self.pure.seated("Ben")
        self.zoe = self.pure.seated("Zoe", Seat.CROUPIER)
        self.guest = self.pure.visitor("")
        self.pure.hear(self.guest, TakeSeat(2, Seat.WATCHER, b""))

    def ask(self, client: Client, *requests: Request) -> None:
        for request in requests:
            answer = self.pure.ask(client, request)
            if isinstance(answer, Refused):
                self.met[type(request)].add(answer.reason)

    def both_bet(self) -> None:
        for client in (self.anna, self.ben):
            self.pure.bet(client, (17, 10))

    def close(self) -> None:
        self.both_bet()
        self.ask(self.zoe, CloseBetting(N, self.pure.round))


def at_the_door(evening: Evening) -> None:
    pure = evening.pure
    for name, token in (("\n", b""), ("Anna", b""), ("Anna", b"x" * 32)):
        evening.ask(pure.stranger(), SignIn(N, name, token, b""))
    evening.ask(evening.zoe, KickPlayer(N, evening.ben.account, ""))
    evening.ask(pure.stranger(), SignIn(N, "Cleo", b"", b""))
    evening.pure = PureHouse(manner=Manner(table_digest=RIGHT))
    evening.ask(evening.pure.stranger(), SignIn(N, "Cleo", b"", b""))
    evening.pure = PureHouse(limits=replace(Limits(), names_an_address=1))
    for name in ("Cleo", "Dora"):
        evening.ask(evening.pure.stranger(), SignIn(N, name, b"", b""))


def at_the_seats(evening: Evening) -> None:
    evening.ask(evening.guest, TakeSeat(N, Seat.PLAYER, b""))
    evening.ask(evening.anna, TakeSeat(N, Seat.NONE, b""), TakeSeat(N, Seat.CROUPIER, b"wrong"))
    evening.ask(evening.anna, TakeSeat(N, Seat.CROUPIER, RIGHT))
    evening.ask(evening.zoe, TakeSeat(N, Seat.PLAYER, b""))
    evening.pure.bet(evening.anna, (17, 10))
    evening.ask(evening.anna, TakeSeat(N, Seat.CROUPIER, RIGHT))
    evening.ask(evening.anna, *[TakeSeat(N, Seat.CROUPIER, b"wrong")] * 3)
    evening.pure = PureHouse(terms=Terms("A", RIGHT, watching=False, seats=1))
    dora, emil = evening.pure.visitor("Dora"), evening.pure.visitor("Emil")
    evening.ask(dora, TakeSeat(N, Seat.WATCHER, b"", RIGHT), TakeSeat(N, Seat.PLAYER, b"", b""))
    evening.ask(dora, TakeSeat(N, Seat.PLAYER, b"", RIGHT))
    evening.ask(emil, TakeSeat(N, Seat.PLAYER, b"", RIGHT))
    evening.pure = PureHouse(terms=Terms("A", seats=1))
    boss, dora = evening.pure.seated("Boss", Seat.CROUPIER), evening.pure.seated("Dora")
    emil = evening.pure.seated("Emil", Seat.WATCHER)
    evening.ask(boss, HandOver(N, emil.account))


def with_chips(evening: Evening) -> None:
    pure, anna = evening.pure, evening.anna
    laid: Iterable[list[tuple[int, int]]] = ([(17, 1)], [(17, 51)], [(151, 601)], [(151, 550)])
    for bets in laid:
        evening.ask(anna, PlaceBets(N, pure.round, tuple(Bet(*bet) for bet in bets)))
    pure.bet(anna, (17, 10))
    evening.ask(anna, PlaceBets(N, 1, (Bet(163, 5),)), TakeBackBets(N, 1, (Bet(LOCKED, 5),)))
    for request in (PlaceBets, TakeBackBets):
        evening.ask(anna, request(REQUEST_NUMBERS, pure.round, ()), request(N, 9, (Bet(17, 5),)))
    evening.ask(anna, TakeBackBets(N, 1, (Bet(17, 11),)), TakeBackBets(N, 1, (Bet(17, 6),)))
    pure.house.allowance.used[anna.account] = pure.now
    for request in (PlaceBets, TakeBackBets):
        evening.ask(anna, request(N, 1, (Bet(17, 5),)))
    del pure.house.allowance.used[anna.account]
    pure.house.disk.full = True
    for request in (PlaceBets, TakeBackBets):
        evening.ask(anna, request(N, 1, (Bet(17, 5),)))
    evening.ask(pure.stranger(), SignIn(N, "Cleo", b"", b""))
    evening.ask(anna, SayReady(N, 9), ListBets(N, 9, 0, 0), ListLinks(N, 9, 0), AskRound(N, 9))
    pure.house.disk.full = False
    evening.close()
    for late in (PlaceBets, TakeBackBets):
        evening.ask(anna, late(N, 1, (Bet(17, 5),)))
    evening.ask(anna, SayReady(N, 1))


def with_links(evening: Evening) -> None:
    pure, anna = evening.pure, evening.anna
    evening.ask(evening.guest, RegisterChain(N, bytes(32)))
    evening.ask(anna, SendLink(N, 1, bytes(32)))
    pure.register(anna)
    evening.close()
    evening.ask(evening.zoe, StartSpin(N, 1))
    evening.ask(anna, RegisterChain(N, bytes(32)), SendLink(N, 1, bytes(32)))
    pure.advance(10)
    evening.ask(anna, RegisterChain(N, bytes(32)), SendLink(N, 1, bytes(32)))


def at_the_desk(evening: Evening) -> None:
    pure, anna, zoe = evening.pure, evening.anna, evening.zoe
    for order in (StartSpin, CloseBetting):
        evening.ask(zoe, order(N, 9), order(N, 1))
    pure.house.disk.full = True
    evening.ask(zoe, VoidRound(N, 1, ""))
    pure.house.disk.full = False
    pure.bet(anna, (17, 10))
    evening.ask(zoe, StartSpin(N, 1), CloseBetting(N, 1), HandOver(N, anna.account))
    evening.ask(zoe, HandOver(N, NOBODY), VoidRound(N, 9, ""), VoidRound(N, 1, "\n"))
    evening.ask(zoe, Announce(N, Phrase.OTHER, ""))
    for account, words in ((NOBODY, "why"), (anna.account, "\n")):
        evening.ask(zoe, KickPlayer(N, account, words), WarnPlayer(N, account, words))
        evening.ask(zoe, MutePlayer(N, account, 9, words))
    pure.register(anna)
    evening.close()
    evening.ask(zoe, VoidRound(N, 1, ""), CloseBetting(N, 1), StartSpin(N, 1), StartSpin(N, 1))


def in_talk(evening: Evening) -> None:
    pure, anna, ben, zoe = evening.pure, evening.anna, evening.ben, evening.zoe
    lines: list[Callable[[str], Request]] = [
        lambda line: Say(N, line),
        lambda line: SayPrivately(N, ben.account, in_session=False, line=line),
        lambda _: AskSession(N, ben.account),
    ]
    for say in lines:
        evening.ask(evening.guest, say("a line"))
        evening.ask(anna, say("\n"))
    evening.ask(anna, SayPrivately(N, NOBODY, in_session=False, line="a line"))
    evening.ask(anna, SayPrivately(N, ben.account, in_session=True, line="a line"))
    evening.ask(anna, AskSession(N, NOBODY), AskSession(N, ben.account))
    evening.ask(anna, AskSession(N, zoe.account), EndSession(N, zoe.account))
    evening.ask(zoe, AnswerSession(N, ben.account, accepted=True), AskSession(N, anna.account))
    evening.ask(anna, AnswerSession(N, zoe.account, accepted=True))
    for _ in range(30):
        evening.ask(anna, *(say("a line") for say in lines))
    pure.advance(100)
    evening.ask(zoe, MutePlayer(N, anna.account, 9, ""))
    evening.ask(anna, *(say("a line") for say in lines))


def with_a_form(evening: Evening) -> None:
    house = FormHouse(TOY)
    anna = house.player("Anna")

    def act(key: str, value: int = 0, words: str = "", **more: int) -> None:
        answer = house.act(anna, key, value, words, **more)
        if isinstance(answer, Refused):
            evening.met[Act].add(answer.reason)

    act("press", turn=7)
    act("hidden")
    act("count", 0)
    act("count", 9)
    act("write", words="\n")
    act("stake", 50)
    act("stake", 49, number=1)
    for number in range(2, 12):
        house.game.till.state.stakes.clear()
        act("stake", 50, number=number)
    house.house.disk.full = True
    act("write", words="a line")
    house.house.disk.full = False
    for _ in range(600):
        act("write", words="a line")


SCENES = (at_the_door, at_the_seats, with_chips, with_links, at_the_desk, in_talk, with_a_form)


@pytest.fixture(scope="module")
def met() -> Met:
    """Every refusal that an evening of mistakes brought about."""
    found: Met = defaultdict(set)
    for scene in SCENES:
        scene(Evening(found))
    return found


ASKED = [owner for owner in FROM_CLIENT.values() if issubclass(owner, Request)]


@pytest.mark.parametrize("request_type", ASKED, ids=lambda owner: owner.__name__)
def test_every_refusal_that_a_request_names_can_be_had(
    request_type: type[Request], met: Met
) -> None:
    assert met[request_type] - {Reason.NOT_YOURS} == set(request_type.REFUSALS)
