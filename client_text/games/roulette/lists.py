"""What a roulette shows on request: lists made from what is known of it. Pure."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import islice

from client.games.roulette import requests as play
from client.games.roulette.state import Round, roulette
from client.house.state import HouseState
from client.requests import UNNUMBERED
from client_text.games.roulette.saving import saved
from client_text.games.roulette.speech import bets_in_words, spot_in_words
from client_text.games.roulette.telling import CHECKED, signed
from client_text.intents import Show
from client_text.lines import Line
from client_text.lists import ROWS_SHOWN, Shown, Topic, more
from client_text.speech import Speech
from client_text.telling import Teller
from client_text.verdicts import verdict_told
from protocol.games.roulette import records
from protocol.games.roulette.lists import RoundState
from protocol.games.roulette.rules import (
    RED,
    SPOTS,
    Colour,
    Group,
    Pocket,
    Spot,
    Wheel,
    colour,
    written,
)
from protocol.games.roulette.zero import WHEELS, Law, edge
from protocol.house.fields import Chips
from protocol.house.lists import Seat
from protocol.wire import Request

NUMBERS_SHOWN = 30
MARKS = (" ✓", " ·", " ✗")
"""By how green, grey or red a round is."""


def _bets(teller: Teller, state: HouseState, _: Show) -> Shown:
    speech, table = teller.speech, roulette(state).round
    if not table.count and not table.bets:
        yield Line(speech("show.no_bets"))
        return
    if table.bets_known or table.bets:
        rows: dict[int, list[tuple[Spot, Chips]]] = defaultdict(list)
        for (account, spot), chips in sorted(table.bets.items()):
            rows[account].append((spot, chips))
        for account, own in islice(rows.items(), 2 * ROWS_SHOWN):
            total = sum(chips for __, chips in own)
            name, bets = state.name_of(account), bets_in_words(speech, own)
            yield Line(speech("show.bets_of", name=name, bets=bets, sum=total))
        yield from more(speech, len(rows) - 2 * ROWS_SHOWN)
    if not table.bets_known:
        yield Line(speech("show.bets_by_place"))
        largest = sorted(table.totals.values(), key=lambda total: -total.chips)
        for place in largest[:ROWS_SHOWN]:
            yield Line(speech("bets.on", chips=place.chips, spot=spot_in_words(speech, place.spot)))
        yield from more(speech, len(largest) - ROWS_SHOWN)
    yield Line(speech("show.bets_sum", chips=speech.chips(_staked(table))))


def _staked(table: Round) -> Chips:
    return table.staked or sum(table.bets.values())


def _mine(teller: Teller, state: HouseState, _: Show) -> Shown:
    game = roulette(state)
    speech, own = teller.speech, game.round.own
    if not own:
        yield Line(speech("show.no_own_bets"))
        return
    name, bets = state.name, bets_in_words(speech, sorted(own.items()))
    yield Line(speech("show.bets_of", name=name, bets=bets, sum=game.round.at_stake))


def _history(teller: Teller, state: HouseState, _: Show) -> Shown:
    game = roulette(state)
    speech = teller.speech
    if not game.own_rounds:
        yield Line(speech("show.no_history"))
    for entry in game.own_rounds[:ROWS_SHOWN]:
        if entry.state is RoundState.VOID:
            yield Line(speech("show.own_void", n=entry.round_number))
            continue
        bets = bets_in_words(speech, ((each.spot, each.stake) for each in entry.payouts))
        values = _number(speech, entry.pocket)
        net, n = signed(entry.net), entry.round_number
        yield Line(speech("show.own_round", n=n, net=net, bets=bets, **values))


def _rounds(teller: Teller, state: HouseState, _: Show) -> Shown:
    game = roulette(state)
    speech = teller.speech
    if not game.rounds:
        yield Line(speech("show.no_rounds"))
    for entry in game.rounds[:ROWS_SHOWN]:
        n = entry.round_number
        if entry.state is RoundState.VOID:
            yield Line(speech("show.round_void", n=n))
            continue
        verdict = state.table.verdicts.get(n)
        mark = "" if verdict is None else MARKS[verdict.colour]
        yield Line(
            speech(
                "show.round",
                n=n,
                staked=entry.staked,
                returned=entry.returned,
                players=speech.count("count.players", entry.players),
                checked=mark,
                **_number(speech, entry.pocket),
            )
        )


def _number(speech: Speech, pocket: Pocket) -> Mapping[str, object]:
    return {"pocket": pocket, "colour": speech.choice("pocket", colour(pocket))}


def _numbers(teller: Teller, state: HouseState, _: Show) -> Shown:
    speech, pockets = teller.speech, roulette(state).statistics.pockets
    if not pockets:
        yield Line(speech("show.no_numbers"))
        return
    yield Line(speech("show.numbers", numbers=" ".join(map(written, pockets[:NUMBERS_SHOWN]))))
    colours = [colour(pocket) for pocket in pockets]
    shares = {
        name: f"{100 * colours.count(each) / len(pockets):.1f} %"
        for name, each in (("red", Colour.RED), ("black", Colour.BLACK), ("zero", Colour.GREEN))
    }
    rounds = speech.count("count.rounds", len(pockets))
    yield Line(speech("show.shares", rounds=rounds, **shares))


def _limits(teller: Teller, state: HouseState, _: Show) -> Shown:
    speech, house, table = teller.speech, state.house, roulette(state).introduced
    if house is None or table is None:
        return
    yield Line(speech("show.limits", stack=speech.chips(house.stack), most=table.table_most))
    law = Law(table.wheel, table.zero)
    rules = speech.choice("wheel", law.wheel), speech.choice("zero", law.zero)
    share = f"{100 * float(edge(law, RED)):.2f}"
    yield Line(speech("show.law", wheel=rules[0], zero=rules[1], edge=share))
    for limit in table.plaque:
        pays = _pays(WHEELS[table.wheel], limit.group)
        group = speech.choice("group", limit.group)
        yield Line(speech("show.limit", group=group, least=limit.least, most=limit.most, pays=pays))


def _pays(wheel: Wheel, group: Group) -> str:
    """`17`; of corners, with two zeros, also what the top line pays."""
    pays = {SPOTS[spot].pays for spot in wheel.spots if SPOTS[spot].group is group}
    return ", ".join(map(str, sorted(pays, reverse=True)))


def _verify(teller: Teller, state: HouseState, wish: Show) -> Shown:
    """What came of checking a round; 0: the last one."""
    verdicts, number = state.table.verdicts, wish.about
    found = verdicts.get(number or max(verdicts, default=0))
    if found is not None:
        yield from verdict_told(teller, found, state, CHECKED)
    else:
        key = "show.not_checked" if number else "show.nothing_checked"
        yield Line(teller.speech(key, n=number))


def _save(teller: Teller, state: HouseState, wish: Show) -> Shown:
    """Write the night out, as a file with this ending."""
    yield saved(state, wish.about, teller.speech)


# --- what is asked before -------------------------------------------------------------------------


def _ask_bets(state: HouseState) -> Request | None:
    """In the classic dialect nothing is told unasked."""
    known = roulette(state).round.bets_known and not state.classic
    return None if known else play.list_bets(state)


def _ask_history(state: HouseState) -> Request | None:
    return None if state.classic else play.list_own_rounds()


def _ask_rounds(_: HouseState) -> Request | None:
    return play.list_rounds()


def _ask_numbers(state: HouseState) -> Request | None:
    return None if state.classic else records.ListResults(UNNUMBERED)


def _ask_night(state: HouseState) -> Request | None:
    """One's own rounds, or the table's for who does not play there."""
    return (_ask_history if state.table.seat is Seat.PLAYER else _ask_rounds)(state)


TOPICS: Mapping[str, Topic] = {
    "list": Topic(_bets, _ask_bets),
    "mine": Topic(_mine),
    "history": Topic(_history, _ask_history),
    "rounds": Topic(_rounds, _ask_rounds),
    "numbers": Topic(_numbers, _ask_numbers),
    "limits": Topic(_limits),
    "verify": Topic(_verify),
    "save": Topic(_save, _ask_night),
}
