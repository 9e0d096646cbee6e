"""`python -m kedro_viz …`: what `kedro viz …` does, with standard output for the answer alone.

Kedro logs to standard output as soon as it is imported, before any command of a plugin is asked. What is piped into a
program must not begin with that.
"""

from __future__ import annotations

import contextlib
import sys


def main() -> None:
    """Run the command that the process was started with."""
    with contextlib.redirect_stdout(sys.stderr):
        import kedro.framework.project  # noqa: F401 - for what it logs

        from kedro_viz.cli.main import viz
    viz(prog_name="python -m kedro_viz")


if __name__ == "__main__":
    main()
