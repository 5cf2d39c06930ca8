"""`--trace`: one JSON line whenever something that a test would wait for has changed."""

import json
import os
import sys
from typing import Any, TextIO

from client_gui.door.connect import ConnectScene
from client_gui.games.form.scene import FormScene
from client_gui.games.form.view import form_of
from client_gui.games.roulette.panels.tv import playing
from client_gui.games.roulette.record import chosen, looked_at, steps_done
from client_gui.games.roulette.scene.table import TableScene
from client_gui.games.roulette.scene.tv import TvScene
from client_gui.kit.box import Box
from client_gui.shell.panels.talk import FIELD
from client_gui.shell.parts.seated import Seated
from client_gui.shell.scene import Scene
from client_gui.shell.tabs import open_room, shown, who_asks


class Trace:
    """Follows the scenes, and says what is new. A new frame alone is no news."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self._out = out
        self._said: dict[str, Any] = {}

    def look(self, scene: Scene, frame: int, now: float) -> None:
        """Called after each drawn frame, with the number of it."""
        seen = tell(scene, now)
        if seen == self._said:
            return
        self._said = seen
        line = {"scene": seen["scene"], "frame": frame} | seen
        try:
            print(json.dumps(line, ensure_ascii=True), file=self._out, flush=True)
        except BrokenPipeError:
            # Whoever read it is gone; the window is not. What is left in the buffer goes nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._out.fileno())


def tell(scene: Scene, now: float) -> dict[str, Any]:
    """What of a scene can be waited for."""
    told: dict[str, Any] = {"scene": scene.name}
    boxes: dict[str, Box] = dict(scene.hits(now))
    if isinstance(scene, TableScene):
        view = scene.frame(now).view
        told |= {
            "phase": str(view.phase),
            "stage": scene.frame(now).stage.name.lower(),
            "round": view.round,
            "role": str(view.role),
            "balance": view.balance,
            "at_stake": view.at_stake,
            "bets": {str(spot): chips for spot, chips in sorted(view.my_bets.items())},
            "pending": sum(view.pending.values()),
            "last": view.results[0] if view.results else None,
            "verified": view.verified,
            "line": str(view.line),
            "auto": view.auto,
            "talk": _talk(scene, now),
            "settings": _settings(scene),
            "favourites": [each.name for each in scene.ui.preferences.favourites],
            "night": _night(scene, now),
            "walked": _walked(scene),
            "pointed": _pointed(scene, now),
            "open": [name for name in ("menu", "help", "choosing") if getattr(scene.ui, name)],
            "record": _record(scene, now),
        }
        boxes |= scene.spot_hits(now)
        if isinstance(scene, TvScene):
            told |= {"join": scene.join, "players": playing(view)}
    elif isinstance(scene, FormScene):
        view, form = scene.known, form_of(scene.known)
        told |= {
            "role": str(view.role),
            "table": view.table,
            "title": form.title(scene.words.language),
            "lines": list(form.lines(scene.words.language)),
            "balance": view.balance,
            "at_stake": view.at_stake,
            "line": str(view.line),
            "talk": _talk(scene, now),
            "settings": _settings(scene),
            "open": [name for name in ("menu", "help", "hall") if getattr(scene.ui, name)],
            "hall": scene.ui.hall_note,
        }
    elif isinstance(scene, ConnectScene):
        told["typed"] = {
            name: line for name, line in scene.ui.lines.items() if "password" not in name
        }
        told["busy"] = bool(scene.ui.busy)
    told["focus"] = scene.ui.focus or ""
    told["language"] = scene.words.language
    told["banner"] = scene.banner(now)
    told["size"] = list(scene.size)
    told["hits"] = {name: list(box) for name, box in boxes.items()}
    return told


def _night(scene: TableScene, now: float) -> dict[str, Any]:
    frame, own_limits = scene.frame(now), scene.ui.own_limits
    return {
        "minutes": int(own_limits.spent(frame.hour)) // 60,
        "net": frame.net,
        "most_lost": own_limits.loss.at(frame.hour),
        "longest": own_limits.minutes.at(frame.hour),
        "told": [each.text for each in scene.ui.talk.own],
    }


def _walked(scene: TableScene) -> str:
    """What the arrows are on, as the rectangles name it."""
    ui = scene.ui
    if not ui.walking:
        return ""
    if ui.aim is not None:
        return f"track:{ui.aim.sector or ui.aim.number}"
    return f"spot:{ui.hover}"


def _pointed(scene: TableScene, now: float) -> dict[str, Any]:
    """What the pointer, or the keyboard, brings out: numbers, whose chips lie there, a player."""
    frame, spot = scene.frame(now), scene.ui.hover
    held = frame.holders.get(spot, []) if spot is not None else []
    return {
        "lit": sorted(frame.lit),
        "held": {each.name: each.amount for each in held},
        "followed": frame.followed,
    }


def _settings(scene: Seated) -> dict[str, Any]:
    kept = scene.ui.preferences.as_settings()
    return {name: each for name, each in kept.items() if name != "favourites"}


def _record(scene: TableScene, now: float) -> dict[str, Any]:
    """What of the record is open, and what came of a save."""
    ui, night = scene.ui.record, scene.known.night
    here = chosen(scene.known, ui)
    return {
        "open": ui.page if ui.open else "",
        "rounds": len(night.rounds),
        "round": here.round if here else 0,
        "net": night.net,
        "proof": _proof(scene, now),
        "said": ui.said,
        "file": ui.file,
    }


def _proof(scene: TableScene, now: float) -> dict[str, Any] | None:
    """Of the round whose proof is open: the steps that were done, and whether they hold."""
    ui = scene.ui.record
    proof = scene.frame(now).proof(looked_at(scene.known, ui))
    if not ui.open or ui.page != "proof" or proof is None:
        return None
    done = proof.workings[: steps_done(proof, ui, now)]
    return {
        "round": proof.number,
        "live": proof.live,
        "steps": {str(each.part): each.holds for each in done},
        "whole": len(done) == len(proof.workings),
        "shown": [each.account for step in done for each in step.shares if each.secret],
    }


def _talk(scene: Seated, now: float) -> dict[str, Any]:
    """Where one is in the talk, its last lines, and what is unread elsewhere."""
    view, ui = scene.known, scene.ui.talk
    asks = who_asks(view, ui)
    return {
        "room": open_room(view, ui).name,
        "tie": open_room(view, ui).tie,
        "lines": [each.text for each in ui.lines[-5:]],
        "unread": {room.name: ui.unread.get(room.account, 0) for room in shown(view, ui)},
        "asks": asks.name if asks else "",
        "note": ui.note if now < ui.note_until else "",
        "people": {each.name: each.seat for each in view.people},
        "typed": scene.ui.lines.get(FIELD, ""),
    }
