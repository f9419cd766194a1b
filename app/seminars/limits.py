"""How often the code of one invitation may be tried."""

from datetime import timedelta

from fastapi import Request

from app.identity.limits import CODES_BY_CLIENT
from app.web.limits import Limit, client_of, spend

CODES_FOR_INVITATION = Limit("codes for invitation", 10, timedelta(hours=1))


def limit_codes(request: Request, token: str) -> None:
    """Count an answer to the invitation."""
    state = request.app.state
    spend(state.engine, state.settings, (CODES_FOR_INVITATION, token), (CODES_BY_CLIENT, client_of(request)))
