"""The draw of a table: who has a say in it, what is frozen, what is drawn, and what proves it.

One and the same for every spin, card and ball (`protocol/fair/` has the hashes). A player registers
the public end of a chain; from the next freeze on each event asks for its next link.
"""

from typing import Annotated

from protocol import limits
from protocol.house.fields import AccountId, Count, Flag, RequestNumber, Sha
from protocol.house.lists import Reason
from protocol.kinds import Blob, Number, Raw, Text
from protocol.layout import Many, Record, Series, record
from protocol.wire import HOUSE, Message, Party, Request, Side, message

RoundNumber = Annotated[int, Number(8), "the round"]
EventNumber = Annotated[int, Number(8), "the event; they are counted over all rounds of a table"]
Window = Annotated[int, Number(4), "how many milliseconds links are waited for; 0: for none"]
Proof = Annotated[
    tuple[bytes, ...], Series(Raw(32), limits.SIBLINGS), "the siblings from the leaf upward"
]
Detail = Annotated[bytes, Blob(limits.DETAIL_BYTES), "what it is about, as its kind says"]
What = Annotated[int, Number(1), "the kind of step"]


@record
class StakeRow(Record):
    """Chips on a table, as they are frozen."""

    place: Annotated[int, Number(1), "the spot or box, as the game counts them"]
    kind: Annotated[int, Number(1), "what kind of bet, as the game says"]
    chips: Annotated[int, Number(8), "chips"]


@record
class LinkRow(Record):
    """The last link that is known of somebody who has a say."""

    account: AccountId
    shown: Annotated[int, Number(2), "how many links of this round are shown"]
    link: Annotated[Sha, "the last of them, or the head that was frozen"]


@record
class StepRow(Record):
    """A step of a round that is over. Of a note all that follows `step` is zero."""

    what: What
    event: EventNumber
    step: Annotated[Sha, "T"]
    links_root: Annotated[Sha, "L"]
    shown: Annotated[Sha, "R"]
    seed: Annotated[Sha, "S_e"]
    done: Annotated[Sha, "D"]
    detail: Annotated[bytes, Blob(limits.STEP_BYTES), "what it is about, as its kind says"]


@message(
    HOUSE,
    0x60,
    Side.CLIENT,
    Party.SEATED,
    refusals=(Reason.NOT_FOR_GUESTS, Reason.NO_SAY, Reason.NOT_NOW),
    at_table=True,
    at_once=True,
)
class RegisterChain(Request):
    """Have a say from the next freeze on, as a player, as the croupier or only watching. A chain
    that one had before ends with it. A client does it by itself.
    """

    number: RequestNumber
    first: Annotated[Sha, "P_0, the public end of one's chain"]


@message(HOUSE, 0x61, Side.SERVER, at_table=True)
class ChainTaken(Message):
    """Answer to `RegisterChain`: it is in the books."""

    number: RequestNumber
    round_number: Annotated[RoundNumber, "the first in which it counts"]


@message(HOUSE, 0x62, Side.SERVER, at_table=True)
class DrawShown(Message):
    """Where the draw is, for who sits down or looks on. What is open is said again behind it."""

    event: Annotated[EventNumber, "the last event"]
    seed: Annotated[Sha, "S_e"]
    history: Annotated[Sha, "D_e"]


@message(HOUSE, 0x63, Side.SERVER, at_table=True)
class RoundFrozen(Message):
    """Everything that goes into the round but what is not shown yet."""

    round_number: RoundNumber
    event: Annotated[EventNumber, "the first one of the round"]
    draw: Annotated[int, Number(1), "the kind of draw"]
    seed_before: Annotated[Sha, "S_{e-1}"]
    history: Annotated[Sha, "D_{e-1}"]
    rules: Annotated[str, Text(limits.RULES_BYTES), "the rules of the table, as tokens"]
    state: Annotated[bytes, Blob(limits.STATE_BYTES), "what the game draws from"]
    contributors: Annotated[Count, "n: how many have a say"]
    says_root: Annotated[Sha, "C"]
    players: Annotated[Count, "m: how many have chips on the table"]
    stakes_root: Annotated[Sha, "B"]
    freeze: Annotated[Sha, "F"]


@message(HOUSE, 0x64, Side.SERVER, at_table=True)
class YourFreeze(Message):
    """One's own part of a freeze, for who has a chain or bets."""

    round_number: RoundNumber
    has_say: Annotated[Flag, "whether one's chain is in it"]
    say_index: Annotated[int, Number(4), "where its head stands in C"]
    head: Annotated[Sha, "the last link of one's chain that was shown, or P_0"]
    say_proof: Proof
    has_stake: Annotated[Flag, "whether one's chips are in it"]
    stake_index: Annotated[int, Number(4), "where they stand in B"]
    bets: Annotated[
        tuple[StakeRow, ...], Many(StakeRow, limits.OWN_STAKES), "one's own chips, ascending"
    ]
    stake_proof: Proof


