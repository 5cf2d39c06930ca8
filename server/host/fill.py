"""Tables of a settings file, put into the dataclasses that say what may be set there."""

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, TypeVar

Filled = TypeVar("Filled", bound=Any)

_WANTS = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    str: "words in quotes",
    type(Path()): "a path in quotes",
}


class ConfigError(Exception):
    """An option that cannot be; the text is one plain line."""


def fill(target: Filled, values: Any, where: str, *, never: frozenset[str] = frozenset()) -> Filled:
    """Put a table of the file into a dataclass; a name or a type that it has not is refused.

    `never`: fields that are no settings.
    """
    if not isinstance(values, dict):
        raise ConfigError(f"{where}: a table of settings is expected, not {values!r}")
    known = {each.name for each in fields(target)} - never
    filled: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            raise ConfigError(f"{where}: there is no setting {name!r}")
        before = getattr(target, name)
        if type(value) is int and not -(2**63) <= value < 2**63:  # As TOML has them.
            raise ConfigError(f"{where}: {name} is too large a number")
        if isinstance(before, Path) and isinstance(value, str):
            filled[name] = Path(value)
        elif isinstance(before, float) and type(value) is int:
            filled[name] = float(value)
        elif isinstance(before, Mapping):
            filled[name] = _ranges(before, name, value, where)
        elif type(value) is not type(before):
            raise ConfigError(f"{where}: {name} is {value!r}, and wants {_WANTS[type(before)]}")
        else:
            filled[name] = value
    return replace(target, **filled)


def _ranges(before: Mapping[Any, Any], name: str, values: Any, where: str) -> dict[Any, Any]:
    """`[table.plaque]`: `straight = [1, 500]`. The keys are an enum's, in small letters."""
    keys = {key.name.lower(): key for key in before}
    if not isinstance(values, dict):
        raise ConfigError(f"{where}: {name} is a table of limits")
    filled = dict(before)
    for key, pair in values.items():
        lawful = isinstance(pair, list) and len(pair) == 2 and all(type(n) is int for n in pair)
        if key not in keys or not lawful:
            like = f"{next(iter(keys))} = [1, 500]"
            raise ConfigError(f"{where}: {name}: {key} = {pair!r} is not like: {like}")
        filled[keys[key]] = type(before[keys[key]])(*pair)
    return filled
