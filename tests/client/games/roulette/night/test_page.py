"""The page of a night, letter by letter: `golden/` has it without its style."""

from pathlib import Path

import pytest

from client.games.roulette.night import export
from client.games.roulette.night.night import Night, Played
from client.games.roulette.night.page import page
from client.games.roulette.night.paper import Paper
from protocol.games.roulette.fields import Payout
from protocol.games.roulette.rules import RED

GOLDEN = Path(__file__).parent / "golden"
OWN = Night(
    (
        Played(11, 17, 25, 180, 155, 1, (Payout(17, 5, 180), Payout(RED, 20, 0)), verified=True),
        Played(12, None, 30, 30, 0, 2, (Payout(3, 30, 30),)),
        Played(13, 0, 2000, 0, -2000, 3, (Payout(RED, 2000, 0),), verified=False),
        Played(14, 5, 10, 10, 0, 4, (Payout(17, 5, 0), Payout(RED, 5, 10)), verified=True),
        Played(15, 7, 1, 2, 1, 5, (Payout(RED, 1, 2),), verified=True),
        Played(16, 2, 1, 0, -1, 6, (Payout(RED, 1, 0),), verified=True),
    )
)
HOUSE = Night(
    (
        Played(11, 17, 25, 180, -155, 1, players=2),
        Played(12, None, 30, 30, 0, 2, players=1),
        Played(13, 0, 2000, 0, 2000, 3, players=7),
    ),
    house=True,
)
NIGHTS = {"own": OWN, "house": HOUSE, "empty": Night()}


def paper(night: Night) -> Paper:
    return Paper(
        night, "A & B", "T<1>", export.words("en"), "spot&{}".format, "2026-11-30 1{}:00 h".format
    )


@pytest.mark.parametrize("night", NIGHTS)
def test_the_page_is_this(night: str) -> None:
    written = page(paper(NIGHTS[night]))
    head, _, rest = written.partition("<style>")
    style, _, body = rest.partition("</style>")
    golden = (GOLDEN / f"{night}.html").read_text("utf-8")
    assert head + body == golden
    assert all(each in style for each in (".tile.red", ".up", ".down", "@media print"))


@pytest.mark.parametrize(
    ("net", "label", "line", "ground", "last"),
    [
        (0, "0 … 0", "14.0,14.0 626.0,14.0", "14.0", "14.0"),
        (1, "0 … 1", "14.0,166.0 626.0,14.0", "166.0", "14.0"),
        (-1, "−1 … 0", "14.0,14.0 626.0,166.0", "14.0", "166.0"),
    ],
)
def test_the_curve_of_one_round_goes_from_edge_to_edge(
    net: int, label: str, line: str, ground: str, last: str
) -> None:
    written = page(paper(Night((Played(1, 5, 10, 10 + net, net),))))
    assert f'aria-label="{label}"' in written
    assert f'<polyline points="{line}"/><circle cx="626.0" cy="{last}" r="4"/>' in written
    assert f'<line x1="0" x2="640" y1="{ground}" y2="{ground}"/>' in written
