import type { AskQueryHelp } from './queryHelp.ts';

/** What a field for queries is told and tells, whether it is a plain one or the editor. */
export type FieldOptions = {
  label: string;
  placeholder: string;
  /** The id of the element that tells what is wrong. */
  describedBy: string;
  ask: AskQueryHelp;
  /** Queries of before, offered in an empty field. */
  recent: () => string[];
  onChange: (text: string) => void;
  onEnter: () => void;
  onEscape: () => void;
  onBlur: () => void;
  /** Told when suggestions are looked for or open, and when there are none any more. */
  onSuggesting: (suggesting: boolean) => void;
};
