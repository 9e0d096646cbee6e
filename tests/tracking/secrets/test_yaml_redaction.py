"""Secrets in YAML are replaced with all that is nested in them; the file still says the rest."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kedro_viz.tracking.secrets.redaction import REDACTED
from kedro_viz.tracking.secrets.yaml_redaction import redact_yaml


# Any: what YAML holds.
def read(text: str, *, is_catalog: bool = False) -> Any:
    """What is left of a text, which keeps its lines."""
    text = dedent(text)
    redacted = redact_yaml(text, is_catalog=is_catalog)
    assert "hunter2" not in redacted
    assert redacted.count("\n") == text.count("\n")
    assert redact_yaml(redacted, is_catalog=is_catalog) == redacted
    assert redact_yaml(text.replace("\n", "\r\n"), is_catalog=is_catalog) == redacted.replace("\n", "\r\n")
    return yaml.safe_load(redacted)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("password: hunter2", {"password": REDACTED}),
        ("password: abc,hunter2 # hunter2", {"password": REDACTED}),
        ("'password': \"hunter2\"\nn: 3", {"password": REDACTED, "n": 3}),
        ("db.password: 'it''s hunter2'", {"db.password": REDACTED}),
        ("password: 123456", {"password": REDACTED}),
        ("password: !secret hunter2", {"password": REDACTED}),
        ("password: hunter2\n  hunter2\nn: 3", {"password": REDACTED, "n": 3}),
        ('password: "hunter2\n  hunter2"\nn: 3', {"password": REDACTED, "n": 3}),
        ("private_key: |\n  hunter2\n  hunter2\n\nn: 3", {"private_key": f"{REDACTED}\n{REDACTED}\n", "n": 3}),
        ("passwords:\n- hunter2\n- hunter2\nn: 3", {"passwords": [REDACTED, REDACTED], "n": 3}),
        ("passwords: [hunter2, hunter2]", {"passwords": REDACTED}),
        ("a: {password: hunter2, n: 3}", {"a": {"password": REDACTED, "n": 3}}),
        ("a: {\n  password: hunter2,\n  n: 3\n}\nm: 4", {"a": {"password": REDACTED, "n": 3}, "m": 4}),
        ("credentials: {\n  key: hunter2,\n  n: 3\n}\nm: 4", {"credentials": REDACTED, "m": 4}),
        ("- {name: me, password: hunter2}\n- n", [{"name": "me", "password": REDACTED}, "n"]),
        ("- password: hunter2\n  name: me\n- n: 3", [{"password": REDACTED, "name": "me"}, {"n": 3}]),
        ("a: &a hunter\napi_key: &b hunter2\nc: *b", {"a": "hunter", "api_key": REDACTED, "c": REDACTED}),
        ("url: ${oc.env:DB_PASSWORD,hunter2}", {"url": f"${{oc.env:DB_PASSWORD,{REDACTED}}}"}),
        ("token: ${runtime_params:n,hunter2}", {"token": REDACTED}),
        ("# password: hunter2\nn: 3", {"n": 3}),
    ],
)
def test_secret_is_replaced(text: str, left: object) -> None:
    assert read(text) == left


def test_everything_below_a_secret_key_is_secret() -> None:
    left = read("""
        cars:
          credentials:
            key: hunter2
            nested:
              endpoint: hunter2
              list:
                - hunter2
                - a: hunter2
            # hunter2
            n: 5
            nothing: null
            text: |
              hunter2
            flow: {a: hunter2,
              b: hunter2}
            rest: "hunter2
              hunter2"
          type: pandas.CSVDataset
    """)
    assert left["cars"].pop("type") == "pandas.CSVDataset"
    secret = left["cars"]["credentials"]
    assert secret["key"] == secret["flow"] == secret["rest"] == REDACTED
    assert secret["nested"] == {"endpoint": REDACTED, "list": [REDACTED, {"a": REDACTED}]}
    assert (secret["n"], secret["nothing"]) == (REDACTED, None)


@pytest.mark.parametrize(
    "text",
    [
        "size: 4   # of the table\nmodel: {rate: 0.5, name: hunter}",
        "token: ${oc.env:TOKEN}\npassword: '${oc.env:PASSWORD,null}'\nother: ${runtime_params:size,12}",
        "n_tokens: 5\nmax_token: 7\ntoken: 512\npad_token: <pad>",
        'token_pattern: (?u)\\b\\w+\\b\npassword_field: "pw"\nsecret_name: prod/db',
        "password:\nsecret: null\ntoken: ''\ncredentials: {}\nuse_password: true",
        'sql: |\n  SELECT monkey FROM tokens\n"{name}.scores":\n  filepath: data/{name}.json',
    ],
)
def test_what_is_no_secret_is_left_as_it_was(text: str) -> None:
    assert redact_yaml(text) == text


def test_name_of_credentials_is_none_in_a_catalog() -> None:
    text = "cars:\n  credentials: dev_s3 # of the team\n  n: 3\n'{x}':\n  credentials: \"{x}_db\"\n"
    assert redact_yaml(text, is_catalog=True) == text
    assert read("cars:\n  credentials: hunter2\n") == {"cars": {"credentials": REDACTED}}
    assert read("cars:\n  credentials:\n    key: hunter2\n", is_catalog=True) == {
        "cars": {"credentials": {"key": REDACTED}}
    }
    assert read("cars: {credentials: {key: hunter2}}", is_catalog=True) == {"cars": {"credentials": REDACTED}}


YAML = st.lists(
    st.sampled_from(
        ["password", "x", ":", " ", "  ", "\n", "- ", "hunter2", "{", "}", "[", "]", ",", "'", '"', "|", "#", "&a"]
    )
).map("".join)  # fmt: skip


@given(YAML)
def test_any_text_keeps_its_lines(text: str) -> None:
    assert redact_yaml(text).count("\n") == text.count("\n")


@given(YAML.filter(lambda text: not set(text) & set("{}[]\"'|")))
def test_secret_on_a_line_of_its_own_never_stays(before: str) -> None:
    assert "hunter2" not in redact_yaml(before.replace("hunter2", "") + "\npassword: a, hunter2\n")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("password" + " " * 300_000 + "x", id="blanks in a key"),
        pytest.param("a:" * 150_000, id="colons"),
        pytest.param("- " * 150_000, id="dashes"),
        pytest.param("password: " + "{" * 300_000, id="brackets"),
        pytest.param("a: ${" * 60_000 + "password", id="references"),
        pytest.param("password: '" + "''" * 150_000, id="quotes"),
    ],
)
def test_hostile_text_of_hundreds_of_kilobytes_takes_a_moment(text: str) -> None:
    assert redact_yaml(text)
