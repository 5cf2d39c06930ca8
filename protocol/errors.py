"""What can be wrong with bytes from a peer."""

from enum import Enum


class Fault(Enum):
    """The ways to break the wire. Each closes the connection; the value says it in words."""

    UNKNOWN_REQUEST = "the first byte is no request of this protocol"
    UNKNOWN_REPLY = "the first byte is no reply of this protocol"
    TOO_LARGE = "a length is over its limit"
    TOO_SHORT = "the body ends before its fields do"
    NOT_TEXT = "a text is not UTF-8"
    OUT_OF_RANGE = "a value is outside its range"
    NOT_GREETED = "the first frame is not a greeting"
    WRONG_SIDE = "this message is for the other side to send"


class ProtocolError(Exception):
    """The peer broke the wire. There is no way to go on: say goodbye and close."""

    def __init__(self, fault: Fault, detail: str) -> None:
        """Say what kind of fault it is and, for the log, where and what was found."""
        super().__init__(f"{fault.value}: {detail}")
        self.fault = fault
        self.detail = detail
