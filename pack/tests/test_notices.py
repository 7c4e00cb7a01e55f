"""Notices reach the page that is open, or the first that opens, and ComfyUI's log."""

import logging
import time

import pytest
import server
from conftest import part

notices = part("notices")

NOTICE = {"severity": "warn", "summary": "Uploads wait", "detail": "3 files are kept."}


@pytest.fixture
def prompt_server(monkeypatch):
    instance = server.PromptServer()
    monkeypatch.setattr(server.PromptServer, "instance", instance)
    monkeypatch.setattr(notices, "POLL", 0.01)
    monkeypatch.setattr(notices, "SETTLING", 0.01)
    return instance


def test_an_open_page_is_told_at_once(prompt_server, caplog):
    prompt_server.sockets["page"] = object()
    with caplog.at_level(logging.INFO):
        notices.show(NOTICE)
    assert prompt_server.sent == [("comfy-bucket.notice", NOTICE)]
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", "Cloud storage: Uploads wait: 3 files are kept.")
    ]


def test_without_a_page_the_last_notices_wait_for_one(prompt_server):
    for number in range(25):
        notices.show({**NOTICE, "detail": str(number)})
    assert prompt_server.sent == []
    prompt_server.sockets["page"] = object()
    end = time.monotonic() + 10
    while len(prompt_server.sent) < notices.KEPT and time.monotonic() < end:
        time.sleep(0.01)
    assert [data["detail"] for _, data in prompt_server.sent] == [str(number) for number in range(5, 25)]
