"""How often one may ask for a link, and how often try a code."""

from datetime import timedelta

from fastapi import Request

from app.identity.deps import browser_secret
from app.web.forms import Submitted, texts
from app.web.limits import Limit, client_of, spend

QUARTER = timedelta(minutes=15)
# a whole institute may sit behind one address
ASKS_BY_CLIENT = Limit("asks by client", 40, QUARTER)
ASKS_FOR_ADDRESS = Limit("asks for address", 5, QUARTER)
ASKS_FOR_ADDRESS_A_DAY = Limit("asks for address a day", 20, timedelta(days=1))
# 20 links a day and 6 codes for each find one code in a million in 25 years
CODES_FOR_LINK = Limit("codes for link", 6, timedelta(minutes=30))
CODES_BY_CLIENT = Limit("codes by client", 60, QUARTER)


def limit_asks(request: Request, form: Submitted) -> None:
    """Count a request for a link, whether its address is known or not."""
    state, address = request.app.state, texts(form).get("email", "").strip().lower()
    spend(
        state.engine,
        state.settings,
        (ASKS_BY_CLIENT, client_of(request)),
        (ASKS_FOR_ADDRESS, address),
        (ASKS_FOR_ADDRESS_A_DAY, address),
    )


def limit_browser_codes(request: Request) -> None:
    """Count a code typed in the browser that asked; one that did not ask has no link to try codes for."""
    if secret := browser_secret(request):
        _count_code(request, f"browser {secret}")


def limit_link_codes(request: Request, token: str) -> None:
    """Count a try to use a link."""
    _count_code(request, f"link {token}")


def _count_code(request: Request, key: str) -> None:
    state = request.app.state
    spend(state.engine, state.settings, (CODES_FOR_LINK, key), (CODES_BY_CLIENT, client_of(request)))
