from dataclasses import FrozenInstanceError
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import limits
from protocol.framing import Decoder, Dialect
from protocol.games.roulette.bets import PlaceBets
from protocol.games.roulette.desk import StartSpin
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.lists import Phase, RoundState
from protocol.games.roulette.records import ListResults, OwnRoundEntry, OwnRoundsListed
from protocol.games.roulette.rounds import PlayerSettled
from protocol.house.door import Greeting, Ping, Refused
from protocol.house.draw import YourDraw
from protocol.house.fields import NO_SPOT
from protocol.house.lists import Reason
from protocol.house.talk import ListTalk, Said, Say
from protocol.messages import FROM_CLIENT, FROM_SERVER, MESSAGES, SUBJECTS
from protocol.wire import HEADER, HOUSE, Message, Party, Request, Side, decode, encode, packer
from tests.protocol.making import largest
from tests.protocol.strategies import strategy

EVERY = sorted(MESSAGES.items())


def again(said: Message) -> Message | None:
    """The message after the way over the wire."""
    frame = encode(said)
    _, kind, table, size = HEADER.unpack_from(frame)
    assert size == len(frame) - HEADER.size
    return decode(MESSAGES, kind, table, frame[HEADER.size :])


@given(st.one_of([strategy(owner.LAYOUT) for _, owner in EVERY]))
def test_every_message_comes_back_as_it_went(said: Message) -> None:
    assert again(said) == said


@pytest.mark.parametrize("owner", [owner for _, owner in EVERY], ids=lambda owner: owner.__name__)
def test_the_largest_of_each_message_fits_its_frame(owner: type[Message]) -> None:
    said = largest(owner.LAYOUT)
    frame = encode(said)
    assert len(frame) == HEADER.size + owner.LAYOUT.most_size
    assert again(said) == said
    if owner.SENDER is not Side.CLIENT:
        assert len(frame) <= limits.SERVER_FRAME_BYTES
    if owner.SENDER is not Side.SERVER:
        stranger = Party.STRANGER in owner.PARTY
        most = limits.STRANGER_FRAME_BYTES if stranger else limits.CLIENT_FRAME_BYTES
        assert len(frame) <= most


@pytest.mark.parametrize("owner", [owner for _, owner in EVERY], ids=lambda owner: owner.__name__)
def test_a_later_version_may_append_fields(owner: type[Message]) -> None:
    said = largest(owner.LAYOUT)
    body = encode(said)[HEADER.size :]
    assert decode(MESSAGES, owner.KIND, 0, body + b"something new") == said


def test_a_type_that_a_later_version_may_know_is_no_message() -> None:
    assert decode(MESSAGES, 0xEE, 0, b"anything") is None


def test_type_numbers_are_unique_and_every_message_is_found() -> None:
    declared = [
        found
        for subjects in SUBJECTS.values()
        for subject in subjects
        for found in vars(subject).values()
        if isinstance(found, type) and issubclass(found, Message) and hasattr(found, "KIND")
    ]
    assert len({found.KIND for found in declared}) == len(declared) == len(MESSAGES)
    assert set(FROM_CLIENT) | set(FROM_SERVER) == set(MESSAGES)


def test_a_request_begins_with_its_number_and_so_does_its_answer() -> None:
    for _, owner in EVERY:
        names = [field.name for field in owner.LAYOUT.fields]
        if issubclass(owner, Request):
            assert names[0] == "number"
            assert owner.SENDER is Side.CLIENT
        assert ("number" in names) == (names[0] == "number")


def test_a_message_is_frozen_and_slotted() -> None:
    for _, owner in EVERY:
        said = largest(owner.LAYOUT)
        assert not hasattr(said, "__dict__")
        for field in owner.LAYOUT.fields:
            with pytest.raises(FrozenInstanceError):
                setattr(said, field.name, getattr(said, field.name))


def test_who_may_say_what_and_when_stands_in_the_declaration() -> None:
    assert PlaceBets.PARTY is Party.PLAYER
    assert PlaceBets.PHASES == (Phase.BETTING,)
    assert StartSpin.PHASES == (Phase.BETTING, Phase.CLOSED)
    assert Ping.PARTY is Party.ANYONE
    assert Ping.PHASES == ()


def test_whoever_may_is_one_of_these() -> None:
    seated = [Party.PLAYER, Party.CROUPIER, Party.WATCHER]
    assert list(Party.SEATED) == seated
    assert list(Party.SIGNED_IN) == [Party.VISITOR, *seated]
    assert list(Party.ANYONE) == [Party.STRANGER, Party.VISITOR, *seated]


