"""Set before any test module is imported, and inherited by every program a test starts."""

import os

from hypothesis import settings

# A busy machine is slow at times; that is no fault of what is tested.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
