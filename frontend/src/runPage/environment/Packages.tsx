import { IconSearchOff } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { LabelledCopyButton } from '../../components/CopyButton.tsx';
import { VisibleText } from '../../components/code/VisibleText.tsx';
import scrolled from '../../components/ScrolledTable.module.css';
import { SearchField } from '../../components/SearchField.tsx';
import { formatCount } from '../../formatting/numbers.ts';
import type { Package } from './environmentQuery.ts';
import classes from './Packages.module.css';
import { toRequirements } from './requirements.ts';

const ROW_HEIGHT = 30;

type PackagesProps = {
  packages: readonly Package[];
  find: string | undefined;
  onFind: (find: string | undefined) => void;
};

/** What was installed: a table that only has the rows in view. */
export function Packages({ packages, find, onFind }: PackagesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const found = useMemo(() => findPackages(packages, find), [packages, find]);
  const virtualizer = useVirtualizer({
    count: found.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 15,
  });
  const visible = virtualizer.getVirtualItems();
  const before = visible[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (visible.at(-1)?.end ?? 0);
  return (
    <>
      <div className={classes.toolbar}>
        <SearchField
          className={classes.search}
          label="Search packages"
          placeholder="Search packages…"
          value={find}
          onChange={onFind}
        />
        <span className={classes.count} role="status">
          {found.length < packages.length &&
            `${formatCount(found.length)} of ${formatCount(packages.length)}`}
        </span>
        <LabelledCopyButton text={() => toRequirements(packages)} label="Copy as requirements" />
      </div>
      {found.length === 0 ? (
        <p className={classes.nothing}>
          <IconSearchOff size={16} aria-hidden />
          {packages.length === 0 ? 'No packages were found.' : 'No matching packages.'}
        </p>
      ) : (
        <section
          ref={scroller}
          className={`${scrolled.scroller} ${classes.scroller}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          tabIndex={0}
          aria-label="Packages"
        >
          <table className={`${scrolled.table} ${classes.table}`} aria-rowcount={found.length + 1}>
            <thead>
              <tr aria-rowindex={1}>
                <th scope="col">Package</th>
                <th scope="col">Version</th>
              </tr>
            </thead>
            <tbody>
              {before > 0 && <tr aria-hidden style={{ height: before }} />}
              {visible.map(({ index }) => {
                const each = found[index];
                return (
                  each && (
                    <tr key={index} aria-rowindex={index + 2} style={{ height: ROW_HEIGHT }}>
                      <th scope="row" title={each.name} dir="auto">
                        <VisibleText text={each.name} />
                      </th>
                      <td title={each.source ?? each.version}>
                        <span className={classes.version}>
                          <VisibleText text={each.version} />
                        </span>
                        {each.source !== null && (
                          <span className={classes.source}>
                            <VisibleText text={each.source} />
                          </span>
                        )}
                      </td>
                    </tr>
                  )
                );
              })}
              {after > 0 && <tr aria-hidden style={{ height: after }} />}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}

function findPackages(packages: readonly Package[], text: string | undefined): readonly Package[] {
  const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return packages;
  return packages.filter(({ name, version, source }) => {
    const all = `${name}==${version} ${source ?? ''}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
