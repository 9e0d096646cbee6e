"""Who may ask, what pages may do, and how much one query may cost."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from graphql import get_introspection_query
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from kedro_viz.api.web_app import page_router
from tests.api.serving import URL, Api, record, run_events, run_id

QUERY = {"query": "{ version { installed } }"}
OWN = "127.0.0.1:4141"
PROTOCOL = ["graphql-transport-ws"]


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        (OWN, True),
        ("localhost:4141", True),
        ("LOCALHOST", True),
        ("[::1]:4141", True),
        ("127.0.0.1", True),
        ("evil.example", False),
        ("evil.example:4141", False),
        ("127.0.0.1.evil.example", False),
        ("localhost@evil.example", False),
        ("192.168.0.7:4141", False),
        ("testserver", False),
        ("[", False),
        ("", False),
    ],
)
def test_only_names_of_this_machine_are_answered(api: Api, host: str, allowed: bool) -> None:
    for answer in (
        api.client.get("/artifacts/a/b/c", headers={"Host": host}),
        api.client.post("/graphql", json=QUERY, headers={"Host": host}),
    ):
        assert (answer.status_code == 403) is not allowed
        if not allowed:
            assert "not served here" in answer.text
            assert answer.headers["content-security-policy"]


ORIGINS = [
    (None, True),
    (f"http://{OWN}", True),
    (f"https://{OWN}", True),
    ("http://evil.example", False),
    ("http://127.0.0.1:9999", False),
    ("http://127.0.0.1", False),
    ("null", False),
    ("", False),
    ("http://[", False),
    ("file://", False),
]


@pytest.mark.parametrize(("origin", "allowed"), ORIGINS)
def test_pages_of_other_sites_can_neither_read_nor_change(
    api: Api, store: Path, origin: str | None, allowed: bool
) -> None:
    record(store, *run_events(run_id(1)))
    headers = {} if origin is None else {"Origin": origin}
    edit = f'mutation {{ updateRunDetails(runId: "{run_id(1)}", runInput: {{title: "x"}}) {{ __typename }} }}'
    answers = [
        api.client.post("/graphql", json={"query": edit}, headers=headers),
        api.client.get("/artifacts/a/b/c", headers=headers),
    ]
    assert [answer.status_code == 403 for answer in answers] == [not allowed] * 2
    assert api.services.repository.runs.get([run_id(1)])[0].title == ("x" if allowed else run_id(1))
    for answer in answers:
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(("origin", "allowed"), ORIGINS)
def test_web_sockets_of_other_sites_are_refused(api: Api, origin: str | None, allowed: bool) -> None:
    headers = {} if origin is None else {"Origin": origin}
    if allowed:
        with api.client.websocket_connect(f"ws://{OWN}/graphql", PROTOCOL, headers=headers) as socket:
            socket.send_json({"type": "connection_init"})
            assert socket.receive_json() == {"type": "connection_ack"}
    else:
        with (
            pytest.raises(WebSocketDisconnect),
            api.client.websocket_connect(f"ws://{OWN}/graphql", PROTOCOL, headers=headers),
        ):
            pass


def test_a_frame_without_origin_loads_the_plot_frame_and_no_data(api: Api) -> None:
    without = {"Origin": "null"}
    for path in ("/assets/any.js", "/plot-frame.html"):
        assert api.client.get(path, headers=without).status_code in (200, 404)
        assert api.client.post(path, headers=without).status_code == 403
    for path in ("/graphql", "/artifacts/a/b/c", "/api/export", "/artifacts", "/assets/../artifacts/a/b/c"):
        assert api.client.get(path, headers=without).status_code == 403
    assert api.client.options("/graphql", headers=without).status_code == 403


@pytest.fixture
def web(tmp_path: Path) -> TestClient:
    """A built web app of three files, with what must not be served beside it."""
    from fastapi import FastAPI

    folder = tmp_path / "web"
    folder.mkdir()
    for name in ("index.html", "plot-frame.html", "favicon.svg"):
        (folder / name).write_text(name)
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    app = FastAPI()
    app.include_router(page_router(folder))
    return TestClient(app, base_url=URL)


@pytest.mark.parametrize("path", ["/", "/experiment-tracking", "/experiment-tracking/2024-01-01T00.00.00.000Z", "/x/y"])
def test_every_page_is_the_app(web: TestClient, path: str) -> None:
    assert web.get(path).text == "index.html"
    assert web.head(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/link.txt",
        "/%00.txt",
        "/" + "x" * 5_000 + ".js",
        "/none.js",
        "/..%5csecret.txt",
    ],
    ids=range(7),
)
def test_no_other_file_is_a_page(web: TestClient, path: str) -> None:
    answer = web.get(path)
    assert answer.status_code == 404
    assert answer.text != "secret"


def test_odd_paths_are_no_fault_of_ours(web: TestClient) -> None:
    for path in ("/%00", "/" + "x" * 5_000, "/%ff", "//etc/passwd", "/a//b"):
        assert web.get(path).text == "index.html"


@pytest.mark.parametrize("path", ["/plot-frame.html", "/./plot-frame.html", "/x/%2e%2e/plot-frame.html"])
def test_the_plot_frame_has_no_origin_however_it_is_asked_for(web: TestClient, path: str) -> None:
    answer = web.get(path)
    assert answer.text == "plot-frame.html"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts")
    assert "allow-same-origin" not in policy
    assert "connect-src" not in policy


def test_all_answers_forbid_what_the_app_does_not_need(api: Api) -> None:
    for path in ("/", "/experiment-tracking", "/graphql", "/assets/none.js", "/none.js", "/favicon.svg"):
        headers = api.client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy, path
        assert "script-src 'self';" in policy, path
        assert "frame-ancestors 'self'" in policy, path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


class TestRequests:
    """The forms that a request may have."""

    def test_queries_in_addresses_are_refused(self, api: Api) -> None:
        assert api.client.get("/graphql", params=QUERY).status_code >= 400

    @pytest.mark.parametrize(
        "media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
    )
    def test_what_other_sites_can_send_unasked_is_refused(self, api: Api, media_type: str) -> None:
        answer = api.client.post("/graphql", content=json.dumps(QUERY), headers={"Content-Type": media_type})
        assert 400 <= answer.status_code < 500

    def test_file_uploads_are_refused(self, api: Api) -> None:
        operations = {"operations": json.dumps(QUERY), "map": "{}"}
        answer = api.client.post("/graphql", data=operations, files={"0": b"x"})
        assert 400 <= answer.status_code < 500

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b"[]",
            b"null",
            b'"x"',
            b"\xff",
            b"[" * 100_000,
            json.dumps([QUERY, QUERY]).encode(),
            b'{"query": 5}',
            b'{"query": null}',
            b'{"variables": {}}',
            b'{"query": "{ version { installed } }", "variables": []}',
            b'{"query": "{ version { installed } }", "operationName": "x"}',
            b'{"query": "{ version { installed } }", "variables": "x"}',
            b'{"query": "subscription { changes }"}',
        ],
        ids=range(15),
    )
    def test_bodies_that_are_no_request_are_the_clients_mistake(self, api: Api, body: bytes) -> None:
        answer = api.client.post("/graphql", content=body, headers={"Content-Type": "application/json"})
        assert 400 <= answer.status_code < 500 or answer.json()["errors"], answer.text
        assert "Traceback" not in answer.text


def doubling(fragments: int) -> str:
    """Each fragment spreads the next one twice."""
    chain = " ".join(f"fragment f{n} on Run {{ ...f{n + 1} ...f{n + 1} }}" for n in range(fragments))
    return f"{{ runsList {{ ...f0 }} }} {chain} fragment f{fragments} on Run {{ id }}"


class TestLimits:
    """How much one query may ask."""

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("{ " + " ".join(f"a{n}: runsList {{ id }}" for n in range(300)) + " }", "too many aliases; up to 50"),
            ("{ " + " ".join(f"a{n}: runsList {{ id }}" for n in range(1_000)) + " }", "too many fields; up to 1,000"),
            ("{ runsList { " + "id " * 2_000 + "} }", "too many fields; up to 1,000"),
            ("{ runsList { id } } fragment unused on Run { " + "id " * 2_000 + "}", "too many fields; up to 1,000"),
            (doubling(60), "too many fields; up to 1,000"),
            ("{ runsList " * 20 + "{ id }" + " }" * 20, "too many levels; up to 16"),
            ("{" * 3_000 + "a" + "}" * 3_000, ""),
            ("{ a(b: " + "[" * 9_000 + "]" * 9_000 + ") }", "too deep"),
            ("{ " + "a " * 20_001 + "}", "more than 20000 tokens"),
            (
                "{ __schema { types { " + "fields { type { " * 4 + "name" + " } }" * 4 + " } } }",
                "too many nested lists of types; up to 3",
            ),
            ("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", "Cannot spread fragment"),
            (
                "{ ...f0 } " + " ".join(f"fragment f{n} on Query {{ ...f{n + 1} }}" for n in range(1_500)),
                "too deep",
            ),
        ],
        ids=range(12),
    )
    def test_a_query_too_large_is_refused_in_a_sentence(self, api: Api, query: str, said: str) -> None:
        messages = [error["message"] for error in api.answer(query)["errors"]]
        assert said in messages[0]

    def test_tools_may_read_the_schema(self, api: Api) -> None:
        assert api.ask(get_introspection_query())["__schema"]["queryType"]["name"] == "Query"


class TestErrors:
    """What clients learn of errors."""

    def test_faults_of_ours_are_logged_and_not_told(
        self, api: Api, store: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        with api.services.repository._engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE metrics")
        with caplog.at_level(logging.ERROR):
            answer = api.answer("{ metricColumns { id } }")
        assert [error["message"] for error in answer["errors"]] == [
            "The server could not answer this. Its log says why."
        ]
        assert "extensions" not in answer["errors"][0]
        assert "no such table" in caplog.text

    def test_mistakes_of_clients_are_told_and_not_logged(self, api: Api, caplog: pytest.LogCaptureFixture) -> None:
        for query in (
            "{ runsLst { id } }",
            "{",
            "{ runs(first: 0) { totalCount } }",
            '{ runs(first: "x") { totalCount } }',
        ):
            (error, *_) = api.answer(query)["errors"]
            assert error["message"]
            assert "/" not in error["message"]
        assert caplog.text == ""
