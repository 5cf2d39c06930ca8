"""What time it is outside. Pure.

The clocks of the tables stand still while the house hears nobody (`owner.py`), or people would be
late who were not heard. What is told and kept of when something was is the time outside.
"""


class Calendar:
    """For the whole house."""

    def __init__(self) -> None:
        self.stood = 0.0
        """For so many seconds the clocks have stood since the house was opened."""

    def ms(self, now: float) -> int:
        """Milliseconds since 1970, when the clocks of the tables show this."""
        return round((now + self.stood) * 1000)
