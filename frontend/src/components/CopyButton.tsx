import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

/** Copies `text`; says so for a moment. */
export function CopyButton({
  text,
  label = 'Copy',
  size = 24,
}: {
  text: string;
  label?: string;
  size?: number;
}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Tooltip label={copied ? 'Copied' : label}>
      <ActionIcon
        size={size}
        aria-label={copied ? 'Copied' : label}
        onClick={() => copyText(text).then((done) => setCopied(done))}
      >
        {copied ? <IconCheck size={14} color="var(--success)" /> : <IconCopy size={14} />}
      </ActionIcon>
    </Tooltip>
  );
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
