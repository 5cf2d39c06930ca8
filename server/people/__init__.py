"""People: who is here, who may come in, under which name."""
