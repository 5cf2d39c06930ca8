"""Made-up tables: every state that a person can see, for golden pictures and for the eye."""

import hashlib
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import ClassVar, TypeVar

import pygame

from client.fair.witness import Judged
from client.games.roulette.night.night import Night, Played
from client.games.roulette.numbers import Numbers
from client_gui.door.connect import ConnectScene
from client_gui.games import DOOR
from client_gui.games.roulette.favourites import Favourite, among
from client_gui.games.roulette.racetrack import Aim, Kind
from client_gui.games.roulette.scene.table import TableScene
from client_gui.games.roulette.scene.tv import TvScene
from client_gui.games.roulette.view import Bet, Outcome, Past, Phase, RouletteView
from client_gui.kit.box import Size
from client_gui.kit.canvas import Canvas
from client_gui.kit.resources import Cache, Typesetter
from client_gui.kit.resources import Line as Drawn
from client_gui.kit.theme import Face, Rgb
from client_gui.kit.words import Words
from client_gui.shell.frame import Bubble
from client_gui.shell.invitation import Invitation
from client_gui.shell.own_limits import Limit, OwnLimits
from client_gui.shell.preferences import Preferences
from client_gui.shell.view import Line, Message, Person, Role, Room, TableRow, Tie
from protocol.fair.document import Event, Own, Place, Saw
from protocol.games.roulette.fields import Payout
from protocol.games.roulette.lists import WheelKind, Zero
from protocol.games.roulette.rules import (
    BLACK,
    DOUBLE,
    EVEN,
    RED,
    SPOT_OF,
    WHEEL,
    Group,
)
from protocol.games.roulette.zero import Law
from tests.client.states import judged

NOW = 1000.0
CORNER = SPOT_OF[10, 11, 13, 14]
SPLIT = SPOT_OF[32, 35]
SECOND_DOZEN = SPOT_OF[tuple(range(13, 25))]

MINE = {14: 60, CORNER: 25, BLACK: 100}
ALL = {17: 100, RED: 250, EVEN: 50, SPLIT: 30, SECOND_DOZEN: 75, **MINE}
BETS = (
    Bet("Анна", 17, 100),
    Bet("Boris", RED, 250),
    Bet("Chen", EVEN, 50),
    Bet("Дмитрий", SPLIT, 30),
    Bet("Eve", SECOND_DOZEN, 75),
    Bet("Fedor", 14, 60, True),
    Bet("Fedor", CORNER, 25, True),
    Bet("Fedor", BLACK, 100, True),
)
RESULTS = (14, 31, 0, 7, 22, 9, 36, 3, 18, 26, 11)
HITS = tuple(7 + (n * 29 + n * n * 5) % 14 for n in range(37))
_MORE = [n for n, often in enumerate(HITS) for _ in range(often - RESULTS[1:].count(n))]
_MIXED = sorted(enumerate(_MORE), key=lambda each: each[0] * 97 % 499)
NUMBERS = Numbers((*RESULTS[1:], *(n for _, n in _MIXED)))
"""Each number as often as `HITS` says."""
LIMITS = (
    (Group.STRAIGHT, 1, 100),
    (Group.SPLIT, 1, 200),
    (Group.STREET, 1, 300),
    (Group.CORNER, 1, 400),
    (Group.LINE, 1, 600),
    (Group.COLUMN, 5, 1200),
    (Group.DOZEN, 5, 1200),
    (Group.CHANCE, 5, 1800),
)

NETS = (("Дмитрий", 1080), ("Boris", 250), ("Eve", 150), ("Chen", 50), ("Анна", -100))
OUTCOME = Outcome(1284, 14, 2375, MappingProxyType(MINE), (("Fedor", 2375), *NETS), -3805, "Fedor")
LOST = replace(OUTCOME, pocket=31, net=-185, nets=(("Eve", 310), ("Fedor", -185)), house=-125)
NETS_OF_THE_NIGHT = (
    20, -35, 40, 30, -30, 70, -25, 90, -20, -15, 85, -30, 60, 70, -25, -30, 55,
)  # fmt: skip
NIGHT_BEGINS = 1_790_017_200_000
NIGHT_ENDS = NIGHT_BEGINS + 2_000_000


