"""Commenting: a block for each subject, with room for what speaks for it and against it."""

from app.ballots.papers.comment import CommentPaper
from app.i18n import _, gettext
from app.offline.layouts.laying import Laying
from app.offline.sheet import Block, Grid, Row, Section
from app.questions.comment import LIMIT, SIDES

HINT = _("Comment on what you have something to say of, and leave the rest blank.")


def lay(laying: Laying) -> Section:
    """A block for each subject."""
    paper = CommentPaper.lay(laying.session, laying.reading, laying.part)

    def block(code: str, title: str, text: str) -> Block:
        rows = tuple(
            Row(
                key=laying.key(code, side),
                label=paper.words.of(side),
                cells=(laying.cell(code, side, paper.words.of(side), limit=LIMIT),),
            )
            for side in SIDES
        )
        return Block(code=code, title=title, text=text, grids=(Grid(head="", rows=rows),))

    return Section(
        code=laying.part.code,
        name="",
        prompt=laying.part.question.prompt,
        hints=(gettext(HINT),),
        blocks=tuple(
            block(card.code, card.subject.title, laying.known[card.code].text) for card in paper.cards
        ),
    )
