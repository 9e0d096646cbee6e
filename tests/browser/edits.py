"""Waiting for what a page says to be kept: pages show an edit before the server has it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Response


@contextmanager
def kept(page: Page) -> Iterator[None]:
    """Wait at the end of the context until the server has answered the edit that is made in it."""
    with page.expect_response(_answers_edit):
        yield


def _answers_edit(response: Response) -> bool:
    body = response.request.post_data if response.url.endswith("/graphql") else None
    return bool(body) and json.loads(body or "{}").get("query", "").lstrip().startswith("mutation")
