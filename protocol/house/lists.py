"""The closed lists that messages choose from. A number, once given, keeps its meaning for ever.

A list with an `OTHER` may grow in a later version; a client that meets a number it does not know
reads `OTHER` and shows the words that came with it.
"""

from enum import IntEnum


class Seat(IntEnum):
    """What somebody does at the table."""

    NONE = 0
    PLAYER = 1
    CROUPIER = 2
    WATCHER = 3


class Presence(IntEnum):
    """Whether somebody is there. Who is away or cut off keeps the seat and the chips."""

    HERE = 0
    AWAY = 1
    CUT_OFF = 2
    GONE = 3


class Reason(IntEnum):
    """Why a request is refused."""

    OTHER = 0
    """The words say why."""
    VERSION = 1
    """No version is understood by both."""
    FULL = 2
    """No room at the table for one more."""
    NOT_NOW = 3
    """Not in this phase, or not as things stand; the words say what is in the way."""
    NOT_YOURS = 4
    """Who asks has not the seat that may do this."""
    TOO_FAST = 5
    """Too many lines of talk, or new names or wrong guesses from one address, or asked a session
    again too soon; figure: milliseconds to wait.
    """
    NUMBER_REUSED = 6
    """The number stood for another request before, or for one that was done long ago."""
    NAME_UNFIT = 7
    """A name that is empty, too long, or has characters that cannot be shown."""
    NAME_TAKEN = 8
    """The name belongs to somebody: send the token. Or it looks like one that does."""
    WRONG_TOKEN = 9
    """The token is not the one that the name was given."""
    WRONG_TABLE_PASSWORD = 10
    """The house or the table takes a password, and this is not it."""
    WRONG_CROUPIER_PASSWORD = 11
    """The croupier's seat takes a password, and this is not it."""
    SEAT_TAKEN = 12
    """There is a croupier already."""
    WRONG_ROUND = 13
    """The round or turn named is not the one on the table; figure: the one that is."""
    BETTING_CLOSED = 14
    """It came after the bets were frozen."""
    NOT_ENOUGH_CHIPS = 15
    """Figure: the chips that are left."""
    UNDER_LEAST = 16
    """The stake on the spot, or the number, would be under the least; figure: the least."""
    OVER_MOST = 17
    """The stake on the spot, or the number, would be over the most; figure: the most."""
    OVER_TABLE_MOST = 18
    """All one's stakes together would be over the table's most; figure: the most."""
    NOTHING_THERE = 19
    """More was to be taken back than lies on the spot; figure: what lies there."""
    NO_BETS = 20
    """The wheel does not start without a bet."""
    NOT_ENOUGH_PLAYERS = 21
    """Figure: how many the house wants."""
    TOO_LATE = 22
    """The round is frozen: no void. Or the time for links is over."""
    NO_SUCH_PLAYER = 23
    """Nobody else at the table has this account, or nobody who can be asked this now."""
    NO_SUCH_ROUND = 24
    """The books have no such round."""
    WRONG_LINK = 25
    """The link is not the next one of one's chain."""
    NO_SAY = 26
    """No chain is taken from this account now; figure: for how many rounds."""
    TEXT_UNFIT = 28
    """A text that is empty, too long, or has characters that cannot be shown."""
    MUTED = 29
    """Figure: milliseconds that are left of it."""
    NO_SUCH_SESSION = 30
    """There is no private session, or no request for one, with that player."""
    DISK_FULL = 31
    """The books take no bet, no new name and nothing back now. The round on the table is settled
    all the same."""
    STOPPING = 32
    """The house is closing."""
    NOT_SERVED = 33
    """This server does not serve this request."""
    NOT_FOR_GUESTS = 34
    """Who signed in without a name may only watch."""
    SHUT_OUT = 35
    """Who was thrown out may not come in; figure: milliseconds that are left of it, 0: a ban."""
    NO_SUCH_TABLE = 36
    """The house has no table of this number, or another game is played there."""
    NO_SUCH_SEAT = 37
    """The table has no such seat: nobody may watch there, or it runs without a croupier."""
    NO_SUCH_SPOT = 38
    """The table's layout has no such spot, or nobody lays chips there."""
    STAKE_LOCKED = 39
    """Zero has locked the stake: it stays until the number falls."""


class Farewell(IntEnum):
    """Why a connection ends."""

    OTHER = 0
    """The words say why."""
    LEAVING = 1
    """As the client wished."""
    STOPPING = 2
    """The house is closing."""
    KICKED = 3
    """Thrown out; the words say why."""
    REPLACED = 4
    """The same name signed in on another connection."""
    SILENT = 5
    """Nothing was heard from the client for too long, or it did not sign in."""
    SLOW = 6
    """The client did not read what it was sent."""
    BROKEN = 7
    """What the other side sent is not this protocol."""
    VERSION = 8
    """No version is understood by both."""
    FULL = 9
    """There is no room."""
    FLOOD = 10
    """Far too many requests, or too many wrong passwords and tokens."""


class Phrase(IntEnum):
    """What a croupier calls at every table; a client says it in its user's language."""

    OTHER = 0
    """The call's own words."""
    PLACE_YOUR_BETS = 1
    LAST_CALL = 2
    NO_MORE_BETS = 3
    GOOD_LUCK = 4
    WELCOME = 5
    SHORT_BREAK = 6
    BACK_AGAIN = 7
    LAST_ROUND = 8
    GOOD_NIGHT = 9


class Notice(IntEnum):
    """What happened to somebody at the table."""

    OTHER = 0
    JOINED = 1
    LEFT = 2
    CUT_OFF = 3
    RESUMED = 4
    AWAY = 5
    BACK = 6
    KICKED = 7
    WARNED = 8
    MUTED = 9
    UNMUTED = 10
    CROUPIER_CAME = 11
    CROUPIER_LEFT = 12
    WITHHELD = 13
    """Did not show a link that was due: has no say for some rounds."""


class SessionEnd(IntEnum):
    """Why a private session is over."""

    OTHER = 0
    ENDED = 1
    DECLINED = 2
    WITHDRAWN = 3
    """The request was taken back before it was answered."""
    LEFT = 4
    """The other left the table or was cut off."""


class ActionKind(IntEnum):
    """What an `Act` says with an action of a form."""

    OTHER = 0
    """Something that a later version knows: do not offer it."""
    PRESS = 1
    """Nothing more."""
    CHOICE = 2
    """Its value is the place of a choice, from 0."""
    NUMBER = 3
    """Its value is a number, from `least` to `most`."""
    TEXT = 4
    """Its words are a line of text."""
