"""A file is read into what it says, or there is one plain line on what is wrong with it."""

from dataclasses import replace
from typing import Any

import pytest

from protocol.fair.document import Event, read, write
from protocol.fair.reading import NotADocument, read_json
from tests.protocol.fair.night import Document, Night, Step

HASH_BYTES = bytes((0xEE,)) * 32
HASH = HASH_BYTES.hex()
GONE = object()


def whole() -> Document:
    """With everything that may be in one."""
    night = Night()
    night.play(stakes={1: [(17, 0, 10)], 7: [(3, 0, 5)]})
    night.rounds[0]["own"] |= {"why_not": "locked", "left": True}
    night.rounds[0]["own"]["saw"] = {
        "anchor": HASH,
        "freezes": [HASH],
        "transcripts": {"1": [HASH]},
        "void": 1,
        "own_act": "yes",
    }
    night.play("sample", Step(10, bytes(8)), Step(9, bytes((0, 5, 0, 2)), missing=(2,)), own=None)
    return night.document()


def put(document: Document, way: str, value: Any) -> Document:
    """The same, with this value at the end of the way."""
    at: Any = document
    *keys, last = [int(key[1:]) if key[:1] == "#" else key for key in way.split("/")]
    for key in keys:
        at = at[key]
    if value is GONE:
        del at[last]
    else:
        at[last] = value
    return document


def refused(way: str, value: Any) -> str:
    with pytest.raises(NotADocument) as refusal:
        read(put(whole(), way, value))
    said = str(refusal.value)
    assert said.isprintable()
    assert len(said) < 200
    return said


def test_a_whole_document_is_read() -> None:
    raw = whole()
    table, anchor, (first, second) = read(raw)
    assert (table.hex(), anchor.hex()) == (raw["table"], raw["anchor"])
    told = raw["rounds"][0]
    for key in ("name", "game", "rules", "contributors", "players"):
        assert getattr(first, key) == told[key]
    for key in ("seed_before", "history", "state", "says_root", "stakes_root", "freeze"):
        assert getattr(first, key).hex() == told[key]
    assert (first.number, first.first_event) == (1, 1)
    assert first.says == {a: bytes.fromhex(told["says"][str(a)]) for a in (1, 2, 3)}
    assert first.stakes == {1: [(17, 0, 10)], 7: [(3, 0, 5)]}
    assert first.payouts is not None
    assert first.payouts.keys() == {1, 7}
    own = first.own
    assert own is not None
    assert (own.account, own.why_not, own.left) == (1, "locked", True)
    assert (own.bets, own.payout) == ([(17, 0, 10)], told["own"]["payout"])
    assert own.stake == (0, [bytes.fromhex(each) for each in told["own"]["stake"]["proof"]])
    assert own.say == (0, [bytes.fromhex(each) for each in told["own"]["say"]["proof"]])
    assert own.links[1].in_time is True
    assert own.links[1].link.hex() == told["own"]["links"]["1"]["link"]
    assert own.saw.anchor == bytes.fromhex(HASH)
    assert own.saw.freezes == [bytes.fromhex(HASH)]
    assert own.saw.transcripts == {1: [bytes.fromhex(HASH)]}
    assert own.saw.steps == ["void", "own_act"]
    note, event = second.events
    assert note.is_note
    assert (note.what, note.detail, note.number, note.links) == (10, bytes(8), 0, None)
    assert not event.is_note
    assert (event.what, event.detail, event.number) == (9, bytes((0, 5, 0, 2)), 2)
    drawn = raw["rounds"][1]["events"][1]
    for key, value in (
        ("T", event.step),
        ("links_root", event.links_root),
        ("R", event.shown),
        ("seed", event.seed),
        ("done", event.done),
    ):
        assert drawn[key] == value.hex()
    assert event.links is not None
    assert event.links[2] is None
    assert event.links[3] == bytes.fromhex(drawn["links"]["3"])
    assert event.result == drawn["result"]
    assert second.own is None


def test_what_was_read_is_written_the_same() -> None:
    raw = whole()
    raw["rounds"][0]["own"]["saw"] |= {"void": True, "own_act": True}
    assert write(read(raw)) == raw
    for key in ("says", "stakes", "payouts", "own"):
        raw["rounds"][0].pop(key, None)
        raw["rounds"][1].pop(key, None)
    for told in raw["rounds"]:
        for event in told["events"]:
            event.pop("links", None)
    assert write(read(raw)) == raw
    raw["rounds"][0]["own"] = {"account": 5, "links": {}}
    assert write(read(raw)) == raw


