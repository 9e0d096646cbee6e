"""Names tell secrets, and names that only resemble them do not."""

from __future__ import annotations

import pytest

from kedro_viz.tracking.secret_names import is_secret_key


@pytest.mark.parametrize(
    "key",
    [
        "password", "db_password", "dbPassword", "dbpassword", "PGPASSWORD", "passwd", "MYSQL_PWD", "passphrase",
        "token", "access_token", "accessToken", "authtoken", "github-token", "bot_token",
        "secret", "client_secret", "clientSecret", "clientsecret", "SECRET_KEY",
        "api_key", "apiKey", "APIKey", "apikey", "X-API-Key", "aws_access_key_id", "AWS_SECRET_ACCESS_KEY",
        "private_key", "account_key", "encryption_key", "connection_string", "sas_url", "sentry_dsn",
        "credentials", "credentials.user", "dev.credentials.s3", "Authorization", "session_cookie",
    ],
)  # fmt: skip
def test_key_that_looks_secret(key: str) -> None:
    assert is_secret_key(key)


@pytest.mark.parametrize(
    "key",
    [
        "", "tokenizer", "n_tokens", "max_tokens", "max_token", "pad_token", "eos_token", "monkey", "keyboard", "key",
        "primary_key", "sort_key", "secretary", "passenger", "pass_rate", "compass", "author", "authors",
        "cookies_per_user", "bearing", "accuracy",
    ],
)  # fmt: skip
def test_key_that_only_resembles_one(key: str) -> None:
    assert not is_secret_key(key)
