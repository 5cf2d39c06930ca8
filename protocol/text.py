"""What a name and a line may look like. The server judges by it, and a client can ask first.

Whoever shows a text that came from somewhere else shows it by `visible`, and a name by `as_name`.
"""

import re
import unicodedata
from functools import lru_cache

from protocol.limits import LINE_BYTES, NAME_BYTES

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""Categories that draw nothing, or that turn the direction of what is drawn after them."""
_FROM_THE_RIGHT = frozenset(("R", "AL", "AN"))
ISOLATE, ISOLATED = "\u2068", "\u2069"
"""What stands between them has a direction of its own."""
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and a symbol by their category, but drawn as nothing."""
_JOINERS = frozenset("\u200c\u200d")
"""Letters of some scripts, and many emoji, need these between them."""
_MOST_MARKS = 4
"""So many marks on one letter are writing; more are a tower over the neighbouring lines."""
LONGEST = 4000
"""Characters of a text that is shown; nothing that we say ourselves comes near it."""
REPLACED = "\N{REPLACEMENT CHARACTER}"
NAME_MARKS = "‹", "›"
"""Around a name that is more than a word; no name has them in it."""


class UnfitTextError(ValueError):
    """A text that is not shown, and in words why."""


def fit_name(text: str) -> str:
    """The name as the table writes it: NFC, single spaces, every character visible."""
    name = " ".join(_fit(text, NAME_BYTES, frozenset()).split())
    if any(mark in name for mark in NAME_MARKS):
        raise UnfitTextError(f"{' and '.join(NAME_MARKS)} stand around names, and not in them")
    if not _has_ink(name):
        raise UnfitTextError("a name needs at least one letter")
    return name


def fit_line(text: str) -> str:
    """A line as the table shows it."""
    line = _fit(text, LINE_BYTES, _JOINERS).strip()
    if not _has_ink(line):
        raise UnfitTextError("there is nothing to say in an empty line")
    return line


def decode_name(raw: bytes) -> str:
    """The name in these bytes of the classic dialect."""
    try:
        return fit_name(raw.decode())
    except UnicodeDecodeError:
        raise UnfitTextError("the name is not UTF-8") from None


def _has_ink(text: str) -> bool:
    """Whether there is a letter, a digit or a sign: marks alone, on nothing, are not seen."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)


def _sized(text: str, most: int) -> str:
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > most:
        raise UnfitTextError(f"{size} bytes are too long: {most} is the most")
    return text


def _fit(text: str, most: int, allowed: frozenset[str]) -> str:
    # Before NFC, which takes its time over a long text, and after, for it can grow.
    fitted = _sized(unicodedata.normalize("NFC", _sized(text, most)), most)
    marks = 0
    for character in fitted:
        category = unicodedata.category(character)
        unseen = category in _UNSEEN or character in _BLANK
        if unseen and character not in allowed:
            raise UnfitTextError(f"the character U+{ord(character):04X} cannot be shown")
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > _MOST_MARKS:
            raise UnfitTextError("too many marks on one letter")
    return fitted


def visible(text: str) -> str:
    """The text with everything replaced that a screen would obey instead of show."""
    shown = []
    marks = 0
    for character in text[:LONGEST]:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if (category in _UNSEEN or character in _BLANK) and character not in _JOINERS:
            shown.append(REPLACED)
        elif marks <= _MOST_MARKS:
            shown.append(character)
    return "".join(shown)


@lru_cache(maxsize=4096)
def as_name(name: str) -> str:
    """A name as it stands among words that are not its owner's: `Anna`, `‹The house says: no›`.

    One word is a word and can say nothing. Whatever has a space, a stop, a colon or a sign in it
    could be read as a line of somebody else's, so it stands between marks that no name can have.
    """
    shown = visible(name[:NAME_BYTES]).translate(_UNMARKED)
    if is_word(shown):
        return shown
    return shown.join(NAME_MARKS)


def isolated(text: str) -> str:
    """For a screen that orders what it shows by itself: a text that is written from the right turns
    nothing but itself.
    """
    if text.startswith(ISOLATE) or not any(
        unicodedata.bidirectional(character) in _FROM_THE_RIGHT for character in text
    ):
        return text
    return f"{ISOLATE}{text}{ISOLATED}"


def after_mark(text: str) -> tuple[str, str] | None:
    """Of what begins with a name in its marks, the name and what follows it."""
    before, after = NAME_MARKS
    if not text.startswith(before):
        return None
    name, _, rest = text.removeprefix(before).partition(after)
    return name, rest.strip()


def is_word(text: str) -> bool:
    """Whether it is letters of the usual alphabets and digits only, with a hyphen or an apostrophe
    between them. Rarer letters look like signs: Lisu has a colon, Latin a click like `!`.
    """
    unmarked = (each for each in text if unicodedata.category(each)[0] != "M")
    return _WORD.fullmatch("".join(map(_letter_as_one, unmarked))) is not None


@lru_cache(maxsize=4096)
def _letter_as_one(character: str) -> str:
    """An `a` for a letter of a usual alphabet; all else as it is."""
    letter = unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lo")
    usual = _USUAL.match(unicodedata.name(character, "")) is not None
    return "a" if letter and usual else character


_USUAL = re.compile(
    "(LATIN|GREEK|CYRILLIC|ARMENIAN) (SMALL|CAPITAL) LETTER (?!SALTILLO)"
    "|(GEORGIAN|HEBREW|ARABIC|DEVANAGARI|BENGALI|GURMUKHI|GUJARATI|TAMIL|TELUGU|KANNADA|MALAYALAM"
    "|SINHALA|LAO|MYANMAR|KHMER|HIRAGANA|KATAKANA) LETTER "
    "|THAI CHARACTER |(ETHIOPIC|HANGUL) SYLLABLE |CJK UNIFIED IDEOGRAPH"
)
"""How Unicode calls the letters with which names are written."""
_WORD = re.compile(r"[a0-9]+(?:[-'’][a0-9]+)*")
_UNMARKED = str.maketrans(dict.fromkeys(NAME_MARKS, REPLACED))
