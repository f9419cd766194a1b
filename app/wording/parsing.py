"""Read the condition of a rule: `n < 10 or n/N < 0.60`, `otherwise`; nothing else gets through."""

import ast
from fractions import Fraction
from itertools import pairwise

from app.wording.conditions import (
    ARITHMETIC,
    COMPARISONS,
    LONGEST,
    NAMES,
    OTHERWISE,
    TURNED,
    All,
    BrokenRule,
    Comparison,
    Condition,
    Either,
    Expression,
    Name,
    Not,
    Number,
    Otherwise,
    Term,
)


def condition(text: str, *, rule: str) -> Condition:
    """The condition that the text states, or `BrokenRule` with the rule's id."""
    text = text.strip()
    if text == OTHERWISE:
        return Otherwise()
    if len(text) > LONGEST:
        raise BrokenRule(rule, f"its condition is longer than {LONGEST} characters")
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise BrokenRule(rule, f"its condition cannot be read: {text!r}") from None
    return _Reader(rule).condition(tree.body)


class _Reader:
    def __init__(self, rule: str) -> None:
        self.rule = rule

    def condition(self, node: ast.expr) -> Condition:
        match node:
            case ast.BoolOp(op=ast.And()):
                return All(tuple(self.condition(part) for part in node.values))
            case ast.BoolOp(op=ast.Or()):
                return Either(tuple(self.condition(part) for part in node.values))
            case ast.UnaryOp(op=ast.Not()):
                return Not(self.condition(node.operand))
            case ast.Compare():
                return self._comparison(node)
        raise BrokenRule(self.rule, f"{ast.unparse(node)!r} is no comparison")

    def _comparison(self, node: ast.Compare) -> Condition:
        values = [self._expression(part) for part in (node.left, *node.comparators)]
        parts: list[Condition] = []
        for operation, (left, right) in zip(node.ops, pairwise(values), strict=True):
            sign = COMPARISONS.get(type(operation))
            if sign is None:
                raise BrokenRule(
                    self.rule, f"{ast.unparse(node)!r} uses something other than < <= > >= == !="
                )
            if isinstance(left, Number):
                parts.append(Comparison(right, TURNED[sign], left))
            else:
                parts.append(Comparison(left, sign, right))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _expression(self, node: ast.expr) -> Expression:
        match node:
            case ast.Name(id=name):
                if name not in NAMES:
                    known = ", ".join(sorted(NAMES, key=str.lower))
                    raise BrokenRule(self.rule, f"{name!r} is not a figure; the figures are {known}")
                return Name(name)
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return Number(self._exact(number))
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
                return Number(-self._exact(number))
            case ast.BinOp(op=operation) if type(operation) in ARITHMETIC:
                left, right = self._expression(node.left), self._expression(node.right)
                return Term(left, ARITHMETIC[type(operation)], right)
        raise BrokenRule(self.rule, f"{ast.unparse(node)!r} may not stand in a condition")

    def _exact(self, number: float) -> Fraction:
        # the shortest decimal that stands for the float is the one that was written
        try:
            return Fraction(repr(number))
        except ValueError:
            raise BrokenRule(self.rule, "a number in its condition is too large") from None