def _played(at: int, net: int) -> Played:
    """A round on which a number, a corner and red were bet, and which came out so."""
    number = 1284 - len(NETS_OF_THE_NIGHT) + at
    bets = (Payout(14, 60, 0), Payout(CORNER, 25, 0), Payout(RED, 100, 185 + net))
    moment = NIGHT_BEGINS + at * 95_000
    pocket = (RESULTS[1:] * 2)[len(NETS_OF_THE_NIGHT) - 1 - at]
    held = None if at < 4 else True
    return Played(number, pocket, 185, 185 + net, net, moment, bets, verified=held)


def night_of_nets(*nets: int) -> Night:
    """Rounds that came out so."""
    return Night(tuple(_played(at, net) for at, net in enumerate(nets)))


NIGHT = night_of_nets(*NETS_OF_THE_NIGHT)
HOUSE_NIGHT = Night(
    tuple(
        replace(
            each, staked=690, returned=690 + 3 * each.net, net=-3 * each.net, bets=(), players=6
        )
        for each in NIGHT.rounds
    ),
    house=True,
)


def proven(number: int, *reds: str, greys: Iterable[str] = ()) -> Judged:
    """A round in which one had a say, bets and a payout; with what of it is not green."""
    seen = judged(number, *reds, greys=greys)
    values = (hashlib.sha256(bytes((at, number % 256))).digest() for at in range(9))
    before, frozen, root, seed, done, head, step, shown, anchor = values
    links = {7: head, 9: root, 12: step}
    pocket = {"pocket": number % 37}
    event = Event(1, b"", step, number, root, shown, seed, done, links, pocket)
    own = Own(
        7,
        "",
        head,
        Place(1, ()),
        [(14, 0, 60)],
        Place(1, ()),
        {},
        left=False,
        payout=120,
        saw=Saw(None, [], {}, []),
    )
    told = replace(
        seen.round,
        seed_before=before, freeze=frozen, players=3, contributors=3, own=own,
        events=[event],
    )  # fmt: skip
    return seen._replace(document=seen.document._replace(anchor=anchor, rounds=(told,)))


