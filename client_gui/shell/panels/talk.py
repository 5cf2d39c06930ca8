"""At the right, below: what is said, to all and privately, and where one's own words will go."""

from collections.abc import Hashable

from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.controls import button, field, touch
from client_gui.kit.theme import Rgb, Style
from client_gui.shell.frame import Frame
from client_gui.shell.tabs import TABLE, open_room, shown, who_asks
from client_gui.shell.view import Line, Message, Room, Tie
from protocol.text import as_name

FIELD = "field:say"
LEAST_TAB = 64
"""Of somebody's: the first letters of the name, the unread mark beside them."""


class Talk:
    """Tabs, the last lines of the open one with the newest at the bottom, and a line to type."""

    def box(self, f: Frame) -> Box:
        return f.layout.messages

    def face(self, f: Frame) -> Hashable:
        ui, talk = f.ui, f.ui.talk
        hands = {ui.over, ui.pressed, ui.focus} & set(self.hits(f))
        typed = (ui.line(FIELD), frozenset(hands), ui.focus)
        rooms = (f.view.rooms, talk.room, tuple(talk.opened), tuple(talk.unread.items()))
        note = talk.note if self._noted(f) else ""
        return (
            *(f.at, f.view.messages, rooms, f.view.online, typed, note, f.view.line),
            *(ui.scroll.get("messages", 0), talk.calls, talk.own, talk.help, f.view.account),
            ui.armed,
        )

    # Places

    @staticmethod
    def _speaks(f: Frame) -> bool:
        return bool(f.view.account) and not f.view.classic and f.view.line is Line.UP

    @staticmethod
    def _noted(f: Frame) -> bool:
        """Whether it stands where the sign is why something could not be said."""
        return f.now < f.ui.talk.note_until

    def _head(self, f: Frame) -> Box:
        box, px = f.layout.messages, f.layout.px
        return Box(box.x + px(10), box.y + px(6), box.w - px(20), px(30))

    def _deeds(self, f: Frame) -> Box:
        """Under the head of a private conversation: what can be done with it."""
        head, px = self._head(f), f.layout.px
        high = max(20, px(28)) if f.ui.talk.room != TABLE and self._speaks(f) else 0
        return Box(head.x + px(2), head.bottom + px(2), head.w - px(4), high)

    def _field(self, f: Frame) -> Box:
        box, px = f.layout.messages, f.layout.px
        high = max(24, px(34))
        return Box(box.x + px(12), box.bottom - px(10) - high, box.w - px(24), high)

    def _sign(self, f: Frame) -> Box:
        """Where it stands to whom one's words will go."""
        line, px = self._field(f), f.layout.px
        high = max(15, px(20))
        if not self._speaks(f):
            return Box(line.x, f.layout.messages.bottom - px(8) - high, line.w, high)
        return Box(line.x, line.y - px(3) - high, line.w, high)

    def _asking(self, f: Frame) -> Box:
        """The request for a private session, with its two buttons."""
        sign, px = self._sign(f), f.layout.px
        asks = who_asks(f.view, f.ui.talk) is not None and self._speaks(f)
        high = max(46, px(60)) if asks else 0
        return Box(sign.x, sign.y - px(4) - high, sign.w, high)

    def _area(self, f: Frame) -> Box:
        deeds, ask, px = self._deeds(f), self._asking(f), f.layout.px
        top = deeds.bottom + px(4)
        return Box(deeds.x + px(4), top, deeds.w - px(8), ask.y - px(2) - top)

    def _tabs(self, f: Frame) -> list[tuple[int, str, Box]]:
        """As many tabs as fit: the table's, the open one's, then the newest unread ones'."""
        head, px = self._head(f), f.layout.px
        rooms = [Room(TABLE, f.words("messages.title").upper()), *shown(f.view, f.ui.talk)]
        room = head.w if len(rooms) > 1 else head.w - self._online_width(f) - px(8)
        spare = room - self._tab_width(f, rooms[0])
        fits = max(1, spare // max(56, px(LEAST_TAB)))
        order = sorted(
            rooms[1:],
            key=lambda each: (
                each.account != f.ui.talk.room,
                not f.ui.talk.unread.get(each.account),
                -each.last,
            ),
        )
        kept = {each.account for each in order[:fits]} | {TABLE}
        rooms = [each for each in rooms if each.account in kept]
        wide = [self._tab_width(f, each) for each in rooms]
        if sum(wide) > room and len(rooms) > 1:
            each = spare // (len(rooms) - 1)
            wide = [wide[0], *(min(w, each) for w in wide[1:])]
        tabs = []
        x = head.x
        for each_room, w in zip(rooms, wide, strict=True):
            tabs.append((each_room.account, self._title(each_room), Box(x, head.y, w, head.h)))
            x += w
        return tabs

    def _tab_width(self, f: Frame, room: Room) -> int:
        px = f.layout.px
        style = Style.LABEL if room.account == TABLE else Style.SMALL_STRONG
        mark = px(18) if f.ui.talk.unread.get(room.account) else 0
        title = self._title(room)
        spaced = px(1.1) * len(title) if room.account == TABLE else 0
        return f.wide(title, style) + round(spaced) + px(16) + mark

    @staticmethod
    def _title(room: Room) -> str:
        return room.name if room.account == TABLE else as_name(room.name)

    @staticmethod
    def _online_width(f: Frame) -> int:
        if not f.view.online:
            return 0
        return f.wide(f.words.count("messages.online", f.view.online), Style.SMALL)

    def _online(self, f: Frame) -> Box:
        """Beside the tabs while there is only the table's, else where the sign stands."""
        px = f.layout.px
        row = self._sign(f) if shown(f.view, f.ui.talk) else self._head(f)
        wide = self._online_width(f) + px(8)
        return Box(row.right - wide, row.y, wide, row.h)

    def hits(self, f: Frame) -> Hits:
        px = f.layout.px
        hits: Hits = {"messages": f.layout.messages}
        for account, _, box in self._tabs(f):
            hits[f"room:{account}"] = box
        if f.view.online and not f.view.classic and not self._noted(f):
            hits["button:people"] = self._online(f)
        if not self._speaks(f):
            return hits
        if f.ui.talk.room != TABLE:
            labels = self._deed_labels(f, open_room(f.view, f.ui.talk))
            wide = [f.wide(label, Style.MEDIUM) + px(20) for label in labels]
            session, ignore, close = self._deeds(f).columns((*wide, px(34)), px(6))
            hits |= {"talk:session": session, "talk:ignore": ignore, "talk:close": close}
        if (ask := self._asking(f)).h:
            _, row = ask.rows((0.9, 1), px(2))
            hits["talk:yes"], hits["talk:no"] = row.inset(px(6), px(3)).columns((1, 1), px(6))
        line, end = self._field(f), f.layout.messages.right - px(12)
        line = Box(line.x, line.y, line.w - line.h - px(6), line.h)
        hits["talk:help"] = Box(end - line.h, line.y, line.h, line.h)
        if f.croupier:
            calls = f.wide(f.words("talk.calls"), Style.MEDIUM) + px(20)
            hits["talk:calls"] = Box(line.right - calls, line.y, calls, line.h)
            line = Box(line.x, line.y, line.w - calls - px(6), line.h)
        hits[FIELD] = line
        return hits

    # Pictures

    def draw(self, c: Canvas, f: Frame) -> None:
        hits = self.hits(f)
        for account, name, box in self._tabs(f):
            self._tab(c, f, account, name, box)
        if "button:people" in hits:
            self._draw_online(c, f, hits["button:people"])
        room = open_room(f.view, f.ui.talk)
        self._lines(c, f, self._area(f))
        if not self._speaks(f):
            if not f.view.account and not f.view.classic and f.view.line is Line.UP:
                self._words(c, f, f.words("talk.listen"), theme.MUTED)
            return
        if room.account != TABLE:
            self._draw_deeds(c, f, hits, room)
        if "talk:yes" in hits:
            self._draw_asking(c, f, hits)
        self._draw_sign(c, f, room)
        state = touch(FIELD, f.ui.over, f.ui.pressed, f.ui.focus)
        private = room.account != TABLE
        key = "hint_private" if private else "hint_desk" if f.croupier else "hint"
        hint = f.words(f"talk.{key}")
        line = f.ui.line(FIELD)
        field(c, hits[FIELD], line.text, state, hint=hint, line=line)
        self._button(c, f, hits, "talk:help", "?", chosen=f.ui.talk.help)
        if "talk:calls" in hits:
            self._button(c, f, hits, "talk:calls", f.words("talk.calls"), chosen=f.ui.talk.calls)

    def _tab(self, c: Canvas, f: Frame, account: int, name: str, box: Box) -> None:
        chosen = account == f.ui.talk.room
        unread = f.ui.talk.unread.get(account, 0)
        lit = chosen or f.ui.over == f"room:{account}"
        ink = theme.TEXT if lit else theme.MUTED
        at, room = (box.x + c.px(6), box.middle[1]), box.w - c.px(12)
        if unread:
            room -= c.px(18)
        if account == TABLE:
            used = c.label(name, at, room, ink)
        else:
            used = c.text(name, Style.SMALL_STRONG, ink, at, room=room, foreign=True)
        if unread:
            middle = (box.x + c.px(6) + used + c.px(12), box.middle[1])
            c.dot(c.px(16), theme.FOCUS, middle)
            count = str(unread) if unread < 10 else "9+"
            c.text(count, Style.TINY, theme.ON_GOLD, middle, "center", room=c.px(15))
        if chosen:
            wide = box.w - c.px(12)
            c.plate(Box(box.x + c.px(6), box.bottom - c.px(3), wide, c.px(2)), 1, theme.GOLD)
        if f.ui.focus == f"room:{account}":
            c.frame(box, theme.FOCUS, 2, 6)

    @staticmethod
    def _draw_online(c: Canvas, f: Frame, box: Box) -> None:
        ink = theme.TEXT if f.ui.over == "button:people" else theme.MUTED
        text = f.words.count("messages.online", f.view.online)
        at = (box.right - c.px(2), box.middle[1])
        c.text(text, Style.SMALL, ink, at, "right", room=box.w)
        if f.ui.focus == "button:people":
            c.frame(box, theme.FOCUS, 2, 6)

    @staticmethod
    def _deed_labels(f: Frame, room: Room) -> tuple[str, str]:
        key = {None: "ask", Tie.ASKED: "withdraw", Tie.ASKS: "accept", Tie.OPEN: "end"}[room.tie]
        heard = not any(each.seat == room.account and each.ignored for each in f.view.people)
        return f.words(f"talk.{key}"), f.words("talk.ignore" if heard else "talk.hear")

    def _draw_deeds(self, c: Canvas, f: Frame, hits: Hits, room: Room) -> None:
        session, ignore = self._deed_labels(f, room)
        self._button(c, f, hits, "talk:session", session)
        self._button(c, f, hits, "talk:ignore", ignore)
        self._button(c, f, hits, "talk:close", "")
        c.icon("cross", c.px(13), theme.TEXT, hits["talk:close"].middle)

    def _draw_asking(self, c: Canvas, f: Frame, hits: Hits) -> None:
        asks = who_asks(f.view, f.ui.talk)
        assert asks is not None
        box = self._asking(f)
        c.plate(box, 8, theme.RAISED, theme.GOLD)
        first, _ = box.rows((0.9, 1), c.px(2))
        text = f.words("talk.asks", name=asks.name)
        at = (box.x + c.px(8), first.middle[1] + c.px(1))
        c.text(text, Style.SMALL_STRONG, theme.TEXT, at, room=box.w - c.px(16), foreign=True)
        labels = f.words("talk.yes"), f.words("talk.no")
        self._button(c, f, hits, "talk:yes", labels[0], gold=True, among=labels)
        self._button(c, f, hits, "talk:no", labels[1], among=labels)

    def _draw_sign(self, c: Canvas, f: Frame, room: Room) -> None:
        """A note of why something could not be said takes its place for a while."""
        if self._noted(f):
            self._words(c, f, f.ui.talk.note, theme.BAD_TEXT, foreign=False)
            return
        if room.account == TABLE:
            self._words(c, f, f.words("talk.to_all"), theme.MUTED)
        elif room.tie is Tie.OPEN:
            self._words(c, f, f.words("talk.in_session", name=room.name), theme.GOLD, "lock")
        elif room.tie is Tie.ASKED:
            self._words(c, f, f.words("talk.asked", name=room.name), theme.GOLD)
        else:
            self._words(c, f, f.words("talk.to_one", name=room.name), theme.GOLD)

    def _words(
        self, c: Canvas, f: Frame, text: str, ink: Rgb, icon: str = "", foreign: bool = True
    ) -> None:
        sign = self._sign(f)
        x, right = sign.x + c.px(2), sign.right
        if "button:people" in (hits := self.hits(f)) and hits["button:people"].touches(sign):
            right = hits["button:people"].x
        if icon:
            c.icon(icon, c.px(14), ink, (x + c.px(7), sign.middle[1]))
            x += c.px(18)
        at = (x, sign.middle[1])
        c.text(text, Style.SMALL, ink, at, room=right - x, foreign=foreign)

    @staticmethod
    def _button(
        c: Canvas, f: Frame, hits: Hits, name: str, label: str, gold: bool = False,
        chosen: bool = False, among: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        state = touch(name, f.ui.over, f.ui.pressed, f.ui.focus)
        button(c, hits[name], label, state, gold=gold, chosen=chosen, among=among)

    # Lines

    def _lines(self, c: Canvas, f: Frame, area: Box) -> None:
        """From the newest upwards, for as long as a whole message fits."""
        lines = f.ui.talk.lines
        back = f.ui.scroll.get("messages", 0)
        skip = back and min(back, self.farthest(c, f))
        chosen = lines[: len(lines) - skip]
        if not chosen:
            key = "messages.none" if f.ui.talk.room == TABLE else "talk.none"
            for at, line in enumerate(c.wrapped(f.words(key), Style.SMALL, area.w)):
                y = area.y + c.px(10) + at * c.line_height(Style.SMALL, 1.3)
                c.text(line, Style.SMALL, theme.MUTED, (area.x, y))
            return
        blocks: list[tuple[Message, list[str], int]] = []
        left = area.h
        for message in reversed(chosen):
            wrapped = self._wrap(c, message, area)
            high = self._height(c, message, wrapped)
            if high > left and blocks:
                break
            blocks.append((message, wrapped, high))
            left -= high
        y = area.y
        for message, wrapped, high in reversed(blocks):
            self._message(c, f, message, wrapped, Box(area.x, y, area.w, high))
            y += high

    def farthest(self, c: Canvas, f: Frame) -> int:
        """How many of the newest lines one can leave behind: then the first is there, and the area
        is as full as it can be.
        """
        area, lines = self._area(f), f.ui.talk.lines
        left = area.h
        for at, message in enumerate(lines):
            left -= self._height(c, message, self._wrap(c, message, area))
            if left < 0:
                return len(lines) - max(1, at)
        return 0

    @classmethod
    def _height(cls, c: Canvas, message: Message, wrapped: list[str]) -> int:
        return cls._head_height(c, message) + cls._step(c, message) * len(wrapped) + c.px(7)

    @classmethod
    def _wrap(cls, c: Canvas, message: Message, area: Box) -> list[str]:
        """On as many lines as the area has, so that the newest is there however long it is."""
        most = max(1, (area.h - cls._head_height(c, message)) // cls._step(c, message))
        if not message.house:
            return c.wrapped(message.text, Style.BODY, area.w, most)
        text = f"{message.clock}  {message.text}" if message.clock else message.text
        return c.wrapped(text, Style.SMALL, area.w, most)

    @staticmethod
    def _head_height(c: Canvas, message: Message) -> int:
        """The line with the name, above what somebody says."""
        return 0 if message.house else c.line_height(Style.SMALL_STRONG, 1.35)

    @staticmethod
    def _step(c: Canvas, message: Message) -> int:
        """From line to line."""
        style, leading = (Style.SMALL, 1.3) if message.house else (Style.BODY, 1.25)
        return c.line_height(style, leading)

    @classmethod
    def _message(cls, c: Canvas, f: Frame, message: Message, lines: list[str], box: Box) -> None:
        y, high, step = box.y, cls._head_height(c, message), cls._step(c, message)
        style, ink = (Style.SMALL, theme.MUTED) if message.house else (Style.BODY, theme.TEXT)
        if not message.house:
            used = c.text(
                message.clock, Style.TINY, theme.MUTED, (box.right, y + high // 2), "right"
            )
            who = f.words("lists.you") if message.mine and not message.call else message.who
            named = theme.GOLD if message.mine or message.call else theme.FOCUS
            c.text(
                who, Style.SMALL_STRONG, named, (box.x, y + high // 2),
                room=box.w - used - c.px(8), foreign=True,
            )  # fmt: skip
            y += high
        for line in lines:
            c.text(line, style, ink, (box.x, y + step // 2), foreign=True)
            y += step
