"""Coverage: a block for each framework, with a line for each element of the mandate."""

from app.ballots.papers.cover import CoverPaper, FrameworkCard
from app.i18n import _, gettext
from app.offline.layouts.laying import Laying
from app.offline.sheet import Block, Grid, Option, Row, Section
from app.questions.answers import RATIONALE
from app.questions.cover import SOURCE, SOURCE_LIMIT, SURE

HINT = _(
    "Mark for each element how far the framework covers it. Leave out the frameworks that you do not know. "
    "If you like, write how sure you are (%(scale)s), and where it can be read."
)
ELEMENT, HOW_SURE, WHERE = _("Element"), _("How sure"), _("Source")


def lay(laying: Laying) -> Section:
    """A block for each framework."""
    paper = CoverPaper.lay(laying.session, laying.reading, laying.part)
    scale = "; ".join(f"{value} = {word}" for value, word in paper.sureness)
    return Section(
        code=laying.part.code,
        name="",
        prompt=laying.part.question.prompt,
        hints=(gettext(HINT) % {"scale": scale},),
        blocks=tuple(_framework(laying, paper, card) for card in paper.cards),
    )


def _framework(laying: Laying, paper: CoverPaper, card: FrameworkCard) -> Block:
    value, word = paper.dont_know
    grades = (*(Option(n, n, name) for n, name in paper.grades), Option(value, "?", word))
    sure = tuple(Option(n, n, name) for n, name in paper.sureness)

    def row(code: str, title: str) -> Row:
        return Row(
            key=laying.key(card.code, code),
            label=f"{code} {title}",
            worded=True,
            cells=(
                laying.cell(card.code, code, code, options=grades, boxes=True),
                laying.cell(card.code, code + SURE, gettext(HOW_SURE), options=sure),
                laying.cell(card.code, code + SOURCE, gettext(WHERE), limit=SOURCE_LIMIT),
            ),
        )

    rows = tuple(row(element.code, element.title) for element in paper.elements)
    reason = Row(
        key=laying.key(card.code, RATIONALE), label=laying.reason_head, cells=(laying.reason(card.code),)
    )
    return Block(
        code=card.code,
        title=card.subject.title,
        text=laying.known[card.code].text,
        notes=laying.before(rows),
        grids=(Grid(head=gettext(ELEMENT), rows=rows), Grid(head="", rows=(reason,))),
    )
