import hashlib

import pytest
from hypothesis import given

from docs.tables import PAGE
from protocol import classic, limits
from protocol.classic import Code
from protocol.errors import Fault, ProtocolError
from protocol.framing import Decoder, Dialect, Spoken
from tests.protocol.strategies import CLASSIC_REPLIES, CLASSIC_REQUESTS
from tests.protocol.streams import refusal

DIGEST = hashlib.sha512(b"croupier").digest()


def from_client(data: bytes) -> list[Spoken]:
    return list(Decoder(Dialect.CLASSIC).feed(data))


def from_server(data: bytes) -> list[Spoken]:
    return list(Decoder(Dialect.CLASSIC, from_server=True).feed(data))


GOLDEN_REQUESTS: list[tuple[str, classic.Request]] = [
    ("00 0000000005 616c696365", classic.RegisterPlayer(b"alice")),
    ("80" + DIGEST.hex(), classic.RegisterCroupier(DIGEST)),
    ("20 25 0064", classic.PlaceBet(37, 100)),
    ("20 11 0032", classic.PlaceBet(17, 50)),
    ("a0" + DIGEST.hex(), classic.StartSpin(DIGEST)),
    ("40", classic.ListBets()),
    ("c0", classic.ListBets(as_croupier=True)),
    ("60", classic.ConfirmResults()),
    ("e0", classic.ConfirmResults(as_croupier=True)),
]
GOLDEN_REPLIES: list[tuple[str, classic.Reply]] = [
    ("00", classic.RegistrationAnswered(Code.OK)),
    ("08", classic.RegistrationAnswered(Code.CROUPIER_EXISTS)),
    ("10", classic.RegistrationAnswered(Code.WRONG_PASSWORD)),
    ("18", classic.RegistrationAnswered(Code.NAME_TAKEN)),
    ("38", classic.RegistrationAnswered(Code.REFUSED)),
    ("40", classic.OrderAnswered(Code.OK)),
    ("50", classic.OrderAnswered(Code.WRONG_PASSWORD)),
    ("60", classic.OrderAnswered(Code.SECOND_BET)),
    ("68", classic.OrderAnswered(Code.NOT_ENOUGH_PLAYERS)),
    ("70", classic.OrderAnswered(Code.NOT_ENOUGH_CHIPS)),
    ("78", classic.OrderAnswered(Code.REFUSED)),
    (
        "80 0000000001 0000000005 616c696365 0064 25",
        classic.BetsListed((classic.ListedBet("alice", 100, 37),)),
    ),
    (
        "80 0000000002 0000000000 0001 00 0000000000 ffff 26",
        classic.BetsListed((classic.ListedBet("", 1, 0), classic.ListedBet("", 65_535, 38))),
    ),
    ("80 0000000000", classic.BetsListed(())),
    ("c0 24 0000000000", classic.ResultsShown(36, ())),
    (
        "c0 1e 0000000002 0000000005 616c696365 0064 0000000006 d091d0bed0b1 ffce",
        classic.ResultsShown(30, (classic.Result("alice", 100), classic.Result("Боб", -50))),
    ),
]


@pytest.mark.parametrize(("golden", "said"), GOLDEN_REQUESTS)
def test_a_request_has_its_golden_bytes(golden: str, said: classic.Request) -> None:
    assert said.encode() == bytes.fromhex(golden)
    assert from_client(bytes.fromhex(golden)) == [said]


@pytest.mark.parametrize(("golden", "said"), GOLDEN_REPLIES)
def test_a_reply_has_its_golden_bytes(golden: str, said: classic.Reply) -> None:
    assert said.encode() == bytes.fromhex(golden)
    assert from_server(bytes.fromhex(golden)) == [said]


def test_even_and_odd_are_the_spots_of_the_page() -> None:
    page = PAGE.read_text("utf-8")
    assert f"0–36 the number, {classic.EVEN} even, {classic.ODD} odd" in page


@given(CLASSIC_REQUESTS)
def test_every_request_comes_back_as_it_went(said: classic.Request) -> None:
    assert from_client(said.encode()) == [said]


@given(CLASSIC_REPLIES)
def test_every_reply_comes_back_as_it_went(said: classic.Reply) -> None:
    assert from_server(said.encode()) == [said]


def test_a_digest_may_come_in_hex() -> None:
    for head, request in ((b"\x80", classic.RegisterCroupier), (b"\xa0", classic.StartSpin)):
        assert from_client(head + DIGEST.hex().encode()) == [request(DIGEST)]


def test_half_a_hex_digest_stays_as_it_came() -> None:
    odd = b"ab" * 32 + b"\xff" * 64
    (said,) = from_client(b"\x80" + odd + b"\x40")[:1]
    assert said == classic.RegisterCroupier(odd)


def test_upper_case_hex_is_a_raw_digest() -> None:
    assert from_client(b"\x80" + b"AB" * 32) == [classic.RegisterCroupier(b"AB" * 32)]


def test_every_first_byte_is_a_frame_or_a_fault() -> None:
    requests = {0x00, 0x20, 0x40, 0x60, 0x80, 0xA0, 0xC0, 0xE0}
    replies = {*range(0x00, 0x80, 8), 0x80, 0xC0}
    for lawful, from_ours, fault in (
        (requests, False, Fault.UNKNOWN_REQUEST),
        (replies, True, Fault.UNKNOWN_REPLY),
    ):
        for head in range(256):
            decoder = Decoder(Dialect.CLASSIC, from_server=from_ours)
            if head in lawful:
                list(decoder.feed(bytes((head,))))
                continue
            with pytest.raises(ProtocolError, match=f"{head:#04x}") as caught:
                list(decoder.feed(bytes((head,))))
            assert caught.value.fault is fault


