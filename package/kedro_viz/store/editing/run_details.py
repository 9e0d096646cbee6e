"""Keeps what users say of runs: titles, notes, bookmarks, tags, and which are archived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, exists, insert, literal, select, update

from kedro_viz.store.editing import edits
from kedro_viz.store.editing.edits import EditError, check_text
from kedro_viz.store.editing.run_tags import clean_tags, write_tags
from kedro_viz.store.reading.rows import parts
from kedro_viz.store.reading.runs import RunReader
from kedro_viz.store.tables import runs, user_run_details
from kedro_viz.store.text_limits import MAX_NOTES_CHARACTERS, MAX_TITLE_CHARACTERS
from kedro_viz.tracking.run import Run

# Columns of `user_run_details`, with what is said in them.
_Values = dict[str, str | bool | None]


class RunNotFoundError(LookupError):
    """There is no run of that id."""

    def __init__(self, run_id: str) -> None:
        super().__init__(f"Given run_id: {run_id} doesn't exist")


@dataclass(frozen=True)
class RunEdit:
    """What a user says of runs. None leaves a field as it is.

    Attributes:
        title: A new title, of one run. A blank one is ignored; the run's id brings the default title back.
        notes: New notes. A blank text clears them.
        bookmark: Whether the runs are bookmarked.
        archived: Whether they are left out of lists.
        add_tags: Tags that they get.
        remove_tags: Tags that they lose.
    """

    title: str | None = None
    notes: str | None = None
    bookmark: bool | None = None
    archived: bool | None = None
    add_tags: Sequence[str] = ()
    remove_tags: Sequence[str] = ()


class RunDetails:
    """What users say of the runs of a store.

    Args:
        engine: A store of today's schema.
        read_only: Refuse edits, for a store that cannot keep them.
    """

    def __init__(self, engine: Engine, read_only: bool = False) -> None:
        self._engine = engine
        self._read_only = read_only
        self._runs = RunReader(engine)

    def update(
        self,
        run_id: str,
        *,
        title: str | None = None,
        notes: str | None = None,
        bookmark: bool | None = None,
        author: str | None = None,
    ) -> Run:
        """Keep what a user says of one run. See `RunEdit`.

        Raises:
            RunNotFoundError: If there is no such run.
            EditError: If a text cannot be kept, or the store cannot be written.
        """
        found = self.edit([run_id], RunEdit(title, notes, bookmark), author)
        if not found:
            raise RunNotFoundError(run_id)
        return found[0]

    def edit(self, run_ids: Sequence[str], edit: RunEdit, author: str | None = None) -> list[Run]:
        """Keep what a user says of runs: of all of them, or of none.

        Args:
            run_ids: The runs. Those that are not there are passed over: somebody may have deleted them meanwhile.
            edit: What is said.
            author: Who says so.

        Returns:
            The runs after the edit.

        Raises:
            EditError: If something cannot be kept, or the store cannot be written.
        """
        edits.refuse_if(self._read_only)
        values = _values(run_ids, edit)
        add, remove = clean_tags(edit.add_tags), clean_tags(edit.remove_tags)
        wanted = [run.id for run in self._runs.get(run_ids)]
        # An edit that says nothing must not look later than a colleague's that does.
        if wanted and (values or add or remove):
            with edits.kept(), self._engine.begin() as connection:
                at = edits.now()
                if values:
                    _write_details(connection, wanted, values, at, author)
                if add or remove:
                    write_tags(connection, wanted, add, remove, at, author)
        return self._runs.get(run_ids)


def _values(run_ids: Sequence[str], edit: RunEdit) -> _Values:
    values: _Values = {}
    if edit.title is not None and edit.title.strip():
        if len(run_ids) > 1:
            raise EditError(f"A title can be given to one run, not to {len(run_ids):,} at once.")
        check_text("The title has", edit.title, MAX_TITLE_CHARACTERS)
        values["title"] = None if edit.title.strip() in run_ids else edit.title.strip()
    if edit.notes is not None:
        check_text("The notes have", edit.notes, MAX_NOTES_CHARACTERS)
        values["notes"] = edit.notes if edit.notes.strip() else ""
    if edit.bookmark is not None:
        values["bookmark"] = edit.bookmark
    if edit.archived is not None:
        values["archived"] = edit.archived
    return values


def _write_details(
    connection: Connection, run_ids: Sequence[str], values: _Values, at: int, author: str | None
) -> None:
    details = user_run_details.c
    times = [f"{field}_updated_at" for field in values]
    changed = {time: edits.later_than(details[time], at) for time in [*times, "updated_at"]}
    new = {"bookmark": False, **values, **dict.fromkeys([*times, "updated_at"], at), "updated_by": author}
    for part in parts(run_ids):
        connection.execute(
            update(user_run_details).where(details.run_id.in_(part)).values(**values, **changed, updated_by=author)
        )
        unsaid = ~exists().where(details.run_id == runs.c.id)
        rows = select(runs.c.id, *(literal(value, details[name].type) for name, value in new.items()))
        connection.execute(
            insert(user_run_details).from_select(["run_id", *new], rows.where(runs.c.id.in_(part), unsaid))
        )
