import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import {
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconChartLine,
  IconDownload,
  IconFileTypeCsv,
  IconFileTypePng,
  IconFileTypeSvg,
  IconTable,
} from '@tabler/icons-react';
import { useState } from 'react';
import { download, toCsv } from '../../formatting/csv.ts';
import { downloadBlob, toFileName } from '../../formatting/download.ts';
import { useChartColours } from '../runs/chartColours.ts';
import classes from './ChartFrame.module.css';
import { toPngFile, toSvgDocument } from './chartPicture.ts';
import { type ChartTable, toRows } from './chartTable.ts';
import type { PictureRef } from './usePicture.ts';

const ICON = { size: 14, stroke: 1.6, 'aria-hidden': true } as const;

type ChartActionsProps = {
  title: string;
  picture: PictureRef;
  table: ChartTable;
  asTable: boolean;
  onAsTableChange: (asTable: boolean) => void;
  full: boolean;
  onFullChange: (full: boolean) => void;
};

/** What can be done with every chart. */
export function ChartActions(props: ChartActionsProps) {
  const { title, picture, table, asTable, onAsTableChange, full, onFullChange } = props;
  const colours = useChartColours();
  const [problem, setProblem] = useState<string>();

  const save = async (write: () => Promise<void>): Promise<void> => {
    setProblem(undefined);
    try {
      await write();
    } catch (error) {
      setProblem(`The file could not be written: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const drawn = () => {
    const current = picture.current?.();
    if (current === undefined) throw new Error('the chart has nothing to draw.');
    return current;
  };
  const savePng = () =>
    save(async () => downloadBlob(toFileName(title, 'png'), await toPngFile(drawn(), title, colours)));
  const saveSvg = () =>
    save(async () => {
      const svg = await toSvgDocument(drawn(), title, colours);
      downloadBlob(toFileName(title, 'svg'), new Blob([svg], { type: 'image/svg+xml;charset=utf-8' }));
    });
  const saveCsv = () =>
    save(async () => download(toFileName(title, 'csv'), toCsv(toRows(table)), 'text/csv'));

  const TableIcon = asTable ? IconChartLine : IconTable;
  const SizeIcon = full ? IconArrowsMinimize : IconArrowsMaximize;
  return (
    <span className={classes.actions}>
      {problem && (
        <span role="alert" className={classes.problem}>
          {problem}
        </span>
      )}
      <Tooltip label={asTable ? 'Show the chart' : 'Show as a table'}>
        <ActionIcon
          size={24}
          aria-label={`Show ${title} as a table`}
          aria-pressed={asTable}
          onClick={() => onAsTableChange(!asTable)}
        >
          <TableIcon {...ICON} />
        </ActionIcon>
      </Tooltip>
      <Menu position="bottom-end" withinPortal returnFocus>
        <Menu.Target>
          <Tooltip label="Save">
            <ActionIcon size={24} aria-label={`Save ${title}`}>
              <IconDownload {...ICON} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFileTypePng {...ICON} />} onClick={savePng}>
            Picture (PNG)
          </Menu.Item>
          <Menu.Item leftSection={<IconFileTypeSvg {...ICON} />} onClick={saveSvg}>
            Vector graphic (SVG)
          </Menu.Item>
          <Menu.Item leftSection={<IconFileTypeCsv {...ICON} />} onClick={saveCsv}>
            Values (CSV)
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Tooltip label={full ? 'Leave full screen' : 'Full screen'}>
        <ActionIcon
          size={24}
          aria-label={full ? 'Leave full screen' : `Show ${title} in full screen`}
          onClick={() => onFullChange(!full)}
        >
          <SizeIcon {...ICON} />
        </ActionIcon>
      </Tooltip>
    </span>
  );
}
