"""The commands of a roulette, and how what follows one is read."""

from collections.abc import Mapping

from client_text.commands import Command, alone, shows, waits
from client_text.games.roulette import intents
from client_text.games.roulette.vocabulary import (
    ANNOUNCED,
    FILES,
    FINALS,
    GROUPS,
    NEIGHBOURS,
    PLACES,
    UNTILS,
)
from client_text.games.roulette.wagers import wagers
from client_text.intents import Intent, Show
from client_text.reading import Rest, misread
from client_text.vocabulary import OFF, Said, said
from protocol.games.roulette.rules import Group

MOST_SECONDS = 65535
BETS = (
    *(PLACES[name] for name in ("red", "black", "even", "odd", "0-1-2-3")),
    *(row for group, row in GROUPS.items() if group is not Group.STRAIGHT),
    *ANNOUNCED.values(),
    NEIGHBOURS,
    FINALS,
)
"""What a bet can begin with, as it is offered."""


def _back(rest: Rest) -> Intent:
    if not rest.words:
        return intents.Undo()
    chips: dict[int, int | None] = {}
    for wager in wagers(rest.words):
        spots = dict.fromkeys((spot for spot, _ in wager.pattern), None)
        chips.update(spots if wager.sum is None else wager.chips())
    return intents.TakeBack(chips)


def _number_or_off(rest: Rest, most: int, key: str) -> int:
    if rest.words and (rest.words[0].text,) in _OFF:
        rest.nothing(1)
        return 0
    return rest.number(most, key)


def _chip(rest: Rest) -> Intent:
    return Show("chip", _number_or_off(rest, 2**32, "which_chip"))


def _round(rest: Rest) -> Intent:
    return Show("verify", rest.number(2**63, "which_round") if rest.words else 0)


def _file(rest: Rest) -> Intent:
    return Show("save", rest.one_of(_FILES, "which_file") if rest.words else next(iter(FILES)))


def _reason(rest: Rest) -> Intent:
    if not rest.words:
        raise misread("why_void", ())
    return intents.Void(rest.text())


def _seconds(rest: Rest) -> Intent:
    return intents.SetAuto(_number_or_off(rest, MOST_SECONDS, "which_seconds"))


_FILES = said(FILES)
_OFF = said({0: OFF})

COMMANDS: Mapping[str, Command] = {
    "back": Command(Said("back|take back|takeback", "снять|забрать|убрать"), _back, BETS),
    "back all": Command(
        Said("back all|clear|take back all", "снять все|убрать все|забрать все"),
        alone(intents.TakeBackAll()),
    ),
    "undo": Command(Said("undo|back last", "отмена|отменить"), alone(intents.Undo())),
    "rebet": Command(
        Said("rebet|again|repeat", "повтор|повторить|еще раз"), alone(intents.Rebet())
    ),
    "double": Command(Said("double", "удвоить|вдвое"), alone(intents.Double())),
    "chip": Command(Said("chip", "фишка|номинал"), _chip),
    "ready": Command(Said("ready", "готов|готова"), alone(intents.Ready())),
    "mine": shows("mine", Said("mine|my|my bets", "мои|мои ставки")),
    "history": shows("history", Said("history|my rounds", "история|мои раунды")),
    "rounds": shows("rounds", Said("rounds", "раунды")),
    "numbers": shows(
        "numbers", Said("numbers|results|stats", "числа|номера|результаты|статистика")
    ),
    "limits": shows("limits", Said("limits|plaque", "лимиты|пределы")),
    "verify": Command(Said("verify|check|proof", "проверить|проверка"), _round),
    "save": Command(Said("save|export", "сохранить|экспорт"), _file, FILES.values()),
    "wait": waits(UNTILS),
    "start": Command(Said("start|spin|go", "старт|пуск|крутить|запуск"), alone(intents.Start())),
    "close": Command(
        Said("close|no more bets|nomore", "закрыть|ставок больше нет|стоп"),
        alone(intents.CloseBetting()),
    ),
    "void": Command(Said("void|annul", "аннулировать|отменить раунд"), _reason),
    "auto": Command(Said("auto", "авто|автомат"), _seconds),
}
