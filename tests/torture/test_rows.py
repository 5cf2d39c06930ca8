"""The short form of every row: the same as `python run.py torture --short`."""

import os

import pytest

from torture.catalogue import ROWS
from torture.report import CannotError, Row, Run


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_house_stands(row: Row) -> None:
    run = Run(row.short)
    try:
        row.do(run)
    except CannotError as error:
        if os.environ.get("CROUPIER_CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))
    assert not run.wrong, "\n".join(run.lines())
    assert run.tried
