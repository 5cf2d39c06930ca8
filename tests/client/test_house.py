"""The client against the real server, in a process of its own."""

import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from client.classic import ClassicDialogue
from client.games.roulette.fair.judge import evidence
from client.games.roulette.requests import (
    close_betting,
    list_bets,
    place,
    set_auto,
    start_spin,
    take_back,
    void_round,
)
from client.games.roulette.state import roulette
from client.house.events import Trouble
from client.house.state import HouseState, Line
from client.link import Link
from client.modern import ModernDialogue
from client.requests import Enter, hand_over, kick
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rules import EVEN, RED
from protocol.house.lists import Farewell, Reason, Seat
from tests.client.loopback import until
from tests.client.states import over
from tests.client.things import Things
from tests.server.houses import PASSWORD, RunningHouse, made_up_password, run_script

ROUND_PAUSE = 0.02


def ready(state: HouseState) -> bool:
    return state.live and state.table.roster_known and not state.pending


@contextmanager
def guests(port: int, *entering: Enter, classic: bool = False) -> Iterator[list[Link]]:
    """Links that are at the table."""
    with ExitStack() as stack:
        links = []
        for enter in entering:
            means = Things().means()
            dialogue = ClassicDialogue(means, enter) if classic else ModernDialogue(means, enter)
            pauses = itertools.repeat(ROUND_PAUSE)
            link = Link("127.0.0.1", port, dialogue, pauses=lambda each=pauses: each)  # type: ignore[misc]  # bound early
            link.start()
            stack.callback(link.close)
            until(link, (lambda state: state.live) if classic else ready)
            links.append(link)
        yield links


def sooner_or_later(link: Link, holds: Callable[[HouseState], bool]) -> None:
    if not holds(link.state):
        until(link, holds)


CROUPIER = Enter("Zoe", Seat.CROUPIER, PASSWORD)


def bet(link: Link, chips: dict[int, int]) -> None:
    number = roulette(link.state).round.number
    own = {**roulette(link.state).round.own}
    for spot, each in chips.items():
        own[spot] = own.get(spot, 0) + each
    link.want(place(link.state, chips))
    until(
        link,
        lambda state: roulette(state).round.number == number and roulette(state).round.own == own,
    )


def test_an_evening_of_players_watcher_and_croupier_is_found_right(tmp_path: Path) -> None:
    with (
        RunningHouse(tmp_path) as house,
        guests(house.port, Enter("Ann"), Enter("Боб"), Enter("", Seat.WATCHER), CROUPIER) as links,
    ):
        ann, bob, watcher, zoe = links
        for number in range(1, 4):
            bet(ann, {17: 5, RED: 10})
            bet(bob, {0: 1, 40: 2})
            zoe.want(close_betting(zoe.state))
            until(zoe, lambda state: roulette(state).round.phase is not Phase.BETTING)
            if roulette(zoe.state).round.number == number:
                zoe.want(start_spin(zoe.state))
            for link in links:
                until(link, lambda state, now=number: now in state.table.verdicts and ready(state))  # type: ignore[misc]  # bound early
                verdict = link.state.table.verdicts[number]
                assert verdict.holds, verdict.failed
                assert verdict.full
        assert ann.state.balance == 500 + sum(each.net for each in roulette(ann.state).own_rounds)
        assert len(roulette(ann.state).statistics.pockets) == 3
        assert roulette(watcher.state).statistics == roulette(ann.state).statistics
        sooner_or_later(
            ann,
            lambda state: (
                {each.name for each in state.table.roster.values()} == {"Ann", "Боб", "Zoe"}
            ),
        )
        document = evidence(ann.state.table.verdicts[2])
        (tmp_path / "round.json").write_text(json.dumps(document))
        verified = run_script("protocol/verify.py", str(tmp_path / "round.json"))
        assert verified.returncode == 0, verified.stdout


def test_a_house_that_is_killed_and_comes_back_finds_everybody_in_his_chair(
    tmp_path: Path,
) -> None:
    with RunningHouse(tmp_path) as house, guests(house.port, Enter("Ann"), CROUPIER) as links:
        ann, zoe = links
        bet(ann, {17: 5, RED: 10})
        house.kill()
        for link in links:
            until(link, lambda state: state.status.line is Line.LOST)
        with RunningHouse(tmp_path, port=house.port):
            for link in links:
                until(link, ready)
            assert roulette(ann.state).round.own == {17: 5, RED: 10}
            assert (ann.state.balance, zoe.state.table.seat) == (485, Seat.CROUPIER)
            bet(ann, {0: 5})
            zoe.want(start_spin(zoe.state))
            until(ann, lambda state: 1 in state.table.verdicts)
            assert ann.state.table.verdicts[1].holds


