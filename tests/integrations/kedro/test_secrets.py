"""No secret of a project gets into what is recorded of its runs, wherever it stands and wherever the record goes."""

from __future__ import annotations

import base64
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kedro_viz.store.deleting.deletion import Deletion
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.packed_content import unpack
from tests.projects import make_project
from tests.store.stores import trashed
from tests.waiting_runs import waiting_run

# Each secret has this in it, and what stands beside it, and is none, has the other: so it is seen that the place is
# looked at.
SECRET = b"s3cret"
SECRET_ENCODED = base64.b64encode(b"me:s3cret-source")
HARMLESS = b"harmless"

SETTINGS = """
from pathlib import Path

from kedro_viz.integrations.kedro.sqlite_store import SQLiteStore
from omegaconf.resolvers import oc

SESSION_STORE_CLASS = SQLiteStore
SESSION_STORE_ARGS = {"path": str(Path(__file__).parents[2] / "data")}
CONFIG_LOADER_ARGS = {"custom_resolvers": {"oc.env": oc.env}}
"""

PARAMETERS = """
size: 4
db: {password: s3cret-parameter, url: 'postgresql://me:s3cret-parameter-url@db', name: harmless-parameter}
keys: [{api_key: s3cret-list, name: harmless-list}]
SMTP_PASS: s3cret-pass
api_keys: {openai: s3cret-plural}
fernet_key: s3cret-key
basic_auth: [me, s3cret-pair]
header: Bearer s3cret-bearer-0123456789
slashed: mysql://me:p/s3cret-slash@host/harmless-slash
hook: https://hooks.slack.com/services/T0/B0/s3cret-hook
named: {pass_rate: harmless-rate, primary_key: harmless-primary, token_count: harmless-count}
from_environment:
  token: ${oc.env:TEST_TOKEN}
  url: ${oc.env:TEST_URL}
  password: ${oc.env:NO_PASSWORD,s3cret-default}
  other: ${oc.env:TEST_PASSWORD}
"""

CATALOG = """
scores:
  type: tracking.MetricsDataset
  filepath: data/09_tracking/scores.json
  credentials: harmless_name
  metadata:
    password: s3cret-catalog
    url: https://me:s3cret-catalog-url@host/harmless-catalog
    signed: https://host/x?X-Amz-Signature=s3cret-signature&n=harmless-signature
    from_environment: {secret: "${oc.env:TEST_TOKEN}"}
    nested:
      credentials:
        user: s3cret-nested

remote:
  type: pickle.PickleDataset
  filepath: https://me:s3cret-path@host.invalid/harmless-path.pkl
  fs_args: {client_secret: s3cret-arguments}

"{name}_pattern":
  type: pickle.PickleDataset
  filepath: data/{name}.pkl
  metadata: {api_key: s3cret-pattern, name: harmless-pattern}
"""

CREDENTIALS = "harmless_name:\n  key: s3cret-credentials\n"

PIPELINES = """
import os
import time

from kedro.pipeline import Pipeline, node

PASSWORD = "s3cret-source"
DB_PASS = "s3cret-source-pass"
API_KEYS = ["s3cret-source-plural"]
client = dict(subscription_key="s3cret-source-key", primary_key="harmless-source-key")
headers = {"x": "Basic bWU6czNjcmV0LXNvdXJjZQ=="}
connect = {"api_key": "s3cret-source-mapping", "n": "harmless-source"}
DATABASE = "postgresql://me:s3cret-source-url@db/harmless-source-url"
SERVER = "Server=db;Password=s3cret-source-setting;Database=harmless-source-setting"
# token = s3cret-comment


def score(size):
    return {"size": size}


def fail(size):
    password = "s3cret-local"
    raise ArithmeticError("cannot log in with password=s3cret-message, harmless-message")


def wait(size):
    os.write(int(os.environ["TEST_PIPE"]), b"there")
    time.sleep(600)


def register_pipelines():
    scored = node(score, "params:size", "scores", name="score")
    return {
        "__default__": Pipeline([scored]),
        "failing": Pipeline([scored, node(fail, "params:size", "lost", name="fail")]),
        "waiting": Pipeline([scored, node(wait, "params:size", None, name="wait")]),
    }
"""

