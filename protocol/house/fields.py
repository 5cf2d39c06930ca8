"""The fields that many messages share: each quantity has one type, one size and one name."""

from typing import Annotated, TypeAlias

from protocol import limits
from protocol.kinds import Blob, Number, Raw, Text, YesNo

Chips: TypeAlias = int
"""An amount of play money, in whole chips."""
NO_DEADLINE = 2**32 - 1
NO_SPOT = 255

RequestNumber: TypeAlias = Annotated[int, Number(8), "the number of the request"]
AccountId: TypeAlias = Annotated[int, Number(8), "whose; 0 is the house or nobody"]
Amount: TypeAlias = Annotated[int, Number(8), "chips"]
Balance: TypeAlias = Annotated[int, Number(8), "the chips that one can still bet"]
AtStake: TypeAlias = Annotated[int, Number(8), "the chips that one has on the table"]
Net: TypeAlias = Annotated[int, Number(8, signed=True), "chips won, or lost if negative"]
Count: TypeAlias = Annotated[int, Number(4), "how many"]
Flag: TypeAlias = Annotated[bool, YesNo(), ""]
Sha: TypeAlias = Annotated[bytes, Raw(32), "32 bytes of a hash"]
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
