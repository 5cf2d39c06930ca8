"""Everything put together: what a link of ours has, and where it keeps things."""

import time
from pathlib import Path

import pytest

from client.connect import connect
from client.games.roulette.requests import place
from client.games.roulette.state import roulette
from client.house.state import Line
from client.requests import Enter
from client.store import Store
from tests.client.fake_table import TABLE
from tests.client.loopback import listening, until


@pytest.mark.parametrize("asked", [{}, {"diary": True}, {"diary": False}])
def test_a_link_keeps_what_it_is_given_where_it_belongs(
    asked: dict[str, bool], tmp_path: Path
) -> None:
    store, rung = Store(tmp_path), []
    earliest = time.time_ns() // 1_000_000
    with listening() as house:
        link = connect(
            "127.0.0.1",
            house.port,
            Enter("Ann"),
            store=store,
            **asked,
            on_news=lambda: rung.append(1),
        )
        try:
            until(link, lambda state: state.live and not state.pending)
            assert (link.host, link.port) == ("127.0.0.1", house.port)
            link.want(place(link.state, {17: 25}))
            steps = until(link, lambda state: roulette(state).round.own == {17: 25})
            sent = [each.at for step in steps for each in step.state.pending.values()]
            assert all(earliest <= at <= time.time_ns() // 1_000_000 for at in sent)
            assert sent
            with house.lock:
                house.table.close()
            with house.lock:
                house.table.settle()
            until(
                link, lambda state: bool(roulette(state).own_rounds) and 1 in state.table.verdicts
            )
        finally:
            link.close()
    assert rung
    kept = store.token(("127.0.0.1", house.port), TABLE, "Ann")
    assert kept == house.table.holders[1001].token
    assert len(kept) == 32
    assert bool([*tmp_path.glob("rounds-*-1001.jsonl")]) is asked.get("diary", True)


@pytest.mark.parametrize("classic", [True, False])
def test_a_link_speaks_the_dialect_that_was_asked_for(classic: bool, tmp_path: Path) -> None:
    with listening() as house:
        port = house.port
    link = connect("127.0.0.1", port, None, store=Store(tmp_path), classic=classic)
    try:
        until(link, lambda state: state.status.line is Line.GONE)
        assert link.state.classic is classic
    finally:
        link.close()
