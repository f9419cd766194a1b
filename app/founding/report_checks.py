"""Whether the wording rules of a template can be read, stand in order, and can all apply."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

from app.founding import shapes
from app.founding.documents import Document
from app.founding.faults import REPEATED, UNKNOWN, Place
from app.i18n import _
from app.wording import BrokenRule, Figures, Rules

OTHERWISE = "otherwise"
PANEL = 40
TWENTIETHS = 20
RANGES = (0, 2, 3, 5)
UNREADABLE = _("This cannot be read as a rule: %(reason)s.")


def report_rules(
    documents: Mapping[str, Document],
    rules: shapes.ReportRules,
    glossary: shapes.Glossary,
    rounds: shapes.Rounds,
    criteria: shapes.Criteria,
) -> None:
    """Note what is wrong with the rules by which ratings become words."""
    document = documents["report_rules"]
    if rules.publish_before not in {round_.id for round_ in rounds.rounds}:
        document.fault(("publish_before",), UNKNOWN, id=rules.publish_before, where="rounds.yaml")
    _order(document, rules, {term.key for term in glossary.terms})
    _readable(document, rules)
    if not document.faults:
        _each_can_apply(document, rules, criteria.scale)


def _order(document: Document, rules: shapes.ReportRules, known: set[str]) -> None:
    seen: set[str] = set()
    for place, rule in enumerate(rules.labels):
        path = ("labels", place)
        if rule.order != place + 1:
            document.fault((*path, "order"), _("The labels must be numbered 1, 2, 3 and so on."))
        if rule.id in seen:
            document.fault((*path, "id"), REPEATED, id=rule.id)
        seen.add(rule.id)
        if rule.id not in known:
            document.fault((*path, "id"), UNKNOWN, id=rule.id, where="glossary.yaml")
        if (rule.when == OTHERWISE) != (rule is rules.labels[-1]):
            document.fault((*path, "when"), _("The last label, and it alone, must apply “otherwise”."))


def _readable(document: Document, rules: shapes.ReportRules) -> None:
    for place, rule in enumerate(rules.labels):
        entry = shapes.as_data(rule) | {"order": 1}
        last = {"order": 2, "id": "last", "label": "-", "when": OTHERWISE, "sentence": "-"}
        if rule.when != OTHERWISE:
            _read(document, ("labels", place, "when"), labels=[entry | {"sentence": "-"}, last])
        _read(document, ("labels", place, "sentence"), labels=[entry | {"when": OTHERWISE}])
    for place, word in enumerate(rules.quantifiers):
        _read(document, ("quantifiers", place, "range"), quantifiers=[shapes.as_data(word)])
    _read(document, ("stability", "stable"), stability=shapes.as_data(rules.stability))


def _read(document: Document, path: Place, **wording: Any) -> None:
    try:
        Rules.read(wording)
    except BrokenRule as broken:
        document.fault(path, UNREADABLE, reason=broken.reason)


def _each_can_apply(document: Document, rules: shapes.ReportRules, scale: shapes.Scale) -> None:
    """Try figures of every sort until each label has applied to some; a rule that none meets is in vain."""
    readable = Rules.read(shapes.as_data(rules))
    waiting = {rule.id: place for place, rule in enumerate(rules.labels)}
    for figures in _figures(scale.min, scale.max):
        if label := readable.label(figures):
            waiting.pop(label.id, None)
        if not waiting:
            return
    for id_, place in waiting.items():
        document.fault(("labels", place, "when"), _("The label “%(id)s” can never apply."), id=id_)


@lru_cache(maxsize=4)
def _figures(low: int, high: int) -> tuple[Figures, ...]:
    """Possible figures of a panel, those first that lie far apart; one of them where nobody rated."""
    shares = [(above, below) for above in range(TWENTIETHS + 1) for below in range(TWENTIETHS + 1 - above)]
    grid: Iterable[tuple[tuple[int, int], int, int]] = product(shares, RANGES, range(2 * low, 2 * high + 1))
    ordered = sorted(grid, key=lambda f: (f[0][0] % 4 > 0) + (f[0][1] % 4 > 0) + f[2] % 2)
    nobody = Figures(n=0, submitted=PANEL, p_hi=None, p_lo=None, iqr=None, median=None)
    return (
        nobody,
        *(
            Figures(
                n=PANEL,
                submitted=PANEL,
                p_hi=Fraction(above, TWENTIETHS),
                p_lo=Fraction(below, TWENTIETHS),
                iqr=Fraction(iqr),
                median=Fraction(halves, 2),
            )
            for (above, below), iqr, halves in ordered
        ),
    )
