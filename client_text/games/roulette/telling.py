"""What happens at a roulette becomes lines for a person. Pure."""

from collections.abc import Mapping

from client.games.roulette.locked import staying
from client.games.roulette.state import Roulette, roulette, spot_of
from client.house import events
from client.house.state import HouseState, Refusal
from client.wording import clock
from client_text.games.roulette.speech import bets_in_words, pocket_in_words, spot_in_words
from client_text.lines import Line, Mood
from client_text.speech import Speech
from client_text.telling import Refused, Tell, Teller, Told
from client_text.verdicts import verdict_told
from protocol.fair.verdict import Colour
from protocol.games.roulette import bets, rounds
from protocol.games.roulette.rules import Spot
from protocol.house import door
from protocol.house.fields import NO_DEADLINE, Chips
from protocol.house.lists import Seat
from protocol.text import as_name
from protocol.wire import Request

PEOPLE_SHOWN = 5
"""Of one broadcast; the rest are counted."""
BEST_SHOWN = 3
CHECKED = {Colour.GREEN: "tell.fair", Colour.GREY: "tell.grey", Colour.RED: "tell.unfair"}


def _shown(teller: Teller, said: rounds.TableShown, before: HouseState, now: HouseState) -> Told:
    game = roulette(now)
    if before.live or now.classic:
        return
    left = _left(teller.speech, said.ms_left)
    phase = teller.speech.choice("phase", said.phase)
    yield teller.line("tell.shown", Mood.CALL, n=said.round_number, phase=phase, left=left)
    if said.staked:
        yield Line(_on_table(teller.speech, said.staked, said.players))
    if game.round.own:
        yield teller.line(
            "tell.own", bets=bets_in_words(teller.speech, sorted(game.round.own.items()))
        )
    if now.table.seat is Seat.PLAYER:
        yield teller.line("tell.balance", balance=teller.speech.chips(now.balance))


def _on_table(speech: Speech, staked: Chips, players: int) -> str:
    chips, by = speech.chips(staked), speech.count("count.players", players)
    return speech("tell.on_table", staked=chips, players=by)


def _opened(teller: Teller, said: rounds.RoundOpened, before: HouseState, now: HouseState) -> Told:
    if said.round_number != roulette(before).round.number:
        key = "tell.opened_classic" if now.classic else "tell.opened"
        left = _left(teller.speech, said.ms_left)
        yield teller.line(key, Mood.CALL, n=said.round_number, left=left)


def _left(speech: Speech, ms_left: int) -> str:
    if ms_left == NO_DEADLINE:
        return ""
    return speech("tell.left", seconds=clock(ms_left / 1000))


def _closed(teller: Teller, _: rounds.BettingClosed, __: HouseState, now: HouseState) -> Told:
    yield teller.line(
        "tell.closed", Mood.CALL, staked=teller.speech.chips(roulette(now).round.staked)
    )


def _spinning(teller: Teller, _: rounds.WheelStarted, __: HouseState, ___: HouseState) -> Told:
    yield teller.line("tell.spinning", Mood.QUIET)


def _settled(teller: Teller, said: rounds.RoundSettled, _: HouseState, now: HouseState) -> Told:
    yield teller.line("tell.number", Mood.CALL, pocket=pocket_in_words(teller.speech, said.pocket))
    best = said.top if now.classic else said.top[:BEST_SHOWN]
    if best:
        results = ", ".join(f"{as_name(each.name)} {signed(each.net)}" for each in best)
        yield teller.line("tell.best", results=results)


def _player_settled(
    teller: Teller, said: rounds.PlayerSettled, _: HouseState, now: HouseState
) -> Told:
    found = roulette(now).find_round(said.round_number)
    if found is not None and found.voided is not None:
        return
    key, mood = "tell.even", Mood.PLAIN
    if said.net:
        key, mood = ("tell.won", Mood.GOOD) if said.net > 0 else ("tell.lost_chips", Mood.PLAIN)
    net, balance = teller.speech.chips(abs(said.net)), teller.speech.chips(said.balance)
    yield teller.line(key, mood, net=net, balance=balance)
    locked = sorted(staying(said).items())
    if locked:
        yield teller.line("tell.locked", bets=bets_in_words(teller.speech, locked))
    if said.half_owed:
        yield teller.line("tell.half")