@message(HOUSE, 0x65, Side.SERVER, at_table=True)
class EventAsked(Message):
    """The next event: who has a say shows the next link."""

    event: EventNumber
    what: What
    detail: Detail
    step: Annotated[Sha, "T"]
    window_ms: Window


@message(HOUSE, 0x66, Side.SERVER, at_table=True)
class Noted(Message):
    """A decision that draws nothing, or somebody who is not asked from the next event on."""

    what: What
    detail: Detail
    step: Annotated[Sha, "T"]


@message(
    HOUSE,
    0x67,
    Side.CLIENT,
    Party.SIGNED_IN,
    refusals=(Reason.TOO_LATE, Reason.NOT_NOW, Reason.WRONG_LINK),
    at_table=True,
    at_once=True,
)
class SendLink(Request):
    """Show the next link of one's chain, from whatever seat. The same again is answered again.
    Answered with `Done`.
    """

    number: RequestNumber
    event: EventNumber
    link: Annotated[Sha, "it leads to the head in one step"]


@message(HOUSE, 0x68, Side.SERVER, at_table=True)
class EventDrawn(Message):
    """An event is over. What was drawn the game says, right behind it."""

    event: EventNumber
    seed: Annotated[Sha, "S_e"]
    contributors: Annotated[Count, "n"]
    links_root: Annotated[Sha, "L"]
    shown: Annotated[Sha, "R"]
    done: Annotated[Sha, "D"]
    missing: Annotated[Count, "how many were asked and showed nothing"]


@message(HOUSE, 0x69, Side.SERVER, at_table=True)
class LinksShown(Message):
    """All links of an event, for who has a say, where they are not too many."""

    event: EventNumber
    rows: Annotated[tuple[LinkRow, ...], Many(LinkRow, limits.LINKS_A_PAGE), "by account"]


@message(HOUSE, 0x6A, Side.SERVER, at_table=True)
class YourDraw(Message):
    """One's own link among those that were shown."""

    event: EventNumber
    proof: Proof


@message(
    HOUSE,
    0x6B,
    Side.CLIENT,
    Party.SEATED,
    refusals=(Reason.NO_SUCH_ROUND,),
    at_table=True,
    question=5,
)
class ListLinks(Request):
    """Ask for everybody's last link of a round that is over, a page at a time, by account."""

    number: RequestNumber
    round_number: RoundNumber
    after_account: Annotated[AccountId, "go on after this account; 0: from the beginning"]


@message(HOUSE, 0x6C, Side.SERVER, at_table=True)
class LinksListed(Message):
    """Answer to `ListLinks`."""

    number: RequestNumber
    round_number: RoundNumber
    rows: Annotated[tuple[LinkRow, ...], Many(LinkRow, limits.LINKS_A_PAGE), "the page"]
    more: Annotated[Flag, "whether another page follows"]


@message(
    HOUSE,
    0x6D,
    Side.CLIENT,
    Party.SEATED,
    refusals=(Reason.NO_SUCH_ROUND,),
    at_table=True,
    question=5,
)
class AskRound(Request):
    """Ask for what a round that is over was frozen and drawn by."""

    number: RequestNumber
    round_number: RoundNumber


@message(HOUSE, 0x6E, Side.SERVER, at_table=True)
class RoundProved(Message):
    """Answer to `AskRound`. What a game drew in it the game says, and who had which chips."""

    number: RequestNumber
    round_number: RoundNumber
    event: Annotated[EventNumber, "the first one of the round"]
    draw: Annotated[int, Number(1), "the kind of draw"]
    seed_before: Annotated[Sha, "S_{e-1}"]
    history: Annotated[Sha, "D_{e-1}"]
    rules: Annotated[str, Text(limits.RULES_BYTES), "the rules of the table, as tokens"]
    state: Annotated[bytes, Blob(limits.STATE_BYTES), "what the game drew from"]
    contributors: Annotated[Count, "n: how many had a say"]
    says_root: Annotated[Sha, "C"]
    players: Annotated[Count, "m: how many had chips on the table"]
    stakes_root: Annotated[Sha, "B"]
    freeze: Annotated[Sha, "F"]
    steps: Annotated[
        tuple[StepRow, ...], Many(StepRow, limits.STEPS_A_ROUND), "every step, in order"
    ]


@message(HOUSE, 0x6F, Side.SERVER, at_table=True)
class OwnDrawIntroduced(Message):
    """A draw of your own at this table, for what is drawn for you alone; `DrawShown` follows. The
    one before it, if there was one, is over. Your link is asked for as at any draw; the seed of an
    event is shown when what was drawn by it may be known.
    """

    draw: Annotated[bytes, Raw(16), "the table's name in this draw"]
    anchor: Annotated[Sha, "S_0"]
