"""Which names could be taken for each other by eye. Pure.

A name is brought down to its *shape*: without marks, spaces and what cannot be seen, and with every
letter of the Latin, Cyrillic and Greek alphabets replaced by the Latin one that it looks like, and
so those of some others that look Latin. What looks alike in one typeface and not in another counts
as alike: a stranger loses nothing by taking a name that nobody can mistake.
"""

import unicodedata

_ALIKE = {
    "-": "‐‑‒–—―−_",
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
_TINY = ".,'`´‘’‚·˙•:;\"“”„ʼʹʻˈ′Ꞌꞌ"
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


class _Shapes(dict[int, str | None]):
    """What becomes of each character; only the usual ones are kept."""

    def __missing__(self, code: int) -> str | None:
        if unicodedata.category(chr(code)) in ("Mn", "Me", "Cf", "Cc"):
            return None
        return chr(code)


_SHAPES = _Shapes(
    {
        **{code: chr(code) for code in (*range(0x20, 0x7F), *range(0x400, 0x460))},
        **{ord(char): like for like, chars in _ALIKE.items() for char in chars},
        **{
            ord(char): like
            for chars, likes in _LETTER_BY_LETTER
            for char, like in zip(chars, likes, strict=True)
        },
        **dict.fromkeys(map(ord, _TINY + _BLANK)),
    }
)


def shape(name: str) -> str:
    """What the eye sees of a name as it is written."""
    seen = unicodedata.normalize("NFKD", name.translate(_FIRST)).translate(_SHAPES)
    for pair, one in _PAIRS:
        seen = seen.replace(pair, one)
    return "".join(seen.split()) or name


def likenesses(name: str) -> frozenset[str]:
    """Two names that have one of these in common could be taken for each other."""
    return frozenset(shape(case).casefold() for case in (name, name.lower(), name.upper()))


def alike(name: str, other: str) -> bool:
    """Whether the two look the same as they are written, case and all."""
    return shape(name) == shape(other)
