"""What of a roulette can be waited for, by who follows the window from outside."""

from typing import Any

from client_gui.games.roulette.frame import Frame
from client_gui.games.roulette.record import chosen, looked_at, steps_done


def table(f: Frame) -> dict[str, Any]:
    view = f.view
    return {
        "phase": str(view.phase),
        "stage": f.stage.name.lower(),
        "round": view.round,
        # As it may be seen now, and not as it is known already.
        "balance": view.balance,
        "at_stake": view.at_stake,
        "bets": {str(spot): chips for spot, chips in sorted(view.my_bets.items())},
        "pending": sum(view.pending.values()),
        "last": view.results[0] if view.results else None,
        "verified": view.verified,
        "auto": view.auto,
        "favourites": [each.name for each in f.ui.favourites],
        "night": _night(f),
        "walked": _walked(f),
        "pointed": _pointed(f),
        "choosing": f.ui.choosing,
        "record": _record(f),
    }


def _night(f: Frame) -> dict[str, Any]:
    own_limits = f.ui.own_limits
    return {
        "minutes": int(own_limits.spent(f.hour)) // 60,
        "net": f.net,
        "most_lost": own_limits.loss.at(f.hour),
        "longest": own_limits.minutes.at(f.hour),
        "told": [each.text for each in f.ui.talk.own],
    }


def _walked(f: Frame) -> str:
    """What the arrows are on, as the rectangles name it."""
    ui = f.ui
    if not ui.walking:
        return ""
    if ui.aim is not None:
        return f"track:{ui.aim.sector or ui.aim.number}"
    return f"spot:{ui.hover}"


def _pointed(f: Frame) -> dict[str, Any]:
    """What the pointer, or the keyboard, brings out: numbers, whose chips lie there, a player."""
    spot = f.ui.hover
    held = f.holders.get(spot, []) if spot is not None else []
    return {
        "lit": sorted(f.lit),
        "held": {each.name: each.amount for each in held},
        "followed": f.followed,
    }


def _record(f: Frame) -> dict[str, Any]:
    """What of the record is open, and what came of a save."""
    ui, night = f.ui.record, f.known.night
    here = chosen(f.known, ui)
    return {
        "open": ui.page if ui.open else "",
        "rounds": len(night.rounds),
        "round": here.round if here else 0,
        "net": night.net,
        "proof": _proof(f),
        "said": ui.said,
        "file": ui.file,
    }


def _proof(f: Frame) -> dict[str, Any] | None:
    """Of the round whose proof is open: the steps that were done, and whether they hold."""
    ui = f.ui.record
    proof = f.proof(looked_at(f.known, ui))
    if not ui.open or ui.page != "proof" or proof is None:
        return None
    done = proof.workings[: steps_done(proof, ui, f.now)]
    return {
        "round": proof.number,
        "steps": {str(each.part): each.holds for each in done},
        "whole": len(done) == len(proof.workings),
        "colour": proof.colour.name.lower(),
        "greys": list(proof.greys),
    }