@pytest.mark.parametrize(
    ("golden", "fault"),
    [
        ("80 0000000001 0000000001 61 0001 27", Fault.OUT_OF_RANGE),
        ("80 0000000001 0000000001 ff 0001 25", Fault.NOT_TEXT),
        ("c0 25", Fault.OUT_OF_RANGE),
        ("c0 24 0000000001 0000000002 c328 0001", Fault.NOT_TEXT),
    ],
)
def test_a_reply_that_makes_no_sense_is_a_fault(golden: str, fault: Fault) -> None:
    with pytest.raises(ProtocolError) as caught:
        from_server(bytes.fromhex(golden))
    assert caught.value.fault is fault


def test_what_two_bytes_cannot_say_is_clamped() -> None:
    for chips, shown in ((65_534, b"\xff\xfe"), (65_535, b"\xff\xff"), (65_536, b"\xff\xff")):
        assert classic.ListedBet("a", chips, 0).encode()[-3:] == shown + b"\x00"
    for net, shown in (
        (32_767, b"\x7f\xff"),
        (32_768, b"\x7f\xff"),
        (-32_768, b"\x80\x00"),
        (-32_769, b"\x80\x00"),
    ):
        assert classic.Result("a", net).encode()[-2:] == shown


@pytest.mark.parametrize("before", ["00", "80", "c000", "80 0000000001", "c000 0000000001"])
@pytest.mark.parametrize("length", [2**20, 2**31, 2**32 - 1, 2**32, 2**40 - 1])
def test_a_length_over_its_limit_is_refused_at_once(before: str, length: int) -> None:
    data = bytes.fromhex(before) + length.to_bytes(5, "big")
    decoder = Decoder(Dialect.CLASSIC, from_server=before != "00")
    error, allocated = refusal(decoder, data)
    assert error.fault is Fault.TOO_LARGE
    assert str(length) in error.detail
    assert allocated <= 4096


def test_a_name_of_the_longest_length_is_waited_for_and_one_more_is_not() -> None:
    def header(length: int) -> bytes:
        return b"\0" + length.to_bytes(5, "big")

    longest = limits.CLASSIC_NAME_BYTES
    assert from_client(header(longest)) == []
    assert from_client(header(longest) + b"x" * longest) == [classic.RegisterPlayer(b"x" * longest)]
    assert from_client(header(0)) == [classic.RegisterPlayer(b"")]
    with pytest.raises(ProtocolError, match=f"{longest + 1} where {longest} is the most"):
        from_client(header(longest + 1))


def test_a_reply_is_refused_where_it_would_grow_over_its_limit() -> None:
    row = (1000).to_bytes(5, "big") + b"x" * 1000 + b"\0\1\0"
    decoder = Decoder(Dialect.CLASSIC, from_server=True)
    assert list(decoder.feed(b"\x80" + (2000).to_bytes(5, "big"))) == []
    fitting = (2**20 - 6) // len(row)
    for _ in range(fitting):
        assert list(decoder.feed(row)) == []
    with pytest.raises(ProtocolError, match="is the most"):
        list(decoder.feed(row))


BETS, BET = b"\x80", b"\0\1\0"
RESULTS, RESULT = b"\xc0\0", b"\0\1"


@pytest.mark.parametrize(("head", "rest"), [(BETS, BET), (RESULTS, RESULT)])
def test_a_count_may_fill_a_reply_with_empty_names_and_not_more(head: bytes, rest: bytes) -> None:
    most = (2**20 - len(head) - 5) // (5 + len(rest))
    assert from_server(head + most.to_bytes(5, "big")) == []
    with pytest.raises(ProtocolError, match=f"{most + 1} where {most} is the most"):
        from_server(head + (most + 1).to_bytes(5, "big"))


@pytest.mark.parametrize(("head", "rest"), [(BETS, BET), (RESULTS, RESULT)])
def test_a_reply_may_reach_its_limit_to_the_byte(head: bytes, rest: bytes) -> None:
    def row(name: int) -> bytes:
        return name.to_bytes(5, "big") + b"x" * name + rest

    full, left = divmod(2**20 - len(head) - 5 - len(row(0)), len(row(1000)))
    before = head + (full + 1).to_bytes(5, "big") + row(1000) * full
    assert len(before + row(left)) == 2**20
    (said,) = from_server(before + row(left))
    assert isinstance(said, classic.BetsListed | classic.ResultsShown)
    assert said.encode() == before + row(left)
    with pytest.raises(ProtocolError, match=f"{left + 1} where {left} is the most"):
        from_server(before + (left + 1).to_bytes(5, "big"))


@pytest.mark.parametrize("before", [BETS + b"\0\0\0\0\1", RESULTS + b"\0\0\0\0\1"])
def test_a_name_in_a_reply_is_as_long_as_in_a_request(before: bytes) -> None:
    longest = limits.CLASSIC_NAME_BYTES
    assert from_server(before + longest.to_bytes(5, "big")) == []
    with pytest.raises(ProtocolError, match=f"{longest + 1} where {longest} is the most"):
        from_server(before + (longest + 1).to_bytes(5, "big"))


def test_a_list_of_the_most_rows_fits_a_reply_whatever_the_names() -> None:
    name = "x" * limits.NAME_BYTES
    bets = (classic.ListedBet(name, 1, 0),) * limits.CLASSIC_ROWS
    listed = classic.BetsListed((*bets, classic.ListedBet("one more", 1, 0))).encode()
    assert len(listed) <= limits.CLASSIC_REPLY_BYTES
    assert from_server(listed) == [classic.BetsListed(bets)]
