"""Hundreds of secrets, planted wherever people put them, are in nothing that is recorded; what resembles them stays."""

from __future__ import annotations

import base64
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
import yaml

from kedro_viz.tracking.packed_content import unpack
from tests.projects import make_project
from tests.tracking.secrets.test_key_formats import KEYS

_numbers = count()


@dataclass(frozen=True)
class Planted:
    """A secret and the line that it stands in."""

    secret: str
    line: str


def plant(*templates: str) -> list[Planted]:
    """Each template with a secret of its own in place of `§`."""
    secrets = [f"pl4nted{next(_numbers):04d}Zx" for _ in templates]
    return [Planted(secret, template.replace("§", secret)) for secret, template in zip(secrets, templates, strict=True)]


def keys(template: str) -> list[Planted]:
    """A template with each format of access keys in place of `§`, each key with letters of its own in its middle."""
    planted = []
    for key in KEYS.values():
        # Digits stay digits: a key is told by its shape.
        number = f"{next(_numbers):04d}"
        at = next(at for at in range(len(key) // 2, len(key)) if key[at : at + 4].isalnum() and key[at].isalnum())
        own = key[:at] + number + key[at + 4 :]
        planted.append(Planted(own, template.replace("§", own)))
    return planted


def lines(planted: list[Planted], indent: str = "") -> str:
    return "".join(f"{indent}{each.line}\n" for each in planted)


NAMES = (
    "password", "db_password", "PGPASSWORD", "pw", "db_pw", "pwd", "passphrase", "db_pass", "creds", "aws_creds",
    "credentials", "token", "access_token", "bot_token", "tokens", "secret", "client_secret", "api_key", "apiKey",
    "X-Api-Key", "KAGGLE_KEY", "wandb_key", "openai_key", "sendgrid_key", "fernet_key", "private_key", "signing_key",
    "sas", "blob_sas", "sas_url", "connection_string", "sentry_dsn", "authorization", "session_cookie", "jwt",
    "AZURE_DEVOPS_PAT", "otp", "seed_phrase", "license_key", "webhook_url",
)  # fmt: skip

# Names that are valid wherever names are.
IDENTIFIERS = tuple(name for name in NAMES if name.isidentifier())

YAML = plant(
    *(f"{name}: §" for name in NAMES),
    *(f"group_{at}: {{{name}: '§', size: 3}}" for at, name in enumerate(NAMES[:10])),
    "more_tokens: {tokens: ['§']}",
    "auth: [someone, §]",
    "proxy_auth: ['someone', '§']",
    "env: [{name: DB_PASSWORD, value: §}]",
    "env_quoted: [{name: 'API_TOKEN', value: '§'}]",
    "pairs: [api_key, §]",
    "database: postgresql://me:§xx@db/x",
    "query: https://h/p?sig=§",
    "hook: https://hooks.slack.com/services/T0/B0/§",
    "bot: https://api.telegram.org/bot123456789:AA§xxxxxxxxxxxxxxx",
    "header: 'Bearer §abcdef'",
    "sentence: log in with password '§'",
    "provided: 'Invalid API key provided: §'",
    "command: wandb login §",
    "curl: 'curl -u me:§ https://h/x'",
    "options: --token §",
)
YAML_BLOCKS = plant(
    "block_auth:\n  auth:\n    - someone\n    - §\nafter_block: 1",
    "containers:\n  - name: DB_PASSWORD\n    value: §",
    "reversed:\n  - value: §\n    name: DB_PASSWORD",
    "nested:\n  credentials:\n    key: §",
    "many:\n  api_keys:\n    - §",
    "text:\n  secret: |\n    §",
)
PYTHON = plant(
    *(f'{name} = "§"' for name in IDENTIFIERS),
    'headers = {"X-Api-Key": "§"}',
    'os.environ["KAGGLE_KEY"] = "§"',
    'os.environ.setdefault("WANDB_KEY", "§")',
    'requests.get(url, auth=("someone", "§"))',
    'requests.get(url, auth=(user, "§"))',
    'session.auth = HTTPBasicAuth("someone", "§")',
    'server.login("someone", "§")',
    'wandb.login(key="§")',
    'connect(user="me", pw="§")',
    'config = {"name": "DB_PASSWORD", "value": "§"}',
    'config = [dict(name="API_KEY", value="§")]',
    'url = "https://h/x?api_key=§"',
    'os.system("wandb login §")',
    'connection = "Server=db;Password=§;Database=x"',
    "# with password '§'",
    "# password: §",
)
JSON = plant(
    *(f'"{name}": "§"' for name in NAMES),
    '"auth": ["someone", "§"]',
    '"one": {"name": "DB_PASSWORD", "value": "§"}',
    '"two": {"value": "§", "name": "DB_PASSWORD"}',
    '"url": "https://me:§xx@host/x"',
    '"signed": "https://h/x?X-Amz-Signature=§"',
)
TOML = plant(*(f'{name} = "§"' for name in IDENTIFIERS), '[[env]]\nname = "DB_TOKEN"\nvalue = "§"')
INI = plant(*(f"{name} = §" for name in IDENTIFIERS))
SHELL = plant(
    *(f"export {name.upper()}=§" for name in ("db_pw", "token", "kaggle_key", "wandb_key", "aws_secret_access_key")),
    "DB_PASSWORD=§ python train.py",
    "curl -u someone:§ https://h/x",
    'curl -H "Authorization: Bearer §abc" https://h/x',
    "docker login -u someone -p § registry.invalid",
    "echo § | docker login --password-stdin",
    "wandb login §",
    "wandb login --relogin §",
    "vault login §",
    "huggingface-cli login --token §",
    "aws configure set aws_secret_access_key §",
    "dvc remote modify --local origin password §",
    "sshpass -p § ssh me@host",
    "mysql -u me -p§ db",
    "redis-cli -h host -a § ping",
    "prefect cloud login -k §",
    "openssl rsa -passin pass:§ -in x",
)
NOTEBOOK = plant(
    "%env AWS_SECRET_ACCESS_KEY=§",
    "%env KAGGLE_KEY §",
    "%set_env WANDB_KEY=§",
    "!export TOKEN=§",
    "!export TOKEN='§' && python x.py",
    "!wandb login §",
    "!wandb login --relogin §",
    "! huggingface-cli login --token §",
    "!docker login -u me -p §",
    "!curl -u me:§ https://h/x",
    "!pip install --extra-index-url https://me:§xx@host.invalid/simple x",
    "out = !DB_PW=§ psql",
    'wandb.login(key="§")',
    "api_key = '§'",
)
PROSE = plant(
    "Log in with password '§'.",
    "Invalid API key provided: §.",
    "The access token is `§`.",
    "API key: §",
    "Run `wandb login §` first.",
    "password: §",
)
MESSAGES = plant(
    "cannot log in with password '§'",
    'authentication failed for user "someone" with password "§"',
    "Invalid API key provided: §",
    "Incorrect API key provided: §. You can find yours elsewhere.",
    "invalid access token '§'",
    "the secret key was '§'",
    "using password § for someone",
    "token=§",
    "auth=('someone', '§')",
    "https://api.telegram.org/bot123456789:AA§xxxxxxxxxxxxxxxxx/send",
    "connection to postgresql://me:§xx@db failed",
    "{'name': 'DB_PASSWORD', 'value': '§'}",
)
TYPED = plant("login.pw=§", "db_password=§", "creds=§", "KAGGLE_KEY=§", "sas=§")
LOCAL = plant(
    "private_note: §", "overridden_group: {only_local: §}", "private_list: [§]", "private_group: {inner: {deep: §}}"
)
ENVIRONMENT = plant("TEST_KAGGLE_KEY=§", "TEST_DB_PW=§", "TEST_APP_TOKEN=§")
CREDENTIALS = plant("§", "§", "§")
GLOBALS = plant("§")
KEY_LINES = {
    "parameters": keys("§"),
    "python": keys('nothing_special = "§"'),
    "text": keys("see § here"),
    "tracked JSON": keys("§"),
}

ALL = [
    *YAML, *YAML_BLOCKS, *PYTHON, *JSON, *TOML, *INI, *SHELL, *NOTEBOOK, *PROSE, *MESSAGES, *TYPED, *LOCAL,
    *ENVIRONMENT, *CREDENTIALS, *GLOBALS, *(each for planted in KEY_LINES.values() for each in planted),
]  # fmt: skip

# What resembles secrets and is none. Each is a line of YAML that means the same after it was recorded.
HARMLESS = r"""
max_tokens: 512
min_tokens: 7
n_tokens: 100
num_tokens: 9
token_count: 12
tokens_per_batch: 4096
tokenizer: bert-base-uncased
tokenizer_name: gpt2
pad_token: <pad>
eos_token: </s>
unk_token: '[UNK]'
stop_tokens: ['</s>', 'the']
special_tokens: ['<a>', '<b>']
token_type: word
token_id: 101
pad_token_id: 0
token_embedding_dim: 64
token_limit: 900
tokens: [the, cat, sat]
n_keys: 5
key: alpha
keys: [a, b]
primary_key: customer_id
foreign_key: order_id
sort_key: date
partition_key: region
key_columns: [a, b]
public_key: ssh-rsa
keyboard: qwerty
monkey: george
s3_key: folder/file.csv
cache_key: run
password_length: 12
password_column: pw_hash
password_field: pw_field
min_password_length: 8
secret_name: my-vault-entry
secret_santa: true
secretary: alice
credentials_path: conf/x.yml
credentials_file: x.json
use_credentials: true
api_key_header: X-Api-Key
api_key_env: OPENAI_API_KEY
token_url: https://h/token
n_passes: 3
pass_rate: 0.5
forward_pass: full
low_pass: 12
passenger_count: 3
compass: north
auth_method: basic
auth: basic
author: alice
authority: none
oauth_flow: implicit
scopes: [read, write]
session_id: abc123
cookies_per_user: 4
bearing: 270
patient: p12
sas_dataset: cars7
power: 3
upward: true
credit_score: 700
accredited: false
commit: f7a03570d8891c1e4ab87ec29b1d33e71a0c9e55
digest: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
uuid: 550e8400-e29b-41d4-a716-446655440000
run: 2026-11-30T23.24.44.123Z
md5: 9e107d9d372bb6826bd81d3542a419d6
path: data/01_raw/companies_2024_01_31.parquet
url: https://kedro.org/docs?page=2&sort=key
image: iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk
model: sk-learn-pipeline-with-scaling
seed: 123456789
big: 9007199254740993
rate: 0.25
name: DB_PASSWORD_IS_NEEDED_HERE
labels: [{name: colour, value: red9red9}]
email: me@example.org
host: db.example.org:5432
words: a key to the secret garden
sentence: the password was wrong
regex: '[a-z]{3,}'
query: select token from words
dsn_count: 3
credential_type: service
hash_algorithm: sha256
"""
# Each under a name of its own.
HARMLESS_YAML = [f"h_{at}_{line}" for at, line in enumerate(HARMLESS.strip().splitlines())]

SETTINGS = """
from pathlib import Path

from kedro_viz.integrations.kedro.sqlite_store import SQLiteStore
from omegaconf.resolvers import oc

SESSION_STORE_CLASS = SQLiteStore
SESSION_STORE_ARGS = {"path": str(Path(__file__).parents[2] / "data")}


def from_credentials(path):
    import yaml

    value = yaml.safe_load((Path(__file__).parents[2] / "conf/local/credentials.yml").read_text())
    for part in path.split("."):
        value = value[part]
    return value


CONFIG_LOADER_ARGS = {
    "base_env": "base",
    "default_run_env": "local",
    "custom_resolvers": {"oc.env": oc.env, "secret": from_credentials},
}
"""

CATALOG = """
scores:
  type: tracking.MetricsDataset
  filepath: data/09_tracking/scores.json
document:
  type: tracking.JSONDataset
  filepath: data/09_tracking/document.json
by_path:
  type: text.TextDataset
  filepath: data/${secret:storage.account_key}/by_path.txt
by_query:
  type: text.TextDataset
  filepath: data/x-${secret:short.pw}.txt
by_user:
  type: text.TextDataset
  filepath: data/${globals:blob_sas}/of_globals.txt
unused:
  type: text.TextDataset
  filepath: data/${oc.env:TEST_DB_PW}/x.txt
  metadata:
    url: "https://h/${secret:other.key}/x"
"""

PIPELINES = """
from kedro.pipeline import Pipeline, node
from kedro_viz.tracking import log_metric

import json
from pathlib import Path

HERE = Path(__file__).parents[2]


def work(size):
    log_metric("loss @SERIES@", 1.0)
    document = json.loads((HERE / "document.json").read_text())
    return {"@METRIC@": 0.5, "harmless_metric": 1.5}, document, "a", "b", "c"


def fail(by_path, by_query):
    raise ArithmeticError((HERE / "message.txt").read_text())


def register_pipelines():
    outputs = ["scores", "document", "by_path", "by_query", "by_user"]
    return {"__default__": Pipeline([
        node(work, "params:size", outputs, name="work"),
        node(fail, ["by_path", "by_query"], "lost", name="fail"),
    ])}
"""

NAMED = plant("§", "§")
METRIC_KEY, SERIES_KEY = f"hf_{NAMED[0].secret}abcdefghijklmnop", f"ghp_{NAMED[1].secret}abcdefghijklmnop"
REMOTE = plant("https://me:§xx@host.invalid/harmless-remote.git")


def notebook(cells: list[str]) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": [f"{cell}\n"], "outputs": []} for cell in cells]})


def python_file(planted: list[Planted]) -> str:
    return (
        "import os\n\n\ndef never_called(requests, url, user, server, session, connect, wandb, HTTPBasicAuth):\n"
        + lines(planted, "    ")
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with all of this. Its run fails after it has saved everything; a second one is spooled."""
    folder = tmp_path_factory.mktemp("planted")
    parameters = (
        "size: 4\noverridden_group: {in_base: 1}\noverridden: base\nharmless:\n"
        + "".join(f"  {line}\n" for line in HARMLESS_YAML)
        + "planted:\n"
        + lines(YAML, "  ")
        + "".join(f"  k{at}: '{each.line}'\n" for at, each in enumerate(KEY_LINES["parameters"]))
        + "numbers: {api_key: 48151623, pw: 108421, access_token: 815162342}\n"
    )
    document = {
        **{f"k{at}": each.line for at, each in enumerate(KEY_LINES["tracked JSON"])},
        "planted": json.loads("{" + ", ".join(each.line for each in JSON) + "}"),
        "harmless": [line.split("_", 2)[2] for line in HARMLESS_YAML],
        "big": 9007199254740993,
    }
    path = make_project(
        folder / "project",
        settings=SETTINGS,
        catalog=CATALOG,
        parameters=parameters,
        credentials=f"storage: {{account_key: {CREDENTIALS[0].secret}}}\n"
        f"short: {{pw: {CREDENTIALS[1].secret}, user: u}}\nother: {{key: {CREDENTIALS[2].secret}}}\n",
        pipeline_code=PIPELINES.replace("@SERIES@", SERIES_KEY).replace("@METRIC@", METRIC_KEY),
        files={
            "conf/local/parameters.yml": "overridden: harmless-override\n" + lines(LOCAL),
            "conf/local/globals.yml": f"blob_sas: {GLOBALS[0].secret}\n",
            "conf/base/globals.yml": "region: harmless-region\n",
            "conf/base/blocks.yml": lines(YAML_BLOCKS),
            "conf/base/settings.yml": lines(YAML),
            "conf/base/harmless.yml": "".join(f"{line}\n" for line in HARMLESS_YAML),
            "src/{package}/planted.py": python_file([*PYTHON, *KEY_LINES["python"]]),
            "src/{package}/planted.json": "{" + ",\n".join(each.line for each in JSON) + "}",
            "src/{package}/planted.toml": lines(TOML),
            "src/{package}/planted.ini": "[x]\n" + lines(INI),
            "src/{package}/planted.sh": lines(SHELL),
            "Dockerfile": "FROM x\n" + "".join(f"ENV {each.line.split(' ')[1]}\n" for each in SHELL[:5]),
            "notebooks/planted.ipynb": notebook([each.line for each in NOTEBOOK]),
            "README.md": lines([*PROSE, *KEY_LINES["text"]]),
        },
    )
    git(path, "init", "--quiet")
    git(path, "add", "--all")
    git(path, "commit", "--quiet", "--message", "one")
    git(path, "remote", "add", "origin", REMOTE[0].line)
    # All files change, so that all of them are in the difference, too.
    changed = ("planted.*", "settings.yml", "blocks.yml", "README.md")
    for file in [file for pattern in changed for file in path.rglob(pattern)]:
        file.write_text("\n".join(f"{line} " for line in file.read_text().splitlines()))
    # What is read as the run goes, and is none of its source.
    (path / ".gitignore").write_text("document.json\nmessage.txt\n")
    (path / "document.json").write_text(json.dumps(document))
    (path / "message.txt").write_text(lines(MESSAGES))
    run(path, folder)
    database = path / "data" / "session_store.db"
    database.rename(folder / "recorded.db")
    for suffix in ("-wal", "-shm"):
        if (beside := database.with_name(database.name + suffix)).exists():
            beside.rename(folder / f"recorded.db{suffix}")
    with closing(sqlite3.connect(database)) as connection:
        # A newer Kedro-Viz has written it: runs are spooled.
        connection.execute("CREATE TABLE schema_version (version INTEGER)")
        connection.execute("INSERT INTO schema_version VALUES (999)")
        connection.commit()
    run(path, folder)
    return path


def git(folder: Path, *arguments: str) -> None:
    options = ["-c", "user.name=Me", "-c", "user.email=me@example.org"]
    subprocess.run(["git", *options, *arguments], cwd=folder, check=True, capture_output=True)


def run(project: Path, folder: Path) -> None:
    environment = {
        **os.environ,
        **dict(each.line.split("=", 1) for each in ENVIRONMENT),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    typed = ",".join(["name=harmless-typed", *(each.line for each in TYPED)])
    done = subprocess.run(
        [sys.executable, "-m", "kedro", "run", "--params", typed],
        cwd=project,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert "ArithmeticError" in done.stdout + done.stderr, done.stdout + done.stderr


@pytest.fixture(scope="module")
def record(project: Path) -> dict[str, bytes]:
    """All that was recorded, by where it is: raw bytes, columns, unpacked contents, and lines of the spool."""
    places: dict[str, bytes] = {}
    for file in project.parent.glob("recorded.db*"):
        places[f"bytes of {file.name}"] = file.read_bytes()
    with closing(sqlite3.connect(project.parent / "recorded.db")) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for column in [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]:
                values = connection.execute(f'SELECT "{column}" FROM "{table}"').fetchall()
                places[f"{table}.{column}"] = b"\n".join(_bytes(value) for (value,) in values)
        contents = [unpack(content) for (content,) in connection.execute("SELECT data FROM contents")]
        places["contents"] = b"\n".join(contents)
    spooled = [file for file in (project / "data").rglob("*.jsonl") if "09_tracking" not in file.parts]
    assert spooled
    for file in spooled:
        places["spool"] = file.read_bytes()
        places["contents of the spool"] = b"\n".join(_spooled(file))
    return places


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _spooled(file: Path) -> Iterator[bytes]:
    for line in file.read_bytes().splitlines():
        for content in json.loads(line).get("contents", {}).values():
            yield unpack(base64.b64decode(content))


def test_there_are_hundreds_of_planted_secrets_and_look_alikes() -> None:
    assert len({each.secret for each in ALL}) == len(ALL) >= 250
    assert len(set(HARMLESS_YAML)) == len(HARMLESS_YAML) >= 80


def test_no_planted_secret_is_recorded(record: dict[str, bytes]) -> None:
    found = [
        f"in {place}: {each.line}"
        for each in [*ALL, *NAMED, *REMOTE]
        for place, data in record.items()
        if each.secret.encode() in data
    ]
    assert not found, "\n".join(found)


def test_no_number_under_a_secret_name_is_recorded(record: dict[str, bytes]) -> None:
    for number in (b"48151623", b"108421", b"815162342"):
        assert [place for place, data in record.items() if number in data] == []


@pytest.mark.parametrize("place", ["contents", "contents of the spool"])
def test_what_resembles_a_secret_is_recorded_as_it_is(record: dict[str, bytes], place: str) -> None:
    assert [line for line in HARMLESS_YAML if line.encode() not in record[place]] == []


def test_parameters_that_resemble_secrets_keep_their_values(project: Path) -> None:
    expected = yaml.safe_load("\n".join(HARMLESS_YAML))
    with closing(sqlite3.connect(project.parent / "recorded.db")) as connection:
        rows = connection.execute("SELECT name, value FROM parameters WHERE name LIKE 'harmless.%'").fetchall()
    recorded = {name.removeprefix("harmless."): json.loads(value) for name, value in rows}
    assert {name: value for name, value in expected.items() if recorded.get(name) != value} == {}


def test_parameters_only_in_conf_local_are_named_without_values(project: Path) -> None:
    with closing(sqlite3.connect(project.parent / "recorded.db")) as connection:
        rows = dict(connection.execute("SELECT name, value FROM parameters WHERE name NOT LIKE '%lanted%'").fetchall())
    assert rows["overridden"] == '"harmless-override"'
    hidden = ("private_note", "overridden_group.only_local", "private_list", "private_group.inner.deep")
    assert {name: json.loads(rows[name]) for name in hidden} == dict.fromkeys(hidden, "[redacted]")


def test_tracked_json_keeps_all_that_is_no_secret(project: Path) -> None:
    with closing(sqlite3.connect(project.parent / "recorded.db")) as connection:
        [(document,)] = connection.execute("SELECT data FROM tracked_json").fetchall()
    data = json.loads(document)
    assert data["harmless"] == [line.split("_", 2)[2] for line in HARMLESS_YAML]
    assert data["big"] == 9007199254740993
    assert data["planted"]["auth"] == ["someone", "[redacted]"]
    assert data["planted"]["one"] == {"name": "DB_PASSWORD", "value": "[redacted]"}
    assert set(data["planted"]) >= set(NAMES), "names stay"


def test_places_of_secrets_are_recorded_without_them(project: Path) -> None:
    with closing(sqlite3.connect(project.parent / "recorded.db")) as connection:
        assert {key for (key,) in connection.execute("SELECT key FROM metric_names")} == {
            "[redacted]",
            "harmless_metric",
        }
        assert [name for (name,) in connection.execute("SELECT name FROM series_chunks")] == ["loss [redacted]"]
        paths = dict(connection.execute("SELECT dataset, path FROM data_uses WHERE saved"))
        [(message, command)] = connection.execute("SELECT error_message, command FROM runs").fetchall()
    data = f"{project}/data"
    assert paths["by_path"] == f"{data}/[redacted]/by_path.txt"
    assert paths["by_query"] == f"{data}/x-[redacted].txt"
    assert paths["by_user"] == f"{data}/[redacted]/of_globals.txt"
    assert message.count("[redacted]") == len(MESSAGES)
    assert "name=harmless-typed" in command
    assert command.count("[redacted]") == len(TYPED)
