"""`kedro viz run`."""

from __future__ import annotations

from typing import Any

import click

from kedro_viz.cli.params import split_params


def checked_hosts(_context: click.Context, _option: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse what is no name of a host."""
    if names:
        from kedro_viz.api.access.hosts import KnownHosts

        try:
            KnownHosts(allowed=names)
        except ValueError as error:
            raise click.BadParameter(str(error)) from error
    return names


def checked_root(_context: click.Context, _option: click.Parameter, path: str) -> str:
    """Refuse what is no path of a URL."""
    if not path:
        return ""
    from kedro_viz.api.access.app_address import checked_root_path

    try:
        return checked_root_path(path)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


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
@click.option(
    "--no-token",
    is_flag=True,
    help="Ask nobody for a token, though --host is not only this machine. By default a token is made and printed, "
    "unless KEDRO_VIZ_TOKEN holds one.",
)
@click.option("--read-only", is_flag=True, help="Refuse all changes: nobody can edit or delete in the app.")
@click.option(
    "--allow-host",
    "allowed_hosts",
    multiple=True,
    metavar="NAME",
    callback=checked_hosts,
    help="A further name by which the app is reached, such as a reverse proxy's. Can be repeated; `*` allows any.",
)
@click.option(
    "--root-path",
    default="",
    metavar="PATH",
    callback=checked_root,
    help="The path below which a reverse proxy has the app. Only needed where pages are not found without it.",
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
    no_token: bool,
    read_only: bool,
    allowed_hosts: tuple[str, ...],
    root_path: str,
    include_hooks: bool,
) -> None:
    """Serve the app for the project in this folder. Ctrl-C stops it."""
    from kedro_viz.cli.access import AccessOptions
    from kedro_viz.cli.serving import ServeOptions, serve

    serve(
        ServeOptions(
            access=AccessOptions(host, no_token, read_only, allowed_hosts, root_path),
            port=port,
            browser=browser,
            env=env,
            runtime_params=params,
            pipeline=pipeline,
            autoreload=autoreload,
            include_hooks=include_hooks,
        )
    )
