"""How much people can add to runs, and how long the texts of a record from elsewhere may be: from a shared store, say.

What we record ourselves is shorter. A text from elsewhere can have any length, and would be sent to the browser with
each page that shows it.
"""

from __future__ import annotations

from kedro_viz.tracking.content import MAX_DOCUMENT_BYTES

# What a user can say of a run. The app refuses more, and a colleague's store cannot bring in more.
MAX_TITLE_CHARACTERS = 1_000
MAX_NOTES_CHARACTERS = 100_000
MAX_TAG_CHARACTERS = 100
MAX_RUN_TAGS = 50

# What can be kept of the views of a list.
MAX_VIEWS = 500
MAX_VIEW_NAME_CHARACTERS = 100
MAX_VIEW_STATE_BYTES = 20_000

# Names, paths, types, messages. A node that has no name of its own is called by all its inputs and outputs.
MAX_TEXT_CHARACTERS = 10_000

# By table and column.
_LONGER = {
    # Kedro's session: the command with its options, the git state, an exception.
    ("runs", "blob"): 1_000_000,
    # 50,000 are recorded; a session of Kedro-Viz 10 has all of it.
    ("runs", "error_traceback"): 100_000,
    # 10,000 are recorded, as JSON, which needs up to six characters for one.
    ("parameters", "value"): 100_000,
    ("tracked_json", "data"): MAX_DOCUMENT_BYTES,
    # Cut to its limit where it is taken over; here by one character more, which says that it goes on.
    ("user_run_details", "notes"): MAX_NOTES_CHARACTERS + 1,
    ("saved_views", "state"): MAX_VIEW_STATE_BYTES,
}

# What people read and no program does: the beginning of it is worth having. Half a name would be another name.
_CUT = {
    ("runs", "command"),
    ("runs", "error_message"),
    ("runs", "error_traceback"),
    ("artifacts", "problem"),
    ("user_run_details", "title"),
    ("user_run_details", "notes"),
}


def most_characters(table: str, column: str) -> int:
    """How long a text in a column may be."""
    return _LONGER.get((table, column), MAX_TEXT_CHARACTERS)


def may_be_cut(table: str, column: str) -> bool:
    """Whether a longer text in a column is kept in part; else it is not kept at all."""
    return (table, column) in _CUT
