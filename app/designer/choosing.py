"""Choose what a question is about: a whole register, what a filter finds, or one by one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

from sqlmodel import Session
from starlette.datastructures import FormData

from app.designer import queries
from app.designer.types import QuestionForm, form_of
from app.errors import AppError, Invalid, NotFound
from app.models import Criterion, Question, Seminar
from app.models.registers import Kind
from app.registers import filters
from app.registers import pages as registers_pages
from app.registers import queries as registers
from app.registers.pages import RegisterPage
from app.registers.queries import ItemView
from app.rounds import queries as rounds
from app.web.forms import texts

# What the buttons of the page do.
TICKS, ALL, NONE, REGISTER, ORDER = "ticks", "all", "none", "register", "order"
# weights say how much one counts beside another
FEWEST = 2
ORDERS: dict[str, Callable[[ItemView], tuple[object, ...]]] = {
    "register": lambda item: (list(Kind).index(item.kind), item.position, item.code),
    "title": lambda item: (filters.plain(item.title), item.code),
    "code": lambda item: (item.code,),
}


class NoRegister(AppError):
    """A whole register that is none."""

    message = "Please choose at least one register."


class TooFewCriteria(AppError):
    """Nothing to weigh one criterion against."""

    message = "Please choose at least two criteria."


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the question is to be about; `about` are the registers whose new items join.

    A question that weighs criteria is about these, and about no items.
    """

    items: list[UUID]
    about: list[Kind]
    criteria: list[UUID] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Choice:
    """The page: one register as it was asked for, and what is chosen so far of this and of the others."""

    page: RegisterPage
    tabs: list[tuple[Kind, int, int]]
    chosen: list[ItemView]
    about: list[Kind]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of what is chosen."""
        return frozenset(item.code for item in self.chosen)

    def address(self, **other: str) -> str:
        """The query that shows the same choice, or another."""
        wanted = wanted_of(self.page) | other
        return urlencode({name: value for name, value in wanted.items() if value})


def choice(
    session: Session, *, seminar: Seminar, question: Question, form: QuestionForm, wanted: Mapping[str, str]
) -> Choice:
    """What can be chosen from, as the address wants it."""
    rows = queries.subject_rows(session, question)
    views = registers.views(session, {row.item_id: row.item_version for row in rows if row.item_id})
    chosen = [views[row.item_id] for row in rows if row.item_id in views]
    counts = registers.counts(session, seminar=seminar)
    kind = _kind(wanted, form, chosen, counts)
    of = {one: sum(item.kind is one for item in chosen) for one in form.kinds}
    return Choice(
        page=_register(session, seminar, kind, wanted),
        tabs=[(one, counts[one], of[one]) for one in form.kinds if counts[one] or one is kind],
        chosen=chosen,
        about=[Kind(one) for one in question.settings.get("about", [])],
    )


def read(session: Session, *, seminar: Seminar, question: Question, sent: FormData) -> Chosen:
    """What the form chooses; what it does not show stays chosen."""
    form = form_of(question)
    if form.subjects == "criteria":
        return _criteria(session, seminar, sent)
    if form.subjects != "items":
        raise NotFound
    wanted, then = texts(sent), texts(sent).get("then", TICKS)
    now = choice(session, seminar=seminar, question=question, form=form, wanted=wanted)
    if then == REGISTER:
        return _registers(session, seminar, form, sent)
    if then == ORDER:
        order = ORDERS.get(wanted.get("order", ""), ORDERS["register"])
        return Chosen([item.id for item in sorted(now.chosen, key=order)], now.about)
    before = [item.id for item in now.chosen]
    if then == TICKS:
        ticked = {str(value) for value in sent.getlist("code")}
        shown = [row.item for row in now.page.rows]
        wished = [item.id for item in shown if item.code in ticked]
        taken = {item.id for item in shown} - set(wished)
    else:
        found = [item.id for item in _matching(session, seminar, now.page)]
        wished, taken = (found, set[UUID]()) if then == ALL else ([], set(found))
    kept = [key for key in before if key not in taken]
    return Chosen([*kept, *(key for key in wished if key not in before)], [])


def weighable(session: Session, seminar: Seminar) -> list[Criterion]:
    """The criteria that can be weighed, in their order: not the overall one, which the others explain."""
    return [one for one in rounds.card_criteria(session, seminar) if not one.overall]


def _criteria(session: Session, seminar: Seminar, sent: FormData) -> Chosen:
    ticked = {str(value) for value in sent.getlist("criterion")}
    chosen = [one.id for one in weighable(session, seminar) if one.code in ticked]
    if len(chosen) < FEWEST:
        raise Invalid({"criteria": TooFewCriteria()})
    return Chosen([], [], chosen)


def wanted_of(page: RegisterPage) -> dict[str, str]:
    """The filters of a register, as a form or an address names them."""
    shown = page.filters
    number = str(shown.page) if shown.page > 1 else ""
    return {"kind": page.kind.value, "q": shown.q, "sort": shown.sort, **shown.chosen, "page": number}


def query(sent: FormData) -> str:
    """The address's query that shows the same part of the same register again."""
    names = ["kind", "q", "page", *{name for some in filters.FILTERS.values() for name in some}]
    typed = texts(sent)
    return urlencode({name: typed[name] for name in names if typed.get(name)})


def _registers(session: Session, seminar: Seminar, form: QuestionForm, sent: FormData) -> Chosen:
    wished = {str(value) for value in sent.getlist("register")}
    kinds = [kind for kind in form.kinds if kind.value in wished]
    if not kinds:
        raise Invalid({"register": NoRegister()})
    items = queries.standing(session, seminar=seminar, kinds=kinds)
    return Chosen([item.id for item in items], kinds)


def _register(session: Session, seminar: Seminar, kind: Kind, wanted: Mapping[str, str]) -> RegisterPage:
    narrowed = {name: value for name, value in wanted.items() if name not in {"status", "view"}}
    return registers_pages.register(session, seminar=seminar, kind=kind, wanted=narrowed)


def _matching(session: Session, seminar: Seminar, page: RegisterPage) -> list[ItemView]:
    """All that the filters find, on whichever page it stands."""
    look_up = registers.items if page.filters.by_links else registers.titles
    return filters.apply(look_up(session, seminar=seminar, kind=page.kind), page.filters, page.choices)


def _kind(
    wanted: Mapping[str, str], form: QuestionForm, chosen: Sequence[ItemView], counts: Mapping[Kind, int]
) -> Kind:
    """The register that is asked for, or that of what is chosen, or the likeliest that holds anything."""
    named = [kind for kind in form.kinds if kind.value == wanted.get("kind")]
    there = [item.kind for item in chosen if item.kind in form.kinds]
    filled = [kind for kind in form.kinds if counts[kind]]
    return next(iter([*named, *there, *filled, *form.kinds]))
