"""The queue of proposals, and what is decided on them and on items."""

from fastapi import APIRouter

router = APIRouter(prefix="/seminars/{seminar_slug}")
