"""What `kedro` loads at each call, of whatever command: it imports nothing but click."""

from __future__ import annotations

import click

from kedro_viz.cli.run import run
from kedro_viz.cli.runs.group import runs

_HELP_OPTIONS = ["-h", "--help"]


class DefaultCommandGroup(click.Group):
    """A group that takes options without a command for options of its default command: `kedro viz --port 4999`."""

    default_command = "run"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command in front where the first argument is an option or missing."""
        if not args or (args[0].startswith("-") and args[0] not in _HELP_OPTIONS):
            args = [self.default_command, *args]
        return super().parse_args(ctx, args)


@click.group(name="Kedro-Viz")
def viz_cli() -> None:
    """Group of the commands that Kedro finds by the entry point `kedro.global_commands`."""


# Kedro shows a group's help among its own, where this one has nothing to say.
viz_cli.help = None


@viz_cli.group(name="viz", cls=DefaultCommandGroup, context_settings={"help_option_names": _HELP_OPTIONS})
@click.pass_context
def viz(ctx: click.Context) -> None:
    """See the runs and the pipelines of a Kedro project in the browser.

    Without a command, `kedro viz` does what `kedro viz run` does and takes its options.
    """
    from kedro_viz.cli.terminal import printable_logs

    ctx.with_resource(printable_logs())


viz.add_command(run)
viz.add_command(runs)
