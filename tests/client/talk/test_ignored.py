"""How it is written down whom one does not want to hear."""

from pathlib import Path

from client.store import Store
from client.talk.ignored import Ignored


def test_it_is_kept_by_table_and_account(tmp_path: Path) -> None:
    """What older files hold has to be read for as long as there are any."""
    here, there = bytes(16), b"\x01" * 16
    Ignored(Store(tmp_path), here).set(7, "Bob", on=True)
    Ignored(Store(tmp_path), there).set(7, "Bob", on=True)
    Ignored(Store(tmp_path), here).set(8, "Eve", on=True)
    written = {there.hex(): {"7": "Bob"}, here.hex(): {"7": "Bob", "8": "Eve"}}
    settings = Store(tmp_path).settings()
    assert settings == {"ignored": written}
    assert [*settings["ignored"]] == [there.hex(), here.hex()]  # The last used comes last.


def test_whoever_is_ignored_again_comes_last(tmp_path: Path) -> None:
    ignored = Ignored(Store(tmp_path), bytes(16))
    for account, name in ((7, "Bob"), (8, "Eve"), (7, "Rob")):
        ignored.set(account, name, on=True)
    assert [*ignored.people.items()] == [(8, "Eve"), (7, "Rob")]
    before = ignored.people
    ignored.set(9, "Zoe", on=False)
    assert ignored.people == before
    assert ignored.people is not before
