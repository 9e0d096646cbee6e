import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useQuery } from 'urql';
import { readRunSearch } from '../address/search.ts';
import { IconLink } from '../components/ButtonLink.tsx';
import { useDeletionsSnapshot } from '../runs/deletion/deletionContext.tsx';
import { lastListedOrder } from '../runs/runOrder.ts';
import { NewestRunsQuery } from '../runs/runQueries.ts';
import classes from './Neighbours.module.css';

/** Ways to the runs before and after this one, in the order of the list that one came from. */
export function Neighbours({ id }: { id: string }) {
  const [listed] = useState(lastListedOrder);
  const known = listed.includes(id);
  const [{ data }] = useQuery({ query: NewestRunsQuery, variables: { first: 200 }, pause: known });
  const { deletedIds } = useDeletionsSnapshot();
  const order = (known ? listed : (data?.runs.edges.map((edge) => edge.node.id) ?? [])).filter(
    (other) => other === id || !deletedIds.has(other),
  );
  const at = order.indexOf(id);
  const neighbours = [
    { label: 'Previous run in the list', id: order[at - 1], icon: IconChevronLeft },
    { label: 'Next run in the list', id: at < 0 ? undefined : order[at + 1], icon: IconChevronRight },
  ];
  return (
    <span className={classes.root}>
      {neighbours.map(({ label, id: other, icon: Glyph }) =>
        other === undefined ? (
          <ActionIcon key={label} disabled aria-label={label}>
            <Glyph size={16} aria-hidden />
          </ActionIcon>
        ) : (
          <Tooltip key={label} label={label}>
            <IconLink
              aria-label={label}
              to="/experiment-tracking/runs/$runId"
              params={{ runId: other }}
              search={(now) => ({ ...readRunSearch(now), plot: undefined })}
            >
              <Glyph size={16} aria-hidden />
            </IconLink>
          </Tooltip>
        ),
      )}
    </span>
  );
}
