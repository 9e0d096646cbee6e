"""By which names the server is reached, and which pages are its own."""

from __future__ import annotations

import socket

import pytest

from kedro_viz.api.access.hosts import HostName, KnownHosts, machine_names


@pytest.mark.parametrize(
    ("listening", "allowed", "host", "known"),
    [
        ("127.0.0.1", [], "127.0.0.1:4141", True),
        ("127.0.0.1", [], "localhost", True),
        ("127.0.0.1", [], "192.168.0.7:4141", False),
        ("127.0.0.1", [], "evil@localhost", False),
        ("127.0.0.1", [], "localhost/evil", False),
        ("127.0.0.1", [], "localhost:x", False),
        ("0.0.0.0", [], "evil.example", False),
        ("0.0.0.0", [], "192.168.0.7:4141", True),
        ("0.0.0.0", [], "[2001:db8::1]:4141", True),
        ("0.0.0.0", [], "2130706433", False),
        ("::", [], "10.0.0.1", True),
        ("lab.example", [], "LAB.example:80", True),
        ("127.0.0.1", ["viz.example.com"], "viz.example.com", True),
        ("127.0.0.1", ["viz.example.com"], "viz.example.com:8443", True),
        ("127.0.0.1", ["viz.example.com"], "evil.viz.example.com", False),
        ("127.0.0.1", ["https://Viz.example.com/tools/"], "viz.example.com", True),
        ("127.0.0.1", ["bücher.example"], "xn--bcher-kva.example", True),
        ("127.0.0.1", ["*"], "any.example", True),
        ("127.0.0.1", ["*"], "<any>", False),
    ],
)
def test_only_known_names_are_answered(listening: str, allowed: list[str], host: str, known: bool) -> None:
    assert KnownHosts(listening, allowed).is_known(host) is known


def test_a_server_of_the_network_is_known_by_the_names_of_its_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "Lab7.example.org")

    assert machine_names() == {"lab7.example.org", "lab7", "lab7.local"}
    assert KnownHosts("0.0.0.0").is_known("lab7.local:4141")
    assert not KnownHosts("127.0.0.1").is_known("lab7.local:4141")


@pytest.mark.parametrize(
    ("allowed", "origin", "host", "own"),
    [
        ([], "http://127.0.0.1:4141", "127.0.0.1:4141", True),
        # A proxy that adds or drops the port which its scheme has anyway.
        ([], "https://viz.example.com", "viz.example.com:443", True),
        ([], "https://viz.example.com:443", "viz.example.com", True),
        ([], "http://127.0.0.1", "127.0.0.1:4141", False),
        ([], "https://viz.example.com", "127.0.0.1:4141", False),
        (["viz.example.com"], "https://viz.example.com", "127.0.0.1:4141", True),
        (["viz.example.com"], "https://viz.example.com:8443", "127.0.0.1:4141", False),
        (["viz.example.com:8443"], "https://viz.example.com:8443", "127.0.0.1:4141", True),
        (["viz.example.com:8443"], "https://viz.example.com", "127.0.0.1:4141", False),
        (["*"], "https://evil.example", "127.0.0.1:4141", False),
        (["*"], "https://any.example", "any.example", True),
        ([], "null", "127.0.0.1:4141", False),
        (["viz.example.com"], "ftp://viz.example.com", "127.0.0.1:4141", False),
    ],
)
def test_pages_are_own_if_host_agrees_or_the_user_allows_them(
    allowed: list[str], origin: str, host: str, own: bool
) -> None:
    assert KnownHosts("127.0.0.1", allowed).is_own_origin(origin, host) is own


@pytest.mark.parametrize("text", ["", "a b", "http://", "a/b", "*.example.com", "a:99999", "<script>"])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no host name"):
        HostName.of_user(text)
