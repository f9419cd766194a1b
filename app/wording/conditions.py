"""The conditions of wording rules: read with care, never run as code, judged in exact fractions.

A share of exactly 20 of 25 meets `p_hi >= 0.80`: shares are fractions of whole numbers, and
thresholds are the decimals that are written, so that no rounding decides a label.

A figure may be undefined: nobody rated, or n/N where nobody submitted. What is compared with it is
neither true nor false, `and`, `or` and `not` carry that on in the usual three-valued way, and a
rule applies only if its condition is true.
"""

import ast
import operator
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol, TypeAlias

Value: TypeAlias = Fraction | None
Verdict: TypeAlias = bool | None

LONGEST = 300
OTHERWISE = "otherwise"

COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
JUDGE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


class BrokenRule(ValueError):
    """A wording rule cannot be read; says which and why."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(f"rule {rule}: {reason}")
        self.rule = rule
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the rules may look at; None is undefined."""

    n: int
    submitted: int
    p_hi: Fraction | None
    p_lo: Fraction | None
    iqr: Fraction | None
    median: Fraction | None

    def __getitem__(self, name: str) -> Value:
        """The figure under the name that rules use for it."""
        match name:
            case "n":
                return Fraction(self.n)
            case "N":
                return Fraction(self.submitted)
            case "p_hi":
                return self.p_hi
            case "p_lo":
                return self.p_lo
            case "iqr":
                return self.iqr
            case "median":
                return self.median
        raise KeyError(name)


COUNTS = frozenset({"n", "N"})
SHARES = frozenset({"p_hi", "p_lo"})
NAMES = COUNTS | SHARES | {"iqr", "median"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written."""

    number: Fraction

    def value(self, figures: Figures) -> Value:
        """Itself."""
        del figures
        return self.number

    @property
    def share(self) -> Value:
        """No share."""
        return None


@dataclass(frozen=True, slots=True)
class Name:
    """One of the figures."""

    name: str

    def value(self, figures: Figures) -> Value:
        """What the figure is."""
        return figures[self.name]

    @property
    def share(self) -> Value:
        """1 for a share of the ratings: what counts as 100 per cent."""
        return Fraction(1) if self.name in SHARES else None


@dataclass(frozen=True, slots=True)
class Term:
    """Two values with + - * or / between them."""

    left: "Expression"
    sign: str
    right: "Expression"

    def value(self, figures: Figures) -> Value:
        """The result, undefined where a part is, or where it divides by zero."""
        left, right = self.left.value(figures), self.right.value(figures)
        if left is None or right is None:
            return None
        match self.sign:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
        return left / right if right else None

    @property
    def share(self) -> Value:
        """What counts as 100 per cent in it: 1 in `n/N`, 100 in `100 * p_hi`, None if it is no share."""
        left, right = self.left, self.right
        if isinstance(left, Name) and isinstance(right, Name) and self.sign == "/":
            return Fraction(1) if {left.name, right.name} <= COUNTS else None
        if self.sign in "+-":
            return left.share or right.share
        if isinstance(right, Number) and left.share:
            return left.share * right.number if self.sign == "*" else _over(left.share, right.number)
        if isinstance(left, Number) and right.share and self.sign == "*":
            return left.number * right.share
        return None


def _over(above: Fraction, below: Fraction) -> Value:
    return above / below if below else None


Expression: TypeAlias = Number | Name | Term


class Condition(Protocol):
    """Something that holds, does not hold, or is undefined."""

    def holds(self, figures: Figures) -> Verdict:
        """Whether it does."""

    def moved(self, step: Fraction) -> "Condition":
        """The same with every threshold on a share moved: harder to meet by a positive step."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values compared; a bare number always stands on the right."""

    left: Expression
    sign: str
    right: Expression

    def holds(self, figures: Figures) -> Verdict:
        """Whether it does, exactly; undefined if a side is."""
        left, right = self.left.value(figures), self.right.value(figures)
        if left is None or right is None:
            return None
        return JUDGE[self.sign](left, right)

    def moved(self, step: Fraction) -> "Comparison":
        """Harder to meet: a least share (`>=`, `>`) goes up, a greatest share (`<=`, `<`) down.

        No threshold leaves the range from 0 to 100 per cent. Comparisons with anything but a
        share of people, and `==`, stay as they are.
        """
        whole = self.left.share
        if whole is None or not isinstance(self.right, Number) or self.sign in ("==", "!="):
            return self
        whole, threshold = abs(whole), self.right.number
        change = step * whole if self.sign in (">", ">=") else -step * whole
        inside = max(min(threshold + change, max(whole, threshold)), min(Fraction(0), threshold))
        return replace(self, right=Number(inside))


@dataclass(frozen=True, slots=True)
class All:
    """Several conditions joined by `and`."""

    parts: tuple[Condition, ...]

    def holds(self, figures: Figures) -> Verdict:
        """False if one part is false; else undefined if one is; else true."""
        verdicts = [part.holds(figures) for part in self.parts]
        return False if False in verdicts else None if None in verdicts else True

    def moved(self, step: Fraction) -> "All":
        """With every part moved."""
        return All(tuple(part.moved(step) for part in self.parts))


@dataclass(frozen=True, slots=True)
class Either:
    """Several conditions joined by `or`."""

    parts: tuple[Condition, ...]

    def holds(self, figures: Figures) -> Verdict:
        """True if one part is true; else undefined if one is; else false."""
        verdicts = [part.holds(figures) for part in self.parts]
        return True if True in verdicts else None if None in verdicts else False

    def moved(self, step: Fraction) -> "Either":
        """With every part moved."""
        return Either(tuple(part.moved(step) for part in self.parts))


@dataclass(frozen=True, slots=True)
class Not:
    """A condition turned about."""

    part: Condition

    def holds(self, figures: Figures) -> Verdict:
        """The contrary of its part."""
        verdict = self.part.holds(figures)
        return None if verdict is None else not verdict

    def moved(self, step: Fraction) -> "Not":
        """Harder to meet if its part is easier."""
        return Not(self.part.moved(-step))


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What holds when nothing else did."""

    def holds(self, figures: Figures) -> Verdict:
        """Always."""
        del figures
        return True

    def moved(self, step: Fraction) -> "Otherwise":
        """Itself."""
        del step
        return self
