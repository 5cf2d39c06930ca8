"""What a name and a line may look like. The server judges by it, and a client can ask first."""

import unicodedata

from protocol.limits import LINE_BYTES, NAME_BYTES

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""Categories that draw nothing, or that turn the direction of what is drawn after them."""
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and a symbol by their category, but drawn as nothing."""
_JOINERS = frozenset("\u200c\u200d")
"""Letters of some scripts, and many emoji, need these between them."""
_MOST_MARKS = 4
"""So many marks on one letter are writing; more are a tower over the neighbouring lines."""


class UnfitTextError(ValueError):
    """A text that is not shown, and in words why."""


def fit_name(text: str) -> str:
    """The name as the table writes it: NFC, single spaces, every character visible."""
    name = " ".join(_fit(text, NAME_BYTES, frozenset()).split())
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


def _fit(text: str, most: int, allowed: frozenset[str]) -> str:
    # Before NFC, which takes its time over a long text, and after, for it can grow.
    for fitted in (text, unicodedata.normalize("NFC", text[:most])):
        size = len(fitted.encode("utf-8", "surrogatepass"))
        if size > most:
            raise UnfitTextError(f"{size} bytes are too long: {most} is the most")
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
