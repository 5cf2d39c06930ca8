"""What a roulette lists at the right besides its people: everybody's bets, the rounds."""

from collections.abc import Hashable

from client_gui.games.roulette import spots
from client_gui.games.roulette.frame import Frame
from client_gui.games.roulette.panels import pockets
from client_gui.games.roulette.view import Bet, Past, outcome_by_pocket
from client_gui.kit import theme
from client_gui.kit.box import Box, Point
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.theme import Style
from client_gui.kit.words import number, signed
from client_gui.shell.panels.lists import Rows
from client_gui.shell.view import Role
from protocol.games.roulette.rules import written
from protocol.text import as_name


class Bets:
    """My own first; below, the totals."""

    name, row = "bets", "bet"

    def face(self, f: Frame) -> Hashable:
        return f.view.bets, f.view.bet_count, f.view.my_bets

    def length(self, f: Frame) -> int:
        return len(f.view.bets)

    def coming(self, f: Frame) -> bool:
        return bool(f.view.bet_count)

    def foot(self, f: Frame) -> int:
        return f.layout.px(70)

    def hits(self, f: Frame, rows: Rows, foot: Box) -> Hits:
        del f, foot
        return {f"bet:{at}": box for at, box in rows}

    def draw(self, c: Canvas, f: Frame, box: Box, at: int) -> None:
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
        left += self._dot(c, f, bet, (left + c.px(3), y))
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

    def draw_foot(self, c: Canvas, f: Frame, foot: Box) -> None:
        view = f.view
        c.rule(foot.x, foot.y, foot.w)
        first, second = foot.rows((1.1, 1), 0)
        y = first.middle[1] + c.px(2)
        bets = f.words.count("lists.bet_count", view.bet_count)
        people = f.words.count("lists.bettors", view.bettors)
        label, room = f"{bets} · {people}", foot.w - c.px(8)
        total = f.sum(sum(view.totals.values()), Style.SUM, room - f.wide(label, Style.SMALL))
        room -= c.text(total, Style.SUM, theme.TEXT, (foot.right, y), "right")
        c.text(label, Style.SMALL, theme.MUTED, (foot.x, y), room=room)
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
        room = foot.w - c.px(8) - f.wide(label, Style.SMALL) - f.wide(there, Style.SMALL_STRONG)
        net = f.sum(nets[best], Style.SMALL_STRONG, room, signed)
        text = f.words("lists.on", net=net, n=written(best))
        used = c.text(text, Style.SMALL_STRONG, ink, (foot.right, y), "right")
        c.text(label, Style.SMALL, theme.MUTED, (foot.x, y), room=foot.w - used - c.px(8))


class History:
    """The newest round first."""

    name, row = "history", ""

    def face(self, f: Frame) -> Hashable:
        return f.view.history

    def length(self, f: Frame) -> int:
        return len(f.view.history)

    def coming(self, f: Frame) -> bool:
        del f
        return False

    def foot(self, f: Frame) -> int:
        return f.layout.px(8)

    def hits(self, f: Frame, rows: Rows, foot: Box) -> Hits:
        del f, rows, foot
        return {}

    def draw(self, c: Canvas, f: Frame, box: Box, at: int) -> None:
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

    def draw_foot(self, c: Canvas, f: Frame, foot: Box) -> None:
        """Nothing stands there."""
