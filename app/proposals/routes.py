"""What an expert proposes: written, shown what is like it, submitted, answered for, withdrawn."""

from fastapi import APIRouter

router = APIRouter(prefix="/seminars/{seminar_slug}")
