"""Lines that somebody types who wants to break something."""

import random

from protocol.limits import LINE_BYTES

CONTROLS = "\x00\x07\x08\x1b\r\n\t\x7f\x85\x9b\u2028\u2029"
TURNING = "\u202a\u202d\u202e\u2066\u2067\u2069\u200e\u200f\u061c"
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u115f\u1160\u3164\uffa0\u2800"
MARKS = "\u0301\u0489\u20dd\u0e47\u0f74"
ODD = "\ue000\uffff\U000e0041\U000f0000\U0010ffff\ufffd"
HALVES = "\ud800\udbff\udc00\udfff"
STRANGE = CONTROLS + TURNING + UNSEEN + MARKS + ODD
SCRIPTS = (
    *("שלום עולם", "مرحبا بالعالم", "नमस्ते क्‍ष", "你好，世界", "สวัสดีชาวโลก", "ⵣⴰⵎ", "ﷺ" * 9),
    *("🎲👨‍👩‍👧🇩🇪🏴\U000e0067\U000e007f❤️", "Ǻ" * 40, "𝕳𝖊𝖑𝖑𝖔", "Z̸̢͈͔̙͉̼̞͛͗̐a̷̟͂l̶͇͋g̵̯̿o̸̭̐"),
)
TRICKS = (
    *(
        "\x1b[2J\x1b[H",
        "\x1b]0;owned\x07",
        "\x1bP+q544e\x1b\\",
        "\x9b31mred",
        "\x1b[?1049h",
        "\x1b[6n",
    ),
    *("%s%n%x", "{0}{state}", "${HOME}", "' OR 1=1 --", "<b>&amp;</b>", "/users", "//", "\\x00"),
    *("12:00:00 = round 1 settled 17", "[Anna, privately] hello", "http://" + "a" * 300),
)


def hostile_line(dice: random.Random, most: int = 400) -> str:
    """One of them; it may have halves of surrogates, and be of any length up to `most`."""
    match dice.randrange(8):
        case 0:
            return "".join(dice.choices(STRANGE, k=dice.randrange(1, 60)))
        case 1:
            return chr(dice.randrange(0x110000)) * dice.randrange(1, 90)
        case 2:
            return dice.choice(
                ("", " ", "\u3000" * 50, "x" * most, "я" * (most // 2), "W i " * most)
            )[:most]
        case 3:
            return "a" + dice.choice(MARKS) * dice.randrange(1, most)
        case 4:
            return dice.choice(SCRIPTS) * dice.randrange(1, 6)
        case 5:
            return dice.choice(TRICKS) + dice.choice(TRICKS)
        case 6:
            return f"hello {dice.choice(HALVES)}{dice.choice(STRANGE)} world"
    return f"hello {dice.choice(STRANGE)} world"


def as_said(line: str, most: int = LINE_BYTES) -> str:
    """As it can travel: in so many bytes, and UTF-8 has no halves of surrogates."""
    return line.encode("utf-8", "replace")[:most].decode("utf-8", "ignore")
