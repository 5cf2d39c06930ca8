"""What a page says of a number."""

from pathlib import Path

CLONE = Path(__file__).resolve().parents[1]
LETTERS: dict[float, str] = {2: "two", 6: "six", 10: "ten", 50: "fifty"}


def said(page: str, words: str, number: float) -> bool:
    """Whether these words stand on the page, with this number in figures or in letters."""
    text = " ".join((CLONE / page).read_text("utf-8").split())
    figures = f"{number:,}".removesuffix(".0")
    ways = {figures.replace(",", " "), figures.replace(",", ""), LETTERS.get(number, figures)}
    return any(words.format(each) in text for each in ways)
