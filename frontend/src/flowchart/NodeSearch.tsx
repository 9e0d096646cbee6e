import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { formatCount } from '../formatting/numbers.ts';
import classes from './FlowchartPage.module.css';
import { type GraphNode, searchNodes } from './graph.ts';
import { NodeIcon } from './NodeIcon.tsx';

/** More matches than this are counted and not listed: the search is to be refined. */
const LISTED = 50;

export type NodeSearchProps = { nodes: readonly GraphNode[]; onSelect: (id: string) => void };

/** Finds a node by its name. */
export function NodeSearch({ nodes, onSelect }: NodeSearchProps) {
  const [search, setSearch] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const found = useMemo(() => searchNodes(nodes, search), [nodes, search]);
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        onSelect(id);
        setSearch('');
        combobox.closeDropdown();
      }}
      position="bottom-start"
      width={340}
    >
      <Combobox.Target>
        <TextInput
          className={classes.search}
          size="xs"
          placeholder="Find a node"
          aria-label="Find a node"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            combobox.openDropdown();
            combobox.selectFirstOption();
          }}
          onClick={() => combobox.openDropdown()}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={360} className={classes.found}>
          {found.length === 0 && <Combobox.Empty>No matching nodes</Combobox.Empty>}
          {found.slice(0, LISTED).map((node) => (
            <Combobox.Option key={node.id} value={node.id} className={classes.option}>
              <NodeIcon node={node} size={14} />
              <span>{node.fullName}</span>
            </Combobox.Option>
          ))}
          {found.length > LISTED && (
            <Combobox.Footer className={classes.more}>
              {formatCount(found.length - LISTED)} more: type on to narrow it down
            </Combobox.Footer>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
