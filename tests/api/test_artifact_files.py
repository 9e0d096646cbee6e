"""The route of artifact files: what it serves, and how little a file may do."""

from __future__ import annotations

import tracemalloc
import uuid
from collections.abc import Iterator
from pathlib import Path

import fsspec
import httpx
import pytest

from kedro_viz.api.artifact_files import artifact_url
from kedro_viz.tracking.catalog import CatalogEntry
from tests.api.serving import MATPLOTLIB_TYPE, PLOTLY_TYPE, Api, opened, project_of, run_id, served

RUN = run_id(1)
PICKLE_TYPE = "pickle.pickle_dataset.PickleDataset"
PNG = b"\x89PNG\r\n\x1a\n" + b"pixels" * 100


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a dataset's versions."""
    (tmp_path / "secret.txt").write_text("top secret")
    return tmp_path / "data" / "plot.png"


@pytest.fixture
def api(tmp_path: Path, folder: Path) -> Iterator[Api]:
    catalog = [
        CatalogEntry("plot", MATPLOTLIB_TYPE, str(folder), versioned=True),
        CatalogEntry("space ship/plot é?", MATPLOTLIB_TYPE, str(folder), versioned=True),
        CatalogEntry("model", PICKLE_TYPE, str(folder.with_name("model.pkl")), versioned=True),
        CatalogEntry("unversioned model", PICKLE_TYPE, str(tmp_path / "secret.txt")),
        CatalogEntry("unversioned", MATPLOTLIB_TYPE, str(tmp_path / "secret.txt")),
    ]
    with opened(project_of(tmp_path, catalog)) as api:
        yield api


def put(folder: Path, content: bytes, name: str = "plot.png", run: str = RUN) -> str:
    """Write a version and give its address."""
    file = folder / run / "plot.png"
    if name != "plot.png":
        file = file / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return artifact_url(run, "plot", name)


@pytest.mark.parametrize(
    ("content", "media_type", "shown"),
    [
        (PNG, "image/png", True),
        (b"\xff\xd8\xff\xe0", "image/jpeg", True),
        (b"GIF89a", "image/gif", True),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp", True),
        (b'<?xml version="1.0"?><!DOCTYPE svg><svg onload="alert(1)"/>', "image/svg+xml", True),
        (b"  <svg/>", "image/svg+xml", True),
        (b'{"data": []}', "application/json", True),
        (b"%PDF-1.7", "application/pdf", False),
        (b"<html><script>alert(1)</script>", "application/octet-stream", False),
        (b"<?xml version='1.0'?><html/>", "application/octet-stream", False),
        (b"MZ", "application/octet-stream", False),
        (b"", "application/octet-stream", False),
    ],
    ids=range(12),
)
def test_a_file_is_what_its_content_says_and_can_run_nothing(
    api: Api, folder: Path, content: bytes, media_type: str, shown: bool
) -> None:
    answer = api.client.get(put(folder, content))
    assert answer.status_code == 200
    assert answer.content == content
    assert answer.headers["content-type"] == media_type
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox;")
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert ("content-disposition" in answer.headers) is not shown


@pytest.mark.parametrize(
    "head", [b"\x80\x04\x95", b"<html><script>", b"<!DOCTYPE html>", b"%PDF-1.7", b""], ids=range(5)
)
def test_a_model_is_offered_for_download_whatever_it_begins_with(api: Api, folder: Path, head: bytes) -> None:
    file = folder.with_name("model.pkl") / RUN / "model.pkl"
    file.parent.mkdir(parents=True)
    file.write_bytes(head + b"weights")
    address = artifact_url(RUN, "model", "model.pkl")
    answer = api.client.get(address)
    assert answer.content == head + b"weights"
    assert answer.headers["content-length"] == str(len(head) + 7)
    assert answer.headers["content-disposition"].startswith('attachment; filename="model.pkl"')
    assert answer.headers["content-type"] in ("application/octet-stream", "application/pdf")
    assert answer.headers["x-content-type-options"] == "nosniff"
    part = api.client.get(address, headers={"Range": f"bytes={len(head)}-"})
    assert (part.status_code, part.content) == (206, b"weights")


def test_download_offers_the_file_by_its_name(api: Api, folder: Path) -> None:
    answer = api.client.get(put(folder, PNG, 'Füße "x".png') + "?download=1")
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"F__e__x_.png\"; filename*=UTF-8''F%C3%BC%C3%9Fe%20%22x%22.png"
    )


def test_head_tells_what_get_would(api: Api, folder: Path) -> None:
    address = put(folder, PNG)
    head, whole = api.client.head(address), api.client.get(address)
    assert head.content == b""
    assert dict(head.headers) == dict(whole.headers)
    assert head.headers["content-length"] == str(len(PNG))


