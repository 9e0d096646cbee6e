"""Secrets in code are replaced inside their quotes; the code still parses, and what is no secret stays."""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path

import kedro
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kedro_viz.tracking.secrets.code_redaction import Language, is_placeholder, redact_code
from kedro_viz.tracking.secrets.redaction import REDACTED

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@pytest.mark.parametrize(
    "line",
    [
        "password = 'hunter2'",
        'self.password: str = "hunter2"',
        'password: Optional["Text"] = "hunter2"',
        'login: SecretStr = "hunter2"',
        'a = password = "hunter2"',
        'password = a = "hunter2"',
        'passwords = "hunter2", "hunter2"',
        'passwords = ["hunter2", "hunter2"]',
        'password = ("hunter2"\n    "hunter2")',
        'password = "hunter2" if local else "hunter2"',
        'password = os.environ["DB_PASSWORD"] or "hunter2"',
        'password = """\nhunter2\n"""',
        'password = "a\\\nhunter2"',
        'password += "hunter2"',
        "secret = b'hunter2'",
        "secret = f'hunter2{n}'",
        'os.environ["DB_PASSWORD"] = "hunter2"',
        'conf["db"]["password"] = "hunter2"',
        'x = os.getenv("API_KEY", "hunter2")',
        'connect(host="db", password="hunter2", n=3)',
        'def connect(host, password="hunter2"): ...',
        'reader.option("password", "correcthorse").option("user", "me")',
        'rows = [("password", "hunter2"), ("name", "me")]',
        'd = {"password": "hunter2", "n": 3}',
        'd = dict(password="hunter2", user="me")',
        'credentials = {"key": "hunter2", "nested": {"list": ["hunter2"]}}',
        'credentials = dict(key="hunter2")',
        'api_key = SecretStr("hunter2")',
        'api_key = "hunter2".encode()',
        'token = "hunter2"',
        'token = "abcdefghijklmnopqrstuvwxyz"',
        'if password == "hunter2": pass',
        'headers = {"Authorization": "Bearer hunter2hunter2"}',
        'dsn_text = "Server=db;User Id=me;Password=hunter2;Encrypt=yes"',
        "'''Usage: connect(password='hunter2')'''",
        """text = '{"password": "hunter2"}'""",
        'print("--params password=hunter2")',
        "# password = 'hunter2'",
        "with open('x') as f: password = 'hunter2'",
        "x = 1; password = 'hunter2'",
    ],
)
def test_secret_in_python_is_replaced(line: str) -> None:
    redacted = redact_code(line)
    for secret in ("hunter2", "correcthorse", "abcdefghij"):
        assert secret not in redacted
    assert REDACTED in redacted
    assert redacted.count("\n") == line.count("\n")
    ast.parse(redacted)
    assert redact_code(redacted) == redacted


@pytest.mark.parametrize(
    "line",
    [
        "vectorizer = TfidfVectorizer(token_pattern=r'(?u)\\b\\w+\\b', tokenizer='bpe1234567')",
        'if token == "<unk>": mode = "train"',
        'if not token: mode = "train123"',
        'token = "the"; other = "fine1234"',
        'for token in ["a1b2c3d4", "b"]: pass',
        'password = os.environ["DB_PASSWORD_1"]',
        'password = getpass("Your password 123:")',
        'api_key = get_secret("scope/name1234")',
        'PASSWORD = "DB_PASSWORD_2"',
        'password_field = "pw1234"; password_length = 12; secret_name = "prod/db1"',
        'password = ""',
        'password = "{password}"',
        'headers = {"Authorization": f"Bearer {token}"}',
        'url = f"postgresql://{user}:{password}@{host}/db"',
        'command = "mysql --password=%s" % password',
        'frame.rename(columns={"token": "lemma"})',
        'columns = ["password", "hunter2_column"]',
        'x = os.getenv("API_KEY")',
        'print("the password was wrong")',
        "n_tokens = 3; max_token = 512",
        'def f(token: str, name: str = "me1234") -> str: return "fine1234"',
        'd = {token: "fine1234" for token in x}',
        'match = {"monkey": "hunter2"}',
    ],
)
def test_harmless_python_is_left_as_it_was(line: str) -> None:
    assert redact_code(line) == line


def test_numbers_are_replaced_where_a_password_may_be_one() -> None:
    assert redact_code("password = 123456\n") == f'password = "{REDACTED}"\n'
    assert redact_code("connect(password=123456, n=3)") == f'connect(password="{REDACTED}", n=3)'
    assert redact_code("password = 3 * n\ntoken = 512") == "password = 3 * n\ntoken = 512"


