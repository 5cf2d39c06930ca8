"""What is shown on request: lists made from what is known of the table. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from client.games import GAMES
from client.games.roulette.state import Round, roulette
from client.house.state import HouseState, Kind
from client_text.intents import Topic
from client_text.lines import Line, Mood
from client_text.speech import Speech
from client_text.telling import Teller, signed
from client_text.vocabulary import GROUPS, PLACES, normal, ways
from client_text.words import command_of
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
from protocol.house.door import TableEntry
from protocol.house.fields import Chips
from protocol.house.lists import Presence, Seat

ROWS_SHOWN = 15
NUMBERS_SHOWN = 30
TALK_SHOWN = 20
MARKS = (" ✓", " ·", " ✗")
"""By how green, grey or red a round is."""

Shown = Iterator[Line]


def show(topic: Topic, teller: Teller, state: HouseState) -> list[Line]:
    """The lines of a list, as far as it is known."""
    return list(_SHOW[topic](teller, state))


def _bets(teller: Teller, state: HouseState) -> Shown:
    speech, table = teller.speech, roulette(state).round
    if not table.count and not table.bets:
        yield Line(speech("show.no_bets"))
        return
    if table.bets_known or table.bets:
        rows: dict[int, list[tuple[Spot, Chips]]] = defaultdict(list)
        for (account, spot), chips in sorted(table.bets.items()):
            rows[account].append((spot, chips))
        for account, own in islice(rows.items(), 2 * ROWS_SHOWN):
            total = sum(chips for _, chips in own)
            name, bets = state.name_of(account), speech.bets(own)
            yield Line(speech("show.bets_of", name=name, bets=bets, sum=total))
        yield from _more(speech, len(rows) - 2 * ROWS_SHOWN)
    if not table.bets_known:
        yield Line(speech("show.bets_by_place"))
        largest = sorted(table.totals.values(), key=lambda total: -total.chips)
        for place in largest[:ROWS_SHOWN]:
            yield Line(speech("bets.on", chips=place.chips, spot=speech.spot(place.spot)))
        yield from _more(speech, len(largest) - ROWS_SHOWN)
    yield Line(speech("show.bets_sum", chips=speech.chips(_staked(table))))


def _staked(table: Round) -> Chips:
    return table.staked or sum(table.bets.values())


def _mine(teller: Teller, state: HouseState) -> Shown:
    game = roulette(state)
    speech, own = teller.speech, game.round.own
    if not own:
        yield Line(speech("show.no_own_bets"))
        return
    name, bets = state.name, speech.bets(sorted(own.items()))
    yield Line(speech("show.bets_of", name=name, bets=bets, sum=game.round.at_stake))


def _players(teller: Teller, state: HouseState) -> Shown:
    speech = teller.speech
    if not state.table.roster:
        yield Line(speech("show.nobody"))
    for entry in islice(state.table.roster.values(), 2 * ROWS_SHOWN):
        what = [speech.choice("role", entry.seat)]
        if entry.presence is not Presence.HERE:
            what.append(speech.choice("presence", entry.presence))
        if state.house is not None and state.house.chips_shown:
            what.append(speech.chips(entry.balance))
        if entry.muted:
            what.append(speech("presence.muted"))
        yield Line(speech("show.player", name=entry.name, what=", ".join(what)))
    yield from _more(speech, len(state.table.roster) - 2 * ROWS_SHOWN)


def _history(teller: Teller, state: HouseState) -> Shown:
    game = roulette(state)
    speech = teller.speech
    if not game.own_rounds:
        yield Line(speech("show.no_history"))
    for entry in game.own_rounds[:ROWS_SHOWN]:
        if entry.state is RoundState.VOID:
            yield Line(speech("show.own_void", n=entry.round_number))
            continue
        bets = speech.bets((each.spot, each.stake) for each in entry.payouts)
        values = _number(speech, entry.pocket)
        net, n = signed(entry.net), entry.round_number
        yield Line(speech("show.own_round", n=n, net=net, bets=bets, **values))


def _rounds(teller: Teller, state: HouseState) -> Shown:
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


def _numbers(teller: Teller, state: HouseState) -> Shown:
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


def _limits(teller: Teller, state: HouseState) -> Shown:
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


def _talk(teller: Teller, state: HouseState) -> Shown:
    lines = [heard for heard in state.heard if heard.kind is not Kind.NOTICED][-TALK_SHOWN:]
    if not lines:
        yield Line(teller.speech("show.no_talk"))
    for heard in lines:
        yield from teller.heard(heard, state)


def _tables(teller: Teller, state: HouseState) -> Shown:
    """Every table of the house, and where one is."""
    speech = teller.speech
    for number, entry in sorted(state.lobby.items()):
        table = state.tables.get(number)
        game = GAMES.get(entry.game)
        what = [speech(f"game.{game.name}" if game is not None else "game.unknown")]
        what.append(speech(_run(entry)))
        seated = "show.seated_of" if entry.seats else "show.seated"
        what.append(speech(seated, n=entry.seated, seats=entry.seats))
        watching = "show.watching" if entry.watching_allowed else "show.no_watching"
        what.append(speech(watching, n=entry.watching))
        if entry.password_needed:
            what.append(speech("show.password"))
        if table is not None and table.seat is not Seat.NONE:
            what.append(speech("show.here" if number == state.here else "show.also_here"))
        mood = Mood.CALL if number == state.here else Mood.PLAIN
        name = state.table_name(number)
        yield Line(speech("show.table", n=number, table=name, what=", ".join(what)), mood)
    if not state.lobby:
        yield Line(speech("show.no_tables"))


def _run(entry: TableEntry) -> str:
    """Who runs a table."""
    if entry.croupier_seated:
        return "show.croupier"
    return "show.automatic" if entry.automatic else "show.no_croupier"


def _more(speech: Speech, left: int) -> Shown:
    if left > 0:
        yield Line(speech.count("count.more_lines", left), Mood.QUIET)


_SHOW: Mapping[Topic, Callable[[Teller, HouseState], Shown]] = {
    Topic.BETS: _bets,
    Topic.MINE: _mine,
    Topic.PLAYERS: _players,
    Topic.HISTORY: _history,
    Topic.ROUNDS: _rounds,
    Topic.NUMBERS: _numbers,
    Topic.LIMITS: _limits,
    Topic.TALK: _talk,
    Topic.TABLES: _tables,
}


# --- help -----------------------------------------------------------------------------------------

PARTS = ("bets", "own", "look", "table", "croupier", "people")


def explain(about: str, speech: Speech) -> list[Line]:
    """All words, or what one of them does."""
    if about:
        key, _ = command_of(about)
        if key is not None:
            return [Line(speech(f"about.{key.replace(' ', '_')}"))]
        rows = [*GROUPS.items(), *PLACES.items()]
        if any(normal(about) in map(normal, ways(row)) for _, row in rows):
            return _part("bets", speech)
        return [Line(speech("cannot.help"), Mood.BAD)]
    return [line for part in PARTS for line in _part(part, speech)]


def _part(part: str, speech: Speech) -> list[Line]:
    lines = [Line(speech(f"help.{part}_head"), Mood.CALL)]
    return lines + [Line(f"  {row}") for row in speech(f"help.{part}").splitlines()]
