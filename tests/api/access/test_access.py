"""Who is let in, and what they may do."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from graphql import build_schema
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from kedro_viz.api.access.attempts import MOST_WRONG, WINDOW_SECONDS, Attempts
from kedro_viz.api.access.gate import Access
from kedro_viz.api.access.hosts import KnownHosts
from kedro_viz.api.access.person import Action, Person, ReadOnly
from kedro_viz.api.access.session_cookie import SESSION_SECONDS
from kedro_viz.api.access.token_identity import TokenIdentity
from kedro_viz.api.schema import schema
from tests.api.serving import Api, opened, project_of, record, run_events, run_id

TOKEN = "a-token-for-tests-0123456789"
QUERY = {"query": "{ version { installed } }"}
PROTOCOL = ["graphql-transport-ws"]
PAGE = {"Accept": "text/html,*/*"}


class Clock:
    """A clock that a test sets."""

    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def access_by_token(clock: Clock, port: int = 4141, root_path: str = "") -> Access:
    identity = TokenIdentity(TOKEN, port, root_path, clock, Attempts(clock))
    return Access(identity=identity, root_path=root_path)


@pytest.fixture
def closed(tmp_path: Path, store: Path, clock: Clock) -> Iterator[Api]:
    """An API that asks for a token."""
    with opened(project_of(tmp_path, store=store), access_by_token(clock)) as api:
        api.client.follow_redirects = False
        yield api


def is_let_in(client: TestClient, **headers: str) -> bool:
    status: int = client.post("/graphql", json=QUERY, headers=headers).status_code
    assert status in (200, 401)
    return status == 200


class TestWithoutToken:
    """What is answered to those who have not signed in."""

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("POST", "/graphql"),
            ("GET", "/graphql"),
            ("OPTIONS", "/graphql"),
            ("GET", "/artifacts/a/b/c"),
            ("HEAD", "/artifacts/a/b/c"),
            ("POST", "/api/run-columns"),
            ("POST", "/api/export"),
            ("GET", "/api/anything"),
            ("GET", "//graphql"),
            ("GET", "/assets/../graphql"),
            ("POST", "/assets/x.js"),
            ("PUT", "/"),
            ("GET", "/docs"),
            ("GET", "/openapi.json"),
        ],
    )
    def test_no_data(self, closed: Api, method: str, path: str) -> None:
        assert closed.client.request(method, path).status_code == 401

    def test_every_route_but_static_files_asks_for_the_token(self, closed: Api) -> None:
        app = closed.client.app
        routes = {route.path for route in app.routes if hasattr(route, "path")}  # type: ignore[attr-defined] # FastAPI's
        for path in routes - {"/assets"}:
            for method in ("GET", "POST"):
                answer = closed.client.request(method, re.sub(r"{[^}]*}", "x", path))
                assert answer.status_code == 401

    def test_programs_get_a_code(self, closed: Api) -> None:
        answer = closed.client.post("/graphql", json=QUERY)

        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["code"] == "SIGN_IN"
        assert answer.json()["errors"][0]["extensions"]["code"] == "SIGN_IN"
        assert answer.headers["content-security-policy"]

    def test_web_sockets_are_refused(self, closed: Api) -> None:
        with (
            pytest.raises(WebSocketDisconnect),
            closed.client.websocket_connect("ws://127.0.0.1:4141/graphql", PROTOCOL),
        ):
            pass

    def test_pages_ask_for_the_token(self, closed: Api) -> None:
        answer = closed.client.get("/experiment-tracking/runs/x?view=plots", headers=PAGE)

        assert answer.status_code == 401
        assert 'action="../../"' in answer.text
        assert 'value="experiment-tracking/runs/x?view=plots"' in answer.text
        assert "<script" not in answer.text
        assert "script-src" not in answer.headers["content-security-policy"]
        assert "form-action 'self'" in answer.headers["content-security-policy"]
        # With "no-referrer", browsers would send the form with the origin "null".
        assert answer.headers["referrer-policy"] == "same-origin"

    def test_a_file_opened_as_a_page_asks_for_the_token(self, closed: Api) -> None:
        assert "<form" in closed.client.get("/artifacts/a/b/c", headers=PAGE).text

    def test_static_files_are_public(self, closed: Api) -> None:
        for path in ("/assets/none.js", "/plot-frame.html", "/favicon.svg"):
            assert closed.client.get(path).status_code in (200, 404, 503)


class TestToken:
    """The ways to show that one knows the token."""

    @pytest.mark.parametrize("scheme", ["Bearer", "bearer", "token"])
    def test_in_a_header(self, closed: Api, scheme: str) -> None:
        assert is_let_in(closed.client, Authorization=f"{scheme} {TOKEN}")
        assert not is_let_in(closed.client)

    @pytest.mark.parametrize(
        "given", ["Bearer wrong", "Bearer", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x", "Bearer é"]
    )
    def test_not_in_a_header(self, closed: Api, given: str) -> None:
        assert closed.client.post("/graphql", json=QUERY, headers={b"Authorization": given.encode()}).status_code == 401

    def test_in_a_link_to_the_root(self, closed: Api) -> None:
        answer = closed.client.get(f"/?token={TOKEN}&pipeline=x", headers=PAGE)

        assert answer.status_code == 303
        assert answer.headers["location"] == "./?pipeline=x"
        assert is_let_in(closed.client)

    def test_in_a_link_to_any_page_below_any_proxy(self, closed: Api) -> None:
        answer = closed.client.get(f"/experiment-tracking/compare?runs=a&token={TOKEN}", headers=PAGE)
        root = urljoin("/p/experiment-tracking/compare", answer.headers["location"])
        assert root.startswith("/p/?")

        answer = closed.client.get(root.removeprefix("/p"), headers=PAGE)

        assert urljoin("/p/", answer.headers["location"]) == "/p/experiment-tracking/compare?runs=a"
        # Without a path, browsers take that of the address: the proxy's, and nothing beside it.
        assert "path=" not in answer.headers["set-cookie"].lower()

    def test_a_wrong_link_asks_for_the_token_and_gives_no_cookie(self, closed: Api) -> None:
        answer = closed.client.get("/?token=wrong", headers=PAGE)

        assert answer.status_code == 401
        assert "not the token of this server" in answer.text
        assert "wrong" not in answer.text.replace("were too many wrong tokens", "")
        assert "set-cookie" not in answer.headers

    def test_an_old_link_leads_on_who_is_signed_in(self, closed: Api) -> None:
        closed.client.get(f"/?token={TOKEN}")

        answer = closed.client.get("/?token=old", headers=PAGE)

        assert (answer.status_code, answer.headers["location"]) == (303, "./")

    def test_by_the_form(self, closed: Api) -> None:
        form = {"token": f" {TOKEN}\n", "to": "experiment-tracking?q=a%20b"}
        answer = closed.client.post("/", data=form, headers={"Origin": "http://127.0.0.1:4141"})

        assert (answer.status_code, answer.headers["location"]) == (303, "./experiment-tracking?q=a%20b")
        assert is_let_in(closed.client)

    @pytest.mark.parametrize(
        "to", ["//evil.example", "https://evil.example", "\\\\evil.example", "\r\nX-Evil: 1", "@e.x"]
    )
    def test_the_form_leads_nowhere_else(self, closed: Api, to: str) -> None:
        answer = closed.client.post("/", data={"token": TOKEN, "to": to})

        assert urljoin("http://127.0.0.1:4141/", answer.headers["location"]).startswith("http://127.0.0.1:4141/")
        assert "x-evil" not in answer.headers

    def test_the_app_signs_in_without_leaving_its_page(self, closed: Api) -> None:
        as_json = {"Accept": "application/json"}
        refused = closed.client.post("/", data={"token": "wrong"}, headers=as_json)
        taken = closed.client.post("/", data={"token": TOKEN}, headers=as_json)

        assert (refused.status_code, refused.json()["code"]) == (401, "SIGN_IN")
        assert taken.status_code == 204
        assert is_let_in(closed.client)

    def test_other_sites_cannot_sign_anybody_in(self, closed: Api) -> None:
        for origin in ("http://evil.example", "null"):
            answer = closed.client.post("/", data={"token": TOKEN}, headers={"Origin": origin})
            assert answer.status_code == 403
            assert "set-cookie" not in answer.headers

    def test_a_form_of_any_size_is_refused(self, closed: Api) -> None:
        assert closed.client.post("/", data={"token": "x" * 20_000}).status_code == 413
        assert closed.client.post("/", json={"token": TOKEN}).status_code == 415

    def test_a_code_works_once(self, closed: Api, clock: Clock) -> None:
        identity = TokenIdentity(TOKEN, 4141, clock=clock)
        with opened(closed.services.project, Access(identity=identity)) as api:
            code = identity.link_code()
            first = api.client.get(f"/?token={code}", follow_redirects=False)
            api.client.cookies.clear()
            second = api.client.get(f"/?token={code}", follow_redirects=False)

        assert (first.status_code, second.status_code) == (303, 401)
        assert TOKEN not in code

    def test_guesses_are_slowed_down(self, closed: Api, clock: Clock) -> None:
        for number in range(MOST_WRONG):
            assert closed.client.post("/", data={"token": f"guess-{number}"}).status_code == 401

        limited = closed.client.post("/", data={"token": TOKEN})
        assert limited.status_code == 429
        assert 0 < int(limited.headers["retry-after"]) <= WINDOW_SECONDS
        assert not is_let_in(closed.client, Authorization=f"Bearer {TOKEN}")

        clock.now += WINDOW_SECONDS + 1
        assert is_let_in(closed.client, Authorization=f"Bearer {TOKEN}")

    def test_wrong_headers_are_guesses_too_and_a_cookie_goes_on_working(self, closed: Api) -> None:
        closed.client.get(f"/?token={TOKEN}")
        cookie = dict(closed.client.cookies)
        closed.client.cookies.clear()
        for _ in range(MOST_WRONG):
            is_let_in(closed.client, Authorization="Bearer wrong")

        assert closed.client.post("/", data={"token": TOKEN}).status_code == 429
        closed.client.cookies.update(cookie)
        assert is_let_in(closed.client)

    def test_it_is_never_logged(self, closed: Api, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.DEBUG, "kedro_viz"):
            closed.client.get(f"/?token={TOKEN}")
            closed.client.get("/?token=wrong-one")
            closed.client.post("/", data={"token": "wrong-one"})

        assert TOKEN not in caplog.text
        ours = [each.getMessage() for each in caplog.records if each.name.startswith("kedro_viz")]
        assert not any("wrong-one" in message for message in ours)


class TestCookie:
    """What keeps a browser signed in."""

    def test_it_is_kept_from_scripts_other_sites_and_other_ports(self, closed: Api) -> None:
        header = closed.client.get(f"/?token={TOKEN}").headers["set-cookie"]

        assert header.startswith("kedro-viz-4141=")
        assert "HttpOnly" in header
        assert "samesite=lax" in header.lower()
        assert "secure" not in header.lower()
        assert TOKEN not in header

    def test_behind_https_it_is_not_sent_without(self, closed: Api) -> None:
        headers = {"X-Forwarded-Proto": "https"}
        assert "secure" in closed.client.get(f"/?token={TOKEN}", headers=headers).headers["set-cookie"].lower()

    def test_below_a_configured_path_it_holds_there(self, tmp_path: Path, store: Path, clock: Clock) -> None:
        with opened(project_of(tmp_path, store=store), access_by_token(clock, root_path="/viz")) as api:
            answer = api.client.get(f"/viz/?token={TOKEN}", follow_redirects=False)

        assert answer.headers["location"] == "/viz/"
        assert "path=/viz" in answer.headers["set-cookie"].lower()

    def test_it_expires(self, closed: Api, clock: Clock) -> None:
        closed.client.get(f"/?token={TOKEN}")
        value = closed.client.cookies["kedro-viz-4141"]

        clock.now += SESSION_SECONDS - 1
        assert is_let_in(closed.client, Cookie=f"kedro-viz-4141={value}")
        clock.now += 2
        assert not is_let_in(closed.client, Cookie=f"kedro-viz-4141={value}")

    def test_it_lives_on_after_a_restart_with_the_same_token_only(self, closed: Api, clock: Clock) -> None:
        closed.client.get(f"/?token={TOKEN}")
        cookie = f"kedro-viz-4141={closed.client.cookies['kedro-viz-4141']}"
        with opened(closed.services.project, access_by_token(clock)) as same:
            assert is_let_in(same.client, Cookie=cookie)
        other = Access(identity=TokenIdentity("another-token", 4141, clock=clock))
        with opened(closed.services.project, other) as api:
            assert not is_let_in(api.client, Cookie=cookie)

    @pytest.mark.parametrize(
        "value", ["", "9999999999.", "9999999999.x", "9e9.x", "²." + "0" * 64, "9" * 50 + ".x", "é"]
    )
    def test_forgeries_are_refused(self, closed: Api, value: str) -> None:
        headers = {b"Cookie": f"kedro-viz-4141={value}".encode()}
        assert closed.client.post("/graphql", json=QUERY, headers=headers).status_code == 401

    def test_a_later_expiry_cannot_be_written_into_it(self, closed: Api) -> None:
        closed.client.get(f"/?token={TOKEN}")
        expires, signature = closed.client.cookies["kedro-viz-4141"].split(".")
        closed.client.cookies.clear()
        assert not is_let_in(closed.client, Cookie=f"kedro-viz-4141={int(expires) + 1}.{signature}")

    def test_web_sockets_take_it(self, closed: Api) -> None:
        closed.client.get(f"/?token={TOKEN}")
        with closed.client.websocket_connect("ws://127.0.0.1:4141/graphql", PROTOCOL) as socket:
            socket.send_json({"type": "connection_init"})
            assert socket.receive_json() == {"type": "connection_ack"}


def test_without_a_token_the_link_of_an_earlier_server_loses_it(api: Api) -> None:
    answer = api.client.get("/experiment-tracking?q=x&token=old", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "./experiment-tracking?q=x")


class TestOrigins:
    """Pages behind a proxy that does not forward Host."""

    FOREIGN = {"Origin": "https://viz.example.com"}  # noqa: RUF012 - a constant

    def test_the_page_and_its_files_load_and_data_is_refused_with_the_remedy(self, api: Api) -> None:
        for path in ("/", "/experiment-tracking", "/assets/none.js", "/plot-frame.html"):
            assert api.client.get(path, headers=self.FOREIGN).status_code in (200, 404, 503)

        for path in ("/graphql", "/api/run-columns", "/api/export"):
            answer = api.client.post(path, json=QUERY, headers=self.FOREIGN)
            assert answer.status_code == 403
            assert answer.json()["code"] == "FOREIGN_ORIGIN"
            assert answer.json()["allowHost"] == "viz.example.com"
            assert "--allow-host viz.example.com" in answer.json()["error"]

    def test_the_remedy_works(self, tmp_path: Path, store: Path) -> None:
        access = Access(KnownHosts("127.0.0.1", ["viz.example.com"]))
        with opened(project_of(tmp_path, store=store), access) as api:
            assert api.client.post("/graphql", json=QUERY, headers=self.FOREIGN).status_code == 200
            with api.client.websocket_connect("ws://127.0.0.1:4141/graphql", PROTOCOL, headers=self.FOREIGN) as socket:
                socket.send_json({"type": "connection_init"})
                assert socket.receive_json() == {"type": "connection_ack"}
            evil = {"Origin": "https://evil.example"}
            assert api.client.post("/graphql", json=QUERY, headers=evil).status_code == 403

    def test_an_unknown_name_is_explained_with_the_remedy(self, api: Api) -> None:
        page = api.client.get("/", headers={"Host": "viz.example.com:8443", **PAGE})
        data = api.client.post("/graphql", json=QUERY, headers={"Host": "viz.example.com"})

        assert page.status_code == data.status_code == 403
        assert "kedro viz run --allow-host viz.example.com<" in page.text
        assert data.json()["allowHost"] == "viz.example.com"

    def test_what_is_no_name_is_not_repeated(self, api: Api) -> None:
        page = api.client.get("/", headers={"Host": "<script>alert(1)</script>", **PAGE})

        assert page.status_code == 403
        assert "<script" not in page.text


class TestReadOnly:
    """`--read-only`."""

    @pytest.fixture
    def shown(self, tmp_path: Path, store: Path) -> Iterator[Api]:
        record(store, *run_events(run_id(1)))
        with opened(project_of(tmp_path, store=store), Access(permissions=ReadOnly())) as api:
            yield api

    def test_every_mutation_is_refused(self, shown: Api) -> None:
        mutations = build_schema(schema.as_str()).mutation_type
        assert mutations is not None
        for name in mutations.fields:
            (error,) = shown.answer(f"mutation {{ {name} }}")["errors"]
            assert "--read-only" in error["message"]
            assert error["extensions"] == {"code": "READ_ONLY"}

    @pytest.mark.parametrize(
        "query",
        [
            "mutation { x: deleteRuns(runIds: [ID]) { __typename } }",
            "mutation { ... on Mutation { deleteRuns(runIds: [ID]) { __typename } } }",
            "mutation { ...all } fragment all on Mutation { deleteRuns(runIds: [ID]) { __typename } }",
            "query a { version { installed } } mutation b { deleteRuns(runIds: [ID]) { __typename } }",
        ],
        ids=range(4),
    )
    def test_however_it_is_written(self, shown: Api, query: str) -> None:
        body = {"query": query.replace("ID", f'"{run_id(1)}"'), "operationName": "b" if " b " in query else None}
        (error,) = shown.client.post("/graphql", json=body).json()["errors"]

        assert error["extensions"] == {"code": "READ_ONLY"}
        assert shown.services.repository.runs.count() == 1

    def test_over_a_web_socket_too(self, shown: Api) -> None:
        query = f'mutation {{ deleteRuns(runIds: ["{run_id(1)}"]) {{ __typename }} }}'
        with shown.client.websocket_connect("ws://127.0.0.1:4141/graphql", PROTOCOL) as socket:
            socket.send_json({"type": "connection_init"})
            socket.receive_json()
            socket.send_json({"id": "1", "type": "subscribe", "payload": {"query": query}})
            answer = socket.receive_json()

        assert answer["type"] == "error"
        assert shown.services.repository.runs.count() == 1

    def test_the_app_learns_of_it(self, shown: Api, api: Api) -> None:
        query = "{ viewer { name mayEdit mayDelete refusal } }"
        viewer = shown.ask(query)["viewer"]

        assert (viewer["mayEdit"], viewer["mayDelete"]) == (False, False)
        assert "--read-only" in viewer["refusal"]
        assert api.ask(query) == {"viewer": {"name": None, "mayEdit": True, "mayDelete": True, "refusal": None}}


class EditorsOnly:
    """People who may edit, and not delete."""

    def actions(self, _person: Person) -> frozenset[Action]:
        return frozenset({Action.EDIT})

    def refusal(self, _person: Person) -> str:
        return "Only maintainers delete runs."


def test_what_one_may_do_is_asked_of_each_mutation(tmp_path: Path, store: Path) -> None:
    record(store, *run_events(run_id(1)))
    with opened(project_of(tmp_path, store=store), Access(permissions=EditorsOnly())) as api:
        edit = f'mutation {{ editRuns(runIds: ["{run_id(1)}"], edit: {{title: "x"}}) {{ __typename }} }}'
        assert api.ask(edit) == {"editRuns": {"__typename": "EditRunsSuccess"}}
        assert api.refusal(f'mutation {{ deleteRuns(runIds: ["{run_id(1)}"]) {{ __typename }} }}') == (
            "Only maintainers delete runs."
        )
