"""What language this computer speaks."""

import locale
import os
from collections.abc import Mapping

from client.wording import LANGUAGES


def system_language(environment: Mapping[str, str] = os.environ) -> str:
    """What the system speaks, if it is one of ours; else the first of ours."""
    names = (environment.get(each) for each in ("LC_ALL", "LC_MESSAGES", "LANG"))
    wanted = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    return next((ours for ours in LANGUAGES if wanted.lower().startswith(ours)), LANGUAGES[0])