VERDICTS = {number: proven(number) for number in range(1276, 1284)}
WRONG = proven(1283, "draw", "own_payout")
UNSURE = proven(1283, greys=("joined", "withheld"))
NAMES = {1: "Вероника", 2: "Анна", 3: "Boris", 4: "Chen", 5: "Дмитрий", 6: "Eve", 7: "Fedor"}
PLAYER = RouletteView(
    role=Role.PLAYER,
    table="Table 1",
    me="Fedor",
    round=1284,
    phase=Phase.BETTING,
    deadline=NOW + 12,
    phase_length=20,
    auto=30,
    balance=1240,
    my_bets=MappingProxyType(MINE),
    totals=MappingProxyType(ALL),
    bets=BETS,
    bet_count=8,
    bettors=6,
    people=(
        Person("Вероника", Role.CROUPIER, None, seat=1),
        Person("Анна", Role.PLAYER, 900, seat=2),
        Person("Boris", Role.PLAYER, 12_400, seat=3),
        Person("Chen", Role.PLAYER, 450, seat=4),
        Person("Дмитрий", Role.PLAYER, 1_000_000, online=False, seat=5),
        Person("Eve", Role.PLAYER, 75, seat=6),
        Person("Fedor", Role.PLAYER, 1240, me=True, seat=7),
        Person("Оля", Role.WATCHER, None, seat=8),
    ),
    online=7,
    results=RESULTS[1:],
    outcome=replace(LOST, round=1283, net=240),
    verified=True,
    proof="9f3c…a1e7",
    night=NIGHT,
    verdicts=VERDICTS,
    names=NAMES,
    history=tuple(
        Past(1283 - at, pocket, (240, None, -185, 35)[at % 4])
        for at, pocket in enumerate(RESULTS[1:])
    ),
    numbers=NUMBERS,
    messages=(
        Message("19:41", "", "Chen sat down", True, serial=1),
        Message("19:42", "Boris", "anyone on 17?", serial=2),
        Message("19:42", "Анна", "я! удачи всем", serial=3),
        Message("19:43", "Вероника", "Last call, place your bets.", serial=4, call=True),
        Message("19:43", "", "Дмитрий lost the line", True, serial=5),
        Message("19:43", "Fedor", "good luck", serial=6, mine=True),
    ),
    account=7,
    limits=LIMITS,
    latency=14,
)
TALK = (
    *PLAYER.messages,
    Message("19:44", "Анна", "а давай вместе на вторую дюжину?", room=2, serial=7),
    Message("19:44", "Fedor", "давай, по 75", room=2, serial=8, mine=True),
    Message("19:45", "Анна", "только тихо :)", room=2, serial=9),
    Message("19:45", "Chen", "psst", room=4, serial=10),
)
ROOMS = (Room(2, "Анна", Tie.OPEN, 9), Room(4, "Chen", None, 10))
TALKING = replace(PLAYER, messages=TALK, rooms=ROOMS)
CROUPIER = replace(
    PLAYER,
    role=Role.CROUPIER,
    me="Вероника",
    account=1,
    balance=None,
    my_bets=MappingProxyType({}),
    bets=tuple(replace(bet, mine=False) for bet in BETS),
    people=tuple(replace(p, me=p.role is Role.CROUPIER) for p in PLAYER.people),
    auto=None,
    deadline=None,
    night=HOUSE_NIGHT,
)
WATCHER = replace(CROUPIER, role=Role.WATCHER, me="Оля", auto=30, deadline=NOW + 12)
FIRST = RouletteView(
    role=Role.PLAYER, table="Table 1", me="Fedor", round=1, phase=Phase.BETTING, balance=500,
    online=1, latency=1, people=(Person("Fedor", Role.PLAYER, 500, me=True),),
)  # fmt: skip
CLASSIC = replace(
    PLAYER, classic=True, my_bets=MappingProxyType({17: 50}), totals=MappingProxyType({17: 150}),
    bets=(Bet("Fedor", 17, 50, True), Bet("Анна", 17, 100)), bet_count=2, bettors=2, deadline=None,
    people=(), online=0, numbers=Numbers(RESULTS[1:]), verified=None, proof="", limits=(),
    auto=None, verdicts={}, night=NIGHT,
)  # fmt: skip

EVENING = 1_700_000_000.0
MANNERS = OwnLimits(EVENING - 4980, EVENING)
"""One has been here for 1:23."""

Setup = Callable[[TableScene], float]
"""Puts a scene into a state, and returns the time to draw it at."""


TWO_ZEROS = replace(
    PLAYER,
    law=Law(WheelKind.DOUBLE, Zero.SURRENDER),
    my_bets=MappingProxyType({157: 20, 158: 5, 161: 10, 163: 25, RED: 100}),
    totals=MappingProxyType({157: 20, 158: 15, 160: 5, 161: 10, 162: 5, 163: 25, 0: 50, RED: 175}),
    bets=(),
    results=(37, *RESULTS[1:]),
    numbers=Numbers((37, *RESULTS[1:], *(n for _, n in _MIXED)), DOUBLE),
    outcome=replace(OUTCOME, pocket=37, round=1283, bets=MappingProxyType({157: 20})),
)
LOCKED = replace(
    PLAYER,
    law=Law(WheelKind.SINGLE, Zero.PRISON2),
    my_bets=MappingProxyType({17: 25, RED: 50, 164: 100, 166: 40, 172: 25, 169: 500}),
    totals=MappingProxyType(
        {17: 25, RED: 75, 164: 100, 165: 20, 166: 40, 172: 25, 167: 60, 169: 500}
    ),
    bets=(),
)
"""What zero has locked lies on the lower line of its field."""


