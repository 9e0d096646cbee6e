"""`kedro viz run`."""

from __future__ import annotations

from typing import Any

import click

from kedro_viz.cli.params import split_params


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=4141,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="TCP port to listen on. If it is in use, the next free one is taken.",
)
@click.option(
    "--browser/--no-browser",
    default=True,
    show_default=True,
    help="Whether to open the page in the browser. Only done if this machine is the host.",
)
@click.option(
    "--env",
    "-e",
    envvar="KEDRO_ENV",
    help="Kedro configuration environment. By default the project's own, which is mostly `local`.",
)
@click.option(
    "--params",
    default="",
    callback=split_params,
    help="Parameters that take the place of the configured ones: `key=value`, separated by commas, as for `kedro run`.",
)
@click.option("--pipeline", "-p", help="The registered pipeline to show. By default all are there to choose from.")
@click.option(
    "--autoreload",
    "-a",
    is_flag=True,
    help="Read the pipelines and the catalog again when a Python, YAML, JSON or TOML file of the project changes.",
)
@click.option("--include-hooks", is_flag=True, help="Let the hooks of the project and of plugins change the catalog.")
def run(
    host: str,
    port: int,
    browser: bool,
    env: str | None,
    # Any: a parameter is of whatever type YAML makes of its text.
    params: dict[str, Any],
    pipeline: str | None,
    autoreload: bool,
    include_hooks: bool,
) -> None:
    """Serve the app for the project in this folder. Ctrl-C stops it."""
    from kedro_viz.cli.serving import ServeOptions, serve

    serve(
        ServeOptions(
            host=host,
            port=port,
            browser=browser,
            env=env,
            runtime_params=params,
            pipeline=pipeline,
            autoreload=autoreload,
            include_hooks=include_hooks,
        )
    )
