import pytest

from protocol.errors import Fault, ProtocolError


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_says_what_is_wrong_and_then_where(fault: Fault) -> None:
    error = ProtocolError(fault, "byte 7")
    assert len(fault.value.split()) > 3
    assert str(error) == f"{fault.value}: byte 7"
    assert (error.fault, error.detail) == (fault, "byte 7")