def _plain(view: RouletteView) -> Setup:
    def setup(scene: TableScene) -> float:
        scene.show_table(view, NOW)
        return NOW

    return setup


def _on_top_line(scene: TableScene) -> float:
    scene.show_table(TWO_ZEROS, NOW)
    scene.ui.hover = 163
    return NOW


def _two_zeros_record(scene: TableScene) -> float:
    scene.show_table(TWO_ZEROS, NOW)
    scene.ui.record.open = True
    scene.ui.record.page = "numbers"
    return NOW


def _round(view: RouletteView, outcome: Outcome, after: float) -> Setup:
    """A round that was spun, seen so long after the ball settled, or before, if negative."""

    def setup(scene: TableScene) -> float:
        won = outcome.net or 0
        staked = sum(outcome.bets.values())
        over = Played(outcome.round, outcome.pocket, staked, staked + won, won, NIGHT_ENDS)
        rounds = (*view.night.rounds, over) if view.role is Role.PLAYER else ()
        start = NOW - 20
        scene.show_table(view, start - 1)
        scene.show_table(replace(view, phase=Phase.CLOSED, deadline=start + 3), start)
        settled = replace(
            view,
            phase=Phase.BETTING,
            round=view.round + 1,
            my_bets=MappingProxyType({}),
            totals=MappingProxyType({}),
            bets=(),
            bet_count=0,
            bettors=0,
            balance=None if view.balance is None else view.balance + (outcome.net or 0) + 185,
            outcome=outcome,
            results=(outcome.pocket, *view.results),
            night=Night(rounds),
        )
        scene.show_table(settled, start + 1)
        return scene.show.settled + after

    return setup


def _hover(scene: TableScene) -> float:
    scene.show_table(replace(PLAYER, pending=MappingProxyType({23: 25, 36: 5})), NOW)
    scene.ui.hover = 26
    return NOW


def _voisins(scene: TableScene) -> float:
    scene.show_table(PLAYER, NOW)
    scene.ui.aim = Aim(Kind.SECTOR, sector="voisins")
    return NOW


def _neighbours(scene: TableScene) -> float:
    scene.show_table(PLAYER, NOW)
    scene.ui.aim, scene.ui.reach = Aim(Kind.NUMBER, 17), 3
    return NOW


def _turned(scene: TableScene) -> float:
    scene.show_table(PLAYER, NOW)
    scene.ui.track = False
    return NOW


def _all_in(scene: TableScene) -> float:
    scene.show_table(PLAYER, NOW)
    scene.all_in(NOW)
    scene.ui.sure = 17
    scene.ui.bubble = Bubble(scene.words("note.all_in", n="1 240"), NOW + 4, 17)
    return NOW


def _dragging(scene: TableScene) -> float:
    scene.show_table(PLAYER, NOW)
    scene.ui.drag, scene.ui.hover = 14, 29
    scene.ui.pointer = scene.frame(NOW).layout.anchor(29)
    return NOW


def _rebet(scene: TableScene) -> float:
    scene.show_table(replace(PLAYER, round=1283), NOW)
    scene.show_table(replace(PLAYER, my_bets=MappingProxyType({}), bets=()), NOW)
    return NOW


def _held(scene: TableScene) -> float:
    more = (Bet("Boris", 17, 60), Bet("Chen", 17, 40), Bet("Eve", 14, 5))
    totals = MappingProxyType({**ALL, 17: 200, 14: 65})
    scene.show_table(replace(PLAYER, bets=BETS + more, totals=totals), NOW)
    scene.ui.hover = 17
    return NOW


