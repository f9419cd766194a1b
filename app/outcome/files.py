"""The page of files: each form with where its file stands, and the files of each question."""

from dataclasses import dataclass

from sqlmodel import Session

from app.models import PreparedFile, Question, Round, Seminar
from app.models.files import FileState
from app.outcome import preparing
from app.outcome.dataset import published_questions
from app.outcome.exporting import FORMS, Form
from app.results import exporting


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One form; `file` is the one that was asked for, and `is_current` whether it is still given out."""

    form: Form
    file: PreparedFile | None
    is_current: bool

    @property
    def is_being_made(self) -> bool:
        """Whether it has been asked for and is not there yet."""
        return self.file is not None and self.file.state is FileState.ASKED

    @property
    def is_ready(self) -> bool:
        """Whether it can be taken away."""
        return self.is_current and self.file is not None and self.file.state is FileState.READY

    @property
    def is_outdated(self) -> bool:
        """Whether it was made, and something may have changed since."""
        return self.file is not None and self.file.state is FileState.READY and not self.is_current

    @property
    def kilobytes(self) -> int:
        """Its size."""
        content = self.file.content if self.file else None
        return -(-len(content or b"") // 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfQuestion:
    """One published question, with the forms in which it leaves by itself."""

    round_: Round
    question: Question
    forms: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesPage:
    """All that is offered; nothing while nothing is published."""

    offered: list[Offered]
    questions: list[OfQuestion]

    @property
    def is_waiting(self) -> bool:
        """Whether something is being made, so that it is worth looking again."""
        return any(one.is_being_made for one in self.offered)


def page(session: Session, seminar: Seminar) -> FilesPage:
    """What is offered of a seminar to those who may export."""
    questions = published_questions(session, seminar)
    asked = preparing.prepared(session, seminar) if questions else {}
    offered = [
        Offered(
            form=form,
            file=asked.get(name),
            is_current=name in asked and preparing.is_current(session, asked[name]),
        )
        for name, form in FORMS.items()
        if questions
    ]
    return FilesPage(offered=offered, questions=[_of(session, one) for one in questions])


def _of(session: Session, question: Question) -> OfQuestion:
    forms = ["csv", "xlsx", "json"]
    if exporting.ballots(session, question=question) is not None:
        forms.append("sav")
    round_ = session.get_one(Round, question.round_id)
    return OfQuestion(round_=round_, question=question, forms=forms)
