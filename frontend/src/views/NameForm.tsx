import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import classes from './NameForm.module.css';

type NameFormProps = {
  label: string;
  name: string;
  /** What the button says. */
  action: string;
  onSave: (name: string) => Promise<unknown>;
  onCancel: () => void;
};

/** As long as the server keeps. */
const MAX_CHARACTERS = 200;

/** Asks for the name of a view. */
export function NameForm({ label, name, action, onSave, onCancel }: NameFormProps) {
  const [text, setText] = useState(name);
  const [saving, setSaving] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  // It was asked for by the click that put it here.
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    setSaving(true);
    await onSave(text.trim());
    setSaving(false);
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        className={classes.field}
        size="xs"
        aria-label={label}
        placeholder={label}
        maxLength={MAX_CHARACTERS}
        ref={input}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          // Leaves the name, not the whole menu.
          event.stopPropagation();
          onCancel();
        }}
      />
      <Button type="submit" variant="filled" loading={saving} disabled={text.trim() === ''}>
        {action}
      </Button>
      <Button variant="subtle" color="gray" onClick={onCancel}>
        Cancel
      </Button>
    </form>
  );
}
