import { IconAdjustments, IconDatabase, IconPackage } from '@tabler/icons-react';
import { ComparedConfigurationsQuery, ComparedDataQuery } from '../comparisonQueries.ts';
import type { PartProps } from '../TablePart.tsx';
import { configurationSections } from './configurationSections.ts';
import { dataSections } from './dataSections.ts';
import { environmentSections } from './environmentSections.ts';
import { useEnvironments } from './environments.ts';
import { RecordPart } from './RecordPart.tsx';
import { useRecord } from './useRecord.ts';

/** The data that the runs loaded and saved. */
export function DataPart(part: PartProps) {
  return (
    <RecordPart
      {...part}
      {...useRecord(ComparedDataQuery, part.runs)}
      build={dataSections}
      isRecorded={({ dataUses }) => dataUses.length > 0}
      subject="data"
      icon={IconDatabase}
      empty="What a run loads and saves is recorded while it runs. Data that only passes through memory is not told."
    />
  );
}

/** Python and the packages of the runs. */
export function EnvironmentPart(part: PartProps) {
  return (
    <RecordPart
      {...part}
      {...useEnvironments(part.runs)}
      build={environmentSections}
      isRecorded={({ environment }) => environment !== null}
      subject="environment"
      icon={IconPackage}
      empty="Python and its packages are recorded when a run begins."
    />
  );
}

/** How the runs were started, and their catalogs. */
export function ConfigurationPart(part: PartProps) {
  return (
    <RecordPart
      {...part}
      {...useRecord(ComparedConfigurationsQuery, part.runs)}
      build={configurationSections}
      isRecorded={({ configuration }) => configuration !== null}
      subject="configuration"
      icon={IconAdjustments}
      empty="How a run was started and its catalog are recorded when it begins."
    />
  );
}
