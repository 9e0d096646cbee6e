"""Secrets that this process knows are taken out wherever they turn up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kedro_viz.tracking.secrets.known_values import (
    forget_secrets_of_runs,
    look_for_credentials,
    look_for_secrets_in,
    look_for_secrets_of_configuration,
    replace_known,
)


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    look_for_secrets_in({})
    forget_secrets_of_runs()
    yield
    forget_secrets_of_runs()
    look_for_secrets_in({})


def redacted(text: str) -> str:
    return replace_known(text, "#")


def test_credentials_are_replaced_and_what_is_beside_them_stays() -> None:
    look_for_credentials(
        {
            "s3": {
                "key": "hunter2abc",
                "secret": ["hunter3abc"],
                "client_kwargs": {"endpoint_url": "http://minio1:9000"},
            },
            "db": {"con": "postgresql://me1234567:hunter4/abc@db-host-1:5432/x", "username": "someone1", "pin": 123456},
            "storage": {"account_name": "mystorage1account", "account_key": "plain-but-long-enough"},
            "short": {"password": "x1", "plain": "postgres"},
            "dev": "hunter5abc",
        }
    )
    text = "data/hunter2abc/x hunter3abc http://minio1:9000 me1234567 db-host-1 someone1 mystorage1account"
    assert redacted(text) == "data/#/x # http://minio1:9000 me1234567 db-host-1 someone1 mystorage1account"
    assert redacted("plain-but-long-enough, x1, postgres, hunter5abc") == "#, x1, postgres, #"


def test_secret_is_known_in_each_form_that_it_has_in_texts() -> None:
    look_for_credentials({"x": {"password": 'a/b "c" 1+2'}})
    assert redacted('as it is: a/b "c" 1+2') == "as it is: #"
    assert redacted("https://h/a%2Fb%20%22c%22%201%2B2/x") == "https://h/#/x"
    assert redacted(r'{"x": "a/b \"c\" 1+2"}') == '{"x": "#"}'


def test_secret_that_is_part_of_another_word_or_secret_leaves_nothing_of_it() -> None:
    look_for_credentials({"x": {"password": "hunter2abc", "token": "hunter2abc-and-more"}})
    assert redacted("hunter2abc-and-more hunter2abcd xhunter2abc") == "# hunter2abcd xhunter2abc"


def test_configuration_tells_secrets_by_their_names() -> None:
    look_for_secrets_of_configuration(
        {
            "db": {"password": "hunter2abc", "name": "harmless1abc"},
            "tokens": ["hunter3abc"],
            "entry": {"credentials": "dev_s3_number_1"},
            "api_keys": {"openai": {"prod": "hunter4abc"}},
        }
    )
    text = "hunter2abc harmless1abc hunter3abc dev_s3_number_1 hunter4abc"
    assert redacted(text) == "# harmless1abc # dev_s3_number_1 #"


def test_environment_is_looked_at_without_being_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kedro_viz.tracking.secrets.known_values._environment", None)
    monkeypatch.setenv("SOME_DB_PW", "hunter2abc")
    assert redacted("see hunter2abc") == "see #"
