"""The night, from what is known of the table. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from client.games.roulette.night.night import Night, Played
from client.games.roulette.state import roulette
from client.house.state import HouseState
from protocol.fair.verdict import Colour
from protocol.games.roulette.lists import RoundState
from protocol.games.roulette.records import OwnRoundEntry, RoundEntry
from protocol.games.roulette.rules import Pocket
from protocol.house.lists import Seat

BREAK = 6 * 60 * 60 * 1000
"""Where nothing was played for so many milliseconds, another night begins."""

HELD = {Colour.GREEN: True, Colour.GREY: None, Colour.RED: False}


def night_of(state: HouseState) -> Night:
    """The player's night, or the table's for whoever has no chips of his own on it."""
    game = roulette(state)
    if state.table.seat is Seat.PLAYER:
        own = (_own(entry, state.table.verdicts) for entry in game.own_rounds)
        return Night(_since_the_break(own))
    table = (_of_table(entry, state.table.verdicts) for entry in game.rounds)
    return Night(_since_the_break(table), house=True)


def _since_the_break(newest_first: Iterable[Played]) -> tuple[Played, ...]:
    kept: list[Played] = []
    for each in newest_first:
        if kept and kept[-1].at - each.at > BREAK:
            break
        kept.append(each)
    return tuple(reversed(kept))


def _own(entry: OwnRoundEntry, verdicts: Mapping[int, Any]) -> Played:
    staked = sum(each.stake for each in entry.payouts)
    returned = sum(each.returned for each in entry.payouts)
    return Played(
        entry.round_number, _pocket(entry), staked, returned, entry.net, entry.at, entry.payouts,
        verified=_held(entry.round_number, verdicts),
    )  # fmt: skip


def _of_table(entry: RoundEntry, verdicts: Mapping[int, Any]) -> Played:
    return Played(
        entry.round_number, _pocket(entry), entry.staked, entry.returned,
        entry.staked - entry.returned, entry.at, players=entry.players,
        verified=_held(entry.round_number, verdicts),
    )  # fmt: skip


def _pocket(entry: OwnRoundEntry | RoundEntry) -> Pocket | None:
    return entry.pocket if entry.state is RoundState.SETTLED else None


def _held(number: int, verdicts: Mapping[int, Any]) -> bool | None:
    verdict = verdicts.get(number)
    return None if verdict is None else HELD[verdict.colour]
