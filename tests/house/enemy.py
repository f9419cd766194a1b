"""An enemy who sends hostile requests straight to the application, and notes what they bring about."""

import asyncio
import re
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any
from urllib.parse import quote_plus, unquote

from fastapi import FastAPI
from fastapi.routing import APIRoute
from sqlalchemy import Engine, event
from structlog.testing import capture_logs

from tests.conftest import BROWSER, HTMX
from tests.house import hostile

WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')
# Tries are counted, sessions are seen to be used, and sign-in mails are asked for, whoever it is.
BOOKKEEPING = frozenset({"rate_count", "web_session", "sign_in_link"})


@dataclass
class Written:
    """The tables into which something was written and committed."""

    committed: set[str] = field(default_factory=set)
    pending: set[str] = field(default_factory=set)

    def watch(self, engine: Engine) -> None:
        event.listen(engine, "after_cursor_execute", self._executed)
        event.listen(engine, "commit", self._committed)
        event.listen(engine, "rollback", self._rolled_back)

    def take(self) -> set[str]:
        taken, self.committed = self.committed - BOOKKEEPING, set()
        return taken

    def _executed(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if found := WRITES.match(statement):
            self.pending.add(found.group(1))

    def _committed(self, _connection: Any) -> None:
        self.committed |= self.pending
        self.pending = set()

    def _rolled_back(self, _connection: Any) -> None:
        self.pending = set()


@dataclass(frozen=True)
class Shot:
    """One hostile request, by whom and to which route."""

    route: APIRoute
    who: str
    target: str
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b""

    @property
    def method(self) -> str:
        (method,) = self.route.methods or {"GET"}
        return method

    def __str__(self) -> str:
        sent = f"{self.headers}"[:200], self.content[:200]
        return f"{self.who}: {self.method} {self.target[:100]} {sent}"


@dataclass(frozen=True)
class Hit:
    """What came of it: the answer, what was written, and the faults that we had to log."""

    status: int
    text: str
    written: set[str]
    faults: list[str]


class Enemy:
    """Everybody in one seminar, each with a session of her own, and all of ill will."""

    def __init__(self, app: FastAPI, engine: Engine, places: dict[str, str], tokens: dict[str, str]) -> None:
        self.app = app
        self.places = places
        self.tokens = tokens
        self.written = Written()
        self.written.watch(engine)
        self.loop = asyncio.new_event_loop()
        self.sent = 0
        self._arsenal: dict[str, Iterator[Any]] = {
            name: cycle(getattr(hostile, name))
            for name in ("IN_PATHS", "IN_QUERIES", "IN_FIELDS", "BODIES", "HEADERS")
        }

    def close(self) -> None:
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()

    def next(self, name: str) -> Any:
        """The next thing of one kind, so that all have their turn."""
        return next(self._arsenal[name])

    def at(self, route: APIRoute, **other: str) -> str:
        """The route's path, in the seminar or elsewhere."""
        places = self.places | other
        return re.sub(r"{(\w+)}", lambda found: places[found.group(1)], route.path)

    def shots(self, route: APIRoute, who: str, form: dict[str, str]) -> Iterator[Shot]:
        """One of everything but fields: addresses, questions in them, headers and whole bodies."""
        for name in re.findall(r"{(\w+)}", route.path):
            yield Shot(route, who, self.at(route, **{name: self.next("IN_PATHS")}))
        yield Shot(route, who, f"{self.at(route)}?{self.next('IN_QUERIES')}")
        headers = self.next("HEADERS")
        if "POST" not in (route.methods or ()):
            yield Shot(route, who, self.at(route), headers)
            return
        filled = headers | {"Content-Type": hostile.FORM}
        yield Shot(route, who, self.at(route), filled, encoded(list(form.items())))
        kind, body = self.next("BODIES")
        yield Shot(route, who, self.at(route), {"Content-Type": kind}, body)

    def spoilt(self, route: APIRoute, who: str, form: dict[str, str]) -> Iterator[Shot]:
        """The form with one thing wrong: a value, a field that is missing, twice there, or unknown."""
        whole = list(form.items())
        variants = [whole + [(name, "x") for name in hostile.NAMES]]
        for name in form:
            others = [item for item in whole if item[0] != name]
            variants += [others, [*whole, (name, "something else")]]
            variants.append([*others, (name, self.next("IN_FIELDS"))])
        for number, fields in enumerate(variants):
            headers = {"Content-Type": hostile.FORM} | (HTMX if number % 2 else {})
            yield Shot(route, who, self.at(route), headers, encoded(fields))

    def fire(self, shot: Shot) -> Hit:
        """Send it, and see what it brings about."""
        self.written.take()
        self.sent += 1
        with capture_logs() as logs:
            try:
                status, text = self.loop.run_until_complete(self._answer(shot))
            except Exception as fault:  # noqa: BLE001 - what the server would log and answer by 500
                status, text = 500, "".join(traceback.format_exception(fault)[-6:])
        faults = [f"{line['event']}: {line.get('kind')}" for line in logs if line["log_level"] == "error"]
        return Hit(status, text, self.written.take(), faults)

    async def _answer(self, shot: Shot) -> tuple[int, str]:
        parts = iter([{"type": "http.request", "body": shot.content, "more_body": False}])
        answers: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return next(parts, {"type": "http.disconnect"})

        async def send(message: Any) -> None:
            answers.append(message)

        await self.app(self._scope(shot), receive, send)
        body = b"".join(message.get("body", b"") for message in answers[1:])
        return answers[0]["status"], body.decode(errors="replace")

    def _scope(self, shot: Shot) -> dict[str, Any]:
        path, _, query = shot.target.partition("?")
        ours = {"Host": "127.0.0.1:8000", "Content-Length": str(len(shot.content))}
        cookie = {"Cookie": f"colloquy={self.tokens[shot.who]}"} if shot.who in self.tokens else {}
        headers = BROWSER | ours | cookie | shot.headers
        return {
            "type": "http",
            "http_version": "1.1",
            "method": shot.method,
            "path": unquote(path),  # as uvicorn does it
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "scheme": "http",
            "server": ("127.0.0.1", 8000),
            # from everywhere, so that no limit stands before what is to be hit
            "client": (f"10.0.{self.sent // 250}.{self.sent % 250}", 1),
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()],
        }


def encoded(fields: list[tuple[str, str]]) -> bytes:
    """The fields as a browser sends them, and halves of surrogate pairs as none does."""
    return b"&".join(
        b"=".join(quote_plus(word.encode(errors="surrogatepass")).encode() for word in pair)
        for pair in fields
    )
