import { Modal } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import classes from './KeyList.module.css';
import type { KeyAction, KeyGroup } from './keyRegistry.ts';
import { openKeys } from './useKeys.ts';

type KeyListProps = { opened: boolean; onClose: () => void };

/** All that keys do on the page that is open. */
export default function KeyList({ opened, onClose }: KeyListProps) {
  const groups = useSyncExternalStore(openKeys.subscribe, () => openKeys.groups);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Keys"
      size={640}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ content: classes.content, title: classes.title }}
    >
      <div className={classes.groups}>
        {mergeGroups(groups).map(({ title, actions }) => (
          <div key={title} className={classes.group}>
            <h3>{title}</h3>
            <dl>
              {actions.map((action) => (
                <Entry key={action.label} {...action} />
              ))}
            </dl>
          </div>
        ))}
      </div>
    </Modal>
  );
}

function Entry({ keys, label }: KeyAction) {
  return (
    <div className={classes.entry}>
      <dt>{label}</dt>
      <dd>
        {keys.map((key, index) => (
          <span key={key}>
            {index > 0 && ' or '}
            {namesOfKeys(key).map((name) => (
              <kbd key={name}>{name}</kbd>
            ))}
          </span>
        ))}
      </dd>
    </div>
  );
}

/** Several components may put keys under one heading. */
function mergeGroups(groups: readonly KeyGroup[]): KeyGroup[] {
  const merged = new Map<string, KeyAction[]>();
  for (const { title, actions } of groups) merged.set(title, [...(merged.get(title) ?? []), ...actions]);
  return [...merged].map(([title, actions]) => ({ title, actions }));
}

const ON_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

const NAMES: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  PageUp: 'Page up',
  PageDown: 'Page down',
  Mod: ON_MAC ? '⌘' : 'Ctrl',
  Alt: ON_MAC ? '⌥' : 'Alt',
};

function namesOfKeys(key: string): string[] {
  return (key === '+' ? ['+'] : key.split('+')).map(
    (part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part),
  );
}
