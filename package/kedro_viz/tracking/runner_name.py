"""Names the runner of a run, of which Kedro tells its class's name or how the runner writes itself."""

from __future__ import annotations


def runner_class(runner: object) -> str | None:
    """The class of a runner, as `kedro run --runner` takes it: its name, or its whole path if it is not Kedro's.

    Args:
        runner: What Kedro passes: None, the class's name, or a text such as
            `<kedro.runner.thread_runner.ThreadRunner object at 0x…>`.

    Returns:
        None if it cannot be told.
    """
    text = str(runner)
    if text == "None":
        return "SequentialRunner"
    path = text.removeprefix("<").split(" ", 1)[0].split("(", 1)[0].strip("<>'\"")
    return (_last(path) if path.startswith("kedro.runner.") else path) or None


def runner_name(runner: object) -> str | None:
    """The name of a runner's class, without its module."""
    return _last(runner_class(runner) or "") or None


def _last(path: str) -> str:
    return path.rpartition(".")[2]
