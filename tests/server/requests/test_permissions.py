"""Every message, by everybody, in every phase: only what the table allows changes the books."""

from dataclasses import replace

import pytest

from protocol import classic
from protocol.framing import Spoken
from protocol.games.roulette.bets import ListBets, PlaceBets, SayReady, TakeBackBets
from protocol.games.roulette.desk import CloseBetting, SetAuto, StartSpin, VoidRound
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.records import ListOwnRounds, ListResults, ListRounds
from protocol.house.door import (
    Goodbye,
    Greeting,
    LeaveSeat,
    ListTables,
    Ping,
    Pong,
    Refused,
    SignIn,
    TakeSeat,
)
from protocol.house.draw import AskRound, ListLinks, RegisterChain, SendLink
from protocol.house.form import FORM
from protocol.house.lists import Farewell, Phrase, Reason, Seat
from protocol.house.people import (
    Announce,
    HandOver,
    KickPlayer,
    ListPlayers,
    MutePlayer,
    WarnPlayer,
)
from protocol.house.talk import AnswerSession, AskSession, EndSession, ListTalk, Say, SayPrivately
from protocol.messages import FROM_CLIENT
from protocol.wire import Message, Party, Request
from server.games import GAMES
from server.handlers import AT_A_TABLE, CLASSIC_RULES, OF_THE_HOUSE
from server.people.digests import password_digest
from server.people.people import Client
from tests.server.pure import PASSWORD, PureHouse, seat_of

SECRET = bytes(range(32))
THEIRS = GAMES["roulette"].requests
OURS = {*OF_THE_HOUSE, *AT_A_TABLE}
PARTIES = (Party.STRANGER, Party.VISITOR, Party.PLAYER, Party.CROUPIER, Party.WATCHER)
PHASES = (Phase.BETTING, Phase.CLOSED, Phase.SPINNING)
"""A settled round is followed by the next one in the same instant."""
OUTSIDE_THE_TABLE = {Greeting, Ping, Pong, Goodbye}
"""Said between the connections themselves, not asked of the table."""


def samples(number: int, account: int) -> dict[type[Message], Message]:
    """A lawful example of each request, in this round and about this somebody at the table."""
    examples: tuple[Message, ...] = (
        SignIn(7, "Somebody", b"", b""),
        TakeSeat(7, Seat.WATCHER, b""),
        LeaveSeat(7),
        ListTables(7, 0),
        PlaceBets(7, number, (Bet(17, 5),)),
        TakeBackBets(7, number, ()),
        SayReady(7, number),
        ListBets(7, number, 0, 0),
        StartSpin(7, number),
        CloseBetting(7, number),
        VoidRound(7, number, "the ball fell off"),
        KickPlayer(7, account, "out"),
        Announce(7, Phrase.LAST_CALL, ""),
        HandOver(7, account),
        SetAuto(7, 20),
        MutePlayer(7, account, 10, "hush"),
        WarnPlayer(7, account, "mind"),
        Say(7, "good luck"),
        SayPrivately(7, account, False, "psst"),
        AskSession(7, account),
        AnswerSession(7, account, True),
        EndSession(7, account),
        ListTalk(7),
        ListPlayers(7, 0),
        ListRounds(7, 0),
        ListOwnRounds(7, 0),
        ListResults(7),
    )
    return {type(each): each for each in examples}


MOVES_CHIPS = {
    PlaceBets,
    TakeBackBets,
    StartSpin,
    CloseBetting,
    VoidRound,
    SignIn,
}
"""What the books hear of."""


class Scene:
    """A table in one phase, with somebody of each party at it."""

    def __init__(self, phase: Phase) -> None:
        self.pure = PureHouse()
        pure = self.pure
        self.player = pure.seated("Player")
        self.other = pure.seated("Other")
        croupier = pure.seated("Croupière", Seat.CROUPIER)
        self.clients = {
            Party.STRANGER: pure.stranger(),
            Party.VISITOR: pure.visitor("Visitor"),
            Party.PLAYER: self.player,
            Party.CROUPIER: croupier,
            Party.WATCHER: pure.seated("Watcher", Seat.WATCHER),
        }
        for number, client in enumerate(self.clients.values()):
            if seat_of(client):
                pure.hear(self.other, AskSession(80 + number, client.account))
        pure.bet(self.player, (17, 5))
        if phase is not Phase.BETTING:
            for account in {client.account for client in self.clients.values()} - {0}:
                pure.table.draw.register(account, bytes(32))
            order = CloseBetting(91, 1) if phase is Phase.CLOSED else StartSpin(91, 1)
            pure.hear(croupier, order)
        pure.books.take_journal()
        assert pure.table.phase is phase

    def sample(self, kind: type[Message]) -> Message:
        return samples(1, self.other.account)[kind]


OF_THE_DRAW = {RegisterChain, SendLink, ListLinks, AskRound}
"""`test_draw` has them."""
REQUESTS = [
    each
    for each in FROM_CLIENT.values()
    if each not in OUTSIDE_THE_TABLE | OF_THE_DRAW and each.GAME != FORM
]
"""(A form says itself what is lawful: `games/test_forms.py`.)"""


