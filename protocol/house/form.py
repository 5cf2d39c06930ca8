"""A form: what a small game shows, and what one may do with it. One client shows them all.

A small game (a poll, a guessing game, a throw of hands) has no messages of its own, but for what a
draw gave, which a client checks. It tells its words once, in every language it has, and from then
on numbers: which sentence, and what stands in its gaps. So a client shows each in its user's
language, and what it must tell apart is a number.
"""

from typing import Annotated, TypeAlias

from protocol import limits
from protocol.house.fields import AtStake, Balance, Flag, Millis, RequestNumber
from protocol.house.lists import ActionKind, Reason
from protocol.kinds import Choice, Number, Text
from protocol.layout import Many, Record, record
from protocol.wire import Message, Party, Request, Side, message

FORM = 255
"""The number of every such game on the wire."""

SentenceNumber: TypeAlias = Annotated[int, Number(1), "the sentence, by its place in the words"]
ActionNumber: TypeAlias = Annotated[int, Number(1), "which action"]
Turn: TypeAlias = Annotated[int, Number(4), "an `Act` names it, and is refused when it is over"]


@record
class Sentence(Record):
    """A sentence with gaps."""

    text: Annotated[
        str, Text(limits.SENTENCE_BYTES), "`{0}` is the gap for the first part, `{1}` the next"
    ]


@record
class Wording(Record):
    """All sentences in one language. Every language has as many, in the same order."""

    language: Annotated[str, Text(limits.LANGUAGE_BYTES), "`en`, `ru`; English comes first"]
    sentences: Annotated[tuple[Sentence, ...], Many(Sentence, limits.SENTENCES), "from number 0 on"]


@record
class Part(Record):
    """What stands in a gap."""

    text: Annotated[
        str, Text(limits.PART_BYTES), "a number, a name, or what somebody wrote: show it as such"
    ]


@record
class FormLine(Record):
    """A line of a form: a sentence, and what stands in its gaps."""

    sentence: SentenceNumber
    parts: Annotated[tuple[Part, ...], Many(Part, limits.PARTS), "for its gaps, in order"]


@record
class FormAction(Record):
    """Something that one may do now."""

    action: ActionNumber
    kind: Annotated[ActionKind, Choice(ActionKind), "what an `Act` says with it"]
    label: Annotated[int, Number(1), "the sentence that says what it does; it has no gaps"]
    chips: Annotated[Flag, "whether it moves chips: then its `Act` is numbered as a bet is"]
    least: Annotated[int, Number(8, signed=True), "the least number that it takes"]
    most: Annotated[int, Number(8, signed=True), "the greatest number, or the last choice"]
    choices: Annotated[
        tuple[FormLine, ...], Many(FormLine, limits.CHOICES), "what to choose from, from 0 on"
    ]


@message(
    FORM,
    0x10,
    Side.CLIENT,
    Party.PLAYER | Party.CROUPIER,
    refusals=(
        Reason.WRONG_ROUND,
        Reason.NOT_NOW,
        Reason.UNDER_LEAST,
        Reason.OVER_MOST,
        Reason.TEXT_UNFIT,
        Reason.NOT_ENOUGH_CHIPS,
        Reason.NUMBER_REUSED,
        Reason.TOO_FAST,
        Reason.DISK_FULL,
    ),
)
class Act(Request):
    """Do what the form offers. Answered with `Done`; what comes of it is told by the next form."""

    number: RequestNumber
    turn: Turn
    action: ActionNumber
    value: Annotated[int, Number(8, signed=True), "the number, or the place of the choice; else 0"]
    words: Annotated[str, Text(limits.LINE_BYTES), "the text; else nothing"]


@message(FORM, 0x02, Side.SERVER)
class FormIntroduced(Message):
    """The table, for who sits down or looks on: what it is called, and the words of its game."""

    name: Annotated[str, Text(limits.NAME_BYTES), "what it is called"]
    service: Annotated[str, Text(limits.NAME_BYTES), "which game it is: `guess`, `rps`, `poll`"]
    wordings: Annotated[
        tuple[Wording, ...], Many(Wording, limits.LANGUAGES), "its words, in each language"
    ]


@message(FORM, 0x20, Side.SERVER)
class FormShown(Message):
    """The whole form, as it is for you now: it takes the place of the one before."""

    turn: Turn
    ms_left: Millis
    title: SentenceNumber
    lines: Annotated[tuple[FormLine, ...], Many(FormLine, limits.FORM_LINES), "from above"]
    actions: Annotated[
        tuple[FormAction, ...], Many(FormAction, limits.ACTIONS), "what you may do now"
    ]


@message(FORM, 0x21, Side.SERVER)
class ChipsMoved(Message):
    """Your chips, as they are since some moved at this table."""

    balance: Balance
    at_stake: AtStake


@message(FORM, 0x22, Side.SERVER)
class NumberDrawn(Message):
    """What the last event of your own draw gave. It comes right behind the seed of that event."""

    round_number: Annotated[int, Number(8), "the round"]
    drawn: Annotated[int, Number(2), "the number"]
