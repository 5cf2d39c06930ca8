"""Draws the pictures of the player's guide: `python docs/pictures.py`. It needs no screen.

They are of made-up tables, the same that the tests compare. Shades are rounded, so that a picture
stays small.
"""

import os
import sys
from pathlib import Path

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    os.environ["SDL_VIDEODRIVER"] = "dummy"

import pygame

from tests.client_gui import states

FOLDER = Path(__file__).resolve().parent / "pictures"
SIZE = (960, 600)
STEP = 16
"""Shades that are nearer to each other become one."""
MOST = 200_000
PICTURES = {
    "table": "betting",
    "racetrack": "voisins",
    "result": "won",
    "eyes": "large type",
    "limits": "limits",
    "record": "night round",
    "proof": "proof",
    "tv": "tv result",
}
"""The name in the guide, and the state that it is drawn from."""
_ROUNDED = bytes(min(255, round(shade / STEP) * STEP) for shade in range(256))


def draw(state: str, language: str) -> pygame.Surface:
    scene, now = states.scene(state, language, SIZE)
    surface = pygame.Surface(SIZE)
    scene.paint(surface, now)
    shades = pygame.image.tobytes(surface, "RGB").translate(_ROUNDED)
    return pygame.image.frombytes(shades, SIZE, "RGB")


def main() -> None:
    pygame.display.init()
    pygame.display.set_mode((8, 8))
    FOLDER.mkdir(exist_ok=True)
    for name, state in PICTURES.items():
        for language in ("en", "ru"):
            file = FOLDER / f"guide-{name}-{language}.png"
            pygame.image.save(draw(state, language), file)
            if file.stat().st_size > MOST:
                raise SystemExit(f"{file.name} has {file.stat().st_size} bytes, more than {MOST}")


if __name__ == "__main__":
    main()
