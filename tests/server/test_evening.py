"""A whole evening against the running program: both dialects at one table, and all that happens."""

from dataclasses import dataclass
from pathlib import Path

from protocol import classic
from protocol.games.roulette.bets import BetsPlaced, PlaceBets, TakeBackBets
from protocol.games.roulette.desk import CloseBetting, StartSpin, VoidRound
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.records import (
    ListOwnRounds,
    ListResults,
    OwnRoundsListed,
    ResultsListed,
)
from protocol.games.roulette.rounds import (
    BettingClosed,
    PlayerSettled,
    RoundOpened,
    RoundSettled,
    RoundVoided,
)
from protocol.house.door import Done, Goodbye, Refused
from protocol.house.draw import ChainTaken, EventAsked, EventDrawn
from protocol.house.lists import Farewell, Notice, Reason, Seat
from protocol.house.people import ChipsGranted, KickPlayer
from protocol.house.talk import Noticed
from server.host.audit import audit
from tests.server.guests import Classic, Modern
from tests.server.houses import PASSWORD, RunningHouse, run_house

ROUNDS = 10
GONE = "Broke", Notice.LEFT


class Ledger:
    """What each was told, to be held against the books."""

    def __init__(self) -> None:
        self.nets: dict[str, list[int]] = {}

    def note(self, name: str, net: int) -> None:
        self.nets.setdefault(name, []).append(net)

    def wallet(self, name: str) -> int:
        return 500 + sum(self.nets.get(name, []))


def test_an_evening(tmp_path: Path) -> None:
    data, told = tmp_path / "d", Ledger()
    with RunningHouse(data, "--min-players", "2") as house:
        anna = house.modern("Anna", Seat.PLAYER)
        boss = house.modern("Boss", Seat.CROUPIER)
        watcher = house.modern("", Seat.WATCHER)
        bert, broke = house.classic(), house.classic()
        assert bert.register("Bert") is classic.Code.OK
        assert broke.register("Broke") is classic.Code.OK
        cast = Cast(house, anna, boss, watcher, bert, broke)
        for number in range(1, ROUNDS + 1):
            bets_are_made(cast, number)
            if number == 5:
                void_once(boss, cast.anna, watcher, number)
            else:
                the_wheel_turns(cast, number, told)
        anna = cast.anna
        assert told.nets["Broke"] in ([-500], [17500])
        if told.wallet("Broke") == 0:
            broke.close()
            cast.watcher.wait(Noticed, lambda said: (said.name, said.notice) == GONE)
            again = house.classic()
            assert again.register("Broke") is classic.Code.OK
            told.note("Broke", 500)
        kicked_out(house, boss)
        results = anna.ask(ListResults(anna.next()))
        assert isinstance(results, ResultsListed)
        assert (results.rounds, results.last_round) == (ROUNDS - 1, ROUNDS)
        mine = anna.ask(ListOwnRounds(anna.next(), 0))
        assert isinstance(mine, OwnRoundsListed)
        assert [each.round_number for each in mine.rounds] == list(range(10, 2, -1))
        status, _, log = house.stop()
        assert status == 0
        assert "Traceback" not in log
        for line in (
            "< player Anna PlaceBets(",
            "= round 1 settled",
            "+ player Bert from 127.0.0.1, classic",
            "x visitor Kicked: go",
        ):
            assert line in log
    found = audit(data)
    assert not found.wrong
    books = found.books
    wallets = {each.name: books.wallet(each.account) for each in books.holders.values()}
    for name in ("Anna", "Bert", "Broke"):
        assert wallets[name] == told.wallet(name)
    checked = run_house("--audit", "--data", str(data))
    assert checked.returncode == 0
    assert "the books are right" in checked.stdout


@dataclass
class Cast:
    """Who is there."""

    house: RunningHouse
    anna: Modern
    boss: Modern
    watcher: Modern
    bert: Classic
    broke: Classic


def bets_are_made(cast: Cast, number: int) -> None:
    anna = cast.anna
    anna.wait_round(number)
    if not anna.chain:
        assert isinstance(anna.register(), ChainTaken)
    if number == 3:
        cast.anna = drop_and_resume(cast.house, anna, number)
    else:
        assert isinstance(anna.bet(number, (17, 10), (155, 5)), BetsPlaced)
    assert cast.bert.bet(37, 10) is classic.Code.OK
    if number == 1:
        assert cast.broke.bet(17, 501) is classic.Code.NOT_ENOUGH_CHIPS
        assert cast.broke.bet(17, 500) is classic.Code.OK
    if number == 6:
        late_in(cast.house, number)


