"""What people call the bets of a roulette, and what its commands take, in both languages."""

from client_text.vocabulary import Said
from protocol.games.roulette.rules import Group

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

FILES = {
    "html": Said("page|web page|html", "страница|страницу|страницей"),
    "csv": Said("sheet|spreadsheet|table|csv", "таблица|таблицу|таблицей"),
}
"""What a night is saved as, by the ending of the file; the first is the usual one."""

UNTILS = {
    "betting": Said("betting|bets|open", "ставок|ставки"),
    "closed": Said("closed|close", "закрытия"),
    "result": Said("result|number", "результата|числа"),
}
"""What a script can wait for."""
