"""Know a returned file by its code: whose form of which round it is, or why it is none that can be taken."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sqlmodel import Session

from app.ballots.queries import Asking
from app.errors import AppError, Invalid
from app.models import Panellist, Round, Seminar
from app.offline import building, codes, opening, queries, returned, word_reading, workbook_reading
from app.offline.codebook import CodeBook, Paper
from app.offline.entries import TYPED, Entry
from app.offline.opening import NotAForm, Unopened
from app.offline.returned import Found
from app.offline.sheet import Form
from app.registers.sheets import BROKEN


class File(Protocol):
    """A returned file, parsed."""

    @property
    def codes(self) -> list[str]:
        """What looks like a form's code in it."""

    def find(self, form: Form) -> Found:
        """The cells of the form in it."""


PARSERS: dict[opening.Kind, Callable[[bytes], File]] = {
    "docx": word_reading.parse,
    "xlsx": workbook_reading.parse,
}


class NoCode(AppError):
    """A file that bears no code."""

    message = "There is no form code in this file, so it is none of the forms of this seminar."


class BrokenCode(AppError):
    """A code with a slip in it."""

    message = (
        "“%(code)s” cannot be a form code: at least one of its signs is wrong. Please put the code back as "
        "it was printed."
    )


class TwoCodes(AppError):
    """Parts of two forms in one file."""

    message = "There is more than one form code in this file: %(codes)s. Please send each form by itself."


class UnknownCode(AppError):
    """A code that none of the seminar's forms bears."""

    message = (
        "No form of this seminar bears the code %(code)s. If it was made for another seminar, please upload "
        "it there."
    )


class OtherRound(AppError):
    """A form of another round."""

    message = (
        "This form was made for round R%(made)s and not for round R%(number)s, so its answers are not taken. "
        "Please use the form of round R%(number)s."
    )


class NotYours(AppError):
    """The form of another expert."""

    message = "This form was made for somebody else. Please upload your own; you can download it here again."


@dataclass(frozen=True, slots=True)
class Received:
    """A form of ours, and what it says."""

    form: Paper
    entry: Entry


def receive(
    session: Session,
    book: CodeBook,
    *,
    seminar: Seminar,
    round_: Round,
    asked: Asking,
    content: bytes,
    of: Panellist | None = None,
) -> Received:
    """The form that was sent; with `of`, hers and nobody else's."""
    kind = opening.opened(content)
    try:
        file = PARSERS[kind](content)
    except (*BROKEN, ArithmeticError):
        raise Unopened(NotAForm()) from None
    paper = recognized(session, book, round_, _code(file.codes), of)
    form = building.build(session, seminar=seminar, round_=round_, asked=asked, paper=paper, own=False)
    try:
        found = file.find(form)
    except (*BROKEN, ArithmeticError):
        raise Unopened(NotAForm()) from None
    return Received(paper, Entry(kind, returned.readings(form, found), found.edited))


def from_clerk(
    session: Session,
    book: CodeBook,
    seminar: Seminar,
    round_: Round,
    asked: Asking,
    content: bytes,
    code: str,
) -> Received:
    """The file, or without one the form on paper that is typed in by its code: nothing is read of that."""
    if content or not code.strip():
        return receive(session, book, seminar=seminar, round_=round_, asked=asked, content=content)
    tidy = codes.tidy(code)
    if tidy is None:
        raise Invalid({"code": BrokenCode(code=code.strip()[:40])})
    try:
        return Received(recognized(session, book, round_, tidy, None), Entry(TYPED))
    except Unopened as refused:
        raise Invalid({"code": refused.errors["file"]}) from None


def recognized(session: Session, book: CodeBook, round_: Round, code: str, of: Panellist | None) -> Paper:
    """The form with this code, if it is of this round."""
    form = queries.find_form(session, book, code)
    if form is None:
        raise Unopened(UnknownCode(code=code))
    made_for = session.get_one(Round, form.row.round_id)
    if made_for.id != round_.id:
        raise Unopened(OtherRound(made=made_for.number, number=round_.number))
    if of is not None and form.row.panellist_id != of.id:
        raise Unopened(NotYours())
    return form


def _code(written: list[str]) -> str:
    """The one code of a file."""
    good = list(dict.fromkeys(tidy for one in written if (tidy := codes.tidy(one))))
    if len(good) > 1:
        raise Unopened(TwoCodes(codes=", ".join(good[:3])))
    if good:
        return good[0]
    slip = next((one for one in written if any(sign.isdigit() for sign in one)), None)
    raise Unopened(BrokenCode(code=slip) if slip else NoCode())