def test_the_greeting_and_the_refusal_have_the_shape_that_they_will_always_have() -> None:
    golden = "01 00 00 00000000 00000007  0001 0001 0001 78"
    assert encode(Greeting(1, 1, "x")) == bytes.fromhex(golden)
    refused = Refused(7, Reason.UNDER_LEAST, 17, 5, "no")
    golden = "01 00 01 00000000 00000016  0000000000000007 10 11 0000000000000005 0002 6e6f"
    assert encode(refused) == bytes.fromhex(golden)
    assert Refused(7, Reason.OTHER, NO_SPOT, 0, "").spot == 255


def test_a_message_says_at_which_table_or_is_said_at_the_one_that_is_named() -> None:
    said = Say(1, "here", table=3)
    assert again(said) == said != Say(1, "here")
    decoder = Decoder(Dialect.MODERN)
    heard = decoder.feed(b"".join((encode(Greeting(1, 1, "")), encode(said), encode(said, 9))))
    assert [each.table for each in heard if isinstance(each, Say)] == [3, 9]


def test_what_is_said_at_no_table_bears_none() -> None:
    assert (
        encode(Ping(7), 9)
        == encode(Ping(7))
        == bytes.fromhex("01 00 08 00000000 00000008") + (bytes(7) + b"\x07")
    )
    assert repr(Ping(7)) == "Ping(nonce=7)"
    assert repr(Say(1, "x", table=3)) == "Say(number=1, line='x', table=3)"


def test_what_is_of_a_game_is_said_at_a_table() -> None:
    for _, owner in EVERY:
        assert owner.AT_TABLE or owner.GAME == HOUSE, owner.__name__


def test_a_reason_of_a_later_version_is_read_as_other() -> None:
    frame = bytearray(encode(Refused(7, Reason.VERSION, NO_SPOT, 0, "sorry")))
    frame[HEADER.size + 8] = 250
    decoder = Decoder(Dialect.MODERN, from_server=True)
    assert list(decoder.feed(encode(Greeting(1, 1, "")) + frame))[1] == Refused(
        7, Reason.OTHER, NO_SPOT, 0, "sorry"
    )


def test_a_bet_of_each_spot_fits_one_request() -> None:
    bets = tuple(Bet(spot, 1) for spot in range(161))
    assert again(PlaceBets(1, 1, bets)) == PlaceBets(1, 1, bets)
    with pytest.raises(ValueError, match="162 is over the limit of 161"):
        encode(PlaceBets(1, 1, (*bets, Bet(0, 1))))


def test_what_is_no_hash_is_not_sent_as_one() -> None:
    for proof in ((b"short",), (7,), ("x" * 32,)):
        with pytest.raises(ValueError, match="an item"):
            encode(YourDraw(1, proof))  # type: ignore[arg-type]


@given(strategy(PlayerSettled.LAYOUT))
def test_what_is_packed_in_one_step_is_the_same_frame(said: Message) -> None:
    assert isinstance(said, PlayerSettled)
    rows = [value for row in said.payouts for value in (row.spot, row.stake, row.returned, row.end)]
    pack = packer(PlayerSettled, said.table, len(said.payouts))
    head = said.round_number, said.net, said.balance, len(said.payouts)
    frame = pack(*head, *rows, said.half_owed)
    assert frame == encode(said)


def test_what_has_no_fixed_size_is_not_packed_in_one_step() -> None:
    assert packer(Ping, 0)(7) == encode(Ping(7))
    assert packer(Ping, 3) is packer(Ping, 3)
    assert packer(PlayerSettled, 4)(1, -2, 3, 0, False) == encode(
        PlayerSettled(1, -2, 3, (), table=4)
    )
    row = OwnRoundEntry(7, RoundState.VOID, 0, 5, 0, ())
    listed = encode(OwnRoundsListed(1, (row,), True))
    assert packer(OwnRoundsListed, 0, 1)(1, 1, 7, RoundState.VOID, 0, 5, 0, 0, True) == listed
    proof = YourDraw(9, (b"a" * 32, b"b" * 32), table=4)
    assert packer(YourDraw, 4, 2)(9, 2, *proof.proof) == encode(proof)
    with pytest.raises(NotImplementedError, match="text ≤ 64 of 0 has no fixed size"):
        packer(Said, 0)


def test_a_message_is_equal_to_another_with_the_same_fields_and_shows_them() -> None:
    one, same = Bet(17, 5), Bet(17, 5)
    assert (one, hash(one)) == (same, hash(same))
    assert one != Bet(17, 6)
    assert one != (17, 5)
    assert one == mock.ANY
    assert repr(PlaceBets(1, 2, (one,))) == (
        "PlaceBets(number=1, round_number=2, bets=(Bet(spot=17, chips=5),))"
    )
    assert ListTalk(1) != ListResults(1)


def test_a_message_goes_to_another_table_as_it_is() -> None:
    said = ListTalk(1)
    assert said.to(7) == ListTalk(1, table=7)
    assert (said.to(7).table, said.to(7).to(0).table, said.table) == (7, 0, 0)
    assert said.to(0) is said