def test_a_step_that_is_still_open_is_not_written() -> None:
    document = read(whole())
    (first, second) = document.rounds
    asked = Event(1, b"", HASH_BYTES, 9, b"", b"", b"", b"", None, None)
    first = replace(first, events=[*first.events, asked])
    assert write(document._replace(rounds=(first, second))) == write(document)


def test_what_may_be_missing_may_be_missing() -> None:
    raw = whole()
    for key in ("name", "says", "stakes", "payouts"):
        del raw["rounds"][0][key]
    del raw["rounds"][0]["events"][0]["links"]
    del raw["rounds"][0]["events"][0]["result"]
    raw["rounds"][0]["own"] = {"account": 5}
    first = read(raw).rounds[0]
    assert (first.name, first.says, first.stakes, first.payouts) == ("", None, None, None)
    assert (first.events[0].links, first.events[0].result) == (None, None)
    own = first.own
    assert own is not None
    assert (own.account, own.why_not, own.left, own.links) == (5, "", False, {})
    assert (own.head, own.say, own.bets, own.stake, own.payout) == (None, None, None, None, None)
    assert own.saw == (None, [], {}, [])


def test_other_keys_are_passed_over_and_a_name_may_be_anything() -> None:
    raw = put(whole(), "rounds/#0/more", {"a": 1})
    raw["rounds"][0]["name"] = 7
    assert read(raw).rounds[0].name == ""


ROUND, EVENT, OWN = "rounds/#0", "rounds/#0/events/#0", "rounds/#0/own"
HASHES = [
    "anchor",
    *(f"{ROUND}/{key}" for key in ("seed_before", "history", "says_root", "stakes_root", "freeze")),
    *(f"{EVENT}/{key}" for key in ("T", "links_root", "R", "seed", "done", "links/1")),
    *(f"{OWN}/{key}" for key in ("head", "links/1/link", "saw/anchor")),
    *(f"{OWN}/{key}/proof/#0" for key in ("say", "stake", "links/1")),
    *(f"{OWN}/{key}/#0" for key in ("saw/freezes", "saw/transcripts/1")),
    "rounds/#0/says/2",
]


@pytest.mark.parametrize("way", HASHES)
@pytest.mark.parametrize("value", ["", HASH[2:], HASH + "00", "zz" * 32, 5, [HASH], " " + HASH])
def test_a_hash_is_32_bytes(way: str, value: Any) -> None:
    assert refused(way, value).endswith("is not 32 bytes in hexadecimal")


def test_a_hash_may_have_capitals() -> None:
    assert read(put(whole(), "anchor", HASH.upper())).anchor == bytes.fromhex(HASH)


def test_a_table_is_16_bytes() -> None:
    assert refused("table", HASH) == '"table" is not 16 bytes in hexadecimal'
    assert refused("table", GONE) == '"table" is not 16 bytes in hexadecimal'


@pytest.mark.parametrize("way", [f"{ROUND}/state", f"{EVENT}/detail"])
def test_bytes_are_as_many_as_a_step_may_have(way: str) -> None:
    read(put(whole(), way, "00" * 65535))
    for value in ("00" * 65536, "0", "00 00", 0, None):
        assert refused(way, value).endswith(" is not bytes in hexadecimal")


@pytest.mark.parametrize(
    ("way", "bits"),
    [
        (f"{ROUND}/round", 64),
        (f"{ROUND}/first_event", 64),
        (f"{ROUND}/contributors", 32),
        (f"{ROUND}/players", 32),
        (f"{ROUND}/payouts/1", 64),
        (f"{ROUND}/stakes/1/#0/#0", 8),
        (f"{ROUND}/stakes/1/#0/#1", 8),
        (f"{ROUND}/stakes/1/#0/#2", 64),
        (f"{EVENT}/event", 64),
        (f"{EVENT}/what", 8),
        (f"{OWN}/account", 64),
        (f"{OWN}/payout", 64),
        (f"{OWN}/say/index", 32),
        (f"{OWN}/stake/index", 32),
    ],
)
def test_numbers_have_their_range(way: str, bits: int) -> None:
    read(put(whole(), way, 0))
    read(put(whole(), way, 2**bits - 1))
    for value in (2**bits, -1, 1.0, True, "1", None, 10**400):
        assert f"is not a whole number from 0 to {2**bits - 1}" in refused(way, value)


@pytest.mark.parametrize("way", [f"{ROUND}/game", f"{ROUND}/rules", f"{OWN}/why_not"])
def test_words_are_texts(way: str) -> None:
    for value in (None, 5, ["locked"], {"a": 1}):
        assert refused(way, value).endswith("is not a text")
    assert refused(way, "\ud800").endswith("has half a letter in it")


