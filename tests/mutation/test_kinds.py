"""Each kind of mistake is made where it can be; what the table leaves out is not touched."""

import ast
import textwrap

import pytest

from mutation.left_out import ROWS
from mutation.mutant import KINDS, compiles, mutants
from mutation.source import Source

MISTAKES = [
    ("compare", "a < b", "a <= b"),
    ("compare", "a is not b", "a is b"),
    ("compare", "(a + 1) not in (b)", "(a + 1) in (b)"),
    ("logic", "a and b or c", "a or b or c"),
    ("operand", "a and (b or c)", "a and (True)"),
    ("operand", "a or b", "False or b"),
    ("negation", "not (a or b)", "((a or b))"),
    ("condition", "a if b else c", "a if not (b) else c"),
    ("condition", "[a for a in b if a]", "[a for a in b if not (a)]"),
    ("arithmetic", "a // b", "a * b"),
    ("arithmetic", "-a", "a"),
    ("constant", "a[7]", "a[8]"),
    ("constant", "a[7]", "a[6]"),
    ("constant", "f(True)", "f(False)"),
    ("text", "a = 'größer'", 'a = ""'),
    ("text", "a = b'wire'", 'a = b""'),
    ("text", "f'{a} {b}'", '""'),
    ("nothing", "[a, b, c]", "[]"),
    ("nothing", "{a: b for a in c}", "{}"),
    ("nothing", "for a in b: f(a)", "for a in (): f(a)"),
    ("swap", "f(a, b, c)", "f(a, c, b)"),
    ("swap", "(a, b)", "(b, a)"),
    ("keyword", "f(a, b=c)", "f(a)"),
    ("keyword", "f(a=b, c=d)", "f( c=d)"),
    ("twin", "min(a, b)", "max(a, b)"),
    ("twin", "a.startswith(b)", "a.endswith(b)"),
    ("twin", "a.split(b, 1)", "a.rsplit(b, 1)"),
    ("constant", "a[0]", "a[(-1)]"),
    ("constant", "a[-1]", "a[-0]"),
    ("twin", "a.pop()", "a.pop(0)"),
    ("through", "sorted(a + b)", "(a + b)"),
    ("cut", "a[b:c]", "a[None:c]"),
    ("drop", "f(a)", "pass"),
    ("drop", "a.b = c", "pass"),
    ("drop", "a += b", "pass"),
    ("drop", "raise a", "pass"),
    ("gives", "def f(): return a + b", "def f(): return None"),
    ("turn", "for a in b: break", "for a in b: continue"),
    ("added", "a.b += 2", "a.b -= 2"),
    ("order", "f(a)\ng(a)", "g(a) f(a)"),
    ("order", "def f():\n if a: return b\n if c: return d", "if c: return d if a: return b"),
    ("handler", "try: f()\nexcept A: g()", "except A: raise"),
    ("decorator", "@a(b)\ndef f(): pass", "@(lambda kept: kept)"),
    (
        "variable",
        "def f(a: int, b: int, c: str): return a",
        "def f(a: int, b: int, c: str): return b",
    ),
    ("variable", "def f(x):\n for a, b in x: g(a)", "for a, b in x: g(b)"),
    ("attribute", "class A:\n b: int\n c: int\n d: str\nf(x.c)", "f(x.b)"),
    ("member", "f(Reason.LATE, Reason.EARLY)", "f(Reason.EARLY, Reason.EARLY)"),
]


def changes(code: str, *, kind: str = "") -> list[str]:
    source = Source(textwrap.dedent(code), "house.py")
    found = [each for each in mutants(source) if kind in ("", each.kind)]
    return [each.change(source) for each in found]


@pytest.mark.parametrize(("kind", "code", "after"), MISTAKES)
def test_a_mistake_is_made_where_it_can_be(kind: str, code: str, after: str) -> None:
    assert after in [change.split(" → ")[1] for change in changes(code, kind=kind)]


def test_every_kind_was_tried() -> None:
    assert {kind for kind, _, _ in MISTAKES} == {*KINDS}


