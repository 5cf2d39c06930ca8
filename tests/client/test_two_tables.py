"""One line at two tables of a real house: bets, rounds and proofs of each, and a cut."""

from pathlib import Path

from client.games.roulette.requests import place, start_spin
from client.games.roulette.state import roulette
from client.house.state import HouseState
from client.link import Link
from client.requests import Enter, Look, leave_seat, take_seat
from protocol.house.lists import Seat
from tests.client.loopback import until
from tests.client.test_house import guests, sooner_or_later
from tests.server.pure import PASSWORD
from tests.server.two_roulettes import two_roulettes
from torture.proxy import Proxy, Weather

FIRST, SECOND = 1, 2


def own(state: HouseState, table: int) -> dict[int, int]:
    return dict(roulette(state.at(table)).round.own)


def go(link: Link, table: int, seat: Seat = Seat.PLAYER, password: str = "") -> None:
    link.want(take_seat(seat, password).to(table))
    until(link, lambda state: state.here == table and state.live)


def test_one_plays_at_two_tables_and_a_cut_line_brings_both_back(tmp_path: Path) -> None:
    with two_roulettes(tmp_path) as (_, port):
        weather = Proxy(port)
        boss = Enter("Boss", Seat.CROUPIER, PASSWORD)
        with guests(port, boss) as (zoe,), guests(weather.port, Enter("Ann")) as (ann,):
            go(ann, SECOND)
            go(zoe, SECOND, Seat.CROUPIER, PASSWORD)
            ann.want(place(ann.state.at(FIRST), {17: 5}))
            ann.want(place(ann.state, {1: 2, 2: 3}))
            until(ann, lambda state: state.balance == 490)
            assert own(ann.state, FIRST) == {17: 5}
            assert own(ann.state, SECOND) == {1: 2, 2: 3}

            weather.be(Weather.FINE, reset=True)
            until(ann, lambda state: not state.live)
            until(ann, lambda state: state.live and state.at(FIRST).live)
            assert (ann.state.here, ann.state.balance) == (SECOND, 490)
            assert (own(ann.state, FIRST), own(ann.state, SECOND)) == ({17: 5}, {1: 2, 2: 3})

            zoe.want(start_spin(zoe.state))
            until(ann, lambda state: 1 in state.table.verdicts)
            assert ann.state.table.verdicts[1].holds
            assert own(ann.state, FIRST) == {17: 5}
            assert not ann.state.at(FIRST).table.verdicts
            zoe.want(Look(FIRST))
            until(zoe, lambda state: state.here == FIRST)
            zoe.want(start_spin(zoe.state))
            until(ann, lambda state: 1 in state.at(FIRST).table.verdicts)
            assert ann.state.at(FIRST).table.verdicts[1].holds

            ann.want(leave_seat())
            sooner_or_later(ann, lambda state: state.here == FIRST)
            assert ann.state.tables.keys() == {FIRST}
        weather.close()