def _followed(scene: TableScene) -> float:
    scene.show_table(PLAYER, NOW)
    scene.ui.tab, scene.ui.over = "players", "person:3"
    return NOW


def _favourites(scene: TableScene) -> float:
    scene.show_table(PLAYER, NOW)
    scene.ui.choosing, scene.ui.over = True, "favourite:1"
    scene.ui.preferences = Preferences(
        games=among(
            {},
            (
                Favourite("День рождения", ((14, 25), (7, 25), (RED, 100))),
                Favourite("Voisins", ((17, 40), (CORNER, 25))),
                Favourite("low and slow", ((BLACK, 5),)),
            ),
        )
    )
    return NOW


def _no_favourites(scene: TableScene) -> float:
    scene.show_table(FIRST, NOW)
    scene.choose(NOW)
    return NOW


def _refused(scene: TableScene) -> float:
    scene.show_table(PLAYER, NOW)
    scene.ui.sum = "5000"
    text = scene.words("note.not_enough", n="1240")
    scene.ui.bubble = Bubble(text, NOW + 4, SPLIT)
    return NOW


def _menu(scene: TableScene) -> float:
    scene.show_table(PLAYER, NOW)
    scene.ui.menu, scene.ui.over, scene.ui.tab = True, "set:language", "history"
    return NOW


def _eyes(scene: TableScene) -> float:
    """Large type, and marks besides the colours."""
    now = _held(scene)
    scene.prefer(large=True, marks=True)
    scene.ui.hover, scene.ui.menu, scene.ui.focus = None, True, "set:reading"
    return now


def _limits(scene: TableScene) -> float:
    """A limit that counts, and a higher one that does not count yet."""
    scene.show_table(PLAYER, NOW)
    loss, minutes = Limit(500, None, EVENING + 900), Limit(180, 180)
    scene.ui.own_limits = replace(scene.ui.own_limits, loss=loss, minutes=minutes)
    scene.ui.menu, scene.ui.focus = True, "set:loss"
    return NOW


def _reached(scene: TableScene) -> float:
    scene.show_table(PLAYER, NOW)
    scene.ui.own_limits = replace(scene.ui.own_limits, began=EVENING - 7300)
    scene.mind(EVENING, NOW)
    scene.ui.own_limits = replace(scene.ui.own_limits, minutes=Limit(120, 120))
    scene.mind(EVENING, NOW)
    clockless = (replace(each, clock="") for each in scene.ui.talk.own)
    scene.ui.talk.own = tuple(clockless)  # Where the tests run it may be any hour.
    scene.ui.talk.look(PLAYER)
    return NOW


def _keys(view: RouletteView) -> Setup:
    def setup(scene: TableScene) -> float:
        scene.show_table(view, NOW)
        scene.activate("button:help", NOW)
        return NOW

    return setup


HALL = (
    TableRow(1, "Table 1", "roulette", True, 6, 1, Role.PLAYER, here=True),
    TableRow(2, "Быстрое колесо", "roulette", False, 1, 0, Role.PLAYER, awaits=True),
    TableRow(3, "The one by the window with a rather long name", "roulette", True, 21, 32),
    TableRow(4, "Green Room", "", True, 5, 0),
    TableRow(7, "High stakes", "roulette", False, 0, 2, Role.WATCHER),
)


def _in_a_hall(rows: tuple[TableRow, ...], *, open_: bool = False) -> Setup:
    def setup(scene: TableScene) -> float:
        scene.show_table(replace(PLAYER, hall=rows), NOW)
        if open_:
            scene.activate("button:tables", NOW)
            scene.ui.over = f"sit:{rows[2].number}"
        return NOW

    return setup


def _picked(scene: TableScene) -> float:
    scene.show_table(CROUPIER, NOW)
    scene.ui.tab, scene.ui.person, scene.ui.armed = "players", 3, "button:kick"
    return NOW


