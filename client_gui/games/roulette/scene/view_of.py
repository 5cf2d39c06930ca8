"""What the client knows of a roulette, as its scene shows it. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from client.games.roulette.night.recall import night_of
from client.games.roulette.numbers import Numbers
from client.games.roulette.state import Round, pending_chips, roulette, spot_of
from client.house.state import HouseState
from client.house.state import Refusal as Refused
from client_gui.games.roulette.view import Bet, Outcome, Past, Phase, Plaque, RouletteView
from client_gui.shell.view_of import ROWS, ViewMaker
from protocol.fair.verdict import Colour
from protocol.games.roulette import lists
from protocol.games.roulette.lists import Zero
from protocol.games.roulette.rounds import RoundSettled
from protocol.games.roulette.rules import Spot
from protocol.games.roulette.zero import PLAIN, WHEELS, Law
from protocol.house.fields import Chips
from protocol.house.lists import Reason, Seat

PHASES = {
    lists.Phase.BETTING: Phase.BETTING,
    lists.Phase.CLOSED: Phase.CLOSED,
    lists.Phase.SPINNING: Phase.SPINNING,
    lists.Phase.SETTLED: Phase.SETTLED,
}
CLASSIC_ONCE = (Reason.OVER_TABLE_MOST,)


class RouletteViewMaker(ViewMaker):
    def see(self, state: HouseState) -> RouletteView:
        game = roulette(state)
        introduced, now = game.introduced, game.round
        own, pending = self._chips(state)
        settled = now if now.settled else game.previous
        verified, proof = self._proof(state, settled)
        pockets = game.statistics.pockets
        law = Law(introduced.wheel, introduced.zero) if introduced else PLAIN
        wheel = WHEELS[law.wheel]
        watching = state.table.seat not in (Seat.PLAYER, Seat.CROUPIER)
        return RouletteView(
            **self.around(state),
            table=introduced.name if introduced else "",
            round=now.number,
            phase=PHASES[now.phase] if now.number else Phase.WAITING,
            deadline=game.deadline,
            phase_length=0.0 if game.deadline is None else game.deadline - game.phase_since,
            auto=game.auto or None,
            balance=state.balance if state.table.seat is Seat.PLAYER else None,
            my_bets={} if watching else own,
            pending=pending,
            totals=self.once("totals", (now.totals,), lambda: _totals(now)),
            bets=self.once(
                "bets", (now.bets, now.own, state.names, state.account), lambda: _bets(state)
            ),
            bet_count=now.count,
            bettors=now.players,
            results=pockets,
            numbers=self.once("numbers", (pockets, law), lambda: Numbers(pockets, wheel)),
            law=law,
            outcome=self.once(
                "outcome", (settled and settled.settled, settled and settled.result, settled),
                lambda: _outcome(state, settled),
            ),
            verified=verified,
            proof=proof,
            verdicts=state.table.verdicts,
            names=state.names,
            night=self.once(
                "night", (game.own_rounds, game.rounds, state.table.verdicts, state.table.seat),
                lambda: night_of(state),
            ),
            history=self.once(
                "history", (game.own_rounds, game.rounds, settled and settled.settled),
                lambda: _history(state, settled),
            ),
            limits=self.once("limits", (introduced,), lambda: _limits(state)),
        )  # fmt: skip

    def note_of(self, last: Refused, state: HouseState) -> str:
        once = state.classic and last.reason in CLASSIC_ONCE
        return "classic_once" if once else super().note_of(last, state)

    def place_of(self, last: Refused) -> int | None:
        """The spot; of a request that named only one, that."""
        spot = spot_of(last)
        if spot is None and last.request is not None:
            spots = [bet.spot for bet in getattr(last.request, "bets", ())]
            spot = spots[0] if len(spots) == 1 else None
        return spot

    def _chips(self, state: HouseState) -> tuple[Mapping[Spot, Chips], Mapping[Spot, Chips]]:
        """My chips that lie, and those under way; what is being taken back is under way, too."""
        game = roulette(state)
        if not state.pending:
            return game.round.own, {}
        own, pending = dict(game.round.own), {}
        for spot, chips in pending_chips(state).items():
            if chips < 0:
                lifted = min(-chips, own.get(spot, 0))
                own[spot] = own.get(spot, 0) - lifted
                chips = lifted
            if chips:
                pending[spot] = chips
        return {spot: chips for spot, chips in own.items() if chips}, pending

    @staticmethod
    def _proof(state: HouseState, settled: Round | None) -> tuple[bool | None, str]:
        """Whether the last round is green or red, and by what it can be told, where the evidence
        is, or why it is neither. One that has no number yet, or never will, can be red as well.
        """
        if state.classic:
            return None, ""
        verdicts = state.table.verdicts
        last = settled.number if settled is not None and settled.settled is not None else 0
        reds = [n for n, each in verdicts.items() if n >= last and each.colour is Colour.RED]
        if reds:
            return False, state.table.saved.get(max(reds), "")
        judged = verdicts.get(last)
        if judged is None:
            return None, ""
        if judged.colour is Colour.GREY:
            return None, next(iter(judged.verdict.greys))
        mark = judged.round.freeze.hex()
        return True, f"{mark[:4]}…{mark[-4:]}"


def _totals(now: Round) -> Mapping[Spot, Chips]:
    return MappingProxyType({spot: total.chips for spot, total in now.totals.items()})


def _bets(state: HouseState) -> tuple[Bet, ...]:
    """My own first; of the others the largest first."""
    game = roulette(state)
    me = state.account if state.table.seat is Seat.PLAYER else 0
    mine = [Bet(state.name, spot, chips, True) for spot, chips in game.round.own.items() if me]
    others = [
        Bet(state.name_of(account), spot, chips)
        for (account, spot), chips in game.round.bets.items()
        if account != me
    ]
    others.sort(key=lambda bet: -bet.amount)
    return (*mine, *others)[:ROWS]


def _outcome(state: HouseState, settled: Round | None) -> Outcome | None:
    if settled is None or settled.settled is None:
        return None
    said: RoundSettled = settled.settled
    result, introduced = settled.result, roulette(state).introduced
    had_bets = bool(result and result.payouts)
    return Outcome(
        settled.number,
        said.pocket,
        result.net if result and had_bets else None,
        {pay.spot: pay.stake for pay in result.payouts} if result else settled.own,
        tuple((row.name, row.net) for row in said.top),
        said.staked - said.returned,
        state.name if state.table.seat is Seat.PLAYER else "",
        introduced.zero if introduced else Zero.NOTHING,
    )


def _history(state: HouseState, settled: Round | None) -> tuple[Past, ...]:
    game = roulette(state)
    rounds = {
        row.round_number: Past(row.round_number, row.pocket)
        for row in game.rounds
        if row.state is lists.RoundState.SETTLED
    }
    if settled is not None and settled.settled is not None:
        rounds[settled.number] = Past(settled.number, settled.settled.pocket)
    for own in game.own_rounds:
        if own.state is lists.RoundState.SETTLED:
            rounds[own.round_number] = Past(own.round_number, own.pocket, own.net)
    return tuple(rounds[number] for number in sorted(rounds, reverse=True))


def rounds_of(there: HouseState) -> object:
    """What the net of a night is made from."""
    return roulette(there).own_rounds


def net_of(there: HouseState) -> int:
    """What I won or lost there tonight."""
    return night_of(there).net


def staked_at(there: HouseState) -> Chips:
    """My chips that lie there, answered for or not."""
    under_way = sum(max(0, chips) for chips in pending_chips(there).values())
    return roulette(there).round.at_stake + under_way


def _limits(state: HouseState) -> Plaque:
    introduced = roulette(state).introduced
    if introduced is None:
        return ()
    return tuple((limit.group, limit.least, limit.most) for limit in introduced.plaque)
