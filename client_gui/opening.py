"""How a window opens: it is there at once, and what is drawn in it is loaded after that."""

import sys

from client.store import Store
from client_gui.kit.screen import NoScreenError, Screen
from client_gui.options import Options


def play(options: Options) -> int:
    """Open the window and stay until it is closed; the exit code."""
    try:
        screen = Screen(options.size, options.fullscreen)
    except NoScreenError as error:
        sys.stderr.write(
            f"There is no screen for the window here: {error}.\n"
            "In a terminal you can play with: python run.py text HOST PORT\n"
        )
        return 2
    # Half of a start is the loading of this: a person sees the window meanwhile.
    from client_gui.app import App

    return App(options, Store(), screen).run()
