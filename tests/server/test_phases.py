from protocol.messages.lists import Phase
from server.handlers import RULES


def test_the_table_is_open_when_the_protocol_page_says_so() -> None:
    """The page is made from the messages' `PHASES`; one that names none is always lawful."""
    declared = {said: frozenset(said.PHASES) or frozenset(Phase) for said in RULES}
    assert {said: rule.phases for said, rule in RULES.items()} == declared
