"""Let so many requests at once reach the routes that each of them is sure to find a thread.

A request holds its transaction, and on SQLite the one writer's lock, while it goes from thread to thread:
dependency, route, commit. Were all threads of the pool taken by requests that wait for that lock, its holder
would find none to go on in, and nobody would ever move again. So those that wait, wait here, in a queue that
takes no thread; and a turn is over as soon as the answer begins, when everything is committed.
"""

import asyncio
from weakref import WeakKeyDictionary

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# below the 40 threads of the pool and the 30 connections of PostgreSQL's, and half of SQLite's 50,
# since a request may need a second connection for a moment
AT_ONCE = 24


class TakeTurns:
    """Queue requests in the order in which they came."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._doors: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on when its turn has come."""
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self.app(scope, receive, send)
            return
        door = self._doors.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))
        await door.acquire()
        inside = True

        def leave() -> None:
            nonlocal inside
            if inside:
                inside = False
                door.release()

        async def send_and_leave(message: Message) -> None:
            if message["type"] == "http.response.start":
                leave()
            await send(message)

        try:
            await self.app(scope, receive, send_and_leave)
        finally:
            leave()