def _session(scene: TableScene) -> float:
    """In a private session, with an unread line elsewhere."""
    scene.show_table(TALKING, NOW)
    scene.show_room(2)
    scene.ui.focus, scene.ui.lines["field:say"] = "field:say", "ok"
    return NOW


def _asked(scene: TableScene) -> float:
    """Somebody asks for a session, somebody else wrote, and a line could not be said."""
    rooms = (*ROOMS, Room(6, "Eve", Tie.ASKS))
    scene.show_table(replace(TALKING, rooms=rooms), NOW)
    scene.say_why(scene.words("why.wait", n=3), NOW)
    return NOW


def _listed(scene: TableScene) -> float:
    """A player looks at who is there, and picked somebody."""
    people = [
        replace(each, away=each.seat == 4, muted=each.seat == 6, ignored=each.seat == 3)
        for each in PLAYER.people
    ]
    scene.show_table(replace(PLAYER, people=tuple(people)), NOW)
    scene.ui.tab, scene.ui.person = "players", 2
    scene.show_room(2, "Анна")
    return NOW


def _calling(scene: TableScene) -> float:
    scene.show_table(CROUPIER, NOW)
    scene.ui.talk.calls, scene.ui.over = True, "call:LAST_CALL"
    return NOW


def _helping(scene: TableScene) -> float:
    scene.show_table(TALKING, NOW)
    scene.ui.talk.help, scene.ui.over = True, "command:session"
    return NOW


def _classic_hover(scene: TableScene) -> float:
    scene.show_table(CLASSIC, NOW)
    scene.ui.hover = EVEN
    return NOW


def _reading(view: RouletteView, page: str) -> Setup:
    def setup(scene: TableScene) -> float:
        scene.show_table(view, NOW)
        scene.open_record(page, NOW)
        return NOW

    return setup


def _proof(view: RouletteView, seconds: float, number: int = 0) -> Setup:
    """The page of fairness, so long after one began to look at this round."""

    def setup(scene: TableScene) -> float:
        _reading(view, "proof")(scene)
        scene.ui.record.round = number
        return NOW + seconds

    return setup


def _copied(scene: TableScene) -> float:
    now = _proof(PLAYER, 9, 1281)(scene)
    path = "/home/fedor/Documents/Croupier/evidence-00010203-round-1281.json"
    scene.ui.record.say(scene.words("fair.copied", path=path), path)
    return now


def _read_a_round(scene: TableScene) -> float:
    """An older round, and the night was saved."""
    _reading(PLAYER, "night")(scene)
    scene.ui.record.round = 1275
    path = "/home/fedor/Documents/Croupier/croupier-2026-09-21-fedor.html"
    scene.ui.record.say(scene.words("record.saved", path=path), path)
    scene.ui.over = "round:1281"
    return NOW


def _pointed(scene: TableScene) -> float:
    _reading(PLAYER, "numbers")(scene)
    scene.ui.record.span, scene.ui.over = 100, "heat:17"
    return NOW


