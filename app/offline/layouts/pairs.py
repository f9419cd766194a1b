"""Comparing two by two: a fixed list of pairs, drawn for the expert; and weighing criteria by pairs."""

from collections.abc import Sequence
from itertools import combinations

from app.i18n import _, gettext
from app.offline.layouts.laying import Laying, Subject
from app.offline.sheet import Block, Grid, Option, Row, Section

PAIR = _("Pair")
ANSWER = _("Your answer")
COMPARE = _("Mark in each line which of the two you find better. Leave out what you cannot compare.")
WEIGH = _(
    "Mark in each line which of the two should count more, and how many times as much: to the left of 1 the "
    "first, to the right the second. 1 means that both count the same."
)
FIRST, EQUAL, SECOND = _("The first"), _("About equal"), _("The second")
FURTHEST = 9
# of many subjects, each stands in about so many pairs
EACH = 6
FEW = 28


def compare(laying: Laying) -> Section:
    """The pairs, each with three boxes, and one for each abstention."""
    subjects = {subject.code: subject for subject in laying.subjects()}
    sides = [Option("1", "1", gettext(FIRST))]
    if laying.settings.get("ties", True):
        sides.append(Option("0", "0", gettext(EQUAL)))
    options = (*sides, Option("-1", "2", gettext(SECOND)), *laying.abstentions)
    wanted = drawn(list(subjects), laying.settings.get("pairs"))
    return _section(laying, subjects, wanted, options, COMPARE)


def weigh(laying: Laying) -> Section:
    """The pairs of criteria, each on Saaty's scale from nine times the first to nine times the second."""
    subjects = {subject.code: subject for subject in laying.subjects()}
    options = tuple(
        Option(str(score), f"{'A' if score > 0 else 'B' if score < 0 else ''}{abs(score) + 1}")
        for score in range(FURTHEST - 1, -FURTHEST, -1)
    )
    pairs = sorted(combinations(sorted(subjects), 2))
    return _section(laying, subjects, pairs, options, WEIGH)


def drawn(order: Sequence[str], most: int | None) -> list[tuple[str, str]]:
    """So many pairs of what stands in the expert's own order, spread evenly over it.

    First comes each with its neighbour, all around, then with the next but one: whatever is compared hangs
    together, and each stands in as many pairs as any other, give or take one.

    Examples
    --------
    >>> drawn(["W03", "W01", "W02"], None)
    [('W01', 'W03'), ('W01', 'W02'), ('W02', 'W03')]
    """
    count = len(order)
    every = count * (count - 1) // 2
    if most is None:
        most = every if every <= FEW else min(every, count * EACH // 2)
    found: dict[tuple[str, str], None] = {}
    for step in range(1, count // 2 + 1):
        for place, code in enumerate(order):
            other = order[(place + step) % count]
            found[min(code, other), max(code, other)] = None
    return list(found)[:most]


def _section(
    laying: Laying,
    subjects: dict[str, Subject],
    pairs: Sequence[tuple[str, str]],
    options: tuple[Option, ...],
    hint: str,
) -> Section:
    rows = tuple(
        Row(
            key=laying.key(first, second),
            label=f"{first} {subjects[first].title}",
            detail=f"{second} {subjects[second].title}",
            worded=True,
            cells=(laying.cell(first, second, gettext(ANSWER), options=options, boxes=True),),
        )
        for first, second in pairs
    )
    return Section(
        code=laying.part.code,
        name="",
        prompt=laying.part.question.prompt,
        hints=(gettext(hint),),
        blocks=(Block(notes=laying.before(rows), grids=(Grid(head=gettext(PAIR), rows=rows),)),),
    )
