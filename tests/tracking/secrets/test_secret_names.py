"""Names tell secrets, and names that only resemble them do not."""

from __future__ import annotations

import pytest

from kedro_viz.tracking.secrets.secret_names import is_secret_key, secret_names_in


@pytest.mark.parametrize(
    "key",
    [
        "password", "db_password", "dbPassword", "dbpassword", "PGPASSWORD", "passwd", "MYSQL_PWD", "passphrase",
        "token", "access_token", "accessToken", "authtoken", "github-token", "bot_token",
        "secret", "client_secret", "clientSecret", "clientsecret", "SECRET_KEY",
        "api_key", "apiKey", "APIKey", "apikey", "X-API-Key", "aws_access_key_id", "AWS_SECRET_ACCESS_KEY",
        "private_key", "account_key", "encryption_key", "connection_string", "sas_url", "sentry_dsn",
        "credentials", "credentials.user", "dev.credentials.s3", "Authorization", "session_cookie",
        "pw", "db_pw", "creds", "aws_creds", "cred", "tokens", "auth.tokens", "sas", "blob_sas", "sas_uri",
        "KAGGLE_KEY", "wandb_key", "otp", "seed_phrase", "ADO_PAT", "API key",
        "pass_word", "pass_phrase", "privkey", "db_passwort", "Kennwort", "wachtwoord", "contrasena",
    ],
)  # fmt: skip
def test_key_that_looks_secret(key: str) -> None:
    assert is_secret_key(key)


# Taken from what these tools document, so that a name is tested whether the rules were made for it or not.
NAMES_OF_TOOLS = {
    "AWS": "AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_SECURITY_TOKEN AWS_BEARER_TOKEN_BEDROCK "
    "AWS_CONTAINER_AUTHORIZATION_TOKEN aws_secret_access_key SecretAccessKey SecretString",
    "Azure": "AZURE_CLIENT_SECRET AZURE_PASSWORD AZURE_STORAGE_KEY AZURE_STORAGE_CONNECTION_STRING "
    "AZURE_STORAGE_SAS_TOKEN AZURE_CLIENT_CERTIFICATE_PASSWORD AZURE_OPENAI_API_KEY AZURE_DEVOPS_EXT_PAT "
    "APPLICATIONINSIGHTS_CONNECTION_STRING APPINSIGHTS_INSTRUMENTATIONKEY ARM_ACCESS_KEY Ocp-Apim-Subscription-Key "
    "AccountKey SharedAccessKey SharedAccessSignature account_key connectionString x-functions-key",
    "Google Cloud": "GOOGLE_API_KEY GOOGLE_CLIENT_SECRET GOOGLE_OAUTH_ACCESS_TOKEN CLOUDSDK_AUTH_ACCESS_TOKEN "
    "private_key private_key_id refresh_token GCP_SA_KEY GOOGLE_CREDENTIALS",
    "Airflow": "AIRFLOW__CORE__FERNET_KEY AIRFLOW__WEBSERVER__SECRET_KEY AIRFLOW__SMTP__SMTP_PASSWORD "
    "AIRFLOW__API_AUTH__JWT_SECRET AIRFLOW__CELERY__FLOWER_BASIC_AUTH _AIRFLOW_WWW_USER_PASSWORD",
    "Django": "SECRET_KEY SECRET_KEY_FALLBACKS EMAIL_HOST_PASSWORD SIGNING_KEY AWS_S3_SECRET_ACCESS_KEY "
    "SOCIAL_AUTH_GITHUB_SECRET RECAPTCHA_PRIVATE_KEY",
    "dbt": "DBT_ENV_SECRET_GIT_CREDENTIAL DBT_PASSWORD DBT_CLOUD_API_TOKEN DBT_CLOUD_API_KEY pass token "
    "private_key_passphrase sslpassword",
    "Snowflake": "SNOWFLAKE_PASSWORD SNOWFLAKE_PRIVATE_KEY SNOWFLAKE_PAT SNOWSQL_PWD SNOWSQL_PRIVATE_KEY_PASSPHRASE "
    "private_key_file_pwd passcode oauth_client_secret",
    "MLflow and the like": "MLFLOW_TRACKING_PASSWORD MLFLOW_TRACKING_TOKEN MLFLOW_FLASK_SERVER_SECRET_KEY "
    "DATABRICKS_TOKEN DATABRICKS_CLIENT_SECRET WANDB_API_KEY COMET_API_KEY NEPTUNE_API_TOKEN HF_TOKEN OPENAI_API_KEY",
    "databases": "PGPASSWORD POSTGRES_PASSWORD MYSQL_ROOT_PASSWORD MYSQL_PWD REDIS_PASSWORD REDISCLI_AUTH "
    "ELASTIC_PASSWORD MINIO_ROOT_PASSWORD RABBITMQ_DEFAULT_PASS RABBITMQ_ERLANG_COOKIE sasl_plain_password",
    "services": "DD_API_KEY DD_APP_KEY NEW_RELIC_LICENSE_KEY SENTRY_DSN SENTRY_AUTH_TOKEN SLACK_BOT_TOKEN "
    "SLACK_SIGNING_SECRET SLACK_WEBHOOK_URL RAILS_MASTER_KEY GITHUB_PAT GH_TOKEN CI_JOB_TOKEN NPM_TOKEN VAULT_TOKEN "
    "DOCKER_AUTH_CONFIG SSH_PRIVATE_KEY GPG_PRIVATE_KEY",
    "people": "db_pass DB_PASS DB_PASS_2 dbPass dbpass DB_PASS_PROD smtp-pass PGPASS userpass api_keys apiKeys APIKeys "
    "apikeys access_keys private_keys access_tokens auth_tokens connection_strings conn_str master_key ssh_key "
    "auth_key storage_key accountkey basic_auth jwt id_jwt openai_key",
}  # fmt: skip


