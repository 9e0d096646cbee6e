"""Completes what Kedro knows of git in a session."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kedro_viz.tracking.source.git import SHORT_COMMIT, current_branch, current_commit


# Any: the session's data is what Kedro puts there.
def with_git(session: dict[str, Any]) -> dict[str, Any]:
    """A copy of a session's data with the git branch, which Kedro leaves out.

    Kedro leaves out the commit too where git is not installed, or refuses to work in somebody else's repository.
    """
    project_path = Path(session.get("project_path") or ".")
    git = session.get("git")
    if not isinstance(git, dict):
        commit = current_commit(project_path)
        if commit is None:
            return dict(session)
        git = {"commit_sha": commit[:SHORT_COMMIT]}
    return {**session, "git": {**git, "branch": git.get("branch") or current_branch(project_path)}}
