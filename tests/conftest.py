"""Set before any test module is imported, and inherited by every program a test starts."""

import os

from hypothesis import HealthCheck, settings

# A busy machine is slow at times; that is no fault of what is tested. Everybody tries the same
# examples, so that a change is judged by what it changes; HYPOTHESIS_PROFILE=explore tries others.
slow = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", slow)
settings.register_profile("house", slow, derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))

os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
