"""The page of dissent, the form of a new statement, and the page of one as each role sees it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.dissent import basis, queries, service, settling, sizes
from app.dissent.basis import Basis
from app.dissent.deps import Reader
from app.dissent.queries import Statement, StatementView
from app.dissent.service import LONGEST, LONGEST_REPLY
from app.dissent.sizes import Size
from app.errors import AppError, NotFound
from app.models import MinorityStatement
from app.models.dissent import StatementState
from app.policy import Permission, allows
from app.registers import history
from app.results import camps
from app.web import render
from app.web.errors import status_of
from app.wording import Rules

Errors = dict[str, AppError]
LIMITS = {"longest": LONGEST, "longest_reply": LONGEST_REPLY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where the reader herself stands on an option: her published rating, and whether it is outside."""

    score: int | None
    is_outside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An option on which there is dissent.

    `camps` says whether the panel is polarised, or merely spread, `size` how many stand on the side of the
    fewer, in favour or against; `reasons` are theirs. `stand` is the reader's own, None for who is not of
    the panel, and `writes` whether she could write a statement: she stands outside, and has none here.
    """

    basis: Basis
    camps: str
    size: Size | None
    reasons: list[str]
    released: list[Statement]
    making: list[StatementView]
    stand: Stand | None
    writes: bool

    @property
    def code(self) -> str:
        """The option's code."""
        return self.basis.option.code


def index(request: Request, session: Session, reader: Reader) -> Response:
    """Every option on which there is dissent, and what the reader may do there."""
    bases = basis.bases(session, reader.seminar)
    stands = _stands(session, bases, reader)
    seen = queries.visible(
        session,
        seminar=reader.seminar,
        roles=reader.roles,
        panellist=reader.panellist,
        reader=reader.key,
        states=queries.UNSETTLED | {StatementState.RELEASED},
    )
    written = {one.code for one in seen if one.is_author}
    making = [one for one in seen if one.state is not StatementState.RELEASED]
    released = queries.released(session, seminar=reader.seminar, roles=reader.roles)
    lines = [
        _line(reader, one, stands.get(code), released.get(code, []), making, has_one=code in written)
        for code, one in bases.items()
    ]
    shown = [line for line in lines if line.basis.view.is_telling or line.released or line.making]
    listed = {line.code for line in shown}
    return render.page(
        request,
        "dissent/dissent.html",
        lines=sorted(shown, key=lambda line: (-_share(line), line.code)),
        elsewhere=[line for line in lines if line.writes and line.code not in listed],
        queue=making if _settles(reader) else [],
        is_taken=service.is_taken(session, reader.seminar),
        is_of_panel=reader.panellist is not None,
        done=request.query_params.get("done", ""),
    )


def writing(
    request: Request,
    session: Session,
    reader: Reader,
    code: str,
    *,
    values: Mapping[str, str] | None = None,
    errors: Errors | None = None,
) -> Response:
    """The form of a new statement on an option."""
    found = basis.bases(session, reader.seminar).get(code)
    if found is None:
        raise NotFound
    stands = _stands(session, {code: found}, reader)
    line = _line(reader, found, stands.get(code))
    return render.page(
        request,
        "dissent/write.html",
        status=422 if errors else 200,
        line=line,
        is_taken=service.is_taken(session, reader.seminar),
        values=values or {"language": reader.seminar.language},
        errors=errors or {},
        **LIMITS,
    )


def statement(
    request: Request,
    session: Session,
    reader: Reader,
    statement: MinorityStatement,
    *,
    values: Mapping[str, str] | None = None,
    errors: Errors | None = None,
    refused: AppError | None = None,
) -> Response:
    """One statement: its wording, and what the reader may do with it."""
    statement = service.fresh(session, statement)
    one = queries.view(session, statement, reader.panellist)
    bases = basis.bases(session, reader.seminar)
    found = {one.code: bases[one.code]} if one.code in bases else {}
    status = status_of(refused) if refused else 422 if errors else 200
    return render.page(
        request,
        "dissent/statement.html",
        status=status,
        one=one,
        stand=_stands(session, found, reader).get(one.code),
        basis=found.get(one.code),
        changes=_changes(session, one),
        ready=_readiness(session, reader, statement),
        size=_size_of(reader, statement),
        is_taken=service.is_taken(session, reader.seminar),
        is_final=service.is_final(reader.seminar),
        values=values or {},
        errors=errors or {},
        refused=refused,
        done=request.query_params.get("done", ""),
        **LIMITS,
    )


def confirm_withdraw(
    request: Request, session: Session, reader: Reader, statement: MinorityStatement
) -> Response:
    """What taking it back does, before it is done."""
    one = queries.view(session, statement, reader.panellist)
    is_final = service.is_final(reader.seminar)
    return render.page(request, "dissent/withdraw.html", one=one, is_final=is_final)


def _line(
    reader: Reader,
    found: Basis,
    stand: Stand | None,
    released: Sequence[Statement] = (),
    making: Sequence[StatementView] = (),
    *,
    has_one: bool = False,
) -> Line:
    view, seminar = found.view, reader.seminar
    rules = Rules.read(seminar.wording)
    reasons = found.reasons_of({view.smaller})
    return Line(
        basis=found,
        camps=camps.dissent(found.support, found.scale),
        size=sizes.size(view.size, view.raters, rules=rules, minimum=seminar.min_group)
        if view.size
        else None,
        reasons=sorted(reasons, key=lambda text: _place(reader, found.option.code, text)),
        released=list(released),
        making=[one for one in making if one.code == found.option.code],
        stand=stand,
        writes=stand is not None and stand.is_outside and not has_one,
    )


def _stands(session: Session, found: Mapping[str, Basis], reader: Reader) -> dict[str, Stand]:
    if reader.panellist is None:
        return {}
    own = basis.ratings_of(session, found, reader.panellist.id)
    stands = {}
    for code, one in found.items():
        score = own.get(code)
        stands[code] = Stand(score=score, is_outside=score is not None and one.view.is_outside(score))
    return stands


def _changes(session: Session, one: StatementView) -> list[history.Piece]:
    """For an owner, what differs between the wording that she approved last and the one in force."""
    if one.mine is None or not one.awaits_me:
        return []
    earlier = {wording.number: wording.text for wording in queries.wordings(session, one.statement)}
    approved = earlier.get(one.mine.approved, "")
    return history.difference(approved, one.wording.text) if approved else []


def _readiness(session: Session, reader: Reader, statement: MinorityStatement) -> settling.Readiness | None:
    if not _settles(reader):
        return None
    return settling.readiness(session, seminar=reader.seminar, statement=statement)


def _size_of(reader: Reader, statement: MinorityStatement) -> Size | None:
    if statement.state is not StatementState.RELEASED:
        return None
    return queries.size_of(statement, Rules.read(reader.seminar.wording), reader.seminar.min_group)


def _settles(reader: Reader) -> bool:
    return any(allows(role, Permission.SETTLE_DISSENT) for role in reader.roles)


def _share(line: Line) -> Fraction:
    view = line.basis.view
    return Fraction(view.size, view.raters) if view.raters else Fraction()


def _place(reader: Reader, code: str, text: str) -> bytes:
    return hashlib.sha256(f"{reader.key}:dissent:{code}:{text}".encode()).digest()
