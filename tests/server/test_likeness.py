"""Names that could be taken for each other, and names that could not."""

import pytest

from server.likeness import alike, likenesses


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Anna", "anna"),
        ("Anna", "\u0410nna"),
        ("Anna", "A\u043fna"),
        ("Анна", "AHHA"),
        ("Анна", "Aннa"),
        ("ВОВА", "вова"),
        ("Вова", "вoва"),
        ("Сергей", "Сергеи"),
        ("Boris", "Βοrіѕ"),
        ("Νίκη", "Nikη"),
        ("Ivan", "lvan"),
        ("Ivan", "1van"),
        ("Otto", "0tt0"),
        ("Marta", "Ma\u0323rta"),
        ("Marta", "Marta."),
        ("Marta", "rnarta"),
        ("Marta", "Ма\u3164rta"),
        ("Marta", "Mar\ufe0fta"),
        ("Marta", "Ｍarta"),
        ("Croupier", "Сrоuріеr"),
        ("Łukasz", "Lukasz"),
    ],
)
def test_names_that_look_alike_are_found(name: str, other: str) -> None:
    assert likenesses(name) & likenesses(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Anna", "Hanna"),
        ("Anna", "Anna 2"),
        ("Анна", "Алла"),
        ("Паша", "Маша"),
        ("Player 1", "Player 11"),
        ("bot 01", "bot 10"),
        ("Юра", "Яра"),
        ("花子", "太郎"),
        ("...", ",,,"),
    ],
)
def test_other_names_are_let_in(name: str, other: str) -> None:
    assert not likenesses(name) & likenesses(other)


def test_as_written_the_case_tells_names_apart() -> None:
    assert not alike("alice", "Alice")
    assert alike("alice", "аliсе")


def test_numbered_names_never_collide() -> None:
    names = [f"bot {first}-{second}" for first in range(40) for second in range(40)]
    seen: set[str] = set()
    for name in names:
        keys = likenesses(name)
        assert not keys & seen, name
        seen |= keys