def the_wheel_turns(cast: Cast, number: int, told: Ledger) -> None:
    anna, boss = cast.anna, cast.boss
    assert isinstance(boss.ask(CloseBetting(boss.next(), number)), Done)
    assert cast.bert.bet(38, 10) is classic.Code.SECOND_BET
    too_late = anna.bet(number, (1, 1))
    assert isinstance(too_late, Refused)
    assert too_late.reason is Reason.BETTING_CLOSED
    assert isinstance(boss.ask(StartSpin(boss.next(), number)), Done)
    asked = anna.wait(EventAsked)
    assert asked.event == number - (number > 5)  # One round is void, and draws nothing.
    anna.say(anna.shown(asked.event))
    drawn = cast.watcher.wait(EventDrawn)
    assert (drawn.contributors, drawn.missing) == (1, 0)
    settled = cast.watcher.wait(RoundSettled)
    own = anna.wait(PlayerSettled)
    told.note("Anna", own.net)
    assert own.balance == told.wallet("Anna")
    for player in (cast.bert, cast.broke):
        shown = player.results()
        assert shown.pocket == settled.pocket
    nets = {row.name: row.net for row in shown.results}
    assert nets["Anna"] == own.net
    for name in ("Bert", "Broke", "Late"):
        if name in nets:
            told.note(name, nets[name])


def drop_and_resume(house: RunningHouse, anna: Modern, number: int) -> Modern:
    """A line cut between a request and its answer: it is asked again, and done once."""
    asked = PlaceBets(anna.next(), number, (Bet(17, 10), Bet(155, 5)))
    anna.say(asked)
    anna.close()
    again = house.guests.enter_context(Modern(house.port))
    again.sign_in("Anna", anna.token)
    again.sit()
    answer = again.ask(asked)
    assert isinstance(answer, BetsPlaced)
    assert answer.at_stake == 15
    assert again.ask(asked) == answer
    again.number = anna.number
    assert isinstance(again.register(), ChainTaken)  # With the line its say was gone.
    return again


def void_once(boss: Modern, anna: Modern, watcher: Modern, number: int) -> None:
    """The croupier calls a round off: every chip is back."""
    taken = anna.ask(TakeBackBets(anna.next(), number, (Bet(155, 5),)))
    boss.ask(VoidRound(boss.next(), number, "spilt wine"))
    assert watcher.wait(RoundVoided).words == "spilt wine"
    own = anna.wait(PlayerSettled)
    assert own.balance == taken.balance + 10  # type: ignore[attr-defined] # it is BetsTakenBack


def late_in(house: RunningHouse, number: int) -> None:
    """Somebody comes in the middle, and sees exactly what lies there."""
    late = house.modern("Late")
    shown = late.sit()
    assert {(each.spot, each.chips) for each in shown.totals} == {(17, 10), (155, 5), (152, 10)}
    assert isinstance(late.bet(number, (0, 1)), BetsPlaced)


def kicked_out(house: RunningHouse, boss: Modern) -> None:
    kicked = house.modern("Kicked", Seat.PLAYER)
    kicked.bet(ROUNDS + 1, (3, 3))
    assert isinstance(boss.ask(KickPlayer(boss.next(), kicked.account, "go")), Done)
    farewell = kicked.wait(Goodbye)
    assert (farewell.reason, farewell.words) == (Farewell.KICKED, "go")


def test_a_table_that_runs_itself_needs_nobody_but_players(tmp_path: Path) -> None:
    path = tmp_path / "croupier.toml"
    path.write_text("[[table]]\nauto_seconds = 1\nspin_seconds = 0.2\n")
    with RunningHouse(tmp_path / "d", "--config", str(path)) as house:
        anna = house.modern("Anna", Seat.PLAYER)
        for number in (1, 2):
            if number == 1:
                assert isinstance(anna.register(), ChainTaken)
            assert isinstance(anna.bet(number, (17, 1)), BetsPlaced)
            assert anna.wait(BettingClosed).round_number == number
            assert anna.wait(EventAsked).event == number
            anna.say(anna.shown(number))
            assert anna.wait(RoundSettled).round_number == number
            assert anna.wait(RoundOpened).round_number == number + 1


def test_who_is_broke_is_granted_the_stack_when_he_comes_again(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d", "--stack", "7") as house:
        boss = house.modern("Boss", Seat.CROUPIER)
        anna = house.modern("Anna", Seat.PLAYER)
        for number in range(1, 200):
            answer = anna.bet(number, (number % 37, min(7, anna.balance)))
            assert isinstance(answer, BetsPlaced)
            assert isinstance(boss.ask(StartSpin(boss.next(), number)), Done)
            anna.balance = anna.wait(PlayerSettled).balance
            if not anna.balance:
                break
        again = house.guests.enter_context(Modern(house.port))
        again.sign_in("Anna", anna.token)
        assert again.wait(ChipsGranted) == ChipsGranted(7, 7)
        assert PASSWORD not in house.log()
