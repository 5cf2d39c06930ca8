"""A glance at every row, and in the long run its short form: as `python run.py torture --short`."""

import os

import pytest

from torture.catalogue import ROWS
from torture.report import CannotError, Row, Run

EACH = [
    pytest.param(row, id=row.name, marks=pytest.mark.count(row.glance, row.short)) for row in ROWS
]


@pytest.mark.parametrize("row", EACH)
def test_the_house_stands(row: Row, count: int) -> None:
    run = Run(count)
    try:
        row.do(run)
    except CannotError as error:
        if os.environ.get("CROUPIER_CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))
    assert not run.wrong, "\n".join(run.lines())
    assert run.tried
