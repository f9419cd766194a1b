"""The audit log of a seminar, and the health of the service."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import JSONResponse, Response

from app.admin import queries
from app.admin.sentences import sentence
from app.models import Membership
from app.policy import Permission
from app.seminars.deps import SeminarDep, member_who_may
from app.web import render
from app.web.session import SessionDep

router = APIRouter()

Organiser = Annotated[Membership, Depends(member_who_may(Permission.AUDIT))]
# what both databases can count to
Number = Annotated[int | None, Query(ge=1, le=2**31 - 1)]


@router.get("/seminars/{seminar_slug}/audit", name="admin.audit")
def audit(
    request: Request, session: SessionDep, organiser: Organiser, seminar: SeminarDep, before: Number = None
) -> Response:
    """Who did what in the seminar, the newest first."""
    del organiser
    log = queries.log_page(session, seminar=seminar, before=before)
    return render.page(request, "admin/audit.html", log=log, before=before, sentence=sentence)


@router.get("/health", name="admin.health")
def health(request: Request) -> JSONResponse:
    """Whether the service can do its work, and no more than that."""
    if queries.is_well(request.app.state.engine):
        return JSONResponse({"status": "ok"})
    return JSONResponse({"status": "unavailable"}, 503, headers={"Retry-After": "5"})
