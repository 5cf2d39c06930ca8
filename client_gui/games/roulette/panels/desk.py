"""Below the layout for the croupier: the orders, and what each number would cost the house."""

from collections.abc import Hashable

from client_gui.games.roulette import looks
from client_gui.games.roulette.frame import Frame
from client_gui.games.roulette.view import Phase, outcome_by_pocket
from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.controls import button, field, touch
from client_gui.kit.theme import Style
from client_gui.kit.words import signed
from client_gui.shell.view import Line, Role
from protocol.games.roulette.rules import written

AUTO_STEPS = (None, 20, 30, 45, 60)
"""What the button goes through: by hand, or so many seconds between two spins."""


class Desk:
    """Start, no more bets, auto; void with its reason."""

    def box(self, f: Frame) -> Box:
        hand, keys = f.layout.chip_tray, f.layout.keys
        return Box(hand.x, hand.y, hand.w, keys.bottom - hand.y).grown(f.layout.px(4))

    def face(self, f: Frame) -> Hashable:
        if not f.croupier:
            return None
        ui = f.ui
        return (
            f.at, ui.over, ui.pressed, ui.focus, ui.armed, ui.line("field:reason"),
            f.view.auto, self.enabled(f),
        )  # fmt: skip

    @staticmethod
    def enabled(f: Frame) -> frozenset[str]:
        """What the server would take now."""
        known = f.known
        if known.line is not Line.UP:
            return frozenset()
        if known.classic:
            return frozenset(("button:spin", "button:list"))
        able = {"button:auto"}
        if known.phase is Phase.BETTING:
            able |= {"button:spin", "button:close", "button:void"}
        if known.phase is Phase.CLOSED:
            able |= {"button:spin"}
        return frozenset(able)

    def hits(self, f: Frame) -> Hits:
        if not f.croupier:
            return {}
        px = f.layout.px
        if f.view.classic:
            hand, keys = f.layout.chip_tray, f.layout.keys
            row = Box(hand.x, (hand.y + keys.bottom - hand.h) // 2, hand.w, hand.h)
            start, ask = row.columns((2.4, 1), px(14))
            return {"button:spin": start, "button:list": ask}
        start, close, auto = f.layout.chip_tray.columns((1.9, 1, 1), px(14))
        reason, void = f.layout.keys.columns((2.95, 1), px(14))
        return {
            "button:spin": start,
            "button:close": close,
            "button:auto": auto,
            "field:reason": reason,
            "button:void": void,
        }

    def draw(self, c: Canvas, f: Frame) -> None:
        hits, ui, words, able = self.hits(f), f.ui, f.words, self.enabled(f)

        def press(name: str, label: str, key: str, **how: bool) -> None:
            state = touch(name, ui.over, ui.pressed, ui.focus)
            row = () if how.get("gold") else labels
            button(c, hits[name], label, state, key, enabled=name in able, among=row, **how)

        auto = f.view.auto
        automatic = words("desk.auto_off") if auto is None else words("desk.auto", n=auto)
        armed = ui.armed == "button:void"
        labels = words("desk.close"), automatic, words("desk.void")
        press("button:spin", words("desk.start"), words("key.space"), gold=True)
        if f.view.classic:
            press("button:list", words("chip_tray.list"), "L")
            return
        press("button:close", words("desk.close"), "N")
        press("button:auto", automatic, "A", chosen=auto is not None)
        state = touch("field:reason", ui.over, ui.pressed, ui.focus)
        text = ui.lines.get("field:reason", "")
        line = ui.line("field:reason")
        field(c, hits["field:reason"], text, state, hint=words("desk.reason"), line=line)
        label = words("desk.sure" if armed else "desk.void")
        press("button:void", label, "V", danger=armed)


class Exposure:
    """What the house wins or loses on each number, as the bets lie; for all who do not play."""

    def box(self, f: Frame) -> Box:
        return f.layout.foot

    def face(self, f: Frame) -> Hashable:
        return (f.at, f.view.totals) if f.view.role is not Role.PLAYER else None

    def hits(self, f: Frame) -> Hits:
        del f
        return {}

    def draw(self, c: Canvas, f: Frame) -> None:
        box = f.layout.foot.inset(c.px(14), c.px(11))
        if not f.view.totals:
            c.label(f.words("desk.exposure"), (box.x, box.y + c.px(5)), room=box.w // 2)
            place = Box(box.x, box.y + c.px(14), box.w, box.h - c.px(14))
            text = f.words("desk.no_exposure")
            c.paragraph(text, Style.SMALL, theme.MUTED, place, "center")
            return
        nets = [-net for net in outcome_by_pocket(f.view.totals, f.view.law)]
        y = box.y + c.px(5)
        title = c.label(f.words("desk.exposure"), (box.x, y), room=box.w // 2)
        worst = min(range(len(nets)), key=lambda n: nets[n])
        text = f.words("desk.worst", net=signed(nets[worst]), n=written(worst))
        ink = theme.BAD_TEXT if nets[worst] < 0 else theme.OK
        room = box.w - title - c.px(20)
        c.text(text, Style.SMALL_STRONG, ink, (box.right, y), "right", room=room)
        digits = c.line_height(Style.TINY, 1.15)
        graph = Box(box.x, y + c.px(14), box.w, box.bottom - digits - y - c.px(15))
        most = max(1, *(abs(net) for net in nets))
        c.rule(graph.x, graph.bottom - 1, graph.w)
        step = graph.w / len(nets)
        wide = round(step * 0.66)
        for number, net in enumerate(nets):
            x = graph.x + round(number * step + (step - wide) / 2)
            high = max(2, round(graph.h * abs(net) / most))
            tint = theme.BAD if net < 0 else looks.EXPOSED
            c.plate(Box(x, graph.bottom - high, wide, high), 2, tint)
            at = (x + wide // 2, box.bottom - digits // 2 + c.px(1))
            ink = theme.TEXT if net < 0 else theme.MUTED
            c.text(written(number), Style.TINY, ink, at, "center", room=round(step))
