"""Table talk: to everybody, to one, and in private sessions to which both agreed."""

from typing import Annotated

from protocol import limits
from protocol.house.fields import AccountId, Flag, Line, Moment, Name, RequestNumber, Words
from protocol.house.lists import Notice, Phrase, Reason, SessionEnd
from protocol.kinds import Choice
from protocol.layout import Many, Record, record
from protocol.wire import HOUSE, Message, Party, Request, Side, message


@record
class TalkLine(Record):
    """A line that was said to everybody."""

    at: Moment
    account: AccountId
    name: Name
    line: Line


@message(
    HOUSE,
    0x50,
    Side.CLIENT,
    Party.SEATED,
    refusals=(Reason.NOT_FOR_GUESTS, Reason.MUTED, Reason.TOO_FAST, Reason.TEXT_UNFIT),
    at_table=True,
)
class Say(Request):
    """Say something to everybody. Answered with `Done`."""

    number: RequestNumber
    line: Line


@message(HOUSE, 0x51, Side.SERVER, at_table=True, often=True)
class Said(Message):
    """Somebody said something to everybody, oneself included."""

    at: Moment
    account: AccountId
    name: Name
    line: Line


@message(
    HOUSE,
    0x52,
    Side.CLIENT,
    Party.SEATED,
    refusals=(
        Reason.NOT_FOR_GUESTS,
        Reason.MUTED,
        Reason.TOO_FAST,
        Reason.TEXT_UNFIT,
        Reason.NO_SUCH_PLAYER,
        Reason.NO_SUCH_SESSION,
    ),
)
class SayPrivately(Request):
    """Say something to one person. Answered with `Done` once it is on its way."""

    number: RequestNumber
    account: Annotated[AccountId, "to whom"]
    in_session: Annotated[Flag, "whether it belongs to the private session with him"]
    line: Line


@message(HOUSE, 0x53, Side.SERVER)
class SaidPrivately(Message):
    """Somebody said something to oneself alone."""

    at: Moment
    account: Annotated[AccountId, "who said it"]
    name: Name
    in_session: Annotated[Flag, "whether it belongs to the private session with him"]
    line: Line


@message(
    HOUSE,
    0x54,
    Side.CLIENT,
    Party.SEATED,
    refusals=(
        Reason.NOT_FOR_GUESTS,
        Reason.MUTED,
        Reason.TOO_FAST,
        Reason.NO_SUCH_PLAYER,
        Reason.NOT_NOW,
        Reason.OTHER,
    ),
)
class AskSession(Request):
    """Ask somebody for a private session. Answered with `Done`; his answer comes when it comes."""

    number: RequestNumber
    account: Annotated[AccountId, "whom"]


@message(HOUSE, 0x55, Side.SERVER)
class SessionAsked(Message):
    """Somebody asks for a private session."""

    account: Annotated[AccountId, "who asks"]
    name: Name


@message(HOUSE, 0x56, Side.CLIENT, Party.SEATED, refusals=(Reason.NO_SUCH_SESSION, Reason.OTHER))
class AnswerSession(Request):
    """Accept or decline a private session. Answered with `Done`."""

    number: RequestNumber
    account: Annotated[AccountId, "who asked"]
    accepted: Annotated[Flag, "whether one agrees"]


@message(HOUSE, 0x57, Side.SERVER)
class SessionStarted(Message):
    """Both agreed; this goes to both."""

    account: Annotated[AccountId, "the other"]
    name: Name


@message(HOUSE, 0x58, Side.CLIENT, Party.SEATED, refusals=(Reason.NO_SUCH_SESSION,))
class EndSession(Request):
    """End a private session, or take the request for one back. Answered with `Done`."""

    number: RequestNumber
    account: Annotated[AccountId, "the other"]


@message(HOUSE, 0x59, Side.SERVER)
class SessionEnded(Message):
    """A private session is over, or was not agreed to; this goes to both."""

    account: Annotated[AccountId, "the other"]
    name: Name
    why: Annotated[SessionEnd, Choice(SessionEnd), "why"]


@message(HOUSE, 0x5A, Side.SERVER, at_table=True)
class Announced(Message):
    """The croupier or the house calls something to everybody."""

    at: Moment
    account: Annotated[AccountId, "the croupier; 0: the house"]
    phrase: Annotated[Phrase, Choice(Phrase), "the call"]
    words: Annotated[Words, "its own words, if it is none of the list"]


@message(HOUSE, 0x5B, Side.SERVER, at_table=True)
class Noticed(Message):
    """Something happened to somebody at the table."""

    at: Moment
    account: AccountId
    name: Name
    notice: Annotated[Notice, Choice(Notice), "what"]
    words: Annotated[Words, "more of it, if there is more to say"]


@message(HOUSE, 0x5C, Side.CLIENT, Party.SEATED, at_table=True, question=2)
class ListTalk(Request):
    """Ask for what was last said to everybody."""

    number: RequestNumber


@message(HOUSE, 0x5D, Side.SERVER, at_table=True)
class TalkListed(Message):
    """Answer to `ListTalk`."""

    number: RequestNumber
    lines: Annotated[tuple[TalkLine, ...], Many(TalkLine, limits.TALK_KEPT), "oldest first"]
