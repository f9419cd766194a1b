"""How long a round will take an expert: `rounds.effort` with the words of the registers."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from app import i18n
from app.i18n import _
from app.models import Criterion, ItemVersion, Question, Round, Seminar, Subject
from app.questions.rate import PLANE
from app.rounds import effort
from app.rounds import queries as rounds

# On a plane and in a list only titles are read, and all else by those who unfold it.
TITLES_ONLY = frozenset({"rank", "compare", "allocate"})
TOLD = _("About %(minutes)s minutes")


@dataclass(frozen=True, slots=True)
class Estimate:
    """The minutes of each question by its code."""

    questions: dict[str, float]

    @property
    def whole(self) -> int:
        """Those of the round, as one says them."""
        return effort.rounded(sum(self.questions.values()))

    @property
    def is_long(self) -> bool:
        """Whether it is more than many experts give."""
        return self.whole > effort.TOO_LONG

    def of(self, code: str) -> int:
        """Those of one question, at least one if it takes any time at all."""
        some = self.questions.get(code, 0)
        return max(1, round(some)) if some else 0


def estimate(session: Session, round_: Round) -> Estimate:
    """The estimate of all that the round asks."""
    asked = rounds.questions(session, round_)
    return Estimate({question.code: effort.minutes(_load(session, question)) for question in asked})


def said(session: Session, round_: Round) -> str:
    """The estimate of the whole as the panel is told, in the seminar's language; nothing for no time."""
    whole = estimate(session, round_).whole
    seminar = session.get_one(Seminar, round_.seminar_id)
    return i18n.catalogue(seminar.language).gettext(TOLD) % {"minutes": whole} if whole else ""


def _load(session: Session, question: Question) -> effort.Load:
    criteria = question.settings.get("criteria", [])
    required = sum(bool(one.get("required")) for one in criteria)
    return effort.Load(
        type=question.type,
        settings=question.settings,
        words=_words(session, question),
        required=required,
        welcome=len(criteria) - required,
        elements=len(question.settings.get("elements", [])),
    )


def _words(session: Session, question: Question) -> list[int]:
    """How many words each subject has to be read."""
    brief = question.type in TITLES_ONLY or question.settings.get("layout") == PLANE
    items = session.exec(
        select(ItemVersion.title, ItemVersion.text)
        .join(
            Subject,
            (col(Subject.item_id) == col(ItemVersion.item_id))
            & (col(Subject.item_version) == col(ItemVersion.number)),
        )
        .where(Subject.question_id == question.id)
    )
    words = [effort.words_of(title if brief else f"{title} {text}") for title, text in items]
    weighed = session.exec(
        select(Criterion.label, Criterion.question)
        .join(Subject, col(Subject.criterion_id) == col(Criterion.id))
        .where(Subject.question_id == question.id)
    )
    return words + [effort.words_of(f"{label} {text}") for label, text in weighed]
