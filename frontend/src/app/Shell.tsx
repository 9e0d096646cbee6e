import { ActionIcon, Menu, Tooltip, useMantineColorScheme } from '@mantine/core';
import {
  IconCheck,
  IconDeviceDesktop,
  IconFlask2,
  IconHierarchy2,
  IconLock,
  IconMoon,
  IconPlugConnectedX,
  IconSun,
} from '@tabler/icons-react';
import { Link, Outlet } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { KeysButton } from '../components/keys/KeysButton.tsx';
import { NoticeBar } from '../components/NoticeBar.tsx';
import { NoticeStack } from '../components/NoticeStack.tsx';
import { graphql } from '../data/generated/index.ts';
import { useProject, useViewer } from '../data/project.tsx';
import { address } from '../data/server/address.ts';
import { DeletionNotices } from '../runs/deletion/DeletionNotices.tsx';
import { EditNotices } from '../runs/edits/EditNotices.tsx';
import { useConnectionState } from './connection.tsx';
import classes from './Shell.module.css';

const VersionQuery = graphql(`
  query Version {
    version {
      installed
    }
  }
`);

/** The frame around every page: the two destinations, the keys, the colour scheme, the state of the connection. */
export function Shell() {
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        Skip to content
      </a>
      <nav className={classes.rail} aria-label="Main">
        <Destination to="/" label="Pipeline" icon={<IconHierarchy2 size={20} stroke={1.6} aria-hidden />} />
        <Destination
          to="/experiment-tracking"
          label="Experiments"
          icon={<IconFlask2 size={20} stroke={1.6} aria-hidden />}
        />
        <span className={classes.spring} />
        <KeysButton />
        <SchemeMenu />
        <ReadOnlyMark />
        <VersionMark />
      </nav>
      <div className={classes.page}>
        <ConnectionBanner />
        <main id="content" className={classes.content} tabIndex={-1}>
          <Outlet />
        </main>
        <NoticeStack>
          <DeletionNotices />
          <EditNotices />
        </NoticeStack>
      </div>
    </div>
  );
}

function Destination(props: { to: '/' | '/experiment-tracking'; label: string; icon: React.ReactNode }) {
  return (
    <Tooltip label={props.label} position="right">
      <Link
        to={props.to}
        className={classes.destination}
        activeOptions={{ exact: props.to === '/', includeSearch: false }}
        aria-label={props.label}
      >
        {props.icon}
        <span className={classes.destinationLabel}>{props.label}</span>
      </Link>
    </Tooltip>
  );
}

const SCHEMES = [
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
  { value: 'auto', label: 'Like the system', icon: IconDeviceDesktop },
] as const;

function SchemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = SCHEMES.find(({ value }) => value === colorScheme)?.icon ?? IconDeviceDesktop;
  return (
    <Menu position="right-end">
      <Menu.Target>
        <ActionIcon size={36} aria-label="Colour scheme">
          <Current size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map(({ value, label, icon: Glyph }) => (
          <Menu.Item
            key={value}
            leftSection={<Glyph size={16} stroke={1.6} />}
            rightSection={colorScheme === value ? <IconCheck size={14} /> : undefined}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ReadOnlyMark() {
  const { mayEdit, mayDelete, refusal } = useViewer();
  if (mayEdit || mayDelete) return null;
  return (
    <Tooltip
      label={refusal}
      position="right"
      multiline
      maw={280}
      events={{ hover: true, focus: true, touch: true }}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: why nothing can be edited is said to keys, too */}
      <span className={classes.readOnly} role="note" tabIndex={0} aria-label={`Read-only. ${refusal ?? ''}`}>
        <IconLock size={14} stroke={1.8} aria-hidden />
        <span aria-hidden>Read-only</span>
      </span>
    </Tooltip>
  );
}

function VersionMark() {
  const [{ data }] = useQuery({ query: VersionQuery });
  const { project } = useProject();
  if (!data) return null;
  const { installed } = data.version;
  const facts = [`Kedro-Viz ${installed}`, project && `Kedro ${project.kedroVersion}`, 'licences'];
  return (
    <Tooltip label={facts.filter(Boolean).join(' · ')} position="right">
      <a
        className={classes.version}
        href={address('/third-party-notices.txt')}
        target="_blank"
        rel="noreferrer"
        aria-label={`Kedro-Viz ${installed}: licences of the packages in this app`}
      >
        {installed.split('.').slice(0, 2).join('.')}
      </a>
    </Tooltip>
  );
}

// A server that restarts is back before anybody needs to hear of it.
const SAY_LOST_AFTER_MS = 1500;

function ConnectionBanner() {
  const lost = useConnectionState() === 'lost';
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    if (!lost) {
      setVisible(false);
      return;
    }
    const timer = setTimeout(() => setVisible(true), SAY_LOST_AFTER_MS);
    return () => clearTimeout(timer);
  }, [lost]);
  return (
    <div role="status">
      {visible && (
        <NoticeBar icon={IconPlugConnectedX} tone="warning">
          The connection to <code>kedro viz</code> is lost. What you see may be old; it reconnects by itself.
        </NoticeBar>
      )}
    </div>
  );
}
