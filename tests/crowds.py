"""Many browsers at once, against one application in one event loop, as the server runs it."""

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx2
from fastapi import FastAPI

from tests.conftest import BROWSER, ORIGIN

LIMIT_SECONDS = 60


def at_once(app: FastAPI, requests: Sequence[dict[str, Any]]) -> list[httpx2.Response]:
    """The answers to the requests, all of them sent before the first is awaited."""

    async def send_all() -> list[httpx2.Response]:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url=ORIGIN, headers=BROWSER) as client:
            return list(await asyncio.gather(*(client.request(**request) for request in requests)))

    return asyncio.run(asyncio.wait_for(send_all(), LIMIT_SECONDS))