def test_json_stays_json() -> None:
    data = {
        "credentials": {"key": "hunter2", "list": [1, "hunter2"], "none": None},
        "password": 123456,
        "n": "fine",
        "deep": [{"api_key": "hunter2"}],
    }
    redacted = redact_code(json.dumps(data, indent=2), Language.OTHER)
    assert json.loads(redacted) == {
        "credentials": {"key": REDACTED, "list": [REDACTED, REDACTED], "none": None},
        "password": REDACTED,
        "n": "fine",
        "deep": [{"api_key": REDACTED}],
    }


def test_toml_stays_toml() -> None:
    text = """
        [tool.x]
        password = "hunter2" # a comment
        secret.a = "hunter2"
        pins = { password = "hunter2", n = 3 }
        [db.credentials]
        key = "hunter2"
        [[db.secrets]]
        a = "hunter2hunter2"
        [other]
        name = "fine"
        api-key = "hunter2"
    """
    redacted = redact_code(text, Language.TOML)
    assert "hunter2" not in redacted
    data = tomllib.loads(redacted)
    assert data["other"] == {"name": "fine", "api-key": REDACTED}
    assert data["tool"]["x"]["pins"] == {"password": REDACTED, "n": 3}


def test_part_of_a_mapping_is_read_as_one() -> None:
    assert redact_code("{password: 'hunter2'}", Language.OTHER) == f"{{password: '{REDACTED}'}}"
    assert redact_code('    "password": "hunter2",', is_inside=True) == f'    "password": "{REDACTED}",'
    assert redact_code('password="hunter2", region="fine"', is_inside=True) == f'password="{REDACTED}", region="fine"'


def test_installed_code_still_parses() -> None:
    files = list(Path(kedro.__file__).parent.rglob("*.py"))
    redacted = {file: redact_code(file.read_text(encoding="utf-8")) for file in files}
    changed = [file for file in files if redacted[file] != file.read_text(encoding="utf-8")]
    for file in changed:
        ast.parse(redacted[file])
    assert len(changed) < len(files) / 10


@pytest.mark.parametrize(
    "value", ["", "{password}", "${oc.env:X}", "%s", "%(pw)s", "<your password>", "***", "Bearer "]
)
def test_value_that_is_filled_in_later_is_a_placeholder(value: str) -> None:
    assert is_placeholder(value)


@pytest.mark.parametrize("value", ["hunter2", "a{b}c", "Bearer hunter2", "$hunter2"])
def test_value_that_says_something_is_no_placeholder(value: str) -> None:
    assert not is_placeholder(value)


CODE = st.lists(
    st.sampled_from([
        *("password", "token", "credentials", "x", "=", "==", ":", ",", "(", ")", "[", "]", "{", "}", "\n", " "),
        *("'", '"', "'''", '"""', "\\", "hunter2", "'hunter2'", '"hunter2"', "f", "12", ".", "\r\n", "\\\n", "é", "`"),
        *("#", ";"),
    ])
).map("".join)  # fmt: skip


@given(CODE, st.sampled_from(Language), st.booleans())
def test_any_code_keeps_its_lines(code: str, language: Language, is_inside: bool) -> None:
    assert redact_code(code, language, is_inside=is_inside).count("\n") == code.count("\n")


@given(CODE)
def test_secret_on_a_line_of_its_own_never_stays(before: str) -> None:
    closed = before.replace("'", "").replace('"', "").replace("\\", "").replace("hunter2", "")
    assert "hunter2" not in redact_code(f"{closed}\npassword = 'hunter2'\n")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("'" * 300_000, id="quotes"),
        pytest.param('"""' + "\\" * 300_000, id="backslashes"),
        pytest.param("password = " + "(" * 300_000, id="brackets"),
        pytest.param("(" * 100_000 + "]" * 100_000, id="brackets that do not match"),
        pytest.param("a" * 300_000, id="one name"),
        pytest.param("a-" * 150_000, id="a name with dashes"),
        pytest.param("1." * 150_000, id="a number with dots"),
        pytest.param("'" + "=a" * 150_000 + "'", id="settings"),
        pytest.param("password=" * 30_000, id="names"),
    ],
)
def test_hostile_code_of_hundreds_of_kilobytes_takes_a_moment(text: str) -> None:
    assert redact_code(text)
