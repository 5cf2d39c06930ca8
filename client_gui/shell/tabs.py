"""The conversations of the talk as the window shows them: pure, from the view and what is open."""

from dataclasses import dataclass, field

from client_gui.shell.view import Message, Room, TableView, Tie

TABLE = 0


@dataclass(slots=True)
class TalkUi:
    """What the hands are doing in the talk; nothing of this is known to the server."""

    room: int = TABLE
    """By its account, whose conversation is open."""
    tie: Tie | None = None
    """How far the session in it is."""
    opened: dict[int, str] = field(default_factory=dict)
    """Conversations that were opened without a line in them."""
    closed: dict[int, int] = field(default_factory=dict)
    """Those that were closed, and their last line then: a newer one opens them again."""
    read: dict[int, int] = field(default_factory=dict)
    """The last line of each that was seen."""
    unread: dict[int, int] = field(default_factory=dict)
    lines: tuple[Message, ...] = ()
    """Those of the open conversation."""
    own: tuple[Message, ...] = ()
    """What this window says to the person, each after the line that was the last then."""
    note: str = ""
    """Why something could not be said."""
    note_until: float = 0.0
    calls: bool = False
    """Whether the croupier's list of calls is open."""
    help: bool = False
    """Whether the list of commands is open."""
    offered: tuple[str, ...] = ()
    """How the line could be completed, when that was asked for last."""

    def look(self, view: TableView) -> None:
        """Take in what the table has become."""
        tie = next((room.tie for room in view.rooms if room.account == self.room), None)
        if tie is not self.tie:
            self.note_until = 0.0
        self.tie = tie
        if self.room != TABLE and all(room.account != self.room for room in shown(view, self)):
            self.room = TABLE
        heard = [each for each in (*view.messages, *self.own) if each.room == self.room]
        self.lines = tuple(sorted(heard, key=lambda each: each.serial))
        if self.lines:
            self.read[self.room] = self.lines[-1].serial
        counts: dict[int, int] = {}
        for each in view.messages:
            told = not each.mine and (not each.house or each.room != TABLE)
            if told and each.serial > self.read.get(each.room, 0):
                counts[each.room] = counts.get(each.room, 0) + 1
        self.unread = counts

    def tell(self, view: TableView, clock: str, text: str) -> None:
        """Say something to the person alone, among the lines of the table."""
        last = view.messages[-1].serial if view.messages else 0
        self.own = (*self.own, Message(clock, "", text, True, TABLE, last))
        self.look(view)

    def go(self, view: TableView, account: int, name: str = "") -> None:
        """Open a conversation."""
        self.closed.pop(account, None)
        if account != TABLE and all(room.account != account for room in view.rooms):
            self.opened[account] = name
        self.calls = self.help = False
        self.offered = ()
        if account != self.room:
            self.note_until = 0.0
        self.room = account
        self.look(view)

    def close(self, view: TableView) -> None:
        """Put the open conversation away."""
        self.opened.pop(self.room, None)
        self.closed[self.room] = self.read.get(self.room, 0)
        self.room = TABLE
        self.look(view)


def shown(view: TableView, ui: TalkUi) -> tuple[Room, ...]:
    """The private conversations that have a tab, in the order in which they began."""
    rooms = [
        room
        for room in view.rooms
        if room.account not in ui.closed or room.last > ui.closed[room.account] or room.tie
    ]
    known = {room.account for room in view.rooms}
    rooms += [Room(account, name) for account, name in ui.opened.items() if account not in known]
    return tuple(rooms)


def open_room(view: TableView, ui: TalkUi) -> Room:
    """The conversation in which one is."""
    found = (room for room in shown(view, ui) if room.account == ui.room)
    return next(found, Room(TABLE, ""))


def who_asks(view: TableView, ui: TalkUi) -> Room | None:
    """Who waits for a yes or no: the one whose conversation is open, else the first."""
    asks = [room for room in view.rooms if room.tie is Tie.ASKS]
    return next((room for room in asks if room.account == ui.room), asks[0] if asks else None)
