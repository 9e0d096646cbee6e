import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';

type SearchFieldProps = {
  label: string;
  placeholder: string;
  /** What is searched for, as the address has it. */
  value: string | undefined;
  /** Told once somebody has stopped typing. */
  onChange: (value: string | undefined) => void;
  /** How long that is, in milliseconds. */
  delay?: number;
  /** Stands at the end while the field is empty. */
  help?: ReactNode;
  className?: string;
};

/** A search whose text stands in the address. */
export function SearchField(props: SearchFieldProps) {
  const { label, placeholder, value = '', onChange, delay = 250, help, className } = props;
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const send = useDebouncedCallback((next: string) => {
    sent.current = next;
    onChange(next || undefined);
  }, delay);
  useEffect(() => {
    // The address changed without the field: back, forward, "clear the search".
    if (value !== sent.current) {
      sent.current = value;
      setText(value);
    }
  }, [value]);
  const change = (next: string) => {
    setText(next);
    send(next.trim());
  };
  return (
    <TextInput
      className={className}
      size="xs"
      type="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        text ? <CloseButton size="xs" aria-label="Clear the search" onClick={() => change('')} /> : help
      }
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') change('');
      }}
    />
  );
}
