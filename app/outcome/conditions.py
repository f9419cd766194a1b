"""The conditions of the wording rules in words, for people who do not read formulas."""

from dataclasses import dataclass
from fractions import Fraction

from app.i18n import enumerate_alternatives, enumerate_words, gettext, number, percent
from app.wording import Rules
from app.wording.conditions import (
    All,
    Comparison,
    Condition,
    Either,
    Expression,
    Name,
    Number,
    Otherwise,
    Term,
)


@dataclass(frozen=True, slots=True)
class RuleInWords:
    """One rule as the method page prints it; `words` is empty where only the formula tells it."""

    id: str
    label: str
    words: str
    when: str
    sentence: str


def rules_in_words(
    rules: Rules, entries: list[dict[str, str]], bands: tuple[str, str, str]
) -> list[RuleInWords]:
    """The rules in the order in which they are tried; `bands` from favourable to unfavourable."""
    formulas = {entry.get("id"): entry.get("when", "") for entry in entries}
    return [
        RuleInWords(
            label.id,
            label.text,
            in_words(label.condition, bands),
            str(formulas.get(label.id, "")),
            label.sentence,
        )
        for label in rules.labels
    ]


def in_words(condition: Condition, bands: tuple[str, str, str], *, inside: bool = False) -> str:
    """The condition as a clause, or nothing if it is of a kind that words would only make harder."""
    match condition:
        case Otherwise():
            return gettext("in all other cases")
        case Comparison():
            return _comparison(condition, bands)
        case All(parts) | Either(parts):
            clauses = [in_words(part, bands, inside=True) for part in parts]
            if not all(clauses):
                return ""
            joined = (
                enumerate_words(clauses) if isinstance(condition, All) else enumerate_alternatives(clauses)
            )
            return f"({joined})" if inside else joined
    return ""


def _comparison(comparison: Comparison, bands: tuple[str, str, str]) -> str:
    figure, threshold = _figure(comparison.left, bands), comparison.right
    if not figure or not isinstance(threshold, Number):
        return ""
    share = comparison.left.share is not None
    said = {"figure": figure, "number": _threshold(threshold.number, share=share)}
    phrases = {
        "<": gettext("%(figure)s below %(number)s"),
        "<=": gettext("%(figure)s at most %(number)s"),
        ">": gettext("%(figure)s above %(number)s"),
        ">=": gettext("%(figure)s at least %(number)s"),
        "==": gettext("%(figure)s exactly %(number)s"),
        "!=": gettext("%(figure)s other than %(number)s"),
    }
    return phrases[comparison.sign] % said


def _figure(expression: Expression, bands: tuple[str, str, str]) -> str:
    match expression:
        case Name(name):
            return {
                "n": gettext("number of ratings"),
                "N": gettext("number of experts who submitted"),
                "p_hi": gettext("favourable ratings (%(band)s)") % {"band": bands[0]},
                "p_lo": gettext("unfavourable ratings (%(band)s)") % {"band": bands[2]},
                "iqr": gettext("interquartile range"),
                "median": gettext("median"),
            }[name]
        case Term(Name("n"), "/", Name("N")):
            return gettext("share of the experts who rated it")
    return ""


def _threshold(value: Fraction, *, share: bool) -> str:
    return percent(float(value)) if share else number(float(value), 2)