STATES: dict[str, Setup] = {
    "first": _plain(FIRST),
    "betting": _plain(PLAYER),
    "hover": _hover,
    "voisins": _voisins,
    "neighbours": _neighbours,
    "plate": _turned,
    "favourites": _favourites,
    "no favourites": _no_favourites,
    "holders": _held,
    "followed": _followed,
    "all in": _all_in,
    "dragging": _dragging,
    "rebet": _rebet,
    "refused": _refused,
    "croupier spins": _plain(replace(PLAYER, auto=None, deadline=None)),
    "last call": _plain(replace(PLAYER, deadline=NOW + 4)),
    "spinning": _round(PLAYER, OUTCOME, -7.6),
    "hopping": _round(PLAYER, OUTCOME, -1.9),
    "won": _round(PLAYER, OUTCOME, 0.4),
    "raked": _round(PLAYER, OUTCOME, 1.05),
    "paid": _round(PLAYER, OUTCOME, 1.7),
    "lost": _round(PLAYER, LOST, 3.4),
    "not verified": _plain(replace(PLAYER, verified=False, proof="evidence-1283.json")),
    "line lost": _plain(
        replace(PLAYER, line=Line.LOST, retry_at=NOW + 8, latency=None, deadline=None)
    ),
    "kicked": _plain(replace(PLAYER, line=Line.ENDED, why_lost="kicked", deadline=None)),
    "settings": _menu,
    "large type": _eyes,
    "limits": _limits,
    "limit reached": _reached,
    "keys": _keys(PLAYER),
    "keys of the croupier": _keys(CROUPIER),
    "hall": _in_a_hall(HALL, open_=True),
    "hall of many": _in_a_hall(
        tuple(replace(HALL[-1], number=at, role=None) for at in range(1, 40)), open_=True
    ),
    "elsewhere": _in_a_hall(HALL),
    "elsewhere fails": _in_a_hall((HALL[0], replace(HALL[1], fails=True))),
    "numbers": _reading(PLAYER, "numbers"),
    "numbers pointed": _pointed,
    "numbers first": _reading(FIRST, "numbers"),
    "night": _reading(PLAYER, "night"),
    "night round": _read_a_round,
    "night first": _reading(FIRST, "night"),
    "proof": _proof(PLAYER, 9),
    "proof begun": _proof(PLAYER, 1.6),
    "proof copied": _copied,
    "proof grey": _proof(replace(PLAYER, verdicts={**VERDICTS, 1283: UNSURE}), 9, 1283),
    "proof asked": _proof(PLAYER, 9, 1270),
    "proof fails": _proof(replace(PLAYER, verdicts={**VERDICTS, 1283: WRONG}), 9, 1283),
    "croupier night": _reading(CROUPIER, "night"),
    "croupier": _plain(CROUPIER),
    "croupier result": _round(CROUPIER, replace(OUTCOME, net=None), 0.4),
    "croupier picks": _picked,
    "croupier calls": _calling,
    "session": _session,
    "session asked": _asked,
    "people": _listed,
    "commands": _helping,
    "two zeros": _plain(TWO_ZEROS),
    "two zeros pointed": _on_top_line,
    "two zeros record": _two_zeros_record,
    "locked": _plain(LOCKED),
    "watcher": _plain(WATCHER),
    "watcher first": _plain(replace(FIRST, role=Role.WATCHER, balance=None)),
    "tv betting": _plain(WATCHER),
    "tv first": _plain(replace(FIRST, role=Role.WATCHER, balance=None)),
    "tv spinning": _round(WATCHER, replace(OUTCOME, net=None), -7.6),
    "tv result": _round(WATCHER, replace(OUTCOME, net=None), 0.4),
    "tv nobody won": _round(WATCHER, replace(LOST, net=None, nets=(("Eve", -75),)), 3.4),
    "tv alone": _plain(replace(WATCHER, deadline=NOW + 4)),
    "tv not verified": _plain(replace(WATCHER, verified=False)),
    "tv line lost": _plain(
        replace(WATCHER, line=Line.LOST, retry_at=NOW + 8, latency=None, deadline=None)
    ),
    "classic": _classic_hover,
    "classic croupier": _plain(replace(CLASSIC, role=Role.CROUPIER, my_bets=MappingProxyType({}))),
}


T = TypeVar("T")
SPRITES, SHELVES = 2000, 8

FRIENDS = Invitation("192.168.1.20", 1234)
ALONE = Invitation("127.0.0.1", 1234, for_others=False)