FILES = {
    "conf/base/credentials.yml": "harmless_base:\n  key: s3cret-base-credentials\n",
    "conf/local/parameters.yml": "local: {password: s3cret-local-parameter, name: s3cret-only-local}\n",
    "README.md": "# harmless-readme\n\nLog in with password: s3cret-readme\n",
    "requirements.txt": "--index-url https://me:s3cret-index@host.invalid/simple\nharmless-requirement\n",
    "notebooks/explore.ipynb": json.dumps({
        "cells": [{
            "cell_type": "code",
            "source": ["api_key = 's3cret-cell'\n", "n = 'harmless-cell'\n"],
            "outputs": [{"text": ["password=s3cret-output\n"]}],
        }]
    }),
    "src/{package}/tool.toml": "[tool.x.credentials]\nkey = 's3cret-toml'\n[other]\nname = 'harmless-toml'\n",
    "src/{package}/config.json": '{"secret": "s3cret-json", "name": "harmless-json"}',
    "src/{package}/setup.cfg": "[x]\npassword = a,s3cret-ini\nname = harmless-ini\n",
    "src/{package}/query.sql": "ALTER USER me PASSWORD 's3cret-sql'; -- harmless-sql\n",
    "src/{package}/key.py": "K = '''-----BEGIN PRIVATE KEY-----\nMIIEs3cret/abcdefghij\n-----END PRIVATE KEY-----'''\n",
    ".env": "PASSWORD=s3cret-env-file\n",
    "server.pem": "s3cret-pem\n",
}  # fmt: skip

