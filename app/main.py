"""The only wiring: middleware, routers, error pages, static files."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from sqlalchemy import Engine
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from app import logs
from app.admin import routes as admin
from app.ballots import routes as ballots
from app.bridge import routes as bridge
from app.db import make_engine
from app.demo import routes as demo
from app.designer import carry_routes as carrying
from app.designer import criteria_routes as criteria
from app.designer import plan_routes as plans
from app.designer import routes as designer
from app.dissent import routes as dissent
from app.feedback import routes as feedback
from app.founding import routes as founding
from app.home import routes as home
from app.identity import routes as identity
from app.maps import routes as maps
from app.moderation import routes as moderation
from app.monitor import routes as monitor
from app.notifications import routes as notifications
from app.offline import routes as offline
from app.outcome import routes as outcome
from app.proposals import routes as proposals
from app.registers import routes as registers
from app.report import routes as report
from app.results import routes as results
from app.rounds import deadline_routes as deadlines
from app.rounds import routes as rounds
from app.seminars import routes as seminars
from app.seminars import settings_routes as configuring
from app.settings import Settings, get_settings
from app.web import errors
from app.web.head import AnswerHead
from app.web.locale import SpeakTheirLanguage
from app.web.render import STATIC
from app.web.security import Readable, SameOrigin, SecurityHeaders, hosts
from app.web.turns import TakeTurns
from app.worker import WakeWorker, Worker

# in the order of a seminar's life
ROUTERS: tuple[APIRouter, ...] = (
    identity.router,
    seminars.router,
    configuring.router,
    registers.router,
    carrying.router,
    plans.router,
    criteria.router,
    designer.router,  # before the rounds: `new` would else be taken for the number of one
    rounds.router,
    deadlines.router,
    founding.router,
    proposals.router,
    moderation.router,
    results.router,
    dissent.router,
    ballots.router,
    feedback.router,
    offline.in_round,
    offline.router,
    outcome.router,
    maps.router,
    monitor.router,
    bridge.router,
    report.router,
    notifications.router,
    home.router,
    admin.router,
    demo.router,
)


def create_app(
    settings: Settings | None = None, engine: Engine | None = None, *, works: bool = True
) -> FastAPI:
    """The application for these settings and this database; it does what is due too, unless another does."""
    settings = settings or get_settings()
    logs.speak_plainly()
    app = FastAPI(
        title="Colloquy",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan,
        routes=[Mount("/static", StaticFiles(directory=STATIC), name="static"), *_routes()],
    )
    app.state.settings = settings
    app.state.engine = engine or make_engine(settings.database_url)
    app.state.disposes_engine = engine is None  # who makes an engine disposes of it
    app.state.worker = Worker(app.state.engine, settings)
    # a test asks for the work when it wants it done
    app.state.works = works and settings.environment != "test"

    errors.install(app)

    # the last added is the first to see a request
    app.add_middleware(WakeWorker, worker=app.state.worker)
    app.add_middleware(TakeTurns)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)
    app.add_middleware(AnswerHead)
    app.add_middleware(SpeakTheirLanguage, settings=settings)
    app.add_middleware(SameOrigin, settings=settings)
    app.add_middleware(Readable, settings=settings)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts(settings)))
    app.add_middleware(SecurityHeaders, settings=settings)
    return app


def _routes() -> Iterator[BaseRoute]:
    """The routes as their rooms have made them: an included router would make each anew at the first request.

    For as many routes as ours that takes a third of a second, and as long again for each application that a
    test makes. They hold nothing of any application. No room includes a router in its own: whoever reads
    ROUTERS, as the tables of roles do, would not see it.
    """
    for router in ROUTERS:
        yield from router.routes


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    if app.state.works:
        app.state.worker.start()
    yield
    await asyncio.to_thread(app.state.worker.stop)
    if app.state.disposes_engine:
        app.state.engine.dispose()
