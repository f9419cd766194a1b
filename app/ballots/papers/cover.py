"""Grading how far frameworks cover the mandate: a list of them, and a page for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlmodel import Session, select

from app.ballots.former import Former
from app.ballots.papers.reading import Reading
from app.ballots.papers.sheet import Card, Paper, Words, facts_of, formers_of, subjects_of
from app.ballots.queries import Given, Part
from app.i18n import _, gettext
from app.models import Item, ItemVersion
from app.models.registers import Kind, LinkKind
from app.questions.cover import DONT_KNOW, GRADES, SOURCE, SURE, SURENESS, Cover
from app.registers import queries as registers

GRADE_WORDS = {"none": _("Not covered"), "partial": _("In part"), "full": _("Fully")}
DONT_KNOW_WORD = _("I do not know")
SURE_WORDS = {1: _("Unsure"), 2: _("Fairly sure"), 3: _("Sure")}
HOW_SURE, WHERE = _("%(element)s: how sure"), _("%(element)s: source")


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the mandate, as far as it is named."""

    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkCard(Card):
    """One framework; `graded` are the elements that its author has answered for.

    `starting` are the grades that the register had at first, by element: a hypothesis.
    """

    graded: list[str]
    starting: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverPaper(Paper):
    """A question about what frameworks cover; `elements` in the order asked."""

    folder = "cover"

    cards: Sequence[FrameworkCard]
    elements: list[Element]
    grades: list[tuple[str, str]]
    sureness: list[tuple[str, str]]

    @classmethod
    def lay(cls, session: Session, reading: Reading, part: Part) -> Self:
        """The frameworks in the register's order, in which they are found."""
        type_ = part.type
        assert isinstance(type_, Cover)
        subjects, before = subjects_of(session, part), formers_of(session, reading, part)

        def card(code: str) -> FrameworkCard:
            covers = [link for link in subjects[code].links if link.kind is LinkKind.COVERS]
            facts = facts_of(reading, part, subjects[code])
            return FrameworkCard(
                **facts,
                former=before.get(code, Former()),
                graded=type_.graded(facts["given"].answer),
                starting={link.code: link.value for link in covers if link.value in GRADES},
            )

        return cls(
            reading=reading,
            part=part,
            words=cls.wording(session, reading, part),
            cards=[card(code) for code in part.subjects if code in subjects],
            elements=_elements(session, reading, type_),
            grades=[(str(n), gettext(GRADE_WORDS[grade])) for n, grade in enumerate(GRADES)],
            sureness=[(str(n), gettext(SURE_WORDS[n])) for n in SURENESS],
        )

    @classmethod
    def wording(cls, session: Session, reading: Reading, part: Part) -> Words:
        """Elements by their codes and titles, grades by their words."""
        del cls
        assert isinstance(part.type, Cover)
        grades = {str(n): gettext(GRADE_WORDS[grade]) for n, grade in enumerate(GRADES)}
        grades[DONT_KNOW] = gettext(DONT_KNOW_WORD)
        sure = {str(n): gettext(word) for n, word in SURE_WORDS.items()}
        names: dict[str, str] = {}
        for element in _elements(session, reading, part.type):
            code, name = element.code, f"{element.code} {element.title}"
            names |= {code: name}
            names[code + SURE] = gettext(HOW_SURE) % {"element": name}
            names[code + SOURCE] = gettext(WHERE) % {"element": name}
        values = dict.fromkeys(part.type.elements, grades)
        return Words(names, values | {code + SURE: sure for code in part.type.elements})

    @classmethod
    def beside(cls, session: Session, reading: Reading, part: Part, code: str) -> dict[str, Any]:
        """How many elements of the framework are graded now."""
        del cls, session
        assert isinstance(part.type, Cover)
        answer = reading.filled.given.get(part.subjects[code], Given()).answer
        return {"graded": len(part.type.graded(answer)), "all_elements": len(part.type.elements)}

    @property
    def dont_know(self) -> tuple[str, str]:
        """What is sent by who does not know, and its words."""
        return DONT_KNOW, gettext(DONT_KNOW_WORD)

    def starting_word(self, card: FrameworkCard, element: str) -> str:
        """The grade with which the register began, in words, or nothing."""
        grade = card.starting.get(element)
        return gettext(GRADE_WORDS[grade]) if grade else ""


def _elements(session: Session, reading: Reading, type_: Cover) -> list[Element]:
    rows = session.exec(
        select(Item.code, ItemVersion.title)
        .join(ItemVersion, registers.in_force())
        .where(Item.seminar_id == reading.seminar.id, Item.kind == Kind.ELEMENT)
    )
    titles = dict(rows.all())
    return [Element(code, titles[code]) for code in type_.elements if code in titles]
