"""Which names could be taken for each other by eye. Pure.

A name is brought down to its *shape*: without marks, spaces and what cannot be seen, and with every
letter of the Latin, Cyrillic and Greek alphabets replaced by the Latin one that it looks like, and
so those of some others that look Latin. What is no letter and no digit is decoration and falls away
(*♛ Anna ♛*), but for a dash between two digits. What looks alike in one typeface and not in another
counts as alike: a stranger loses nothing by taking a name that nobody can mistake.
"""

import re
import unicodedata

_ALIKE = {
    "3": "Зз",
    "4": "Чч",
    "A": "АΑ",
    "a": "аαɑ@",
    "B": "ВΒ",
    "b": "вЬьβƀß",
    "bl": "Ыы",
    "C": "СϹȻ",
    "c": "сςϲȼ",
    "D": "ĐÐ",
    "d": "Ԁԁđɗ",
    "E": "ЕЄΕΣ",
    "e": "еєӘәεɛɘҽ",
    "F": "Ғ",
    "f": "ғƒ",
    "g": "ɡ",
    "H": "НҢΗĦⱧ",
    "h": "нҺһңħⱨ",
    "i": "іιıɩɨ",
    "J": "ЈͿ",
    "j": "јϳ",
    "K": "КҚΚ",
    "k": "кқκ",
    "L": "Ł",
    "l": "ІӀӏΙłɪI|1ǀ!ǃ",
    "M": "МΜ",
    "m": "м",
    "N": "Ν",
    "n": "ПпηΠπŋ",
    "O": "ОӨΟΘØ0",
    "o": "оөοσθøɵ",
    "P": "РΡ",
    "p": "рρ",
    "Q": "Ԛ",
    "q": "ԛ",
    "r": "ГгҐґΓʀɾꭇ",
    "S": "Ѕ$",
    "s": "ѕƨ",
    "T": "ТΤŦ",
    "t": "тτŧ",
    "u": "μυиʊ",
    "V": "Ѵ",
    "v": "ѵνʋ",
    "W": "ШЩԜѠ",
    "w": "шщԝѡω",
    "X": "ХҲΧ",
    "x": "хҳχ",
    "Y": "УҮҰΥ",
    "y": "уүұγʏ",
    "Z": "Ζ",
    "Д": "Δ",
    "д": "δ",
    "Л": "Λ",
    "л": "λ",
    "Ф": "Φ",
    "ф": "φ",
}
"""What a letter or sign looks like, and all that look like it: Cyrillic, Greek, digits, dashes, and
Latin with a stroke, with a hook or without a dot. Greek that looks Cyrillic only, becomes that.
"""
_LETTER_BY_LETTER = (
    ("ᎠᎡᎢᎥᎩᎪᎫᎬᎳᎷᎻᎽᎾᏀᏂᏃᏎᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧᏳᏴ", "DRTiYAJEWMHYOGhZ4bRWSVSLCPKdGB"),  # Cherokee
    ("ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", "BPDTGKJCZFMNLSRVHWXYAElOU"),  # Lisu
    ("ⲀⲂⲈⲎⲒⲔⲘⲚⲞⲢⲤⲦⲨⲬⲌⲟⲣⲥⲩⲆⲡ", "ABEHlKMNOPCTYXZopcyДn"),  # Coptic
    ("ՕՏԼՍօոսհցզյռղ", "OSLUonuhgqjnn"),  # Armenian
    ("ᴀʙᴄᴅᴇꜰɢʜᴊᴋʟᴍɴᴏᴘꜱᴛᴜᴠᴡᴢ", "abcdefghjklmnopstuvwz"),  # Latin, small capitals
)
"""Letters of other alphabets, and what each looks like."""
_TINY = ".,'`´‘’‚·˙•:;\"“”„ʼʹʻˈ′Ꞌꞌᐝᐞᐟᐠᐧᐨᑊꞏ"
"""Marks so small that a name with one is read as the name without."""
_LETTERS_IN_SIGNS = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
"""Where alphabets begin whose letters stand in squares, black circles, black squares, or flags."""
_FIRST: dict[int, str | None] = {
    **dict.fromkeys(map(ord, _TINY)),
    **{first + at: chr(0x41 + at) for first in _LETTERS_IN_SIGNS for at in range(26)},
    **{0xAB70 + at: chr(0x13A0 + at) for at in range(0x50)},
    **{0x13F8 + at: chr(0x13F0 + at) for at in range(6)},
}
"""What becomes of a character before anything comes apart, which some of the tiny marks would into
a space: a small letter of Cherokee looks like a capital.
"""
_BLANK = "\u115f\u1160\u3164\uffa0\u2800"
"""Letters and a symbol that are drawn as nothing."""
_PAIRS = (("rn", "m"), ("vv", "w"))


class _Bare(dict[int, str | None]):
    """What becomes of each character where a name is freed of what is no part of it: nothing of
    what cannot be seen, a dash of decoration. Only the usual ones are kept.
    """

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        kind = unicodedata.category(char)
        if kind in ("Mn", "Me", "Cf", "Cc"):
            return None
        if kind == "Lm" and unicodedata.east_asian_width(char) != "W":
            return None  # Letters that only stretch or mark others; 々 and ー are read.
        return "-" if kind[0] in "PS" else char


_USUAL = {code: chr(code) for code in (*range(0x80), *range(0x400, 0x460)) if chr(code).isalnum()}
_NOTHING = dict.fromkeys(map(ord, _TINY + _BLANK))
_SIGNS = "@$|!"
"""Decoration, or read as the letters that they look like."""
_BARE = _Bare({**_USUAL, **_NOTHING})
_BARE_WITH_SIGNS = _Bare({**_USUAL, **_NOTHING, **{ord(sign): sign for sign in _SIGNS}})
_DECORATION = re.compile(r"(?<!\d)-|-(?!\d)")
_LOOKS = {
    **{ord(char): like for like, chars in _ALIKE.items() for char in chars},
    **{
        ord(char): like
        for chars, likes in _LETTER_BY_LETTER
        for char, like in zip(chars, likes, strict=True)
    },
}


def _freed(name: str, bare: _Bare) -> str:
    return unicodedata.normalize("NFKD", name.translate(_FIRST)).translate(bare)


def shape(name: str, bare: _Bare = _BARE_WITH_SIGNS) -> str:
    """What the eye sees of a name as it is written."""
    seen = _DECORATION.sub("", _freed(name, bare)).translate(_LOOKS)
    for pair, one in _PAIRS:
        seen = seen.replace(pair, one)
    return "".join(seen.split()) or name


def shapes(name: str) -> frozenset[str]:
    """The same, with its signs read as letters and as decoration."""
    return frozenset(shape(name, bare) for bare in (_BARE, _BARE_WITH_SIGNS))


def likenesses(name: str) -> frozenset[str]:
    """Two names that have one of these in common could be taken for each other."""
    cases = (name, name.lower(), name.upper())
    return frozenset(seen.casefold() for case in cases for seen in shapes(case))


def words(name: str) -> list[str]:
    """The words of a name, with spaces or decoration between them."""
    return _freed(name, _BARE).replace("-", " ").split()


def alike(name: str, other: str) -> bool:
    """Whether the two look the same as they are written, case and all."""
    return not shapes(name).isdisjoint(shapes(other))
