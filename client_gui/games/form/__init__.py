"""Any small game in the window: a title, lines, buttons and fields."""
