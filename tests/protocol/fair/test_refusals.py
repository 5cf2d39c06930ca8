"""The line on a file that is none names what is wrong, and with which words."""

from typing import Any

import pytest

from tests.protocol.fair.test_document import EVENT, HASH, OWN, ROUND, refused

NAMED = [
    *((key, f'"{key}"') for key in ("table", "anchor", "rounds")),
    (ROUND, "a round"),
    *(
        (f"{ROUND}/{key}", f'"{key}"')
        for key in (
            *("round", "game", "first_event", "seed_before", "history", "rules", "state"),
            *("contributors", "says_root", "players", "stakes_root", "freeze", "events", "own"),
            *("says", "stakes", "payouts"),
        )
    ),
    (f"{ROUND}/says/1", '"says"'),
    (f"{ROUND}/says/x", '"says"'),
    (f"{ROUND}/stakes/1", '"stakes"'),
    (f"{ROUND}/stakes/x", '"stakes"'),
    (f"{ROUND}/payouts/1", '"payouts"'),
    (f"{ROUND}/payouts/x", '"payouts"'),
    (f"{ROUND}/stakes/1/#0/#0", "a place"),
    (f"{ROUND}/stakes/1/#0/#1", "a kind"),
    (f"{ROUND}/stakes/1/#0/#2", "chips"),
    (EVENT, "an event"),
    *(
        (f"{EVENT}/{key}", f'"{key}"')
        for key in ("what", "detail", "T", "event", "links_root", "R", "seed", "done", "links")
    ),
    (f"{EVENT}/links/1", '"links"'),
    (f"{EVENT}/links/x", '"links"'),
    *(
        (f"{OWN}/{key}", f'"{key}"')
        for key in ("account", "why_not", "head", "say", "stake", "links", "payout", "saw")
    ),
    (f"{OWN}/say/index", '"index"'),
    (f"{OWN}/say/proof", '"proof"'),
    (f"{OWN}/say/proof/#0", '"proof"'),
    (f"{OWN}/stake/bets", '"bets"'),
    (f"{OWN}/stake/index", '"index"'),
    (f"{OWN}/stake/proof", '"proof"'),
    (f"{OWN}/links/1", "an own link"),
    (f"{OWN}/links/x", "an event"),
    (f"{OWN}/links/1/link", '"link"'),
    (f"{OWN}/links/1/proof", '"proof"'),
    (f"{OWN}/saw/anchor", '"anchor"'),
    (f"{OWN}/saw/freezes", '"freezes"'),
    (f"{OWN}/saw/freezes/#0", '"freezes"'),
    (f"{OWN}/saw/transcripts", '"transcripts"'),
    (f"{OWN}/saw/transcripts/1", '"transcripts"'),
    (f"{OWN}/saw/transcripts/x", "an event"),
]


@pytest.mark.parametrize(("way", "name"), NAMED)
def test_what_is_wrong_is_named(way: str, name: str) -> None:
    said = refused(way, -1)
    assert said.startswith((f"{name} ", f"{name}: "))


@pytest.mark.parametrize("key", ["table", "anchor", "rounds", f"{ROUND}/round", f"{EVENT}/T"])
def test_what_is_missing_is_named(key: str) -> None:
    assert refused(key, None).startswith(f'"{key.rpartition("/")[2]}"')


@pytest.mark.parametrize(
    ("way", "value", "said"),
    [
        (
            f"{ROUND}/round",
            "7",
            "\"round\": '7' is not a whole number from 0 to 18446744073709551615",
        ),
        (f"{ROUND}/game", 7, '"game" is not a text'),
        (f"{ROUND}/rules", "\ud800", '"rules" has half a letter in it'),
        (f"{ROUND}/state", "x", '"state" is not bytes in hexadecimal'),
        (f"{ROUND}/events", 7, '"events" is not a list'),
        (ROUND, 7, "a round is not an object in braces"),
        (f"{OWN}/why_not", "x", '"why_not" is none of the reasons for having no say'),
        (f"{ROUND}/says/x", HASH, '"says" names something that is no account'),
        (
            f"{ROUND}/says/{2**64}",
            HASH,
            f"an account: {2**64} is not a whole number from 0 to {2**64 - 1}",
        ),
    ],
)
def test_the_whole_line(way: str, value: Any, said: str) -> None:
    assert refused(way, value) == said


def test_as_much_of_a_value_is_shown_as_says_what_it_is() -> None:
    said = refused(f"{ROUND}/round", [{"a": [1, 2]}, "x" * 1000])
    assert said.startswith('"round": [{...}, \'xxxx')
    assert len(said) < 130
