"""Proposing: room for a few proposals, each with its kind, a title and a text."""

from app.i18n import _, gettext
from app.models.registers import Kind
from app.offline.layouts.laying import LETTERS, Laying
from app.offline.sheet import Block, Grid, Option, Row, Section
from app.questions.propose import Propose
from app.registers.drafts import LONGEST_TEXT, LONGEST_TITLE
from app.registers.words import KINDS

ROOM = 4
KIND, TITLE, TEXT = "kind", "title", "text"
HINT = _(
    "Each proposal has a line. Write its kind as a letter, a title, and in a text what you propose and why. "
    "What you have proposed before stays as it is."
)
LENGTH = _("The text has from %(least)s to %(most)s words.")
NUMBERED = _("Proposal %(number)s")
HEAD, HEADS = _("Proposal"), {KIND: _("Kind"), TITLE: _("Title"), TEXT: _("Text")}


def lay(laying: Laying) -> Section:
    """A line for each proposal that there is room for."""
    type_ = laying.part.type
    assert isinstance(type_, Propose)
    kinds = tuple(
        Option(kind, letter, gettext(KINDS[Kind(kind)].one))
        for letter, kind in zip(LETTERS, type_.kinds, strict=False)
    )
    heads = {part: gettext(head) for part, head in HEADS.items()}

    def row(number: int) -> Row:
        subject = f"P{number}"
        return Row(
            key=laying.key(subject),
            label=gettext(NUMBERED) % {"number": number},
            cells=(
                laying.cell(subject, KIND, heads[KIND], options=kinds, needed=True),
                laying.cell(subject, TITLE, heads[TITLE], limit=LONGEST_TITLE),
                laying.cell(subject, TEXT, heads[TEXT], limit=LONGEST_TEXT),
            ),
        )

    rows = tuple(row(number) for number in range(1, min(type_.limit or ROOM, ROOM) + 1))
    letters = "; ".join(f"{kind.sign} = {kind.label}" for kind in kinds)
    words = type_.words
    length = (gettext(LENGTH) % {"least": words[0], "most": words[1]},) if words else ()
    return Section(
        code=laying.part.code,
        name="",
        prompt=laying.part.question.prompt,
        hints=(gettext(HINT), letters, *length),
        blocks=(Block(grids=(Grid(head=gettext(HEAD), rows=rows),)),),
    )
