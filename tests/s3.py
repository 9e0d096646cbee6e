"""A server that speaks S3's protocol, and the environment in which users reach it."""

from __future__ import annotations

import os
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from moto.server import ThreadedMotoServer

BUCKET = "team"


@contextmanager
def s3_server() -> Iterator[str]:
    """Run a server, and give its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def empty_bucket(server: str, environment: pytest.MonkeyPatch) -> str:
    """Make an empty bucket, export what the documentation has users export, and give a folder's URL in the bucket."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "an_access_key_id",
        "AWS_SECRET_ACCESS_KEY": "a_secret_access_key",
        "AWS_REGION": "eu-west-1",
        "AWS_ENDPOINT_URL": server,
        # Nothing of this machine's own.
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }.items():
        environment.setenv(name, value)
    environment.delenv("AWS_DEFAULT_REGION", raising=False)
    for method, path in (("POST", "moto-api/reset"), ("PUT", BUCKET)):
        urllib.request.urlopen(urllib.request.Request(f"{server}/{path}", method=method)).close()
    return f"s3://{BUCKET}/path/to/experiments"
