import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

type CopyButtonProps = {
  /** A function where the text is only made when it is asked for. */
  text: string | (() => string);
  label?: string;
};

/** Copies `text`; says so for a moment. */
export function CopyButton({ text, label = 'Copy', size = 24 }: CopyButtonProps & { size?: number }) {
  const [copied, copy] = useCopy(text);
  return (
    <Tooltip label={copied ? 'Copied' : label}>
      <ActionIcon size={size} aria-label={copied ? 'Copied' : label} onClick={copy}>
        {copied ? <IconCheck size={14} color="var(--success)" /> : <IconCopy size={14} />}
      </ActionIcon>
    </Tooltip>
  );
}

/** The same with its label to be seen. */
export function LabelledCopyButton({ text, label = 'Copy' }: CopyButtonProps) {
  const [copied, copy] = useCopy(text);
  return (
    <Button
      leftSection={
        copied ? (
          <IconCheck size={14} color="var(--success)" aria-hidden />
        ) : (
          <IconCopy size={14} aria-hidden />
        )
      }
      onClick={copy}
    >
      {copied ? 'Copied' : label}
    </Button>
  );
}

function useCopy(text: string | (() => string)): [copied: boolean, copy: () => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  return [copied, () => void copyText(typeof text === 'string' ? text : text()).then(setCopied)];
}

/** Puts text on the clipboard; false where the browser does not let us (a page over plain HTTP has no clipboard). */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  field.select();
  // Deprecated, but the only way without a secure context.
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
