"""Ranking, allocating points and weighing by points: one list with a number in each line."""

from app.i18n import _, gettext
from app.offline.layouts.laying import Laying
from app.offline.sheet import Block, Grid, Row, Section

SUBJECT = _("What is asked about")
PLACE, POINTS = _("Place"), _("Points")
RANK = _(
    "Write 1 for the best, 2 for the second, and so on. The same place may stand twice. What you leave "
    "blank is not ranked."
)
FIRST = _("Rank at most %(most)s of them.")
ALLOCATE = _("Distribute %(points)s points: the more, the more it matters. Together they must be %(points)s.")
AT_MOST = _("Give points to at most %(most)s of them.")
WEIGH = _("Distribute 100 points over the criteria: the more, the more it should count.")
SWING = _(
    "Think of an option that is worst on every criterion. Give 100 to the criterion that you would improve "
    "first, and to each other a number from 0 to 100 that says how much its improvement would be worth."
)
HUNDRED = 100


def rank(laying: Laying) -> Section:
    """A place for each subject."""
    most = laying.settings.get("most")
    hints = (gettext(RANK), *((gettext(FIRST) % {"most": most},) if most else ()))
    return _listed(laying, "rank", gettext(PLACE), hints, 1, len(laying.part.subjects))


def allocate(laying: Laying) -> Section:
    """Points for each subject."""
    points, most = laying.settings.get("points", HUNDRED), laying.settings.get("most")
    hints = [gettext(ALLOCATE) % {"points": points}]
    hints += [gettext(AT_MOST) % {"most": most}] if most else []
    return _listed(laying, "points", gettext(POINTS), tuple(hints), 0, points)


def weigh(laying: Laying) -> Section:
    """Points for each criterion."""
    hint = SWING if laying.settings.get("method") == "swing" else WEIGH
    return _listed(laying, "points", gettext(POINTS), (gettext(hint),), 0, HUNDRED)


def _listed(laying: Laying, part: str, head: str, hints: tuple[str, ...], low: int, high: int) -> Section:
    rows = tuple(
        Row(
            key=laying.key(subject.code),
            label=f"{subject.code} {subject.title}",
            detail=subject.text,
            worded=True,
            cells=(
                laying.cell(subject.code, part, head, low=low, high=high, options=laying.abstentions),
                laying.reason(subject.code),
            ),
        )
        for subject in laying.subjects()
    )
    return Section(
        code=laying.part.code,
        name="",
        prompt=laying.part.question.prompt,
        hints=(*hints, *laying.letters),
        blocks=(Block(notes=laying.before(rows), grids=(Grid(head=gettext(SUBJECT), rows=rows),)),),
        whole=True,
    )