@pytest.mark.parametrize("code", sorted({code for _, code, _ in MISTAKES}))
def test_every_mistake_is_python_and_means_something_else(code: str) -> None:
    source = Source(code, "house.py")
    for mutant in mutants(source):
        assert compiles(mutant, source)
        assert ast.dump(ast.parse(source.changed(mutant.edit))) != ast.dump(source.tree)


def test_what_makes_no_python_is_seen() -> None:
    source = Source("def f():\n x = int((yield 1), 2)\n")
    assert [m.kind for m in mutants(source) if not compiles(m, source)] == ["swap"]


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("docstrings", "'''A house.'''\ndef f():\n '''Doors.'''"),
        ("annotations", "def f(a: Annotated[int, 7]) -> Literal['b']: ..."),
        ("annotations", "T = TypeVar('T', bound='House')"),
        ("aliases and `if TYPE_CHECKING`", "if TYPE_CHECKING: f(1)"),
        ("aliases and `if TYPE_CHECKING`", "A: TypeAlias = Mapping[1, 2]"),
        ("bases and decorators of a class", "@dataclass(slots=True)\nclass A(Generic[1]): pass"),
        ("`__slots__` and `__all__`", "__slots__ = ('a', 'b')"),
        ("`@cache` of a function", "@cache\n@lru_cache(9)\ndef f(): pass"),
        ("lines of the log", "log.info('%s came', 1 + 2)"),
        ("assertions", "assert a < b, 'why'"),
        ("`__repr__`", "def __repr__(self): return 'a' + b"),
        ("imports", "from a import b, c"),
        ("`if __name__ …`", "if __name__ == '__main__': main(1)"),
    ],
)
def test_what_is_left_out_is_left_alone(what: str, code: str) -> None:
    (row,) = (row for row in ROWS if row.what == what)
    assert any(row.places(node) for node in ast.walk(ast.parse(code)))
    assert changes(code) == []


@pytest.mark.parametrize(
    "code",
    [
        "min(a, b)",
        "max(a, b)",
        "a in (b, c)",
        "a not in (b, c)",
        "isinstance(a, (b, c)) → isinstance((b, c), a)",
        "try: f()\nexcept (A, B): g()",
    ],
)
def test_what_means_the_same_in_any_order_is_not_swapped(code: str) -> None:
    source = Source(code.partition(" → ")[0])
    swapped = [each.change(source) for each in mutants(source) if each.kind == "swap"]
    assert swapped == ([code] if "→" in code else [])


@pytest.mark.parametrize("code", ["a.split()", "a.rsplit()", "a.split(b)"])
def test_what_is_cut_everywhere_is_the_same_from_either_side(code: str) -> None:
    assert changes(code, kind="twin") == []


def test_of_a_refusal_only_the_words_are_left_alone() -> None:
    made = changes("raise Refusal(Reason.LATE, f'no more than {most}', figure=most)")
    assert [change.split(" → ")[1] for change in made] == [
        "pass",
        "raise Refusal(f'no more than {most}', Reason.LATE, figure=most)",
        "raise Refusal(Reason.LATE, f'no more than {most}')",
    ]


CODE = """
class Till:
    def pay(self, price):
        if price > self.chips:
            raise TooDear(price, self.chips)
        return self.chips - price
"""


def names(code: str) -> list[str]:
    return [mutant.id for mutant in mutants(Source(code, "a/till.py"))]


def test_a_mutant_keeps_its_name_when_its_function_moves() -> None:
    assert "a/till.py:Till.pay:compare:1" in names(CODE)
    assert names(CODE) == names(f"# moved\n\n\n{CODE}")
    assert set(names(CODE)) <= set(names(f"FIRST = 1 < 2\n{CODE}"))
    assert len(set(names(CODE))) == len(names(CODE))


def test_a_mutant_knows_the_lines_that_must_run() -> None:
    code = "def f(a):\n    return g(\n        a,\n        7,\n    )\n"
    seven = next(m for m in mutants(Source(code)) if m.kind == "constant")
    assert (seven.first, seven.last) == (2, 4)


def test_nothing_inside_an_f_string_is_touched() -> None:
    made = mutants(Source("x = f'{a + 1:>{b + 2}}'"))
    assert [(each.kind, each.function) for each in made] == [("text", "")]
