"""The log: lines of key=value on standard error, without a word of what anybody wrote."""

import logging

import pytest
import structlog
from starlette.testclient import TestClient

from app import logs
from tests.conftest import BROWSER, ORIGIN

SECRET = "as a small landlocked State with one customs laboratory"


def fail_with_a_secret():
    local = SECRET
    raise RuntimeError(local)


@pytest.fixture
def failing(app):
    """An application with a fault."""
    app.get("/fault")(fail_with_a_secret)
    with TestClient(app, base_url=ORIGIN, headers=BROWSER, raise_server_exceptions=False) as client:
        yield client


def test_a_fault_is_logged_by_its_kind_and_place_and_not_by_its_words(failing, capsys):
    answer = failing.get("/fault")
    assert answer.status_code == 500
    said = capsys.readouterr().err
    assert "kind='RuntimeError'" in said
    assert "fail_with_a_secret" in said
    assert SECRET not in said
    assert SECRET not in answer.text


def test_a_line_is_keys_and_values(capsys):
    logs.speak_plainly()
    structlog.get_logger().info("mail sent", kind="invitation")
    line = capsys.readouterr().err.strip()
    assert line.endswith("level='info' event='mail sent' kind='invitation'")
    assert line.startswith("timestamp='20")


def test_what_libraries_log_of_an_error_has_no_words_either():
    record = logging.LogRecord("uvicorn.error", logging.ERROR, "", 1, "Exception in application", (), None)
    try:
        fail_with_a_secret()
    except RuntimeError as error:
        record.exc_info = (type(error), error, error.__traceback__)
    said = logs.Discreet("event='%(message)s'").format(record)
    assert "kind='RuntimeError'" in said
    assert SECRET not in said
