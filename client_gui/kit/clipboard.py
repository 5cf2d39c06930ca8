"""The system's clipboard, as far as there is one."""

import pygame

TYPE = "text/plain;charset=utf-8"


def copy(text: str) -> bool:
    """Put it there; whether that could be done."""
    try:
        pygame.scrap.init()
        if hasattr(pygame.scrap, "put_text"):  # pygame-ce
            pygame.scrap.put_text(text)
        else:
            pygame.scrap.put(TYPE, text.encode())
    except (pygame.error, NotImplementedError, AttributeError):
        return False
    return True