def test_a_croupier_with_the_made_up_password_is_back_in_his_seat_after_a_restart(
    tmp_path: Path,
) -> None:
    nobodys = ("--croupier-password", "")
    with RunningHouse(tmp_path, *nobodys) as house:
        password = made_up_password(house)
        with guests(house.port, Enter("Zoe", Seat.CROUPIER, password)) as (zoe,):
            house.kill()
            until(zoe, lambda state: state.status.line is Line.LOST)
            with RunningHouse(tmp_path, *nobodys, port=house.port) as again:
                assert made_up_password(again) == password
                until(zoe, ready)
                assert zoe.state.table.seat is Seat.CROUPIER


def test_bets_on_their_way_while_the_house_dies_are_done_once(tmp_path: Path) -> None:
    with RunningHouse(tmp_path) as house, guests(house.port, Enter("Ann")) as (ann,):
        for spot in range(12):
            ann.want(place(ann.state, {spot: 1}))
        ann.want(take_back(ann.state, {0: 1}))
        house.kill()
        until(ann, lambda state: state.status.line is Line.LOST)
        with RunningHouse(tmp_path, port=house.port):
            until(ann, lambda state: ready(state) and roulette(state).round.own_known)
            own = roulette(ann.state).round.own
            assert all(chips == 1 for chips in own.values())
            assert ann.state.balance == 500 - sum(own.values())
            ann.want(list_bets(ann.state))
            until(ann, ready)
            assert {spot: n for (_, spot), n in roulette(ann.state).round.bets.items()} == own


def test_what_the_desk_decides_reaches_the_player(tmp_path: Path) -> None:
    with RunningHouse(tmp_path) as house, guests(house.port, Enter("Ann"), CROUPIER) as links:
        ann, zoe = links
        bet(ann, {17: 5})
        zoe.want(void_round(zoe.state, "a fly on the wheel"))
        until(ann, lambda state: roulette(state).round.number == 2 and 1 in state.table.verdicts)
        assert over(ann.state).voided == "a fly on the wheel"
        assert (ann.state.balance, ann.state.table.verdicts[1].holds) == (500, True)
        zoe.want(set_auto(60))
        until(
            ann, lambda state: roulette(state).auto == 60 and roulette(state).deadline is not None
        )
        zoe.want(hand_over(ann.state.account))
        until(ann, lambda state: state.table.seat is Seat.CROUPIER)
        until(zoe, lambda state: state.table.seat is not Seat.CROUPIER)
        ann.want(kick(zoe.state.account, "closing time"))
        until(zoe, lambda state: state.status.line is Line.GONE)
        status = zoe.state.status
        assert (status.trouble, status.farewell) == (Trouble.FAREWELL, Farewell.KICKED)
        assert status.words == "closing time"


def test_a_wrong_password_is_told_and_another_try_works(tmp_path: Path) -> None:
    with RunningHouse(tmp_path, "--table-password", "sesam") as house:
        link = Link("127.0.0.1", house.port, ModernDialogue(Things().means(), Enter("Ann")))
        link.start()
        until(link, lambda state: len(state.refusals) == 1)
        link.want(Enter("Ann", Seat.CROUPIER, "wrong", "sesam"))
        until(link, lambda state: len(state.refusals) == 2)
        assert [each.reason for each in link.state.refusals] == [
            Reason.WRONG_TABLE_PASSWORD,
            Reason.WRONG_CROUPIER_PASSWORD,
        ]
        link.want(Enter("Ann", Seat.PLAYER, "", "sesam"))
        until(link, ready)
        link.close()


def test_the_classic_dialogue_plays_at_our_table(tmp_path: Path) -> None:
    with (
        RunningHouse(tmp_path) as house,
        guests(house.port, Enter("alice"), Enter("", Seat.CROUPIER, PASSWORD), classic=True) as two,
        guests(house.port, Enter("Ann")) as (ann,),
    ):
        alice, zoe = two
        bet(alice, {EVEN: 100})
        bet(ann, {5: 7, RED: 3})
        alice.want(place(alice.state, {17: 1}))
        until(alice, lambda state: bool(state.refusals))
        zoe.want(list_bets(zoe.state))
        until(zoe, lambda state: len(roulette(state).round.bets) == 2)
        zoe.want(start_spin(zoe.state))
        for link in (alice, zoe):
            until(link, lambda state: roulette(state).round.number == 2)
        until(ann, lambda state: 1 in state.table.verdicts)
        assert roulette(alice.state).statistics.pockets == roulette(ann.state).statistics.pockets
        assert alice.state.balance in (400, 600)
        assert ann.state.table.verdicts[1].holds


def test_a_name_of_somebody_else_is_refused(tmp_path: Path) -> None:
    with RunningHouse(tmp_path) as house, guests(house.port, Enter("Ann")):
        stranger = Things(secrets=1000)
        link = Link("127.0.0.1", house.port, ModernDialogue(stranger.means(), Enter("Ann")))
        link.start()
        until(link, lambda state: bool(state.refusals))
        assert link.state.refusals[-1].reason is Reason.WRONG_TOKEN
        link.close()