def test_a_reason_is_a_grey_word() -> None:
    assert "reasons" in refused(f"{OWN}/why_not", "tired")
    assert read(put(whole(), f"{OWN}/why_not", "")).rounds[0].own is not None


@pytest.mark.parametrize(
    "way",
    [
        *(f"{ROUND}/{key}" for key in ("says", "stakes", "payouts", "own")),
        *(f"{OWN}/{key}" for key in ("say", "stake", "links", "saw", "links/1")),
        *(f"{OWN}/saw/transcripts", f"{EVENT}/links", ROUND, EVENT),
    ],
)
def test_objects_are_in_braces(way: str) -> None:
    values: tuple[Any, ...] = (None, [], "x", 5)
    for value in values:
        assert refused(way, value).endswith("is not an object in braces")


@pytest.mark.parametrize(
    "way",
    [
        *("rounds", f"{ROUND}/events", f"{ROUND}/stakes/1", f"{OWN}/stake/bets"),
        *(f"{OWN}/say/proof", f"{OWN}/stake/proof", f"{OWN}/links/1/proof"),
        *(f"{OWN}/saw/freezes", f"{OWN}/saw/transcripts/1"),
    ],
)
def test_lists_are_lists(way: str) -> None:
    values: tuple[Any, ...] = (None, {}, "x", 5)
    for value in values:
        assert refused(way, value).endswith("is not a list")


@pytest.mark.parametrize("way", [f"{ROUND}/stakes/1", f"{OWN}/stake/bets"])
def test_a_bet_is_place_kind_and_chips(way: str) -> None:
    for value in ([[1, 2]], [[1, 2, 3, 4]], [5], [[1, 2, 3], "abc"], [[0, 0, 0]] * 65536):
        assert refused(way, value).endswith("is not a list of place, kind and chips")
    read(put(whole(), way, []))
    read(put(whole(), way, [[0, 0, 0]] * 65535))


@pytest.mark.parametrize("way", [f"{OWN}/say/proof", f"{OWN}/stake/proof", f"{OWN}/links/1/proof"])
def test_a_proof_is_no_longer_than_any_tree_is_high(way: str) -> None:
    read(put(whole(), way, [HASH] * 32))
    assert refused(way, [HASH] * 33) == '"proof" has more than 32 hashes'


def test_what_was_seen_has_an_end() -> None:
    read(put(whole(), f"{OWN}/saw/freezes", [HASH] * 65536))
    assert "more than 65536" in refused(f"{OWN}/saw/freezes", [HASH] * 65537)


@pytest.mark.parametrize(
    "way",
    [
        *(f"{ROUND}/{key}" for key in ("says", "stakes", "payouts")),
        *(f"{OWN}/links", f"{OWN}/saw/transcripts", f"{EVENT}/links"),
    ],
)
def test_accounts_and_events_are_written_in_one_way(way: str) -> None:
    for name in ("", "x", "-1", "01", "1.0", "１", "+1", "1_0", " 1", "9" * 21, "9" * 5000):
        assert "no account" in refused(f"{way}/{name}", None)


def test_an_account_has_64_bits() -> None:
    assert "an account" in refused(f"{ROUND}/says/{2**64}", HASH)
    read(put(whole(), f"{ROUND}/says/{2**64 - 1}", HASH))


def test_the_scheme_is_ours() -> None:
    assert refused("scheme", "croupier/1") == '"scheme" is not "croupier/2"'
    assert refused("scheme", GONE) == '"scheme" is not "croupier/2"'


def test_there_is_a_round() -> None:
    assert refused("rounds", []) == '"rounds" is empty'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b'{"a": NaN}', "NaN and Infinity"),
        (b'{"a": -Infinity}', "NaN and Infinity"),
        (b"[" * 100_000, "brackets"),
        (b'{"a":' * 100_000, "brackets"),
        (b'{"a": 1, "a": 1}', "twice"),
        (b'{"a": {"b": 1, "b": 2}}', "twice"),
        (b"[1]", "the document is not an object"),
        (b"null", "the document is not an object"),
        (b'{"a": %s}' % (b"9" * 5000), "not JSON"),
    ],
)
def test_what_is_no_json(content: bytes, why: str) -> None:
    with pytest.raises(NotADocument, match=why):
        read_json(content)


def test_json_is_read_as_text_or_bytes() -> None:
    assert read_json('{"a": [1, {"b": null}]}') == {"a": [1, {"b": None}]}
    assert read_json(b'{"a": "\xc3\xa9"}') == {"a": "é"}