class Kept(Cache):
    """Sprites for all scenes of one size, zoom, language and kind of marks: to make them anew for
    each test would be half of what pictures cost. Their grounds are kept there as well, which would
    be half of the rest.
    """

    _shelves: ClassVar[dict[tuple[object, ...], Cache]] = {}

    def __init__(self, looks: Callable[[], tuple[object, ...]]) -> None:
        super().__init__(0)
        self._looks = looks
        self._shelf = Cache(SPRITES)

    def get(self, key: object, make: Callable[[], T]) -> T:
        return self._shelf.get(key, make)

    def clear(self, window: tuple[int, int] = (0, 0)) -> None:
        """It is a window of this size and these looks from now on."""
        kind = (window, *self._looks())
        shelf = self._shelves.pop(kind, None)
        if shelf is None:
            shelf = Cache(SPRITES)
            shelf.clear(window)
        self._shelf = self._shelves[kind] = shelf
        while len(self._shelves) > SHELVES:
            del self._shelves[next(iter(self._shelves))]


@cache
def _is_box(sign: str, face: Face) -> bool:
    """Whether the typeface draws it as it draws a sign for private use, which no typeface has."""
    font = Typesetter().font(face, 32)
    one, nobody = (
        pygame.image.tobytes(font.render(each, True, "white"), "RGBA") for each in (sign, "\ue123")
    )
    return one == nobody


class KeptType(Typesetter):
    """Lines for all scenes: whatever one looks like is in its key."""

    _all: ClassVar = (Cache(4 * SPRITES), Cache(4 * SPRITES))

    boxes: ClassVar[set[str]] = set()
    """Signs that the typeface has not: an empty box stands for each."""

    def __init__(self) -> None:
        super().__init__()
        self._lines, self._widths = self._all

    def line(self, text: str, face: Face, px: int, colour: Rgb, tracking: int = 0) -> Drawn:
        self.boxes.update(sign for sign in text if _is_box(sign, face))
        return super().line(text, face, px, colour, tracking)

    def clear(self, window: tuple[int, int] = (0, 0)) -> None:
        """Only the fonts end with the window that they were loaded for."""
        del window
        self._fonts.clear()


def _kept_ground(scene: "_Table | _Door", canvas: Canvas, draw: Callable[[Canvas], None]) -> None:
    def make() -> pygame.Surface:
        draw(canvas)
        return canvas.surface.copy()

    canvas.surface.blit(scene.made.get(("ground", scene.name, scene.cloth), make), (0, 0))


class _Table(TableScene):
    @property
    def cloth(self) -> Hashable:
        """What the ground depends on besides."""
        return self.known.wheel

    def draw_ground(self, canvas: Canvas) -> None:
        _kept_ground(self, canvas, super().draw_ground)


class _Tv(_Table, TvScene):
    pass


class _Door(ConnectScene):
    cloth = None

    def __init__(self, words: Words, type_: Typesetter, made: Cache) -> None:
        super().__init__(words, type_, made, self._kept)

    def _kept(self, c: Canvas, size: Size) -> None:
        _kept_ground(self, c, lambda canvas: DOOR(canvas, size))


def new_door(language: str) -> ConnectScene:
    """The scene before the table."""
    setter = KeptType()
    return _Door(Words(language), setter, Kept(lambda: (language, setter.zoom, False)))


def new_scene(state: str, language: str) -> TableScene:
    """The scene that the state is one of, with nothing in it."""
    setter = KeptType()
    kept = Kept(lambda: (language, setter.zoom, made.ui.preferences.marks))
    made: TableScene
    if not state.startswith("tv "):
        made = _Table(Words(language), setter, kept)
    else:
        invitation = ALONE if state == "tv alone" else FRIENDS
        made = _Tv(lambda: invitation, Words(language), setter, kept)
    return made


def scene(state: str, language: str, size: tuple[int, int]) -> tuple[TableScene, float]:
    """The scene in this state, and when to draw it."""
    made = new_scene(state, language)
    made.resize(size)
    made.greet(MANNERS, EVENING, NOW)
    now = STATES[state](made)
    return made, now


assert len(WHEEL) == len(HITS)
