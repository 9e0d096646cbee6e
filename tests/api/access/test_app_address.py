"""Addresses of the app below a path of a proxy."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kedro_viz.api.access.app_address import (
    address_in_app,
    address_of_app,
    checked_root_path,
    place_in_app,
    without_root_path,
)


def scope_of(path: str, query: str = "") -> dict[str, object]:
    return {"type": "http", "path": path, "raw_path": path.encode(), "query_string": query.encode(), "headers": []}


@pytest.mark.parametrize("path", ["/", "/experiment-tracking", "/experiment-tracking/runs/x%2Fy", "/a/"])
@pytest.mark.parametrize("prefix", ["", "/user/ada/proxy/4141"])
def test_from_every_page_the_relative_address_leads_to_the_root(prefix: str, path: str) -> None:
    page = f"https://hub.example{prefix}{path}"

    assert urljoin(page, address_of_app(scope_of(path), "")) == f"https://hub.example{prefix}/"


@pytest.mark.parametrize("path", ["/viz", "/viz/", "/viz/experiment-tracking"])
def test_a_configured_root_is_taken_off_and_named(path: str) -> None:
    scope = without_root_path(scope_of(path), "/viz")

    assert scope["path"] == (path.removeprefix("/viz") or "/")
    assert address_of_app(scope, "/viz") == "/viz/"


@pytest.mark.parametrize("path", ["/vizier", "/experiment-tracking"])
def test_other_paths_stay_as_they_are(path: str) -> None:
    assert without_root_path(scope_of(path), "/viz")["path"] == path


@pytest.mark.parametrize(("text", "path"), [("viz", "/viz"), ("/tools/viz/", "/tools/viz"), ("/", ""), ("", "")])
def test_root_paths_are_taken_as_people_write_them(text: str, path: str) -> None:
    assert checked_root_path(text) == path


@pytest.mark.parametrize("text", ["/a b", "/../x", "/<x>", "https://viz.example/x", "/api", "/graphql/x", "/a?b"])
def test_what_is_no_root_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"path of a URL|path of the app"):
        checked_root_path(text)


def test_a_place_keeps_its_query_without_the_token() -> None:
    scope = scope_of("/experiment-tracking/runs/x", "token=secret&view=plots&tab=a%26b")

    assert place_in_app(scope) == "experiment-tracking/runs/x?view=plots&tab=a%26b"
    assert place_in_app(scope_of("/", "token=secret")) == ""


@given(st.text())
def test_whatever_a_form_says_leads_to_the_same_site(place: str) -> None:
    for app in ("./", "/viz/"):
        address = address_in_app(app, place)
        assert urljoin("https://hub.example/viz/", address).startswith("https://hub.example/")
        assert address.isascii()
        assert "\\" not in address
        assert not address.startswith("//")
