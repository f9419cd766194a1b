"""What a form sent in vain, shown on a page that can send it again, so that nothing typed is lost."""

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from app.errors import AppError
from app.web import render
from app.web.forms import received

# words of this length in all are worth being read on the page, and not only sent again
WORTH_READING = 40


async def page(request: Request, error: AppError, status: int) -> Response | None:
    """The page with what was sent; None if nothing was sent, or a script sent it and still has it."""
    if request.method != "POST" or render.is_htmx(request):
        return None
    try:
        async with received(request) as form:
            sent = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    except (HTTPException, ClientDisconnect):
        return None
    if not any(value.strip() for _, value in sent):
        return None
    texts = [value for _, value in sent if " " in value and len(value) >= WORTH_READING]
    return render.page(request, "_layout/unsent.html", status=status, error=error, sent=sent, texts=texts)
