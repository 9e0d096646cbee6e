"""`kedro viz runs`: its commands, each imported only when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

_COMMANDS = ("compare", "delete", "export", "list", "reproduce", "show")


class _LazyGroup(click.Group):
    """A group whose commands are the modules beside this one, each with one command."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """The commands' names."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """A command by its name; None if there is none."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"kedro_viz.cli.runs.{cmd_name}")
        return next(value for value in vars(module).values() if isinstance(value, click.Command))


@click.group(name="runs", cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def runs() -> None:
    """List, compare, export, show, reproduce and delete recorded runs in the terminal.

    ID is a run's id, the beginning of one that no other run's id has, or `latest`.
    """
