"""Roulette, as the house knows it: one table of what each request does, and the way in."""

from protocol.games.roulette import bets, records
from protocol.games.roulette import desk as orders
from protocol.games.roulette import rules as roulette
from protocol.house.lists import Reason
from server.games.roulette import chips, desk, questions
from server.games.roulette.audit import check_settle
from server.games.roulette.play import Roulette
from server.games.roulette.records import export_round
from server.games.roulette.settings import PRESETS, Rules
from server.games.roulette.state import RouletteState
from server.tables.game import Game, Rule

ROULETTE = Game(
    name="roulette",
    number=roulette.ROULETTE,
    rules=Rules,
    presets=PRESETS,
    open=Roulette,
    requests={
        bets.PlaceBets: Rule(
            chips.place_bets, Reason.BETTING_CLOSED, "no more bets", chips.answer_again
        ),
        bets.TakeBackBets: Rule(
            chips.take_back_bets,
            Reason.BETTING_CLOSED,
            "no more bets: what lies stays",
            chips.answer_again,
        ),
        bets.SayReady: Rule(chips.say_ready, Reason.BETTING_CLOSED, "no more bets"),
        bets.ListBets: Rule(questions.list_bets),
        orders.StartSpin: Rule(desk.start_spin, Reason.NOT_NOW, "the wheel turns already"),
        orders.CloseBetting: Rule(desk.close_betting, Reason.NOT_NOW, "betting is closed already"),
        orders.VoidRound: Rule(desk.void_round, Reason.TOO_LATE, "a frozen round cannot be voided"),
        orders.SetAuto: Rule(desk.set_auto),
        records.ListRounds: Rule(questions.list_rounds),
        records.ListOwnRounds: Rule(questions.list_own_rounds),
        records.ListResults: Rule(questions.list_results),
    },
    state=RouletteState,
    check_settle=check_settle,
    export=export_round,
    draws=True,
)