def _voided(teller: Teller, said: rounds.RoundVoided, _: HouseState, __: HouseState) -> Told:
    key = "tell.voided_words" if said.words else "tell.voided"
    yield teller.line(key, Mood.BAD, n=said.round_number, words=said.words)


def _auto(teller: Teller, said: rounds.AutoChanged, before: HouseState, _: HouseState) -> Told:
    if said.seconds != roulette(before).auto:
        key = "tell.auto_on" if said.seconds else "tell.auto_off"
        yield teller.line(key, Mood.QUIET, seconds=said.seconds)


def _judged(teller: Teller, said: events.Judged, _: HouseState, now: HouseState) -> Told:
    if isinstance(now.table.game, Roulette):
        yield from verdict_told(teller, said.verdict, now, CHECKED)


def _placed(teller: Teller, said: bets.BetsPlaced, before: HouseState, now: HouseState) -> Told:
    yield from _own_changed(teller, "tell.laid", said, before, now)


def _taken_back(
    teller: Teller, said: bets.BetsTakenBack, before: HouseState, now: HouseState
) -> Told:
    yield from _own_changed(teller, "tell.taken_back", said, before, now)


def _own_changed(
    teller: Teller,
    key: str,
    said: bets.BetsPlaced | bets.BetsTakenBack,
    before: HouseState,
    now: HouseState,
) -> Told:
    pending = before.pending.get(said.number)
    if pending is None or not isinstance(pending.request, bets.PlaceBets | bets.TakeBackBets):
        return
    found = roulette(before).find_round(said.round_number)
    chips = [(bet.spot, bet.chips) for bet in pending.request.bets]
    chips = chips or sorted(found.own.items() if found else ())
    words = bets_in_words(teller.speech, chips)
    balance = teller.speech.chips(now.balance)
    yield teller.line(key, Mood.GOOD, bets=words, balance=balance)


def _bets_changed(
    teller: Teller, said: bets.BetsChanged, before: HouseState, now: HouseState
) -> Told:
    found = roulette(before).find_round(said.round_number)
    if found is None or said.revision <= found.revision:
        return
    changes: dict[tuple[int, bool], list[tuple[Spot, Chips]]] = {}
    for bet in said.latest:
        more = bet.chips - found.bets.get((bet.account, bet.spot), 0)
        if bet.account != now.account and more:
            changes.setdefault((bet.account, more > 0), []).append((bet.spot, abs(more)))
    for (account, laid), chips in list(changes.items())[:PEOPLE_SHOWN]:
        key = "tell.they_bet" if laid else "tell.they_take"
        words = bets_in_words(teller.speech, chips)
        yield teller.line(key, Mood.QUIET, name=now.name_of(account), bets=words)
    if len(changes) > PEOPLE_SHOWN or not said.complete:
        on_table = _on_table(teller.speech, said.staked, said.players)
        yield teller.line("tell.many", Mood.QUIET, on_table=on_table)


def _done(teller: Teller, said: door.Done, before: HouseState, _: HouseState) -> Told:
    """Nothing else follows that one could see."""
    pending = before.pending.get(said.number)
    if pending is not None and isinstance(pending.request, bets.SayReady):
        yield teller.line("done.ready", Mood.QUIET)


def _on_spot(speech: Speech, refusal: Refusal, why: str) -> str:
    spot = spot_of(refusal)
    if spot is None:
        return why
    return speech("refused.spot", spot=spot_in_words(speech, spot), why=why)


def signed(net: int) -> str:
    return f"{net:+d}" if net else "0"


TELLS: Mapping[type, Tell] = {
    events.Judged: _judged,
    door.Done: _done,
    rounds.TableShown: _shown,
    rounds.RoundOpened: _opened,
    rounds.BettingClosed: _closed,
    rounds.WheelStarted: _spinning,
    rounds.RoundSettled: _settled,
    rounds.PlayerSettled: _player_settled,
    rounds.RoundVoided: _voided,
    rounds.AutoChanged: _auto,
    bets.BetsPlaced: _placed,
    bets.BetsTakenBack: _taken_back,
    bets.BetsChanged: _bets_changed,
}
REFUSALS: Mapping[type[Request], Refused] = {
    bets.PlaceBets: _on_spot,
    bets.TakeBackBets: _on_spot,
}
