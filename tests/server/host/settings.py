"""Settings as a host gives them, and how they are refused."""

from pathlib import Path

import pytest

from server.host import config
from server.host.fill import ConfigError


def refused(*options: str) -> str:
    with pytest.raises(ConfigError) as error:
        config.read([*options])
    words = str(error.value)
    assert "\n" not in words
    return words


def from_file(tmp_path: Path, text: str, *options: str) -> list[str]:
    """The options of a start with this file of settings."""
    path = tmp_path / "croupier.toml"
    path.write_text(text, "utf-8")
    return ["--config", str(path), *options]
