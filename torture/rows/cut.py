"""Lines stall, break and swallow everything: who comes back sees what is in the books."""

import json
import select
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from time import monotonic

from client.connect import connect
from client.link import Link
from client.requests import Enter
from client.store import Store
from protocol.messages.bets import PlaceBets
from protocol.messages.desk import StartSpin
from protocol.messages.fields import Bet
from protocol.messages.lists import Phase, Seat
from server.audit import reading
from server.books import Books
from torture.books_check import wrong_evening
from torture.program import Nursery
from torture.proxy import Proxy, Weather
from torture.punter import PASSWORD
from torture.report import Row, Run, scratch

PLAYERS = 10
SHORT = (0.1, 1.2)
LONG = (0.1, 30.0)
"""How long the weather lasts, in seconds, in the test run and by the command."""
SHORT_OF = 100
BACK_WITHIN = 2.0
"""Seconds after the line is fine again and tried again."""
GRACE = 8.0
"""For a machine that has other things to do; what is over `BACK_WITHIN` is told."""


def do(run: Run) -> None:
    dice = Random(run.seed)
    with scratch() as folder, Nursery() as nursery:
        data, settings = folder / "data", folder / "quick.toml"
        settings.write_text("[rules]\nreveal_seconds = 0.3\n")
        options = ("--config", str(settings), "--stack", "1000000")
        with nursery.open(data, *options) as house:
            proxies = [Proxy(house.port) for _ in range(PLAYERS)]
            links = [
                connect(
                    "127.0.0.1", proxy.port, Enter(f"P{n}"), store=Store(folder / f"client-{n}")
                )
                for n, proxy in enumerate(proxies)
            ]
            boss = connect(
                "127.0.0.1",
                house.port,
                Enter("Boss", Seat.CROUPIER, PASSWORD),
                store=Store(folder / "client-boss"),
            )
            try:
                wait(boss, lambda: boss.state.live, 10)
                for link in links:
                    wait(link, partial(seated, link), 10)
                evening(run, data, proxies, links, boss, dice)
            finally:
                for link in (*links, boss):
                    link.close()
                for proxy in proxies:
                    proxy.close()
            run.check(house.stop() == 0, "the house did not close as it should")
        run.wrong += wrong_evening(data, ())


def evening(
    run: Run,
    data: Path,
    proxies: Sequence[Proxy],
    links: Sequence[Link],
    boss: Link,
    dice: Random,
) -> None:
    """Storms, and in between a look at what everybody sees."""
    slowest = 0.0
    cuts = run.each("cuts")
    while True:
        storm = [(n, proxy) for proxy, n in zip(proxies, cuts, strict=False)]
        if not storm:
            break
        until = weather(run, storm, dice)
        while monotonic() < until:
            play(links, boss, dice)
        for _, proxy in storm:
            proxy.be(Weather.FINE)
        for link in links:
            link.hurry()
        slowest = max(slowest, look(run, data, links))
    run.notes.append(f"everybody saw what the books say after {slowest:.2f} s at the most")


def weather(run: Run, storm: Sequence[tuple[int, Proxy]], dice: Random) -> float:
    """Each line gets its own; when it is over."""
    span = SHORT if run.count <= SHORT_OF else LONG
    for _, proxy in storm:
        kind = dice.choice(list(Weather))
        proxy.be(kind, reset=kind is Weather.FINE or dice.random() < 0.3)
        run.tried[f"of them {kind.value if kind is not Weather.FINE else 'reset'}"] += 1
    return monotonic() + dice.uniform(*span)


def play(links: Sequence[Link], boss: Link, dice: Random) -> None:
    """Somebody bets, and now and then the wheel turns."""
    link = dice.choice(links)
    state = link.state
    if state.live and state.round.phase is Phase.BETTING and len(state.pending) < 8:
        link.want(PlaceBets(0, state.round.number, (Bet(dice.randrange(157), 1),)))
    if dice.random() < 0.05 and boss.state.round.phase is Phase.BETTING:
        boss.want(StartSpin(0, boss.state.round.number))
    wait(link, lambda: False, 0.01)
    for each in (*links, boss):
        each.take()


def wait(link: Link, holds: Callable[[], bool], within: float) -> bool:
    """Until this holds, woken by what the link hears."""
    end = monotonic() + within
    while not holds():
        left = end - monotonic()
        if left <= 0:
            return False
        select.select([link.wakeup], [], [], min(left, 0.05))
        link.take()
    return True


def look(run: Run, data: Path, links: Sequence[Link]) -> float:
    """Whether everybody sees what is in the books; how long that took."""
    began = monotonic()
    wrong = ["nobody looked yet"]
    while wrong and monotonic() - began < BACK_WITHIN + GRACE:
        for link in links:
            wait(link, partial(settled, link), 0.5)
        books = books_of(data)
        wrong = [words for link in links for words in differs(link, books)]
    for words in wrong:
        run.check(False, words)
    return monotonic() - began


def seated(link: Link) -> bool:
    return link.state.live


def settled(link: Link) -> bool:
    state = link.state
    return state.live and not state.pending


def books_of(data: Path) -> Books:
    with reading(data) as reader:
        books, _ = reader.load()
        return books


def differs(link: Link, books: Books) -> list[str]:
    """What a client shows and the books say otherwise."""
    state = link.state
    if not settled(link):
        waits = f"waits for {len(state.pending)} answers" if state.live else "is not back"
        return [f"{state.name or link.port} {waits}: {state.status}"]
    holder = books.holders[state.account]
    own = {spot: chips for spot, chips in state.round.own.items() if chips}
    kept = dict(books.round.bets.get(state.account, {}))
    said = {"round": state.round.number, "balance": state.balance, "own": own}
    held = {"round": books.round.number, "balance": holder.wallet, "own": kept}
    return [] if said == held else [f"{state.name} shows {said}; the books: {json.dumps(held)}"]


ROW = Row("cut", "lines that stall, break and swallow everything", do, 100, 10_000)