@pytest.mark.parametrize("names", NAMES_OF_TOOLS.values(), ids=NAMES_OF_TOOLS)
def test_names_of_secrets_in_other_tools(names: str) -> None:
    assert [name for name in names.split() if not is_secret_key(name)] == []
    assert [name for name in names.split() if name not in secret_names_in(f'before\n{name} = "x"\n')] == []


@pytest.mark.parametrize(
    "key",
    [
        "", "tokenizer", "n_tokens", "max_tokens", "max_token", "pad_token", "eos_token", "monkey", "keyboard", "key",
        "primary_key", "sort_key", "secretary", "passenger", "pass_rate", "compass", "author", "authors",
        "cookies_per_user", "bearing", "accuracy", "keys", "n_passes", "passes", "forward_pass", "backward_pass",
        "low_pass", "bypass", "foreign_key", "partition_key", "key_columns", "public_key", "token_count", "token_type",
        "tokens_per_second", "session", "session_id", "auth", "storage", "connection", "jwt_algorithm", "pattern",
        "AWS_REGION", "AZURE_TENANT_ID", "GOOGLE_CLOUD_PROJECT", "AIRFLOW__CORE__EXECUTOR", "DJANGO_SETTINGS_MODULE",
        "password_length", "min_password_length", "password_column", "secret_name", "api_key_header", "token_url",
        "credentials_path", "n_secrets", "num_credentials", "special_tokens", "stop_tokens", "tokens_used",
        "vocab_tokens", "sas_dataset", "s3_key", "redis_key", "cache_key", "power", "credit", "disaster", "patient",
        "SNOWFLAKE_ACCOUNT", "MLFLOW_TRACKING_URI", "MLFLOW_TRACKING_USERNAME", "PGHOST", "PGUSER", "DATABASE_NAME",
    ],
)  # fmt: skip
def test_key_that_only_resembles_one(key: str) -> None:
    assert not is_secret_key(key)
