import type { EditableRunsQuery, RunEdit } from '../../data/generated/graphql.ts';

/** What people have said of a run. */
export type EditableRun = EditableRunsQuery['runMetadata'][number];

/** The parts of a run that a list or page may hold. */
type Editable = Pick<EditableRun, 'id'> & Partial<EditableRun>;

/** A run as it is after an edit. */
export function withEdit<Run extends Editable>(run: Run, edit: RunEdit): Run {
  const changed: Run = { ...run };
  if (edit.title !== undefined && edit.title !== null) changed.title = edit.title.trim() || run.id;
  if (edit.notes !== undefined && edit.notes !== null) changed.notes = edit.notes;
  if (edit.bookmark !== undefined && edit.bookmark !== null) changed.bookmark = edit.bookmark;
  if (edit.archived !== undefined && edit.archived !== null) changed.archived = edit.archived;
  if (run.tags && (edit.addTags || edit.removeTags)) {
    const removed = new Set(edit.removeTags?.map(toKey));
    const tags = run.tags.filter((tag) => !removed.has(toKey(tag)));
    const known = new Set(tags.map(toKey));
    tags.push(...(edit.addTags ?? []).filter((tag) => !known.has(toKey(tag))));
    changed.tags = tags.sort((one, other) => one.localeCompare(other));
  }
  return changed;
}

/** What two spellings of one tag have in common: upper and lower case make no difference. */
function toKey(tag: string): string {
  return tag.toLowerCase();
}

/** The edits that bring runs back to what they were before `edit`; runs that need the same one together. */
export function inverseEdits(
  before: readonly EditableRun[],
  edit: RunEdit,
): { runIds: string[]; edit: RunEdit }[] {
  const groups = new Map<string, { runIds: string[]; edit: RunEdit }>();
  for (const run of before) {
    const inverse = inverseOf(run, edit);
    if (Object.keys(inverse).length === 0) continue;
    const key = JSON.stringify(inverse);
    const group = groups.get(key) ?? { runIds: [], edit: inverse };
    group.runIds.push(run.id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function inverseOf(run: EditableRun, edit: RunEdit): RunEdit {
  const after = withEdit(run, edit);
  const inverse: RunEdit = {};
  if (after.title !== run.title) inverse.title = run.title;
  if ((after.notes ?? '') !== (run.notes ?? '')) inverse.notes = run.notes ?? '';
  if ((after.bookmark ?? false) !== (run.bookmark ?? false)) inverse.bookmark = run.bookmark ?? false;
  if (after.archived !== run.archived) inverse.archived = run.archived;
  const added = after.tags.filter((tag) => !run.tags.includes(tag));
  const removed = run.tags.filter((tag) => !after.tags.includes(tag));
  if (added.length > 0) inverse.removeTags = added;
  if (removed.length > 0) inverse.addTags = removed;
  return inverse;
}

/** An edit in words, as in "3 runs archived"; `what` names the runs. */
export function tellEdit(what: string, edit: RunEdit): string {
  const { addTags, removeTags } = edit;
  if (edit.archived !== undefined && edit.archived !== null) {
    return edit.archived ? `${what} archived` : `${what} taken out of the archive`;
  }
  if (edit.bookmark !== undefined && edit.bookmark !== null) {
    return edit.bookmark ? `${what} bookmarked` : `${what} not bookmarked any more`;
  }
  if (edit.title !== undefined && edit.title !== null) return `Title of ${what} changed`;
  if (edit.notes !== undefined && edit.notes !== null) return `Notes of ${what} changed`;
  if (addTags?.length && !removeTags?.length) return `${what} tagged ${addTags.join(', ')}`;
  if (removeTags?.length && !addTags?.length) return `${what} no longer tagged ${removeTags.join(', ')}`;
  return `Tags of ${what} changed`;
}
