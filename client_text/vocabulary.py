"""The words that are understood, in both languages at once, and what each stands for.

Every row reads: what it means, then how it is said in English and in Russian, ways parted by `|`.
The first way of each is the one that is offered. Case, `ё` and kinds of dash do not count.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeVar

from client.wording import LANGUAGES
from client_text.intents import Topic, Until
from protocol.games.roulette.rules import Group
from protocol.house.lists import Phrase, Seat

T = TypeVar("T")


class Said(NamedTuple):
    """How something is said: in English, in Russian."""

    en: str
    ru: str

    def ways(self, language: str) -> tuple[str, ...]:
        return tuple(getattr(self, language).split("|"))


# --- bets -----------------------------------------------------------------------------------------

GROUPS = {
    Group.STRAIGHT: Said("straight|number|straight up", "номер|число|цифра|прямая"),
    Group.SPLIT: Said("split", "сплит|пара"),
    Group.STREET: Said("street|trio|row", "стрит|улица|трио"),
    Group.CORNER: Said("corner|square|quarter", "каре|угол"),
    Group.LINE: Said("line|six line|sixline|double street", "линия|сикслайн|шестерка"),
    Group.COLUMN: Said("column|col", "колонка|колонну|колонна|ряд"),
    Group.DOZEN: Said("dozen|doz", "дюжина|дюжину"),
}
"""The kinds of bet that numbers follow."""

PLACES = {
    "0": Said("zero", "зеро|ноль"),
    "00": Said("double zero", "двойное зеро|два зеро"),
    "red": Said("red|r", "красное|красный|к|красн"),
    "black": Said("black|b", "черное|черный|ч|черн"),
    "even": Said("even", "чет|четное|четные"),
    "odd": Said("odd", "нечет|нечетное|нечетные"),
    "low": Said("low|manque|small", "малые|меньшие|низ"),
    "high": Said("high|passe|big", "большие|старшие|верх"),
    "0-1-2-3": Said("first four|basket|first four numbers", "первые четыре|первая четверка"),
    "top line": Said("top line|five numbers|first five", "первые пять|первая пятерка"),
    "dozen 1": Said("first dozen|1st dozen|1st 12|first 12", "первая дюжина|первую дюжину"),
    "dozen 2": Said("second dozen|2nd dozen|2nd 12|second 12", "вторая дюжина|вторую дюжину"),
    "dozen 3": Said("third dozen|3rd dozen|3rd 12|third 12", "третья дюжина|третью дюжину"),
    "column 1": Said("first column|1st column", "первая колонка|первую колонку"),
    "column 2": Said("second column|2nd column", "вторая колонка|вторую колонку"),
    "column 3": Said("third column|3rd column", "третья колонка|третью колонку"),
}
"""Spots that have a name of their own, by the name that the protocol gives them."""

ANNOUNCED = {
    "voisins": Said(
        "voisins|voisins du zero|neighbours of zero", "вуазен|соседи зеро|большая серия"
    ),
    "tiers": Said("tiers|tiers du cylindre", "тьер|малая серия|серия 5/8"),
    "orphelins": Said("orphelins|orphans", "орфелин|орфелины|сироты"),
    "zero": Said("jeu zero|zero game|zero spiel", "игра зеро|зеро шпиль|зеро-шпиль"),
}
NEIGHBOURS = Said("neighbours|neighbors|neighbour|neighbor", "соседи|соседей|сосед")
FINALS = Said("final|finals|finale|finales", "финал|финалы")

ON = frozenset(("on", "на", "at"))
"""Between a sum and a place: `10 on red`."""
EACH = frozenset(("each", "by", "x", "*", "по", "х", "@"))
"""Before a sum that goes on every number, or is one unit of an announced bet: `17 18 19 by 5`."""
PADDING = frozenset(
    (
        *("bet", "put", "place", "stake", "lay", "chips", "chip", "the", "to", "a"),
        *("ставлю", "поставить", "ставь", "ставка", "ставку", "фишек", "фишки", "фишку", "фишка"),
    )
)
"""Words that people say and that change nothing."""
AND = frozenset(("and", "и", "+", "&"))

# --- commands -------------------------------------------------------------------------------------


class Command(NamedTuple):
    """A row of the table of commands."""

    said: Said
    takes: str = ""
    """What follows it, for the reader in `words`; empty: nothing may."""


COMMANDS: Mapping[str, Command] = {
    "back": Command(Said("back|take back|takeback", "снять|забрать|убрать"), "wagers or nothing"),
    "back all": Command(Said("back all|clear|take back all", "снять все|убрать все|забрать все")),
    "undo": Command(Said("undo|back last", "отмена|отменить")),
    "rebet": Command(Said("rebet|again|repeat", "повтор|повторить|еще раз")),
    "double": Command(Said("double", "удвоить|вдвое")),
    "chip": Command(Said("chip", "фишка|номинал"), "chips"),
    "ready": Command(Said("ready", "готов|готова")),
    "list": Command(Said("list|bets", "список|ставки")),
    "mine": Command(Said("mine|my|my bets", "мои|мои ставки")),
    "players": Command(Said("players|who|people|users", "игроки|кто|люди")),
    "history": Command(Said("history|my rounds", "история|мои раунды")),
    "rounds": Command(Said("rounds", "раунды")),
    "numbers": Command(Said("numbers|results|stats", "числа|номера|результаты|статистика")),
    "limits": Command(Said("limits|plaque", "лимиты|пределы")),
    "verify": Command(Said("verify|check|proof", "проверить|проверка"), "round"),
    "save": Command(Said("save|export", "сохранить|экспорт"), "file or nothing"),
    "sit": Command(Said("sit|seat", "сесть|место"), "seat"),
    "tables": Command(Said("tables|hall", "столы|зал")),
    "table": Command(Said("table|go to", "стол|за стол"), "table"),
    "watch": Command(Said("watch|watch table", "смотреть|смотреть стол"), "table"),
    "leave": Command(Said("leave|leave table", "встать|встать из-за стола")),
    "wait": Command(Said("wait", "ждать|жди"), "until"),
    "help": Command(Said("help|?|h", "помощь|справка"), "text or nothing"),
    "quit": Command(Said("quit|bye", "выход|уйти|выйти|пока")),
    "start": Command(Said("start|spin|go", "старт|пуск|крутить|запуск")),
    "close": Command(Said("close|no more bets|nomore", "закрыть|ставок больше нет|стоп")),
    "void": Command(Said("void|annul", "аннулировать|отменить раунд"), "reason"),
    "announce": Command(Said("announce|call", "объявить|объявление"), "call"),
    "auto": Command(Said("auto", "авто|автомат"), "seconds"),
    "hand over": Command(Said("hand over|handover|give to", "передать|передать место"), "person"),
    "kick": Command(Said("kick|throw out|remove", "выгнать|удалить|кик"), "talk"),
    "warn": Command(Said("warn", "предупредить"), "talk"),
    "mute": Command(Said("mute|silence", "заглушить|молчать"), "talk"),
    "unmute": Command(Said("unmute", "вернуть голос|голос"), "talk"),
    "say": Command(Said("say|s|all", "сказать|скажи|всем"), "talk"),
    "private": Command(Said("private|tell|msg|w", "лично|шепнуть"), "talk"),
    "session": Command(Said("session", "беседа|сессия"), "talk"),
    "ignore": Command(Said("ignore", "игнор|не слышать"), "talk"),
    "hear": Command(Said("hear|unignore", "слышать"), "talk"),
    "accept": Command(Said("y|yes|accept", "д|да|принять")),
    "decline": Command(Said("n|no|decline", "н|нет|отклонить")),
    "exit": Command(Said("exit|end session", "конец|закончить")),
    "talk": Command(Said("talk|chat", "разговор|чат")),
}

IN_TALK = {"say": "all", "accept": "y", "decline": "n"}
"""What `client.talk.commands` calls a command of the talk, where that is another word."""

TOPICS = {
    "list": Topic.BETS,
    "mine": Topic.MINE,
    "players": Topic.PLAYERS,
    "history": Topic.HISTORY,
    "rounds": Topic.ROUNDS,
    "numbers": Topic.NUMBERS,
    "limits": Topic.LIMITS,
    "talk": Topic.TALK,
    "tables": Topic.TABLES,
}

FILES = {
    "html": Said("page|web page|html", "страница|страницу|страницей"),
    "csv": Said("sheet|spreadsheet|table|csv", "таблица|таблицу|таблицей"),
}
"""What a night is saved as, by the ending of the file; the first is the usual one."""

SEATS = {
    Seat.PLAYER: Said("player|play", "игрок|игроком"),
    Seat.CROUPIER: Said("croupier|dealer", "крупье|дилер"),
    Seat.WATCHER: Said("watcher|watch", "зритель|зрителем"),
}

UNTILS = {
    Until.BETTING: Said("betting|bets|open", "ставок|ставки"),
    Until.CLOSED: Said("closed|close", "закрытия"),
    Until.RESULT: Said("result|number", "результата|числа"),
    Until.END: Said("end", "конца"),
}

OFF = Said("off|0|no", "выкл|нет|стоп")

PHRASES = {
    Phrase.PLACE_YOUR_BETS: Said("place your bets", "делайте ставки|делайте ваши ставки"),
    Phrase.LAST_CALL: Said("last call|last bets", "последние ставки"),
    Phrase.NO_MORE_BETS: Said("no more bets", "ставок больше нет|ставки сделаны"),
    Phrase.GOOD_LUCK: Said("good luck", "удачи"),
    Phrase.WELCOME: Said("welcome", "добро пожаловать"),
    Phrase.SHORT_BREAK: Said("short break|break", "короткий перерыв|перерыв"),
    Phrase.BACK_AGAIN: Said("back again", "мы снова здесь|продолжаем"),
    Phrase.LAST_ROUND: Said("last round", "последний раунд"),
    Phrase.GOOD_NIGHT: Said("good night", "доброй ночи|спокойной ночи"),
}


def normal(text: str) -> str:
    """How words are compared."""
    return text.casefold().replace("ё", "е")


def said(rows: Mapping[T, Said]) -> dict[tuple[str, ...], T]:
    """What each way of saying stands for, word by word."""
    found: dict[tuple[str, ...], T] = {}
    for meaning, row in rows.items():
        for way in ways(row):
            words = tuple(normal(way).split())
            assert words not in found, f"{way!r} would mean two things"
            found[words] = meaning
    return found


def ways(row: Said) -> Iterator[str]:
    for language in LANGUAGES:
        yield from row.ways(language)
