"""The window: the tables of a house on the screen.

Importing pygame costs 100 ms more where setuptools' `pkg_resources` can be imported, which pygame
uses for nothing but its icon. So it is hidden while pygame is imported for the first time.
"""

import os
import sys

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
os.environ.setdefault("SDL_VIDEO_X11_WMCLASS", "croupier")

if "pygame" not in sys.modules and "pkg_resources" not in sys.modules:
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]  # how Python spells "absent"
    try:
        import pygame  # noqa: F401  # imported here for its side effect: the cache of modules
    except ModuleNotFoundError:
        # Whoever starts a script of this folder with a Python of his own meets this first.
        sys.exit("The window needs pygame, and this Python has none. Try: python run.py client")
    finally:
        del sys.modules["pkg_resources"]