def test_files_are_sent_as_they_are(api: Api, folder: Path) -> None:
    content = b'{"data": [' + b"0, " * 5_000 + b"0]}"
    answer = api.client.get(put(folder, content), headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in answer.headers
    assert answer.headers["content-length"] == str(len(content))


def test_a_file_that_the_browser_has_is_not_sent_again(api: Api, folder: Path) -> None:
    address = put(folder, PNG)
    etag = api.client.get(address).headers["etag"]
    for known in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        answer = api.client.get(address, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", etag)
    assert api.client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    put(folder, PNG + b"more")
    assert api.client.get(address, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    ("wanted", "status", "content"),
    [
        ("bytes=0-3", 206, b"0123"),
        ("bytes=4-", 206, b"456789"),
        ("bytes=-3", 206, b"789"),
        ("bytes=-99", 206, b"0123456789"),
        ("bytes=9-99", 206, b"9"),
        ("bytes=2-3,5-6", 206, b"23"),
        ("bytes=10-", 416, b""),
        ("bytes=5-4", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=-", 416, b""),
        ("bytes=a-b", 416, b""),
        ("lines=1-2", 416, b""),
        ("bytes=" + "9" * 30 + "-", 416, b""),
    ],
)
def test_a_part_of_a_file(api: Api, folder: Path, wanted: str, status: int, content: bytes) -> None:
    answer = api.client.get(put(folder, b"0123456789"), headers={"Range": wanted, "Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.content) == (status, content)
    if status == 206:
        start = b"0123456789".index(content)
        assert answer.headers["content-range"] == f"bytes {start}-{start + len(content) - 1}/10"
        assert answer.headers["content-length"] == str(len(content))
    else:
        assert answer.headers["content-range"] == "bytes */10"


def test_a_part_is_only_given_of_the_file_that_was_meant(api: Api, folder: Path) -> None:
    address = put(folder, b"0123456789")
    etag = api.client.get(address).headers["etag"]
    part = {"Range": "bytes=0-1"}
    assert api.client.get(address, headers={**part, "If-Range": etag}).content == b"01"
    assert api.client.get(address, headers={**part, "If-Range": '"older"'}).content == b"0123456789"


def test_names_with_every_character_find_their_file(api: Api, folder: Path) -> None:
    for name in ("a/b c.png", "50%.png", "what?#.png", "é.png", "a+b&c.png"):
        put(folder, name.encode(), name, run="many")
        for dataset in ("plot", "space ship/plot é?"):
            assert api.client.get(artifact_url("many", dataset, name)).content == name.encode()


ESCAPES = [
    f"/artifacts/{RUN}/plot/..%2f..%2f..%2fsecret.txt",
    f"/artifacts/{RUN}/plot/%2e%2e/%2e%2e/%2e%2e/secret.txt",
    f"/artifacts/{RUN}/plot/..%5c..%5csecret.txt",
    f"/artifacts/{RUN}/plot/%2fetc%2fpasswd",
    f"/artifacts/{RUN}/plot//etc/passwd",
    f"/artifacts/{RUN}/plot/plot.png%00.txt",
    f"/artifacts/{RUN}/plot/%00",
    f"/artifacts/{RUN}/plot/%ff",
    f"/artifacts/{RUN}/plot/",
    f"/artifacts/{RUN}/plot",
    "/artifacts/",
    "/artifacts/..%2f..%2f../plot/plot.png",
    "/artifacts/%2e%2e/plot/plot.png",
    "/artifacts/%2e/plot/plot.png",
    "/artifacts/*/plot/plot.png",
    "/artifacts/%00/plot/plot.png",
    f"/artifacts/{RUN}/unversioned/secret.txt",
    f"/artifacts/{RUN}/unversioned%20model/secret.txt",
    f"/artifacts/{RUN}/model/..%2f..%2f..%2fsecret.txt",
    f"/artifacts/{RUN}/model/link.txt",
    f"/artifacts/{RUN}/nothing/plot.png",
    f"/artifacts/{RUN}/..%2fplot/plot.png",
    f"/artifacts/{RUN}/%2e%2e/plot.png",
    f"/artifacts/{RUN}/plot/other.png",
    "/artifacts/another/plot/plot.png",
    f"/artifacts/{RUN}/plot/" + "x" * 5_000,
    f"/artifacts/{RUN}/plot/link.txt",
]


@pytest.mark.parametrize("path", ESCAPES, ids=range(len(ESCAPES)))
def test_nothing_else_is_served(api: Api, folder: Path, path: str, tmp_path: Path) -> None:
    put(folder, PNG)
    put(folder, PNG, "a.png", run="many")
    (folder / "many" / "plot.png" / "link.txt").symlink_to(tmp_path / "secret.txt")
    model = folder.with_name("model.pkl") / RUN / "model.pkl"
    model.mkdir(parents=True)
    (model / "link.txt").symlink_to(tmp_path / "secret.txt")
    answer = api.client.get(httpx.URL("http://127.0.0.1:4141").copy_with(raw_path=path.encode()))
    assert answer.status_code == 404
    assert "secret" not in answer.text.replace("secret.txt", "")
    assert str(tmp_path) not in answer.text


def test_a_file_behind_a_url_is_served_too(tmp_path: Path) -> None:
    root = f"memory://{uuid.uuid4().hex}/plot.json"
    fsspec.filesystem("memory").pipe(f"{root}/{RUN}/plot.json", b'{"data": []}')
    with opened(project_of(tmp_path, [CatalogEntry("plot", PLOTLY_TYPE, root, versioned=True)])) as api:
        answer = api.client.get(artifact_url(RUN, "plot", "plot.json"), headers={"Range": "bytes=1-6"})
        assert (answer.status_code, answer.content) == (206, b'"data"')


def test_a_large_file_is_not_held_in_memory(tmp_path: Path, folder: Path) -> None:
    address = put(folder, b"")
    size = 200_000_000
    with (folder / RUN / "plot.png").open("wb") as file:
        file.truncate(size)
    catalog = [CatalogEntry("plot", MATPLOTLIB_TYPE, str(folder), versioned=True)]
    with served(project_of(tmp_path, catalog)) as server:
        tracemalloc.start()
        try:
            with httpx.stream("GET", f"http://{server.host}{address}") as answer:
                received = sum(len(chunk) for chunk in answer.iter_raw())
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert received == size
    assert peak < 20_000_000
