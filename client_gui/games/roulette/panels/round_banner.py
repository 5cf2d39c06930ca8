"""Above the layout: the result, what is at stake while the ball runs, and the table's plaque."""

from collections.abc import Hashable

from client_gui.games.roulette.frame import Frame
from client_gui.games.roulette.panels import pockets
from client_gui.games.roulette.panels.track import may_turn, on_track
from client_gui.games.roulette.show import Stage
from client_gui.games.roulette.view import Outcome, Phase, outcome_by_pocket
from client_gui.kit import theme
from client_gui.kit.box import Box, Point
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.theme import Rgb, Style
from client_gui.kit.words import number, signed
from client_gui.shell.view import Role
from protocol.games.roulette.lists import Zero
from protocol.games.roulette.rules import RED, ZEROS, Group, colour, written
from protocol.games.roulette.zero import PLAIN, edge
from protocol.text import as_name

FOCUSED = ("button:track", "button:skip")
"""What the plate as a whole is a button for."""
ALARM = 58
"""So high is the alarm that may stand at the foot of the plate."""


class RoundBanner:
    """One plate with three faces: how to play, the ball is running, the result."""

    def box(self, f: Frame) -> Box:
        return f.layout.round_banner.grown(2)

    def face(self, f: Frame) -> Hashable:
        view = f.view
        if on_track(f):
            return None
        focus = f.ui.focus in FOCUSED
        if f.stage is Stage.SPIN:
            return f.at, "spin", view.my_bets, view.totals, f.show.outcome is not None, focus
        return (
            f.at, view.outcome, view.limits, f.show.marked(f.now), self._fresh(f), view.verified,
            view.phase is Phase.WAITING, may_turn(f), f.ui.over == "button:track", focus,
        )  # fmt: skip

    @staticmethod
    def _fresh(f: Frame) -> bool:
        return f.show.marked(f.now) is not None

    def hits(self, f: Frame) -> Hits:
        if f.stage is Stage.REST or f.show.before is None:
            return {}
        return {"button:skip": f.layout.round_banner}

    def draw(self, c: Canvas, f: Frame) -> None:
        box = f.layout.round_banner
        fresh = self._fresh(f)
        edge = theme.GOLD if fresh else theme.EDGE
        c.plate(box, 14, theme.PANEL, edge, 1.6 if fresh else 1)
        outcome = f.view.outcome
        if f.stage is Stage.SPIN:
            self._running(c, f, box.inset(c.px(22), c.px(16)))
        elif outcome is None:
            self._welcome(c, f, box.inset(c.px(22), c.px(16)))
        else:
            if f.view.verified is False and not f.view.classic:
                box = Box(box.x, box.y, box.w, box.h - c.px(ALARM - 6))
            self._result(c, f, box, outcome, fresh)

        if f.ui.focus in FOCUSED:
            c.frame(f.layout.round_banner, theme.FOCUS, 2, 14)

    @staticmethod
    def _way_back(c: Canvas, f: Frame, at: Point) -> None:
        """The racetrack lies on the other side."""
        if may_turn(f):
            ink = theme.GOLD if f.ui.over == "button:track" else theme.MUTED
            c.text(f.words("track.turn"), Style.SMALL, ink, at, "right")

    def _welcome(self, c: Canvas, f: Frame, box: Box) -> None:
        role = f.view.role
        titles = {Role.PLAYER: "welcome", Role.CROUPIER: "desk", Role.WATCHER: "watch"}
        rows = box.rows((1.3, 1, 1, 1), 0)
        title = f.words(f"round_banner.{titles[role]}")
        left = (box.x, rows[0].middle[1])
        c.text(title, Style.TITLE, theme.TEXT, left, room=box.w)
        self._way_back(c, f, (box.right, left[1]))
        prefix = {Role.PLAYER: "hint", Role.CROUPIER: "order", Role.WATCHER: "look"}[role]
        if f.view.classic and role is Role.PLAYER:
            prefix = "classic"
        for row, at in zip(rows[1:], (1, 2, 3), strict=True):
            y = row.middle[1]
            c.dot(c.px(7), theme.GOLD, (box.x + c.px(5), y))
            text = f.words(f"round_banner.{prefix}{at}")
            c.text(text, Style.BODY, theme.MUTED, (box.x + c.px(20), y), room=box.w - c.px(20))

    def _running(self, c: Canvas, f: Frame, box: Box) -> None:
        view = f.view
        rows = box.rows((1.25, 1, 1, 1), 0)
        c.text(
            f.words("round_banner.running"), Style.TITLE, theme.GOLD, (box.x, rows[0].middle[1]),
            room=box.w,
        )  # fmt: skip
        if f.show.outcome is not None and f.show.before is not None:
            at = (box.right, rows[0].middle[1])
            c.text(f.words("round_banner.skip"), Style.SMALL, theme.MUTED, at, "right")
        mine = view.laid if view.role is Role.PLAYER else dict(view.totals)
        if not mine:
            key = "round_banner.none_mine" if view.role is Role.PLAYER else "round_banner.none_all"
            c.text(f.words(key), Style.BODY, theme.MUTED, (box.x, rows[1].middle[1]), room=box.w)
            return
        staked = sum(mine.values())
        key = "round_banner.lies" if view.role is Role.PLAYER else "round_banner.lies_all"
        text = f.words.count(key, len(mine), sum=number(staked))
        c.text(text, Style.BODY, theme.TEXT, (box.x, rows[1].middle[1]), room=box.w)
        nets = outcome_by_pocket(mine, view.law)
        best = max(range(len(nets)), key=lambda n: nets[n])
        where = written(best)
        if view.role is Role.PLAYER:
            wins = sum(net > 0 for net in nets)
            text = f.words("round_banner.best", net=signed(nets[best]), n=where)
            c.text(text, Style.BODY, theme.OK, (box.x, rows[2].middle[1]), room=box.w)
            text = f.words.count("round_banner.chances", wins, of=len(nets))
        else:
            text = f.words("round_banner.risk", net=signed(-nets[best]), n=where)
            c.text(text, Style.BODY, theme.BAD_TEXT, (box.x, rows[2].middle[1]), room=box.w)
            wins = sum(net < 0 for net in nets)
            text = f.words.count("round_banner.house_chances", wins, of=len(nets))
        c.text(text, Style.BODY, theme.MUTED, (box.x, rows[3].middle[1]), room=box.w)

    def _result(self, c: Canvas, f: Frame, box: Box, outcome: Outcome, fresh: bool) -> None:
        pad = c.px(18)
        top, tall = box.y + pad, box.h - 2 * pad
        side = min(tall, round(box.w * 0.25))
        tile = Box(box.x + pad, box.y + (box.h - side) // 2, side, side)
        edge = theme.GOLD if fresh else theme.EDGE_LIT
        c.plate(tile, 14, pockets.ground(outcome.pocket), edge, 2.4)
        pockets.number(c, outcome.pocket, Style.HUGE, tile.middle, side)
        x = tile.right + c.px(22)
        room = box.right - pad - x
        plaque = self._limits(f)
        if plaque and not fresh and f.view.verified is not False:
            wide = min(c.px(196), room * 2 // 5)
            self._plaque(c, f, Box(box.right - pad - wide, top, wide, tall), plaque)
            room -= wide + c.px(16)
        others = [each for each in outcome.nets if each[0] != outcome.mine]
        last = self._last(f, outcome)
        shares = (1.05, 1.15, 1.0, 1.0 * bool(others), 1.0 * bool(last))
        high = round(tall * sum(shares) / 5.2)
        rows = Box(x, top + (tall - high) // 2, room, high).rows(shares, 0)
        mark = f.words("round_banner.round", n=number(outcome.round))
        c.label(mark, (x, rows[0].middle[1]), room=room)
        self._way_back(c, f, (x + room, rows[0].middle[1]))
        title = self._facts(f, outcome.pocket)
        c.text(title, Style.TITLE, theme.TEXT, (x, rows[1].middle[1]), room=room)
        self._mine(c, f, outcome, rows[2])
        self._others(c, others, rows[3])
        if last is not None:
            text, ink, foreign = last
            at = (x, rows[4].middle[1])
            c.text(text, Style.SMALL_STRONG, ink, at, room=room, foreign=foreign)

    @staticmethod
    def _facts(f: Frame, pocket: int) -> str:
        """14 RED EVEN 1-18."""
        words = f.words
        if pocket in ZEROS:
            return f"{written(pocket)} {words('spot.zero')}"
        parts = [
            words(f"spot.{colour(pocket).name.lower()}"),
            words("spot.odd" if pocket % 2 else "spot.even"),
            words("spot.low" if pocket < 19 else "spot.high"),
        ]
        return f"{pocket} {' '.join(parts)}"

    @staticmethod
    def _mine(c: Canvas, f: Frame, outcome: Outcome, row: Box) -> None:
        text, ink = _verdict(f, outcome)
        foreign = f.view.role is not Role.PLAYER
        c.text(text, Style.HEAD, ink, (row.x, row.middle[1]), room=row.w, foreign=foreign)

    @staticmethod
    def _others(c: Canvas, nets: list[tuple[str, int]], row: Box) -> None:
        """As many of the others as fit, whole."""
        x, end = row.x, row.right
        separator = " · "
        for name, net in nets:
            text = f"{as_name(name)} {signed(net)}"
            if x > row.x:
                text = separator + text
            if x + c.width(text[:60], Style.SMALL) > end:
                break
            x += c.text(
                text, Style.SMALL, theme.MUTED, (x, row.middle[1]), room=end - x, foreign=True
            )

    @staticmethod
    def _last(f: Frame, outcome: Outcome) -> tuple[str, Rgb, bool] | None:
        """What the house took, or who won most; whether that has a name in it."""
        if outcome.house is not None and f.view.role is not Role.PLAYER:
            ink = theme.BAD_TEXT if outcome.house < 0 else theme.OK
            return f.words("round_banner.house", sum=signed(outcome.house)), ink, False
        if len(outcome.nets) > 2 and outcome.nets[0][1] > 0 and outcome.nets[0][0] != outcome.mine:
            name, net = outcome.nets[0]
            return f.words("round_banner.top", name=name, sum=number(net)), theme.GOLD, True
        return None

    @staticmethod
    def _limits(f: Frame) -> list[tuple[str, str]]:
        """What may be laid; and, where zero has its own rule, what the house keeps of red."""
        rows = [
            (f.words(f"kind.{group.name.lower()}"), f"{number(least)}–{number(most)}")
            for group, least, most in f.view.limits
            if group is not Group.COLUMN
        ]
        law = f.view.law
        if rows and law != PLAIN:
            name = law.zero if law.zero is not Zero.NOTHING else law.wheel
            share = f.words.percent(float(edge(law, RED)), 2)
            rows.append((f.words(f"law.{name.name.lower()}"), share))
        return rows

    @staticmethod
    def _plaque(c: Canvas, f: Frame, box: Box, rows: list[tuple[str, str]]) -> None:
        """The brass plate that says what may be laid."""
        c.plate(box, 8, theme.PANEL_2, theme.GOLD_DIM)
        inner = box.inset(c.px(12), c.px(8))
        lines = inner.rows((1.2, *(1,) * len(rows)), 0)
        c.label(f.words("round_banner.limits"), (inner.x, lines[0].middle[1]), inner.w, theme.GOLD)
        room = inner.w - c.px(6) - max(c.width(span, Style.TINY) for _, span in rows)
        names = [name for name, _ in rows]
        for line, (name, span) in zip(lines[1:], rows, strict=True):
            y = line.middle[1]
            c.text(span, Style.TINY, theme.TEXT, (inner.right, y), "right")
            c.text(name, Style.TINY, theme.MUTED, (inner.x, y), room=room, among=names)


def winner(outcome: Outcome) -> tuple[str, int] | None:
    """Who won most, and how much; nothing if nobody won."""
    return outcome.nets[0] if outcome.nets and outcome.nets[0][1] > 0 else None


def _verdict(f: Frame, outcome: Outcome) -> tuple[str, Rgb]:
    """What the round brought: to me, or for who has no bets, to the best."""
    words, net = f.words, outcome.net
    if f.view.role is not Role.PLAYER:
        if (won := winner(outcome)) is not None:
            return words("round_banner.wins", name=won[0], sum=number(won[1])), theme.GOLD
        return words("round_banner.nobody" if outcome.nets else "round_banner.no_bets"), theme.MUTED
    if net is None:
        return words("round_banner.sat_out"), theme.MUTED
    if net == 0:
        return words("round_banner.even"), theme.TEXT
    if net > 0:
        return words("round_banner.won", sum=number(net)), theme.GOLD
    return words("round_banner.lost", sum=number(-net)), theme.BAD_TEXT


def result_words(f: Frame) -> str:
    """The fresh result, in a line; nothing when it is old."""
    if f.view.outcome is None or f.show.marked(f.now) is None:
        return ""
    return _verdict(f, f.view.outcome)[0]
