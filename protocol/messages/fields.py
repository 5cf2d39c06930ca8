"""The fields that many messages share: each quantity has one type, one size and one name."""

from typing import Annotated, TypeAlias

from protocol import limits
from protocol.kinds import Blob, Choice, Number, Raw, Text, YesNo
from protocol.layout import Record, record
from protocol.roulette import POCKETS, SPOTS, Group

NO_DEADLINE = 2**32 - 1
NO_SPOT = 255

RequestNumber: TypeAlias = Annotated[int, Number(8), "the number of the request"]
RoundNumber: TypeAlias = Annotated[int, Number(8), "the round, from 1"]
AccountId: TypeAlias = Annotated[int, Number(8), "whose; 0 is the house or nobody"]
Amount: TypeAlias = Annotated[int, Number(8), "chips"]
Balance: TypeAlias = Annotated[int, Number(8), "the chips that one can still bet"]
AtStake: TypeAlias = Annotated[int, Number(8), "the chips that one has on the table"]
Net: TypeAlias = Annotated[int, Number(8, signed=True), "chips won, or lost if negative"]
SpotNumber: TypeAlias = Annotated[int, Number(1, most=len(SPOTS) - 1), "the spot"]
PocketNumber: TypeAlias = Annotated[int, Number(1, most=len(POCKETS) - 1), "the number that fell"]
Count: TypeAlias = Annotated[int, Number(4), "how many"]
Flag: TypeAlias = Annotated[bool, YesNo(), ""]
Sha: TypeAlias = Annotated[bytes, Raw(32), "32 bytes of a hash or a secret"]
DrawId: TypeAlias = Annotated[bytes, Raw(16), "the table, as the fairness scheme names it"]
Millis: TypeAlias = Annotated[
    int, Number(4), f"milliseconds from the sending of this; {NO_DEADLINE}: no deadline"
]
Moment: TypeAlias = Annotated[int, Number(8), "when, in milliseconds since 1970, UTC"]
Seconds: TypeAlias = Annotated[int, Number(2), "seconds"]
Name: TypeAlias = Annotated[str, Text(limits.NAME_BYTES), "a name"]
Line: TypeAlias = Annotated[str, Text(limits.LINE_BYTES), "what is said"]
Words: TypeAlias = Annotated[str, Text(limits.LINE_BYTES), "in words, for a person"]
Digest: TypeAlias = Annotated[
    bytes, Blob(64), "SHA-512 of the password in UTF-8 (64 bytes), or nothing"
]
Token: TypeAlias = Annotated[bytes, Blob(32), "32 bytes that prove whose the name is, or nothing"]


@record
class Bet(Record):
    """Chips on a spot."""

    spot: SpotNumber
    chips: Amount


@record
class PlacedBet(Record):
    """What one player has on one spot now; no chips: he took them back."""

    account: AccountId
    spot: SpotNumber
    chips: Amount


@record
class SpotTotal(Record):
    """What everybody has on a spot now."""

    spot: SpotNumber
    chips: Amount
    players: Annotated[int, Number(4), "how many players have chips there"]


@record
class Payout(Record):
    """What became of one's bet on a spot."""

    spot: SpotNumber
    stake: Amount
    returned: Annotated[int, Number(8), "what came back: stake and winnings, or nothing"]


@record
class Result(Record):
    """What a player won or lost in a round."""

    account: AccountId
    name: Name
    net: Net


@record
class Commitment(Record):
    """A player's say in the number, sealed."""

    account: AccountId
    commitment: Sha


@record
class Reveal(Record):
    """A player's say in the number, opened, or not."""

    account: AccountId
    shown: Annotated[bool, YesNo(), "whether the secret was shown in time"]
    secret: Annotated[bytes, Raw(32), "the secret; zeros if it was not shown"]


@record
class SpotLimit(Record):
    """One line of the plaque: what may lie on one spot of a group, from one player."""

    group: Annotated[Group, Choice(Group), "the kind of spot"]
    least: Amount
    most: Amount
