"""What the window needs of a small game."""

from client_gui.games.form.orders import ORDERS
from client_gui.games.form.scene import FormScene
from client_gui.games.form.view import FormViewMaker
from client_gui.games.game import GameScene
from protocol.house.form import FormShown

GAME = GameScene(FormScene, FormViewMaker, ORDERS, passing=(FormShown,))