# What git has committed, and what is there now.
CHANGED = {
    "conf/base/settings.yml": (
        "db:\n  password: s3cret-was\n  name: harmless-was\n",
        "db:\n  password: s3cret-is\n  name: harmless-is\n",
    ),
    "notes.py": ("password = 's3cret-was'\n", "password = 's3cret-is'; n = 'harmless-difference'\n"),
    "conf/base/credentials_more.yml": ("a:\n  key: s3cret-was\n", "a:\n  key: s3cret-is\n"),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with secrets wherever people put them."""
    path = make_project(
        tmp_path / "project",
        settings=SETTINGS,
        catalog=CATALOG,
        parameters=PARAMETERS,
        credentials=CREDENTIALS,
        pipeline_code=PIPELINES,
        files=FILES,
    )
    pyproject = path / "pyproject.toml"
    pyproject.write_text(
        pyproject.read_text() + '\n[tool.x]\npassword = "s3cret-pyproject"\nname = "harmless-pyproject"\n'
    )
    for name, (before, _) in CHANGED.items():
        (path / name).write_text(before)
    git(path, "init", "--quiet")
    git(path, "add", "--all")
    git(path, "commit", "--quiet", "--message", "one")
    git(path, "remote", "add", "origin", "https://me:s3cret-remote@host.invalid/harmless-remote.git?token=s3cret-query")
    for name, (_, after) in CHANGED.items():
        (path / name).write_text(after)
    return path


@pytest.fixture(autouse=True)
def _environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Secrets in the environment, and a package that was installed from an address with a password."""
    monkeypatch.setenv("TEST_TOKEN", "s3cret-environment")
    monkeypatch.setenv("TEST_PASSWORD", "s3cret-of-environment")
    monkeypatch.setenv("TEST_URL", "https://me:s3cret-environment-url@host/harmless-environment")
    installed = tmp_path / "installed" / "model-1.0.dist-info"
    installed.mkdir(parents=True)
    address = "https://me:s3cret-package@host.invalid/harmless-package.git"
    (installed / "direct_url.json").write_text(
        json.dumps({"url": address, "vcs_info": {"vcs": "git", "commit_id": "0123abc"}})
    )
    monkeypatch.setenv("PYTHONPATH", str(installed.parent))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def git(folder: Path, *arguments: str) -> None:
    options = ["-c", "user.name=Me", "-c", "user.email=me@example.org"]
    subprocess.run(["git", *options, *arguments], cwd=folder, check=True, capture_output=True)


def kedro_run(project: Path, *arguments: str) -> int:
    done = subprocess.run(
        [sys.executable, "-m", "kedro", "run", *arguments],
        cwd=project,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return done.returncode


def all_that_is_kept(project: Path) -> bytes:
    """All bytes that are beside the store or in the cache, and all that they hold compressed."""
    folders = [project / "data", project.parent / "cache"]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return b"\n".join(part for path in files for part in (path.read_bytes(), *unpacked(path)))


def unpacked(path: Path) -> Iterator[bytes]:
    data = path.read_bytes()
    if data.startswith(b"SQLite format 3"):
        with closing(sqlite3.connect(path)) as connection:
            yield from (unpack(content) for (content,) in connection.execute("SELECT data FROM contents"))
    if path.suffix == ".jsonl":
        events = [json.loads(line) for line in data.splitlines()]
        yield from (
            unpack(base64.b64decode(content)) for event in events for content in event.get("contents", {}).values()
        )


def check(kept: bytes, *harmless: str) -> None:
    """There is no secret, and what stands beside secrets is there."""
    for secret in (SECRET, SECRET_ENCODED):
        assert secret not in kept, kept[max(0, kept.index(secret) - 200) : kept.index(secret) + 50]
    missing = [name for name in harmless if HARMLESS + f"-{name}".encode() not in kept]
    assert missing == []


PARAMETER_PLACES = ("parameter", "list", "environment", "slash", "rate", "primary", "count")
CATALOG_PLACES = ("catalog", "signature", "path", "pattern")
SOURCE_PLACES = (
    "source", "source-key", "source-url", "source-setting", "readme", "requirement", "cell", "toml", "json", "ini",
    "sql", "pyproject", "remote", "package", "was", "is", "difference",
)  # fmt: skip


def test_no_secret_is_in_the_record_of_a_run_nor_in_the_trash(project: Path) -> None:
    options = [
        "--params",
        "login.token=s3cret typed,db_pass=s3cret-typed-pass,url=ftp://me:s3cret-typed-url@host,name=harmless-typed",
    ]
    assert kedro_run(project, *options) == 0
    assert kedro_run(project, "--pipeline", "failing") != 0
    assert kedro_run(project, "--nodes", "no_such_node") != 0
    kept = all_that_is_kept(project)
    check(kept, *PARAMETER_PLACES, *CATALOG_PLACES, *SOURCE_PLACES, "typed", "message")
    assert b"harmless_name" in kept, "credentials are named"

    location = project / "data" / "session_store.db"
    with closing(sqlite3.connect(location)) as connection:
        [(clean_url,)] = connection.execute("SELECT DISTINCT git_remote FROM runs").fetchall()
        run_ids = [run_id for (run_id,) in connection.execute("SELECT id FROM runs")]
    assert clean_url == "https://host.invalid/harmless-remote.git?token=[redacted]"
    with closing(SQLiteWriter(location)) as writer:
        Deletion(writer).delete(run_ids)
    assert trashed(location) == sorted(run_ids)
    check(all_that_is_kept(project), *PARAMETER_PLACES, *CATALOG_PLACES, *SOURCE_PLACES)


def test_no_secret_is_in_a_record_that_is_spooled(project: Path) -> None:
    location = project / "data" / "session_store.db"
    with closing(sqlite3.connect(location)) as connection:
        # A newer Kedro-Viz has written it.
        connection.execute("CREATE TABLE schema_version (version INTEGER)")
        connection.execute("INSERT INTO schema_version VALUES (999)")
        connection.commit()
    assert kedro_run(project, "--pipeline", "failing", "--params", "token=s3cret-typed,name=harmless-typed") != 0
    spooled = list((project / "data").rglob("*.jsonl"))
    assert len(spooled) == 1
    location.unlink()
    check(all_that_is_kept(project), *PARAMETER_PLACES, *CATALOG_PLACES, *SOURCE_PLACES, "typed", "message")


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGTERM elsewhere")
def test_no_secret_is_in_what_a_run_leaves_that_is_asked_to_end(project: Path) -> None:
    with waiting_run(project, "waiting", "--params", "token=s3cret-typed") as process:
        process.send_signal(signal.SIGTERM)
        assert process.wait() == -signal.SIGTERM
    [stack] = (project / "data").rglob("*.terminated")
    assert b"in wait" in stack.read_bytes()
    check(all_that_is_kept(project))