@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.name)
@pytest.mark.parametrize("party", PARTIES, ids=lambda party: party.name)
@pytest.mark.parametrize("kind", REQUESTS, ids=lambda kind: kind.__name__)
def test_only_what_the_table_allows_is_done(
    kind: type[Message], party: Party, phase: Phase
) -> None:
    scene = Scene(phase)
    client = scene.clients[party]
    before = scene.pure.snapshot()
    answer = scene.pure.ask(client, scene.sample(kind))
    assert answer is not None
    if party not in kind.PARTY:
        assert isinstance(answer, Refused)
        assert answer.reason is Reason.NOT_YOURS
    elif kind.PHASES and phase not in kind.PHASES:
        assert isinstance(answer, Refused)
        assert answer.reason is THEIRS[kind].otherwise
    else:
        assert not isinstance(answer, Refused), answer
        # A table that runs itself does not wait for the start of its croupier.
        if kind in MOVES_CHIPS or (kind, phase) == (SetAuto, Phase.CLOSED):
            assert scene.pure.snapshot() != before
            return
    assert scene.pure.snapshot() == before


def test_every_request_has_a_sample_and_a_rule() -> None:
    assert set(samples(1, 2)) == (OURS | set(THEIRS)) - OF_THE_DRAW == set(REQUESTS)
    assert all(issubclass(kind, Request) for kind in REQUESTS)
    rules = len(OF_THE_HOUSE) + len(AT_A_TABLE) + len(THEIRS)
    assert len(REQUESTS) + len(OF_THE_DRAW) == rules  # Each has one.
    assert not any(kind.PHASES for kind in OURS)  # Only a game has some.


CLASSIC_SAMPLES: dict[type, classic.Request] = {
    classic.RegisterPlayer: classic.RegisterPlayer(b"Somebody"),
    classic.RegisterCroupier: classic.RegisterCroupier(password_digest("wrong")),
    classic.PlaceBet: classic.PlaceBet(17, 5),
    classic.StartSpin: classic.StartSpin(password_digest(PASSWORD)),
    classic.ListBets: classic.ListBets(),
    classic.ConfirmResults: classic.ConfirmResults(),
}
OK, REFUSED = classic.Code.OK, classic.Code.REFUSED
CLASSIC_CODES: dict[type, dict[Phase, tuple[classic.Code | None, ...]]] = {
    # For a stranger, a player with a bet, a player without one, and the croupier.
    classic.RegisterPlayer: dict.fromkeys(PHASES, (OK, REFUSED, REFUSED, REFUSED)),
    classic.RegisterCroupier: dict.fromkeys(
        PHASES, (classic.Code.WRONG_PASSWORD, REFUSED, REFUSED, REFUSED)
    ),
    classic.PlaceBet: {
        Phase.BETTING: (REFUSED, classic.Code.SECOND_BET, OK, REFUSED),
        Phase.CLOSED: (REFUSED, classic.Code.SECOND_BET, REFUSED, REFUSED),
        Phase.SPINNING: (REFUSED, classic.Code.SECOND_BET, REFUSED, REFUSED),
    },
    classic.StartSpin: {
        Phase.BETTING: (REFUSED, REFUSED, REFUSED, OK),
        Phase.CLOSED: (REFUSED, REFUSED, REFUSED, OK),
        Phase.SPINNING: (REFUSED, REFUSED, REFUSED, REFUSED),
    },
    classic.ListBets: dict.fromkeys(PHASES, (None, None, None, None)),
    classic.ConfirmResults: dict.fromkeys(PHASES, (None, None, None, None)),
}


@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.name)
@pytest.mark.parametrize("kind", CLASSIC_SAMPLES, ids=lambda kind: kind.__name__)
def test_the_classic_dialect_does_only_what_its_codes_allow(kind: type, phase: Phase) -> None:
    assert set(CLASSIC_CODES) == set(CLASSIC_RULES)
    for which, code in enumerate(CLASSIC_CODES[kind][phase]):
        pure = PureHouse()
        modern = pure.seated("Modern")
        bettor, idle = pure.classic_player("Bettor"), pure.classic_player("Idle")
        boss = Client("10.0.0.9", classic=True)
        pure.hear(boss, classic.RegisterCroupier(password_digest(PASSWORD)))
        pure.hear(bettor, classic.PlaceBet(3, 5))
        if phase is not Phase.BETTING:
            pure.register(modern)
            if phase is Phase.CLOSED:
                pure.table.close_by_croupier(pure.now, 1)
            else:
                pure.hear(boss, classic.StartSpin(password_digest(PASSWORD)))
        assert pure.table.phase is phase
        client = (Client("10.0.0.8", classic=True), bettor, idle, boss)[which]
        before = pure.snapshot()
        answer: Spoken | None = pure.ask(client, CLASSIC_SAMPLES[kind])
        if code is not None:
            assert isinstance(answer, classic.RegistrationAnswered | classic.OrderAnswered)
            assert answer.code is code, (which, answer)
        assert (pure.snapshot() == before) is (code is not OK)


def test_a_second_greeting_ends_the_connection() -> None:
    pure = PureHouse()
    client = pure.stranger()
    pure.hear(client, Greeting(1, 1, "again"))
    assert [drop.reason for drop in pure.dropped()] == [Farewell.BROKEN]


def test_a_request_of_another_round_is_refused_with_the_round_that_is() -> None:
    scene = Scene(Phase.BETTING)
    for kind in (PlaceBets, TakeBackBets, SayReady):
        said = replace(scene.sample(kind), round_number=9)  # type: ignore[call-arg] # each has one
        answer = scene.pure.ask(scene.player, said)
        assert isinstance(answer, Refused)
        assert (answer.reason, answer.figure) == (Reason.WRONG_ROUND, 1)
