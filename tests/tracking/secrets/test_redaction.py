"""Secrets are taken out of what is recorded, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kedro_viz.tracking.secrets.known_values import look_for_secrets_in
from kedro_viz.tracking.secrets.redaction import REDACTED, redact_mapping, redact_text

SECRET = "hunter2"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        # Command lines, as Kedro joins `sys.argv`: without the quotes that were typed.
        ("kedro run --params=db.password=hunter2,n=3", "kedro run --params=db.password=[redacted],n=3"),
        ("kedro run --params db.password:hunter2,n:3", "kedro run --params db.password:[redacted],n:3"),
        ("kedro run --params n=3,token=hunter2", "kedro run --params n=3,token=[redacted]"),
        ("kedro run --params api_key=hunter2 --env prod", "kedro run --params api_key=[redacted] --env prod"),
        ("kedro run --params password=a hunter2 b,n=3 -p x", "kedro run --params password=[redacted],n=3 -p x"),
        ("kedro run --params password=it's hunter2,n=3", "kedro run --params password=[redacted],n=3"),
        ("kedro run --api-key hunter2 --env prod", "kedro run --api-key [redacted] --env prod"),
        ("kedro run --api-key=hunter2", "kedro run --api-key=[redacted]"),
        ("AWS_SECRET_ACCESS_KEY=hunter2 kedro run", "AWS_SECRET_ACCESS_KEY=[redacted]"),
        ("PGPASSWORD=hunter2", "PGPASSWORD=[redacted]"),
        # Texts of exceptions and lines of tracebacks.
        ("connect(user='me', password='hunter2')", "connect(user='me', password=[redacted])"),
        ("{'password': 'it\\'s hunter2', 'n': 3}", "{'password': [redacted], 'n': 3}"),
        ('{"clientSecret": "a\\"hunter2", "n": 3}', '{"clientSecret": [redacted], "n": 3}'),
        ('cannot log in (password=hunter2) at "db"', 'cannot log in (password=[redacted]) at "db"'),
        ("password='hunter2 and the text was cut here", "password=[redacted]"),
        ("login(credentials={'user': 'me', 'key': 'hunter2'}, n=3)", "login(credentials=[redacted], n=3)"),
        ('secrets=["a)", ("hunter2")] and n', "secrets=[redacted] and n"),
        ("credentials={'user': 'me', 'key': 'hunter2 and the text was cut here", "credentials=[redacted]"),
        ("Authorization: Bearer hunter2", "Authorization: [redacted]"),
        ("line one\nsecret = hunter2\nline three", "line one\nsecret = [redacted]\nline three"),
        ("Server=db;Password=hunter2;Encrypt=yes", "Server=db;Password=[redacted];Encrypt=yes"),
        ('os.environ["DB_PASSWORD"] = "hunter2"', 'os.environ["DB_PASSWORD"] = [redacted]'),
        ("password: str | None = 'hunter2', n", "password: str | None = [redacted], n"),
        ("connect(password=f'my, hunter2', n=3)", "connect(password=[redacted], n=3)"),
        ('password = """my\nhunter2"""; n = 3', "password = [redacted]; n = 3"),
        ("passwords[0]=hunter2, n", "passwords[0]=[redacted], n"),
        ("if (password := 'hunter2')", "if (password := [redacted])"),
        ('body \'{\\"password\\": \\"hunter2\\", \\"n\\": 3}\'', 'body \'{\\"password\\": [redacted], \\"n\\": 3}\''),
        ("<SecretAccessKey>hunter2</SecretAccessKey><n>3</n>", "<SecretAccessKey>[redacted]</SecretAccessKey><n>3</n>"),
        ("kedro run --params kaggle.key=hunter2x,n=3", "kedro run --params kaggle.key=[redacted],n=3"),
        # Sentences.
        ("cannot log in with password 'hunter2'", "cannot log in with password '[redacted]'"),
        ("Invalid API key provided: hunter2x.", "Invalid API key provided: [redacted]."),
        ('wrong passphrase "hunter2 and more"', 'wrong passphrase "[redacted]"'),
        ("the access token `hunter2` has expired", "the access token `[redacted]` has expired"),
        ("using password hunter2 for me", "using password [redacted] for me"),
        ("API key: hunter2", "API key: [redacted]"),
        # Pairs.
        ("get(url, auth=('me', 'hunter2'))", "get(url, auth=('me', '[redacted]'))"),
        ("HTTPBasicAuth('me', 'hunter2')", "HTTPBasicAuth('me', '[redacted]')"),
        ("auth: [me, hunter2]", "auth: [me, [redacted]]"),
        ("{'name': 'DB_PW', 'value': 'hunter2'}", "{'name': 'DB_PW', 'value': '[redacted]'}"),
        ("{'value': 'hunter2', 'name': 'DB_PW'}", "{'value': '[redacted]', 'name': 'DB_PW'}"),
        # Commands.
        ("wandb login --relogin hunter2", "wandb login --relogin [redacted]"),
        ("curl -u me:hunter2 https://h", "curl -u me:[redacted] https://h"),
        ("mysql -u me -phunter2 db", "mysql -u me -p[redacted] db"),
        ("echo hunter2 | docker login --password-stdin", "echo [redacted] | docker login --password-stdin"),
        ("aws configure set aws_secret_access_key hunter2", "aws configure set aws_secret_access_key [redacted]"),
        ("set -gx DB_PASSWORD hunter2; n", "set -gx DB_PASSWORD [redacted]; n"),
        ("twine upload -u me -p hunter2 dist", "twine upload -u me -p [redacted] dist"),
        ("unzip -P hunter2 a.zip", "unzip -P [redacted] a.zip"),
        ("7z x -phunter2 a.7z", "7z x -p[redacted] a.7z"),
        # URLs.
        ("postgresql://me:hunter2@db:5432/x", "postgresql://me:[redacted]@db:5432/x"),
        ("postgresql://me:p@hunter2@db/x", "postgresql://me:[redacted]@db/x"),
        ("redis://:hunter2@cache:6379", "redis://:[redacted]@cache:6379"),
        ("see 's3+ssl://me:hunter2@host/b' and n=3", "see 's3+ssl://me:[redacted]@host/b' and n=3"),
        ("mysql://me:p/hunter2@db/x", "mysql://me:[redacted]@db/x"),
        ("https://me:123456/hunter2@host/x?to=me@host", "https://me:[redacted]@host/x?to=me@host"),
        ("https://hooks.slack.com/services/T0/B0/hunter2abc", "https://hooks.slack.com/services/[redacted]"),
        ("https://b.s3.amazonaws.com/k?X-Amz-Signature=hunter2&x=1", None),
        ("https://storage.googleapis.com/k?X-Goog-Credential=hunter2&x=1", None),
        ("https://a.blob.core.windows.net/c?sv=2024&sig=hunter2", None),
        ("pip install git+https://0123456789hunter2abcd@host/r.git", "pip install git+https://[redacted]@host/r.git"),
        ("https://h/p?client_secret=hunter2&x=1", "https://h/p?client_secret=[redacted]&x=1"),
        # Headers under whatever name.
        ("auth.header='Bearer hunter2hunter2hunter2', n=3", "auth.header='Bearer [redacted]', n=3"),
        ("header: bearer aaaa-hunter2.aaaa~bbbb", "header: bearer [redacted]"),
        ("header: Basic bWU6aHVudGVyMg==", "header: Basic [redacted]"),
        ("Authorization: Basic bWU6aHVudGVyMjIy, n", "Authorization: [redacted], n"),
        # Keys known by their shape, without any name.
        ("use AKIAIOSFODNN7EXAMPLE now", "use [redacted] now"),
        ("clone with ghp_abcdefghijklmnopqrstuvwxyz0123456789", "clone with [redacted]"),
        ("call sk-proj-abcdefghijklmnopqrstuvwxyz first", "call [redacted] first"),
        ("hf_abcdefghijklmnopqrstuvwxyzABCDEFGH for models", "[redacted] for models"),
        ("AIzaabcdefghijklmnopqrstuvwxyz012345678 for maps", "[redacted] for maps"),
        (
            (
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n"
                "MIIEpQIBAAKCAQEA3Tz2mr7\nhunter2+/abcdefghij\nab==\n-----END"
            ),
            "-----BEGIN RSA PRIVATE KEY-----[redacted]\n\n\n\n\n\n-----END",
        ),
        (
            "'-----BEGIN PRIVATE KEY-----\\nMIIEpQIBAAKCAQEA3Tz2mr7\\nhunter2abcdefghijk\\n' in a message",
            "'-----BEGIN PRIVATE KEY-----[redacted]\\n' in a message",
        ),
        ("jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3", "jwt [redacted]"),
    ],
)
def test_secret_in_a_text_is_replaced(text: str, kept: str | None) -> None:
    redacted = redact_text(text)
    assert SECRET not in redacted
    assert REDACTED in redacted
    if kept is not None:
        assert redacted.startswith(kept)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kedro run --params model.max_tokens=512,tokenizer=bpe --pipeline data_science",
        "kedro run --params n_tokens=3,pad_token=<pad>,stop_token=</s> --nodes monkey",
        "kedro run --runner=ParallelRunner --tags keyboard,primary_key",
        "KeyError: 'max_tokens'",
        "the password was wrong",
        "File 'secrets_of_success.py', line 3, in passing",
        "https://kedro.org/docs?page=2&sort=key",
        "mailto://me@example.org at 12:30:45",
        "s3://bucket/path/to/experiments",
        "ssh://a_person_with_a_long_name@host/repository.git",
        "https://host:8080/team/image@sha256:abc and http://{host}:{port}/a@b",
        "http://host:80/a then me@example.org, see http://host:x/a",
        "bearer of-many-responsibilities, Bearer {token}, Basic JavaScriptTutorial, basic internationalization",
        "kedro run --params n_passes=3,forward_pass=2,pass_rate=0.5,token_count=3,primary_key=id",
        'password authentication failed for user "postgres"',
        "Access denied for user 'me'@'host' (using password: YES)",
        "KeyError: 'api_key'; missing argument 'password', got 'token', 'secret'",
        "unexpected token '<' in JSON, Secret 'my-entry' not found, token is None, password=None",
        "docker run -p 8080:80 image, psql -p 5432 db, wandb login, docker login registry.invalid",
        "auth=basic, auth: [read], git config set user.name someone, tokens: [the, cat], token=512",
        "kedro run --params kaggle.key=id,openai.key=sort,s3.key=a1b2c3d4",
        "<p>hunter2</p>, <name>a1b2c3d4</name>, unzip -p a.zip, set -e NAME",
        "tokens: 512, {'name': 'colour', 'value': 'red9red9'}",
        "if '-----BEGIN PRIVATE KEY-----' in text: raise ValueError('no keys, please')",
    ],
)
def test_harmless_text_is_left_as_it_was(text: str) -> None:
    assert redact_text(text) == text


@pytest.mark.parametrize("name", ["password", "db_pass", "api_keys", "fernet_key", "access_tokens", "basic_auth"])
def test_secret_under_each_kind_of_name_is_replaced(name: str) -> None:
    assert redact_text(f"kedro run --params {name}={SECRET},n=3") == f"kedro run --params {name}=[redacted],n=3"
    assert redact_mapping({name: SECRET, "n": 3}) == {name: REDACTED, "n": 3}
    assert redact_mapping({name: {"openai": SECRET}}) == {name: REDACTED}


def test_mapping_keeps_its_structure_and_loses_its_secrets() -> None:
    data = {
        "n": 3,
        "db": {"host": "db", "password": SECRET, "urls": [f"redis://:{SECRET}@cache", "plain"]},
        "credentials": {"user": "me", "key": SECRET},
        "command": f"--params password={SECRET}",
    }
    assert redact_mapping(data) == {
        "n": 3,
        "db": {"host": "db", "password": REDACTED, "urls": [f"redis://:{REDACTED}@cache", "plain"]},
        "credentials": REDACTED,
        "command": f"--params password={REDACTED}",
    }
    assert data["db"]["password"] == SECRET, "the caller's own data is not changed"  # type: ignore[index]  # a mixed literal


def test_name_beside_a_value_tells_that_it_is_secret() -> None:
    assert redact_mapping({"Key": "DB_PASSWORD", "Value": SECRET}) == {"Key": "DB_PASSWORD", "Value": REDACTED}
    assert redact_mapping({"name": "DB_PASSWORD", "value": [SECRET, "x"]}) == {"name": "DB_PASSWORD", "value": REDACTED}
    assert redact_mapping({"name": "DB_PASSWORD", "value": True}) == {"name": "DB_PASSWORD", "value": True}


def test_key_is_secret_in_the_group_of_a_service() -> None:
    assert redact_mapping({"kaggle": {"username": "me", "key": "hunter2x"}}) == {
        "kaggle": {"username": "me", "key": REDACTED}
    }
    assert redact_mapping("hunter2x", "tools.kaggle.key") == REDACTED
    harmless = {"kaggle": {"key": "id"}, "s3": {"key": "a1b2c3d4"}, "key": "a1b2c3d4"}
    assert redact_mapping(harmless) == harmless


def test_number_under_a_secret_name_is_kept_unless_it_is_a_password() -> None:
    data = {"token": 512, "use_password": True, "secret": None, "password": 123456, "db.password": Decimal(7)}
    assert redact_mapping(data) == {
        "token": 512,
        "use_password": True,
        "secret": None,
        "password": REDACTED,
        "db.password": REDACTED,
    }


@pytest.fixture
def _no_environment() -> Iterator[None]:
    yield
    look_for_secrets_in({})


@pytest.mark.usefixtures("_no_environment")
def test_secrets_of_the_environment_are_taken_out_under_whatever_name() -> None:
    look_for_secrets_in({
        "DB_PASSWORD": "hunter2-long",
        "API_KEY": "hunter2-long-er",
        "MY_TOKEN": "short1",
        "PLAIN_PASSWORD": "postgres",
        "LONG_SECRET": "abcdefghijklmnop",
        "SECRET_NAME": "name-of-a-secret-1",
        "APP_CREDENTIALS": "/home/me/key1.json",
        "HOME": "/home/hunter2-long",
    })  # fmt: skip
    assert redact_mapping({"x": "hunter2-long", "y": ["at hunter2-long-er!", "abcdefghijklmnop"]}) == {
        "x": REDACTED,
        "y": [f"at {REDACTED}!", REDACTED],
    }
    harmless = "xhunter2-long hunter2-longer short1 postgres name-of-a-secret-1 /home/me/key1.json"
    assert redact_text(harmless) == harmless
    look_for_secrets_in({"HOME": "/home/me"})
    assert redact_text("hunter2-long") == "hunter2-long"


@dataclass
class Login:
    user: str
    password: str


class Unwritable:
    def __str__(self) -> str:
        raise RuntimeError("no text")


def test_objects_become_text_without_secrets() -> None:
    assert redact_mapping([Login("me", SECRET)]) == [f"Login(user='me', password={REDACTED})"]
    assert redact_mapping({"x": Unwritable()}) == {"x": "[a Unwritable]"}
    assert redact_mapping({("a", 1): 2, Unwritable(): 3}) == {"('a', 1)": 2, "[a Unwritable]": 3}


def test_data_that_contains_itself_is_cut() -> None:
    data: dict[str, object] = {"n": 1}
    data["self"] = data
    redacted = redact_mapping(data)
    assert redacted["self"]["self"]["n"] == 1
    assert "nested too deep" in str(redacted)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.text())
def test_any_text_can_be_redacted_and_again_without_change(text: str) -> None:
    once = redact_text(text)
    assert redact_text(once) == once


@given(st.text(st.characters(codec="ascii")), st.sampled_from(["password", "api_key", "--token", "clientSecret"]))
def test_assigned_secret_never_stays(before: str, name: str) -> None:
    assert SECRET not in redact_text(f"{before} {name}={SECRET}")


@given(JSON, st.text())
def test_any_data_can_be_redacted(data: object, key: str) -> None:
    redact_mapping(data, key)


# A pattern that tries again from each character would need hours for these; as it is, they take a moment each.
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("password=a" + " " * 300_000 + "b", id="blanks in a value"),
        pytest.param("password=" + " " * 300_000 + "-", id="blanks before an option"),
        pytest.param("password" + " " * 300_000 + "x", id="blanks after a name"),
        pytest.param("password='" * 30_000, id="quotes"),
        pytest.param("password='" + "\\" * 300_000, id="backslashes"),
        pytest.param("eyJ-" * 75_000, id="beginnings of web tokens"),
        pytest.param(("eyJ" + "a" * 20 + ".") * 12_000, id="parts of web tokens"),
        pytest.param("a://b:" * 50_000, id="beginnings of addresses"),
        pytest.param("a://b:" + "@" * 300_000, id="at signs"),
        pytest.param("a://" + "a" * 300_000, id="a long user"),
        pytest.param("-----BEGIN PRIVATE KEY-----" * 10_000, id="beginnings of private keys"),
        pytest.param("-----BEGIN PRIVATE KEY-----" + "+" * 300_000, id="a private key of separators"),
        pytest.param("-----BEGIN PRIVATE KEY-----" + "a: " * 100_000, id="a private key of headers"),
        pytest.param("password={" * 30_000, id="brackets"),
        pytest.param("password={" + "'" * 300_000, id="quotes in brackets"),
        pytest.param("a://b:/" * 50_000, id="beginnings of passwords with slashes"),
        pytest.param("a://b:/" + "c" * 300_000, id="a long password with a slash"),
        pytest.param("a://b:" + "/@" * 150_000, id="slashes and at signs"),
        pytest.param("Bearer " * 50_000, id="beginnings of headers"),
        pytest.param("Bearer " + "a" * 300_000, id="a long header"),
        pytest.param("Basic " + "aB" * 150_000 + "-", id="a long header that ends oddly"),
        pytest.param("Basic a " * 40_000 + " " * 100_000, id="short headers"),
        pytest.param("?key=" * 60_000, id="queries"),
        pytest.param("-a.-" * 75_000, id="names"),
        pytest.param("a" * 300_000, id="one name"),
        pytest.param("with password 'a " * 20_000, id="beginnings of sentences"),
        pytest.param("password " + "was " * 80_000, id="a long sentence"),
        pytest.param("auth=('a', " * 30_000, id="beginnings of pairs"),
        pytest.param("name='A', value='" * 20_000, id="beginnings of named values"),
        pytest.param("docker login " * 25_000, id="logins"),
        pytest.param("wandb login --a " * 20_000, id="logins with options"),
        pytest.param("curl " * 60_000 + "-u a:", id="requests"),
        pytest.param("mysql -u a " * 30_000, id="databases"),
        pytest.param("sk-a-" * 60_000, id="beginnings of keys"),
        pytest.param("xoxb-1-" * 40_000, id="keys of parts"),
        pytest.param(("M" + "a" * 23 + ".") * 12_000, id="keys with dots"),
        pytest.param("a" * 300_000 + "+ASt", id="a long word before the end of a key"),
        pytest.param('password=\\"' * 30_000, id="escaped quotes"),
        pytest.param('password=\'"""' * 30_000, id="long quotes"),
        pytest.param("password: str " * 20_000, id="types"),
        pytest.param("<password>" * 30_000 + "</", id="elements"),
        pytest.param("<a" + " <a " * 70_000 + "</", id="beginnings of elements"),
        pytest.param("unzip " * 50_000, id="archives"),
        pytest.param("set -x " * 40_000, id="variables"),
        pytest.param("0123456789:" * 30_000, id="numbers with colons"),
    ],
)
def test_hostile_text_of_hundreds_of_kilobytes_takes_a_moment(text: str) -> None:
    assert len(redact_text(text)) <= 2 * len(text)
