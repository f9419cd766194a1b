"""The maps of the panel: stakeholders, threats, coverage, traces."""

from fastapi import APIRouter

router = APIRouter(prefix="/seminars/{seminar_slug}")
