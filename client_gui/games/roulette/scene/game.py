"""What the window needs of a roulette."""

from typing import Any

from client_gui.games.game import GameScene
from client_gui.games.roulette.orders import ORDERS
from client_gui.games.roulette.scene.keeping import KEEPING
from client_gui.games.roulette.scene.table import TableScene
from client_gui.games.roulette.scene.view_of import RouletteViewMaker, net_of, rounds_of, staked_at
from client_gui.shell.elsewhere import OwnChips
from protocol.games.roulette import bets, records


def _tv(*made_with: Any) -> TableScene:
    from client_gui.games.roulette.scene.tv import (
        TvScene,  # Few need it, and what it draws the code with.
    )

    return TvScene(*made_with)


GAME = GameScene(
    TableScene,
    RouletteViewMaker,
    ORDERS,
    passing=(records.RoundsListed, records.OwnRoundsListed, bets.BetsChanged, bets.BetsListed),
    keeping=KEEPING,
    own_chips=OwnChips(rounds_of, net_of, staked_at),
    tv=_tv,
)
