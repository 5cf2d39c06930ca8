"""At the right: everybody's bets, the players, the rounds that were."""

from collections.abc import Hashable

from client_gui.games.roulette import spots
from client_gui.games.roulette.panels import pockets
from client_gui.games.roulette.view import Bet, Past, Person, Role, outcome_by_pocket
from client_gui.kit import theme
from client_gui.kit.box import Box, Point
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.controls import button, touch
from client_gui.kit.theme import Style
from client_gui.kit.words import number, signed
from client_gui.shell.frame import TABS, Frame
from protocol.games.roulette.rules import written
from protocol.text import as_name

ICON = {Role.PLAYER: "person", Role.CROUPIER: "diamond", Role.WATCHER: "eye"}


class Lists:
    """Three tabs, one of them open, with what is said below the list."""

    tabs: tuple[str, ...] = TABS

    def box(self, f: Frame) -> Box:
        return f.layout.lists

    def face(self, f: Frame) -> Hashable:
        view, ui = f.view, f.ui
        touched = {ui.over, ui.pressed, ui.focus} & set(self.hits(f))
        content = {
            "bets": (view.bets, view.bet_count, view.my_bets),
            "players": (view.people, ui.person, ui.armed, view.line),
            "history": (view.history,),
        }[ui.tab]
        return f.at, ui.tab, ui.scroll.get(ui.tab, 0), frozenset(touched), ui.focus, content

    # Places

    @staticmethod
    def _row(f: Frame) -> int:
        return max(19, f.layout.px(30))

    def _tabs(self, f: Frame) -> list[Box]:
        box, px = f.layout.lists, f.layout.px
        return Box(box.x + px(8), box.y + px(4), box.w - px(16), px(38)).columns(
            (1,) * len(self.tabs), 0
        )

    def _below(self, f: Frame) -> Box:
        """Where the totals, or the croupier's orders for one person, stand."""
        box, px = f.layout.lists, f.layout.px
        high = {"bets": px(70), "players": px(8), "history": px(8)}[f.ui.tab]
        if f.ui.tab == "players" and self._picked(f):
            high = px(8) + len(self._orders(f)) * (max(24, px(34)) + px(6))
        return Box(box.x + px(16), box.bottom - high, box.w - px(32), high)

    def _area(self, f: Frame) -> Box:
        box, px = f.layout.lists, f.layout.px
        top = box.y + px(48)
        return Box(box.x + px(8), top, box.w - px(16), self._below(f).y - top - px(4))

    def _length(self, f: Frame) -> int:
        return {
            "bets": len(f.view.bets), "players": len(f.view.people), "history": len(f.view.history)
        }[f.ui.tab]  # fmt: skip

    def most_scroll(self, f: Frame) -> int:
        """The first row that may be at the top."""
        return max(0, self._length(f) - self._area(f).h // self._row(f))

    def _first(self, f: Frame) -> int:
        return min(f.ui.scroll.get(f.ui.tab, 0), self.most_scroll(f))

    def _rows(self, f: Frame) -> list[tuple[int, Box]]:
        """The rows to be seen: which entry, where."""
        area, row = self._area(f), self._row(f)
        first = self._first(f)
        fits = area.h // row
        return [
            (first + at, Box(area.x, area.y + at * row, area.w, row))
            for at in range(min(fits, self._length(f) - first))
        ]

    def _picked(self, f: Frame) -> Person | None:
        return next(
            (p for p in f.view.people if p.seat == f.ui.person and self._has_row(f, p)), None
        )

    @staticmethod
    def _has_row(f: Frame, person: Person) -> bool:
        """Whether there is anything that one may do about him."""
        return bool(f.view.account and not f.view.classic and person.seat and not person.me)

    @staticmethod
    def _orders(f: Frame) -> tuple[tuple[str, ...], ...]:
        """The buttons below the list, row by row."""
        talk = ("button:write", "button:session", "button:ignore")
        if not f.croupier:
            return (talk,)
        return (talk, ("button:warn", "button:mute"), ("button:hand_over", "button:kick"))

    def hits(self, f: Frame) -> Hits:
        hits = {f"tab:{name}": box for name, box in zip(self.tabs, self._tabs(f), strict=True)}
        hits["list"] = self._area(f)
        if f.ui.tab == "bets":
            hits |= {f"bet:{at}": box for at, box in self._rows(f)}
        if f.ui.tab == "players":
            for at, box in self._rows(f):
                if self._has_row(f, f.view.people[at]):
                    hits[f"person:{f.view.people[at].seat}"] = box
            if picked := self._picked(f):
                below, px = self._below(f), f.layout.px
                high = max(24, px(34))
                for row, names in enumerate(self._orders(f)):
                    y = below.y + px(4) + row * (high + px(6))
                    labels = (f.words(_label(name, picked)) for name in names)
                    wide = tuple(f.wide(label, Style.SMALL_STRONG) + px(20) for label in labels)
                    places = Box(below.x, y, below.w, high).columns(wide, px(6))
                    hits |= dict(zip(names, places, strict=True))
        return hits

    # Pictures

    def draw(self, c: Canvas, f: Frame) -> None:
        for name, tab in zip(self.tabs, self._tabs(f), strict=True):
            chosen = name == f.ui.tab
            lit = chosen or f.ui.over == f"tab:{name}"
            style = Style.STRONG if chosen else Style.BODY
            ink = theme.TEXT if lit else theme.MUTED
            c.text(f.words(f"lists.{name}"), style, ink, tab.middle, "center", room=tab.w - c.px(4))
            if chosen:
                bar = Box(tab.x + c.px(8), tab.bottom - c.px(3), tab.w - c.px(16), c.px(3))
                c.plate(bar, 1.5, theme.GOLD)
            if f.ui.focus == f"tab:{name}":
                c.frame(tab, theme.FOCUS, 2, 8)
        c.rule(f.layout.lists.x + c.px(8), self._tabs(f)[0].bottom, f.layout.lists.w - c.px(16))
        if not self._length(f):
            area = self._area(f)
            at = (area.x + c.px(8), area.y + c.px(14))
            coming = f.ui.tab == "bets" and f.view.bet_count
            text = "…" if coming else f.words(f"lists.no_{f.ui.tab}")
            c.text(text, Style.SMALL, theme.MUTED, at, room=area.w - c.px(16))
        draw = {"bets": self._bet, "players": self._person, "history": self._past}[f.ui.tab]
        for entry, box in self._rows(f):
            draw(c, f, box, entry)
        self._scrollbar(c, f)
        if f.ui.tab == "bets":
            self._totals(c, f)
        elif (picked := self._picked(f)) and f.ui.tab == "players":
            self._draw_orders(c, f, picked)

    def _scrollbar(self, c: Canvas, f: Frame) -> None:
        most, area = self.most_scroll(f), self._area(f)
        if not most:
            return
        high = max(c.px(18), round(area.h * (1 - most / self._length(f))))
        y = area.y + round((area.h - high) * self._first(f) / most)
        c.plate(Box(area.right + c.px(2), y, c.px(4), high), 2, theme.EDGE_LIT)

    @staticmethod
    def _bet(c: Canvas, f: Frame, box: Box, at: int) -> None:
        bet: Bet = f.view.bets[at]
        if f.ui.over == f"bet:{at}":
            c.plate(Box(box.x, box.y + 1, box.w, box.h - 2), 6, theme.RAISED)
        elif bet.mine:
            c.plate(Box(box.x, box.y + 1, box.w, box.h - 2), 6, theme.MINE)
        if f.ui.focus == f"bet:{at}":
            c.frame(box, theme.FOCUS, 2, 6)
        y = box.middle[1]
        left, middle, right = box.x + c.px(9), box.x + round(box.w * 0.41), box.right - c.px(11)
        name = f.words("lists.you") if bet.mine else as_name(bet.name)
        style, ink = (Style.STRONG, theme.GOLD) if bet.mine else (Style.BODY, theme.TEXT)
        left += Lists._dot(c, f, bet, (left + c.px(3), y))
        c.text(name, style, ink, (left, y), room=middle - left - c.px(8), foreign=not bet.mine)
        spot = spots.name_of(f.words, bet.spot)
        room = right - middle - c.px(8)
        amount = f.sum(bet.amount, Style.STRONG, room - f.wide(spot, Style.SMALL))
        room -= c.text(amount, Style.STRONG, theme.TEXT, (right, y), "right")
        c.text(spot, Style.SMALL, theme.MUTED, (middle, y), room=room)

    @staticmethod
    def _dot(c: Canvas, f: Frame, bet: Bet, at: Point) -> int:
        """In the colour of his chips, or of the ring around mine; says how much room it takes."""
        tint = theme.GOLD if bet.mine else f.colour_of(bet.name)
        letter = f.letter_of(bet.name)
        if not letter:
            c.dot(c.px(8), tint, at)
            return c.px(13)
        at = (at[0] + c.px(4), at[1])
        if bet.mine:
            c.dot(c.px(8), tint, at)
        else:
            size = c.px(20)
            c.dot(size, tint, at)
            c.text(letter, Style.TINY, theme.TEXT, at, "center", room=size - c.px(2))
        return c.px(22)

    def _person(self, c: Canvas, f: Frame, box: Box, row: int) -> None:
        person: Person = f.view.people[row]
        name = f"person:{person.seat}"
        if f.ui.over == name or f.ui.person == person.seat:
            edge = theme.GOLD if f.ui.person == person.seat and self._picked(f) else None
            c.plate(Box(box.x, box.y + 1, box.w, box.h - 2), 6, theme.RAISED, edge)
        elif person.me:
            c.plate(Box(box.x, box.y + 1, box.w, box.h - 2), 6, theme.MINE)
        if f.ui.focus == name:
            c.frame(box, theme.FOCUS, 2, 6)
        y = box.middle[1]
        left, right = box.x + c.px(9), box.right - c.px(11)
        gone = not person.online
        tint = theme.FAINT if gone else theme.GOLD if person.role is Role.CROUPIER else theme.MUTED
        if person.role is Role.PLAYER and not gone and not person.me:
            c.dot(c.px(18), f.colour_of(person.name), (left + c.px(7), y))
            tint = theme.TEXT
        size = c.px(11 if tint == theme.TEXT else 14)
        letter = f.letter_of(person.name) if tint == theme.TEXT else ""
        if letter:
            at = (left + c.px(7), y)
            c.text(letter, Style.TINY, tint, at, "center", room=c.px(16))
        else:
            c.icon(ICON[person.role], size, tint, (left + c.px(7), y))
        left += c.px(22)
        used = 0
        word = self._mark(person)
        if person.role is Role.PLAYER and person.balance is not None and not gone:
            balance = f.sum(person.balance, Style.STRONG, box.w * 2 // 5)
            used = c.text(balance, Style.STRONG, theme.TEXT, (right, y), "right")
            used += c.px(8) if word else 0
        elif not word and person.role is not Role.PLAYER:
            word = f"role.{person.role}"
        if word:
            end, most = (right - used, y), max(c.px(20), box.w * 11 // 20 - used)
            used += c.text(f.words(word), Style.SMALL, theme.MUTED, end, "right", room=most)
        ink = theme.MUTED if gone else theme.GOLD if person.me else theme.TEXT
        room = right - used - c.px(8) - left
        text = f.words("lists.you_named", name=person.name) if person.me else as_name(person.name)
        c.text(text, Style.BODY, ink, (left, y), room=room, foreign=True)

    @staticmethod
    def _mark(person: Person) -> str:
        """The key of what there is to know of him first."""
        marks = (
            (not person.online, "lists.gone"),
            (person.ignored, "lists.ignored"),
            (person.muted, "lists.muted"),
            (person.away, "lists.away"),
        )
        return next((key for holds, key in marks if holds), "")

    @staticmethod
    def _past(c: Canvas, f: Frame, box: Box, at: int) -> None:
        past: Past = f.view.history[at]
        y = box.middle[1]
        left, right = box.x + c.px(9), box.right - c.px(11)
        high = round(box.h * 0.8)
        tile = Box(left, y - high // 2, c.px(34), high)
        pockets.tile(c, tile, past.pocket, False, Style.SMALL_STRONG)
        text = f.words("round_banner.round", n=number(past.round))
        x = tile.right + c.px(10)
        used = 0
        if past.net is not None:
            ink = theme.OK if past.net > 0 else theme.BAD_TEXT if past.net < 0 else theme.TEXT
            net = f.sum(
                past.net, Style.STRONG, right - x - c.px(6) - f.wide(text, Style.SMALL), signed
            )
            used = c.text(net, Style.STRONG, ink, (right, y), "right")
        else:
            used = c.text("–", Style.BODY, theme.MUTED, (right, y), "right")
        c.text(text, Style.SMALL, theme.MUTED, (x, y), room=right - used - c.px(6) - x)

    def _totals(self, c: Canvas, f: Frame) -> None:
        below, view = self._below(f), f.view
        c.rule(below.x, below.y, below.w)
        first, second = below.rows((1.1, 1), 0)
        y = first.middle[1] + c.px(2)
        bets = f.words.count("lists.bet_count", view.bet_count)
        people = f.words.count("lists.bettors", view.bettors)
        label, room = f"{bets} · {people}", below.w - c.px(8)
        total = f.sum(sum(view.totals.values()), Style.SUM, room - f.wide(label, Style.SMALL))
        room -= c.text(total, Style.SUM, theme.TEXT, (below.right, y), "right")
        c.text(label, Style.SMALL, theme.MUTED, (below.x, y), room=room)
        mine = view.my_bets if view.role is Role.PLAYER else view.totals
        y = second.middle[1] - c.px(4)
        if not mine:
            return
        nets = outcome_by_pocket(mine, view.law)
        if view.role is not Role.PLAYER:
            nets = [-net for net in nets]
        best = max(range(len(nets)), key=lambda n: nets[n])
        ink = theme.OK if nets[best] > 0 else theme.MUTED
        key = "lists.best" if view.role is Role.PLAYER else "lists.best_house"
        label = f.words(key)
        there = f.words("lists.on", net="", n=written(best))
        room = below.w - c.px(8) - f.wide(label, Style.SMALL) - f.wide(there, Style.SMALL_STRONG)
        net = f.sum(nets[best], Style.SMALL_STRONG, room, signed)
        text = f.words("lists.on", net=net, n=written(best))
        used = c.text(text, Style.SMALL_STRONG, ink, (below.right, y), "right")
        c.text(label, Style.SMALL, theme.MUTED, (below.x, y), room=below.w - used - c.px(8))

    def _draw_orders(self, c: Canvas, f: Frame, person: Person) -> None:
        hits, ui = self.hits(f), f.ui
        for name in (name for row in self._orders(f) for name in row):
            armed = ui.armed == name
            label = f.words("desk.sure" if armed else _label(name, person))
            state = touch(name, ui.over, ui.pressed, ui.focus)
            allowed = person.online or name in ("button:ignore", "button:warn", "button:mute")
            button(c, hits[name], label, state, danger=armed, enabled=allowed, small=True)


def _label(name: str, person: Person) -> str:
    """The key of what stands on a button below the list."""
    return {
        "button:write": "talk.write",
        "button:session": "talk.session",
        "button:ignore": "talk.hear" if person.ignored else "talk.ignore",
        "button:warn": "desk.warn",
        "button:mute": "desk.unmute" if person.muted else "desk.mute",
        "button:hand_over": "desk.hand_over",
        "button:kick": "desk.kick",
    }[name]
