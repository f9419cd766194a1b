"""A Delphi of four rounds with many experts, over HTTP against a real server: how long each step takes.

    .venv/bin/python benchmarks/delphi.py --experts 200            # SQLite in a folder of its own
    COLLOQUY_TEST_POSTGRES=… .venv/bin/python benchmarks/delphi.py # where that names a PostgreSQL

Everything is done by pages and forms, without script (`tests/journeys/delphi.py`), by as many threads as
`--at-once` says. Any answer but the expected one ends the run.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import httpx2
from sqlalchemy import Engine

from app.db import make_engine, transaction
from app.schema import migrate
from app.settings import Settings
from tests.factories import Make, sign_in
from tests.journeys import delphi
from tests.journeys.plain import Visitor
from tests.post import Letter, letters

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120

T = TypeVar("T")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--experts", type=int, default=200)
    options.add_argument("--proposals", type=int, default=12, help="how many of them propose something")
    options.add_argument("--at-once", type=int, default=8)
    options.add_argument("--port", type=int, default=8077)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), chosen)


def run(folder: Path, chosen: argparse.Namespace) -> None:
    url = os.environ.get("COLLOQUY_TEST_POSTGRES") or f"sqlite:///{folder / 'delphi.db'}"
    address = f"http://127.0.0.1:{chosen.port}"
    environment = {
        "COLLOQUY_DATABASE_URL": url,
        "COLLOQUY_MAIL_FOLDER": str(folder / "mail"),
        "COLLOQUY_BASE_URL": address,
    }
    settings = Settings(_env_file=None, database_url=url, mail_folder=folder / "mail", base_url=address)
    engine = make_engine(url)
    migrate(engine)
    server = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", str(chosen.port)],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        play(Make(engine, settings), engine, address, folder / "mail", chosen)
    finally:
        server.terminate()
        server.wait(30)
        engine.dispose()


def play(make: Make, engine: Engine, address: str, mail: Path, chosen: argparse.Namespace) -> None:
    def browser() -> httpx2.Client:
        return httpx2.Client(base_url=address, headers={"Sec-Fetch-Site": "same-origin"}, timeout=PATIENCE)

    office = browser()
    wait_for(office)
    organiser = make.person(may_create_seminars=True)
    with transaction(engine) as session:
        office.cookies.set("colloquy", sign_in(session, organiser))
    seminar = delphi.found(office, "delphi", browser, lambda to: letter(mail, to))
    addresses = [f"expert{place}@example.org" for place in range(chosen.experts)]
    facilitator, experts = timed(
        "inviting and joining, in all", lambda: delphi.invite(seminar, "facilitator@example.org", addresses)
    )
    numbers = delphi.plan(seminar, facilitator)
    draw = random.Random(7)
    answer: Sequence[Callable[[int, Visitor], None]] = (
        lambda place, one: (
            delphi.propose(seminar, one, numbers[0], place) if place < chosen.proposals else None
        ),
        lambda _place, one: delphi.rate(seminar, one, numbers[1], draw),
        lambda _place, one: delphi.reconsider(seminar, one, numbers[2]),
        lambda _place, one: delphi.put_in_order(seminar, one, numbers[3]),
    )
    for place, (number, act) in enumerate(zip(numbers, answer, strict=True)):
        if place > 1:
            timed(
                f"R{number}: carrying forward",
                lambda number=number: delphi.carry(seminar, facilitator, number),
            )
        timed(f"R{number}: opening", lambda number=number: delphi.begin(seminar, facilitator, number))
        everybody(f"R{number}: an expert, from the ballot to the receipt", experts, act, chosen.at_once)
        timed(
            f"R{number}: closing, looking, publishing",
            lambda number=number: delphi.end(seminar, facilitator, number),
        )
        if place == 0:
            timed("accepting what was proposed", lambda: delphi.accept(seminar, facilitator))
    timed("the final ranking", lambda: experts[0].visit(seminar.round(numbers[3], "/feedback/Q1")))
    print(experts[0].says[:400])


def everybody(
    what: str, experts: Sequence[Visitor], act: Callable[[int, Visitor], None], at_once: int
) -> None:
    taken: list[float] = []

    def one(place: int) -> None:
        begun = time.perf_counter()
        act(place, experts[place])
        taken.append(time.perf_counter() - begun)

    begun = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(one, range(len(experts))))
    whole = time.perf_counter() - begun
    slow = sorted(taken)[int(0.95 * (len(taken) - 1))]
    print(
        f"{what}: median {statistics.median(taken):.2f} s, p95 {slow:.2f} s; {whole:.0f} s for all",
        flush=True,
    )


def timed(what: str, act: Callable[[], T]) -> T:
    begun = time.perf_counter()
    done = act()
    print(f"{what}: {time.perf_counter() - begun:.2f} s", flush=True)
    return done


def letter(folder: Path, to: str) -> Letter:
    """The mail that a person got; the server's worker sends it in a moment."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = [one for one in letters(folder) if one.to == to]
        if found:
            return found[-1]
        time.sleep(0.2)
    raise TimeoutError(to)


def wait_for(client: httpx2.Client) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if client.get("/").status_code:
                return
        except httpx2.TransportError:
            time.sleep(0.2)
    raise TimeoutError("the server did not start")


if __name__ == "__main__":
    main()
