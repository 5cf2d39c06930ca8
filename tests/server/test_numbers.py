"""The house's own numbers, which no setting changes: what the pages say of them, and with what the
measurements of docs/speed.md and docs/what-survives.md were made. Settings are held by their
example file, and what a test of its behaviour holds to the number does not stand here.
"""

import pytest

from server import house, owner
from server.draw import seeds
from server.host import commands, config
from server.net import cost, descriptors, listener
from server.people import ascending, guesses
from server.requests import door
from server.talk import table_talk
from tests.pages import said

PROTOCOL, HOST, SPEED = "protocol/README.md", "docs/host.md", "docs/speed.md"


@pytest.mark.parametrize(
    ("number", "page", "words"),
    [
        (config.DEFAULT_PORT, PROTOCOL, "A server listens on port {} unless its host chose"),
        (config.DEFAULT_PORT, "docs/croupier.toml.example", "#port = {} "),
        (door.VERSION, PROTOCOL, "| version | what changed | | --- | --- | | {} | the first:"),
        (door.OLDEST, PROTOCOL, "| version | what changed | | --- | --- | | {} | the first:"),
        (door.TOKEN_BYTES, PROTOCOL, "| {} bytes that prove whose the name is"),
        (table_talk.NOTICES, PROTOCOL, "of one person's comings and goings {} are told at once"),
        (table_talk.NOTICE_SECONDS, PROTOCOL, "are told at once, then one in {} seconds"),
        (house.NOTICES_UP_TO, PROTOCOL, "and none where more than {} sit"),
        (cost.SPOTS_A_COST, PROTOCOL, "and `TakeBackBets` as 1 more for every {} spots"),
        (guesses.AROUND, PROTOCOL, "begins a pause; {} times as many from the /24"),
        (owner.EXIT_LOST, HOST, "ends at once without an answer (exit status {})"),
        (door.TABLES_A_LINE, PROTOCOL, "A line may have a seat at {} tables at the most"),
        (commands.MUTE_SECONDS, HOST, "he may not talk, {} seconds if you say no other"),
        (descriptors.RESERVE, HOST, "keeps {} for itself"),
        (owner.YOUNG_OBJECTS, SPEED, "The search for circles after {} new objects"),
        (listener.IO_THREADS, SPEED, "no difference that could be seen; {} are left"),
    ],
)
def test_a_number_is_the_one_on_the_page(number: float, page: str, words: str) -> None:
    assert said(page, words, number)


@pytest.mark.parametrize(
    ("number", "is_"),
    [
        (house.DESK, 1),
        (guesses.KEPT, 50_000),
        (guesses.DOUBLINGS, 40),
        (listener.BACKLOG, 1024),
        (listener.FAREWELL_SECONDS, 1.0),
        (owner.QUESTION_SECONDS, 0.0005),
        (seeds.STRETCH, 1024),
        (ascending.FEW, 32),
    ],
)
def test_a_number_is_the_one_that_was_measured(number: float, is_: float) -> None:
    assert number == is_
