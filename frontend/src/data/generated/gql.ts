/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query Version {\n    version {\n      installed\n    }\n  }\n": typeof types.VersionDocument,
    "\n  query RunNames($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      title\n      startedAt\n    }\n  }\n": typeof types.RunNamesDocument,
    "\n  query ChartedColumns {\n    metricColumns {\n      id\n      dataset\n      key\n      runs\n      direction\n      min\n      max\n    }\n    parameterColumns {\n      name\n      runs\n      kind\n      distinct\n      min\n      max\n    }\n  }\n": typeof types.ChartedColumnsDocument,
    "\n  query ParameterImportance($metric: ID!, $search: String, $archived: Boolean) {\n    parameterImportance(metric: $metric, search: $search, archived: $archived) {\n      method\n      runs\n      explained\n      note\n      parameters {\n        name\n        importance\n        correlation\n      }\n    }\n  }\n": typeof types.ParameterImportanceDocument,
    "\n  query ComparedRuns($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      ...RunHead\n    }\n  }\n": typeof types.ComparedRunsDocument,
    "\n  query ComparedOverview($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      ...RunHead\n      notes\n      peakMemory\n      author\n      gitRemote\n      runCommand\n      project\n      pipeline\n      env\n      runner\n      kedroVersion\n      error {\n        type\n        message\n      }\n      metrics {\n        id\n        dataset\n        key\n        value\n      }\n      parameters {\n        name\n        json\n      }\n    }\n  }\n": typeof types.ComparedOverviewDocument,
    "\n  query ComparedJson($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      trackedJson {\n        dataset\n        json\n        problem\n      }\n    }\n  }\n": typeof types.ComparedJsonDocument,
    "\n  query ComparedPlots($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      plots {\n        ...Artifact\n      }\n    }\n  }\n": typeof types.ComparedPlotsDocument,
    "\n  query ComparedData($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      dataUses {\n        ...DataUse\n      }\n    }\n  }\n": typeof types.ComparedDataDocument,
    "\n  query ComparedEnvironmentIds($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      environment {\n        id\n      }\n    }\n  }\n": typeof types.ComparedEnvironmentIdsDocument,
    "\n  query ComparedEnvironments($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      environment {\n        id\n        ...Environment\n      }\n    }\n  }\n": typeof types.ComparedEnvironmentsDocument,
    "\n  query ComparedConfigurations($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      configuration {\n        run\n        catalog\n      }\n    }\n  }\n": typeof types.ComparedConfigurationsDocument,
    "\n  query ComparedCode($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      source {\n        id\n        problem\n      }\n    }\n  }\n": typeof types.ComparedCodeDocument,
    "\n  query SourceFiles($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      source {\n        id\n        files {\n          ...SourceFile\n        }\n      }\n    }\n  }\n": typeof types.SourceFilesDocument,
    "\n  query SourceTexts($before: ID!, $beforePath: String!, $after: ID!, $afterPath: String!) {\n    before: run(id: $before) {\n      id\n      sourceFile(path: $beforePath)\n    }\n    after: run(id: $after) {\n      id\n      sourceFile(path: $afterPath)\n    }\n  }\n": typeof types.SourceTextsDocument,
    "\n  query ComparedSeries($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      series(maxPoints: 4) {\n        ...SeriesSummary\n      }\n      trackedJson {\n        dataset\n        json\n      }\n    }\n  }\n": typeof types.ComparedSeriesDocument,
    "\n  fragment Artifact on Artifact {\n    dataset\n    datasetType\n    name\n    mediaType\n    size\n    url\n    problem\n  }\n": typeof types.ArtifactFragmentDoc,
    "\n  subscription Changes {\n    changes\n  }\n": typeof types.ChangesDocument,
    "\n  query Project {\n    project {\n      name\n      packageName\n      kedroVersion\n      settingsPath\n      store {\n        configured\n        location\n        remoteLocation\n        totalRuns\n      }\n      indexing {\n        running\n        done\n        total\n      }\n      problems {\n        title\n        detail\n        code\n      }\n    }\n    viewer {\n      mayEdit\n      mayDelete\n      refusal\n    }\n  }\n": typeof types.ProjectDocument,
    "\n  query HistoryColumns {\n    metricColumns {\n      id\n      dataset\n      key\n      direction\n    }\n  }\n": typeof types.HistoryColumnsDocument,
    "\n  query Flowchart($pipeline: ID) {\n    flowchart(pipeline: $pipeline) {\n      state\n      error {\n        type\n        message\n        traceback\n      }\n      pipelines {\n        id\n        name\n      }\n      selectedPipeline\n      nodes {\n        id\n        name\n        fullName\n        kind\n        namespace\n        tags\n        datasetType\n        filepath\n        group\n        problem\n        sourcePath\n      }\n      edges {\n        source\n        target\n      }\n    }\n  }\n": typeof types.FlowchartDocument,
    "\n  query NodeDetails($pipeline: ID) {\n    flowchart(pipeline: $pipeline) {\n      nodes {\n        id\n        code\n        parameters\n      }\n    }\n  }\n": typeof types.NodeDetailsDocument,
    "\n  query LatestTracked($first: Int!, $json: Boolean!, $plots: Boolean!) {\n    runs(first: $first) {\n      edges {\n        node {\n          id\n          title\n          startedAt\n          trackedJson @include(if: $json) {\n            dataset\n            json\n            problem\n          }\n          plots @include(if: $plots) {\n            ...Artifact\n          }\n        }\n      }\n    }\n  }\n": typeof types.LatestTrackedDocument,
    "\n  query QueryHelp($text: String!, $position: Int!) {\n    queryHelp(text: $text, position: $position) {\n      isExpression\n      problem {\n        message\n        start\n        end\n      }\n      suggestions {\n        text\n        label\n        kind\n        detail\n        start\n        end\n      }\n    }\n  }\n": typeof types.QueryHelpDocument,
    "\n  query QueryExamples {\n    metricColumns {\n      id\n      runs\n      min\n      max\n      direction\n    }\n    parameterColumns {\n      name\n      runs\n      min\n      max\n    }\n  }\n": typeof types.QueryExamplesDocument,
    "\n  fragment DataUse on DataUse {\n    dataset\n    datasetType\n    saved\n    path\n    version\n    size\n    fingerprint\n  }\n": typeof types.DataUseFragmentDoc,
    "\n  query RunData($id: ID!) {\n    run(id: $id) {\n      id\n      dataUses {\n        ...DataUse\n      }\n    }\n  }\n": typeof types.RunDataDocument,
    "\n  fragment Environment on Environment {\n    id\n    python\n    implementation\n    platform\n    packages {\n      name\n      version\n      source\n    }\n  }\n": typeof types.EnvironmentFragmentDoc,
    "\n  query RunEnvironment($id: ID!) {\n    run(id: $id) {\n      id\n      environment {\n        ...Environment\n      }\n      configuration {\n        run\n        parameters\n        catalog\n      }\n    }\n  }\n": typeof types.RunEnvironmentDocument,
    "\n  fragment SourceFile on SourceFile {\n    path\n    size\n    hash\n    redacted\n    problem\n  }\n": typeof types.SourceFileFragmentDoc,
    "\n  query RunCode($id: ID!) {\n    run(id: $id) {\n      id\n      gitDiff\n      source {\n        id\n        problem\n        files {\n          ...SourceFile\n        }\n      }\n    }\n  }\n": typeof types.RunCodeDocument,
    "\n  query SourceFile($id: ID!, $path: String!) {\n    run(id: $id) {\n      id\n      sourceFile(path: $path)\n    }\n  }\n": typeof types.SourceFileDocument,
    "\n  mutation DeleteRuns($runIds: [ID!]!, $withFiles: Boolean!) {\n    deleteRuns(runIds: $runIds, withFiles: $withFiles) {\n      __typename\n      ... on DeleteRunsSuccess {\n        runIds\n      }\n      ... on DeletionFailure {\n        errorMessage\n      }\n    }\n  }\n": typeof types.DeleteRunsDocument,
    "\n  mutation RestoreRuns($runIds: [ID!]!) {\n    restoreRuns(runIds: $runIds) {\n      __typename\n      ... on RestoreRunsSuccess {\n        runIds\n      }\n      ... on DeletionFailure {\n        errorMessage\n      }\n    }\n  }\n": typeof types.RestoreRunsDocument,
    "\n  query RunsToDelete($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      title\n      startedAt\n      status\n    }\n  }\n": typeof types.RunsToDeleteDocument,
    "\n  mutation EditRuns($runIds: [ID!]!, $edit: RunEdit!) {\n    editRuns(runIds: $runIds, edit: $edit) {\n      __typename\n      ... on EditRunsSuccess {\n        runs {\n          id\n          title\n          notes\n          bookmark\n          archived\n          tags\n        }\n      }\n      ... on EditFailure {\n        errorMessage\n      }\n    }\n  }\n": typeof types.EditRunsDocument,
    "\n  query EditableRuns($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      title\n      startedAt\n      notes\n      bookmark\n      archived\n      tags\n    }\n  }\n": typeof types.EditableRunsDocument,
    "\n  query MetricDirections {\n    metricColumns {\n      id\n      direction\n      directionIsSet\n    }\n  }\n": typeof types.MetricDirectionsDocument,
    "\n  mutation SetMetricDirection($metric: ID!, $direction: MetricDirection) {\n    setMetricDirection(metric: $metric, direction: $direction) {\n      __typename\n      ... on EditFailure {\n        errorMessage\n      }\n    }\n  }\n": typeof types.SetMetricDirectionDocument,
    "\n  fragment RunHead on Run {\n    id\n    title\n    tags\n    status\n    startedAt\n    duration\n    gitBranch\n    gitSha\n    gitDirty\n  }\n": typeof types.RunHeadFragmentDoc,
    "\n  fragment RunDetails on Run {\n    id\n    title\n    notes\n    bookmark\n    archived\n    tags\n    status\n    startedAt\n    endedAt\n    duration\n    author\n    gitBranch\n    gitSha\n    gitDirty\n    runCommand\n    project\n    pipeline\n    env\n    runner\n    kedroVersion\n    gitRemote\n    peakMemory\n    progress {\n      done\n      total\n    }\n    nodes {\n      name\n      status\n      startedAt\n      endedAt\n      duration\n    }\n    error {\n      type\n      message\n      traceback\n      node\n    }\n    metrics {\n      id\n      dataset\n      key\n      value\n    }\n    parameters {\n      name\n      json\n    }\n    trackedJson {\n      dataset\n      datasetType\n      json\n      problem\n      url\n    }\n    plots {\n      ...Artifact\n    }\n  }\n": typeof types.RunDetailsFragmentDoc,
    "\n  query Run($id: ID!) {\n    run(id: $id) {\n      id\n      ...RunDetails\n      nodes {\n        peakMemory\n      }\n      artifacts {\n        ...Artifact\n      }\n    }\n  }\n": typeof types.RunDocument,
    "\n  query NewestRuns($first: Int!, $search: String) {\n    runs(first: $first, search: $search) {\n      edges {\n        node {\n          id\n          title\n          status\n          startedAt\n        }\n      }\n    }\n  }\n": typeof types.NewestRunsDocument,
    "\n  query Tags {\n    tags {\n      tag\n      runs\n    }\n  }\n": typeof types.TagsDocument,
    "\n  fragment RunRow on Run {\n    ...RunHead\n    author\n    bookmark\n    archived\n    endedAt\n    pipeline\n    progress {\n      done\n      total\n    }\n    gitRemote @include(if: $all)\n    project @include(if: $all)\n    env @include(if: $all)\n    runner @include(if: $all)\n    kedroVersion @include(if: $all)\n    runCommand @include(if: $all)\n    notes @include(if: $all)\n  }\n": typeof types.RunRowFragmentDoc,
    "\n  query Runs(\n    $first: Int!\n    $offset: Int!\n    $search: String\n    $bookmarked: Boolean\n    $archived: Boolean\n    $orderBy: [RunOrder!]\n    $all: Boolean!\n  ) {\n    runs(\n      first: $first\n      offset: $offset\n      search: $search\n      bookmarked: $bookmarked\n      archived: $archived\n      orderBy: $orderBy\n    ) {\n      totalCount\n      edges {\n        node {\n          id\n          ...RunRow\n        }\n      }\n    }\n  }\n": typeof types.RunsDocument,
    "\n  query RunIds(\n    $first: Int!\n    $offset: Int!\n    $search: String\n    $bookmarked: Boolean\n    $archived: Boolean\n    $orderBy: [RunOrder!]\n  ) {\n    runs(\n      first: $first\n      offset: $offset\n      search: $search\n      bookmarked: $bookmarked\n      archived: $archived\n      orderBy: $orderBy\n    ) {\n      edges {\n        node {\n          id\n        }\n      }\n    }\n  }\n": typeof types.RunIdsDocument,
    "\n  query RunCells($runIds: [ID!]!, $metrics: [ID!]!, $parameters: [String!]!) {\n    runCells(runIds: $runIds, metrics: $metrics, parameters: $parameters) {\n      metrics {\n        id\n        values\n      }\n      parameters {\n        name\n        texts\n      }\n    }\n  }\n": typeof types.RunCellsDocument,
    "\n  query WordMatches($search: String!, $runIds: [ID!]!) {\n    wordMatches(search: $search, runIds: $runIds) {\n      word\n      field\n      text\n    }\n  }\n": typeof types.WordMatchesDocument,
    "\n  query MetricColumns {\n    metricColumns {\n      id\n      dataset\n      key\n      runs\n      min\n      max\n      direction\n      directionIsSet\n    }\n  }\n": typeof types.MetricColumnsDocument,
    "\n  query ParameterColumns {\n    parameterColumns {\n      name\n      runs\n      kind\n      min\n      max\n    }\n  }\n": typeof types.ParameterColumnsDocument,
    "\n  fragment SeriesSummary on Series {\n    name\n    count\n    min\n    max\n    lastStep\n    last\n    direction\n  }\n": typeof types.SeriesSummaryFragmentDoc,
    "\n  query LoggedSeries($id: ID!) {\n    run(id: $id) {\n      id\n      series(maxPoints: 4) {\n        ...SeriesSummary\n      }\n    }\n  }\n": typeof types.LoggedSeriesDocument,
    "\n  query SeriesPoints($id: ID!, $names: [String!]!, $maxPoints: Int!, $firstStep: Float, $lastStep: Float) {\n    run(id: $id) {\n      id\n      series(names: $names, maxPoints: $maxPoints, firstStep: $firstStep, lastStep: $lastStep) {\n        name\n        count\n        steps\n        values\n        times\n      }\n    }\n  }\n": typeof types.SeriesPointsDocument,
    "\n  query SeriesOfRuns(\n    $runIds: [ID!]!\n    $names: [String!]!\n    $maxPoints: Int!\n    $firstStep: Float\n    $lastStep: Float\n    $withTimes: Boolean!\n  ) {\n    runMetadata(runIds: $runIds) {\n      id\n      series(names: $names, maxPoints: $maxPoints, firstStep: $firstStep, lastStep: $lastStep) {\n        name\n        steps\n        values\n        times @include(if: $withTimes)\n      }\n    }\n  }\n": typeof types.SeriesOfRunsDocument,
    "\n  query SavedViews {\n    savedViews {\n      id\n      name\n      state\n      createdBy\n      updatedAt\n      updatedBy\n    }\n  }\n": typeof types.SavedViewsDocument,
    "\n  mutation SaveView($id: ID, $name: String!, $state: JSON!) {\n    saveView(id: $id, name: $name, state: $state) {\n      ... on SaveViewSuccess {\n        view {\n          id\n          name\n          state\n          createdBy\n          updatedAt\n          updatedBy\n        }\n      }\n      ... on EditFailure {\n        errorMessage\n      }\n    }\n  }\n": typeof types.SaveViewDocument,
    "\n  mutation DeleteView($id: ID!) {\n    deleteView(id: $id) {\n      ... on DeleteViewSuccess {\n        id\n      }\n      ... on EditFailure {\n        errorMessage\n      }\n    }\n  }\n": typeof types.DeleteViewDocument,
};
const documents: Documents = {
    "\n  query Version {\n    version {\n      installed\n    }\n  }\n": types.VersionDocument,
    "\n  query RunNames($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      title\n      startedAt\n    }\n  }\n": types.RunNamesDocument,
    "\n  query ChartedColumns {\n    metricColumns {\n      id\n      dataset\n      key\n      runs\n      direction\n      min\n      max\n    }\n    parameterColumns {\n      name\n      runs\n      kind\n      distinct\n      min\n      max\n    }\n  }\n": types.ChartedColumnsDocument,
    "\n  query ParameterImportance($metric: ID!, $search: String, $archived: Boolean) {\n    parameterImportance(metric: $metric, search: $search, archived: $archived) {\n      method\n      runs\n      explained\n      note\n      parameters {\n        name\n        importance\n        correlation\n      }\n    }\n  }\n": types.ParameterImportanceDocument,
    "\n  query ComparedRuns($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      ...RunHead\n    }\n  }\n": types.ComparedRunsDocument,
    "\n  query ComparedOverview($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      ...RunHead\n      notes\n      peakMemory\n      author\n      gitRemote\n      runCommand\n      project\n      pipeline\n      env\n      runner\n      kedroVersion\n      error {\n        type\n        message\n      }\n      metrics {\n        id\n        dataset\n        key\n        value\n      }\n      parameters {\n        name\n        json\n      }\n    }\n  }\n": types.ComparedOverviewDocument,
    "\n  query ComparedJson($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      trackedJson {\n        dataset\n        json\n        problem\n      }\n    }\n  }\n": types.ComparedJsonDocument,
    "\n  query ComparedPlots($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      plots {\n        ...Artifact\n      }\n    }\n  }\n": types.ComparedPlotsDocument,
    "\n  query ComparedData($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      dataUses {\n        ...DataUse\n      }\n    }\n  }\n": types.ComparedDataDocument,
    "\n  query ComparedEnvironmentIds($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      environment {\n        id\n      }\n    }\n  }\n": types.ComparedEnvironmentIdsDocument,
    "\n  query ComparedEnvironments($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      environment {\n        id\n        ...Environment\n      }\n    }\n  }\n": types.ComparedEnvironmentsDocument,
    "\n  query ComparedConfigurations($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      configuration {\n        run\n        catalog\n      }\n    }\n  }\n": types.ComparedConfigurationsDocument,
    "\n  query ComparedCode($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      source {\n        id\n        problem\n      }\n    }\n  }\n": types.ComparedCodeDocument,
    "\n  query SourceFiles($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      source {\n        id\n        files {\n          ...SourceFile\n        }\n      }\n    }\n  }\n": types.SourceFilesDocument,
    "\n  query SourceTexts($before: ID!, $beforePath: String!, $after: ID!, $afterPath: String!) {\n    before: run(id: $before) {\n      id\n      sourceFile(path: $beforePath)\n    }\n    after: run(id: $after) {\n      id\n      sourceFile(path: $afterPath)\n    }\n  }\n": types.SourceTextsDocument,
    "\n  query ComparedSeries($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      series(maxPoints: 4) {\n        ...SeriesSummary\n      }\n      trackedJson {\n        dataset\n        json\n      }\n    }\n  }\n": types.ComparedSeriesDocument,
    "\n  fragment Artifact on Artifact {\n    dataset\n    datasetType\n    name\n    mediaType\n    size\n    url\n    problem\n  }\n": types.ArtifactFragmentDoc,
    "\n  subscription Changes {\n    changes\n  }\n": types.ChangesDocument,
    "\n  query Project {\n    project {\n      name\n      packageName\n      kedroVersion\n      settingsPath\n      store {\n        configured\n        location\n        remoteLocation\n        totalRuns\n      }\n      indexing {\n        running\n        done\n        total\n      }\n      problems {\n        title\n        detail\n        code\n      }\n    }\n    viewer {\n      mayEdit\n      mayDelete\n      refusal\n    }\n  }\n": types.ProjectDocument,
    "\n  query HistoryColumns {\n    metricColumns {\n      id\n      dataset\n      key\n      direction\n    }\n  }\n": types.HistoryColumnsDocument,
    "\n  query Flowchart($pipeline: ID) {\n    flowchart(pipeline: $pipeline) {\n      state\n      error {\n        type\n        message\n        traceback\n      }\n      pipelines {\n        id\n        name\n      }\n      selectedPipeline\n      nodes {\n        id\n        name\n        fullName\n        kind\n        namespace\n        tags\n        datasetType\n        filepath\n        group\n        problem\n        sourcePath\n      }\n      edges {\n        source\n        target\n      }\n    }\n  }\n": types.FlowchartDocument,
    "\n  query NodeDetails($pipeline: ID) {\n    flowchart(pipeline: $pipeline) {\n      nodes {\n        id\n        code\n        parameters\n      }\n    }\n  }\n": types.NodeDetailsDocument,
    "\n  query LatestTracked($first: Int!, $json: Boolean!, $plots: Boolean!) {\n    runs(first: $first) {\n      edges {\n        node {\n          id\n          title\n          startedAt\n          trackedJson @include(if: $json) {\n            dataset\n            json\n            problem\n          }\n          plots @include(if: $plots) {\n            ...Artifact\n          }\n        }\n      }\n    }\n  }\n": types.LatestTrackedDocument,
    "\n  query QueryHelp($text: String!, $position: Int!) {\n    queryHelp(text: $text, position: $position) {\n      isExpression\n      problem {\n        message\n        start\n        end\n      }\n      suggestions {\n        text\n        label\n        kind\n        detail\n        start\n        end\n      }\n    }\n  }\n": types.QueryHelpDocument,
    "\n  query QueryExamples {\n    metricColumns {\n      id\n      runs\n      min\n      max\n      direction\n    }\n    parameterColumns {\n      name\n      runs\n      min\n      max\n    }\n  }\n": types.QueryExamplesDocument,
    "\n  fragment DataUse on DataUse {\n    dataset\n    datasetType\n    saved\n    path\n    version\n    size\n    fingerprint\n  }\n": types.DataUseFragmentDoc,
    "\n  query RunData($id: ID!) {\n    run(id: $id) {\n      id\n      dataUses {\n        ...DataUse\n      }\n    }\n  }\n": types.RunDataDocument,
    "\n  fragment Environment on Environment {\n    id\n    python\n    implementation\n    platform\n    packages {\n      name\n      version\n      source\n    }\n  }\n": types.EnvironmentFragmentDoc,
    "\n  query RunEnvironment($id: ID!) {\n    run(id: $id) {\n      id\n      environment {\n        ...Environment\n      }\n      configuration {\n        run\n        parameters\n        catalog\n      }\n    }\n  }\n": types.RunEnvironmentDocument,
    "\n  fragment SourceFile on SourceFile {\n    path\n    size\n    hash\n    redacted\n    problem\n  }\n": types.SourceFileFragmentDoc,
    "\n  query RunCode($id: ID!) {\n    run(id: $id) {\n      id\n      gitDiff\n      source {\n        id\n        problem\n        files {\n          ...SourceFile\n        }\n      }\n    }\n  }\n": types.RunCodeDocument,
    "\n  query SourceFile($id: ID!, $path: String!) {\n    run(id: $id) {\n      id\n      sourceFile(path: $path)\n    }\n  }\n": types.SourceFileDocument,
    "\n  mutation DeleteRuns($runIds: [ID!]!, $withFiles: Boolean!) {\n    deleteRuns(runIds: $runIds, withFiles: $withFiles) {\n      __typename\n      ... on DeleteRunsSuccess {\n        runIds\n      }\n      ... on DeletionFailure {\n        errorMessage\n      }\n    }\n  }\n": types.DeleteRunsDocument,
    "\n  mutation RestoreRuns($runIds: [ID!]!) {\n    restoreRuns(runIds: $runIds) {\n      __typename\n      ... on RestoreRunsSuccess {\n        runIds\n      }\n      ... on DeletionFailure {\n        errorMessage\n      }\n    }\n  }\n": types.RestoreRunsDocument,
    "\n  query RunsToDelete($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      title\n      startedAt\n      status\n    }\n  }\n": types.RunsToDeleteDocument,
    "\n  mutation EditRuns($runIds: [ID!]!, $edit: RunEdit!) {\n    editRuns(runIds: $runIds, edit: $edit) {\n      __typename\n      ... on EditRunsSuccess {\n        runs {\n          id\n          title\n          notes\n          bookmark\n          archived\n          tags\n        }\n      }\n      ... on EditFailure {\n        errorMessage\n      }\n    }\n  }\n": types.EditRunsDocument,
    "\n  query EditableRuns($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      title\n      startedAt\n      notes\n      bookmark\n      archived\n      tags\n    }\n  }\n": types.EditableRunsDocument,
    "\n  query MetricDirections {\n    metricColumns {\n      id\n      direction\n      directionIsSet\n    }\n  }\n": types.MetricDirectionsDocument,
    "\n  mutation SetMetricDirection($metric: ID!, $direction: MetricDirection) {\n    setMetricDirection(metric: $metric, direction: $direction) {\n      __typename\n      ... on EditFailure {\n        errorMessage\n      }\n    }\n  }\n": types.SetMetricDirectionDocument,
    "\n  fragment RunHead on Run {\n    id\n    title\n    tags\n    status\n    startedAt\n    duration\n    gitBranch\n    gitSha\n    gitDirty\n  }\n": types.RunHeadFragmentDoc,
    "\n  fragment RunDetails on Run {\n    id\n    title\n    notes\n    bookmark\n    archived\n    tags\n    status\n    startedAt\n    endedAt\n    duration\n    author\n    gitBranch\n    gitSha\n    gitDirty\n    runCommand\n    project\n    pipeline\n    env\n    runner\n    kedroVersion\n    gitRemote\n    peakMemory\n    progress {\n      done\n      total\n    }\n    nodes {\n      name\n      status\n      startedAt\n      endedAt\n      duration\n    }\n    error {\n      type\n      message\n      traceback\n      node\n    }\n    metrics {\n      id\n      dataset\n      key\n      value\n    }\n    parameters {\n      name\n      json\n    }\n    trackedJson {\n      dataset\n      datasetType\n      json\n      problem\n      url\n    }\n    plots {\n      ...Artifact\n    }\n  }\n": types.RunDetailsFragmentDoc,
    "\n  query Run($id: ID!) {\n    run(id: $id) {\n      id\n      ...RunDetails\n      nodes {\n        peakMemory\n      }\n      artifacts {\n        ...Artifact\n      }\n    }\n  }\n": types.RunDocument,
    "\n  query NewestRuns($first: Int!, $search: String) {\n    runs(first: $first, search: $search) {\n      edges {\n        node {\n          id\n          title\n          status\n          startedAt\n        }\n      }\n    }\n  }\n": types.NewestRunsDocument,
    "\n  query Tags {\n    tags {\n      tag\n      runs\n    }\n  }\n": types.TagsDocument,
    "\n  fragment RunRow on Run {\n    ...RunHead\n    author\n    bookmark\n    archived\n    endedAt\n    pipeline\n    progress {\n      done\n      total\n    }\n    gitRemote @include(if: $all)\n    project @include(if: $all)\n    env @include(if: $all)\n    runner @include(if: $all)\n    kedroVersion @include(if: $all)\n    runCommand @include(if: $all)\n    notes @include(if: $all)\n  }\n": types.RunRowFragmentDoc,
    "\n  query Runs(\n    $first: Int!\n    $offset: Int!\n    $search: String\n    $bookmarked: Boolean\n    $archived: Boolean\n    $orderBy: [RunOrder!]\n    $all: Boolean!\n  ) {\n    runs(\n      first: $first\n      offset: $offset\n      search: $search\n      bookmarked: $bookmarked\n      archived: $archived\n      orderBy: $orderBy\n    ) {\n      totalCount\n      edges {\n        node {\n          id\n          ...RunRow\n        }\n      }\n    }\n  }\n": types.RunsDocument,
    "\n  query RunIds(\n    $first: Int!\n    $offset: Int!\n    $search: String\n    $bookmarked: Boolean\n    $archived: Boolean\n    $orderBy: [RunOrder!]\n  ) {\n    runs(\n      first: $first\n      offset: $offset\n      search: $search\n      bookmarked: $bookmarked\n      archived: $archived\n      orderBy: $orderBy\n    ) {\n      edges {\n        node {\n          id\n        }\n      }\n    }\n  }\n": types.RunIdsDocument,
    "\n  query RunCells($runIds: [ID!]!, $metrics: [ID!]!, $parameters: [String!]!) {\n    runCells(runIds: $runIds, metrics: $metrics, parameters: $parameters) {\n      metrics {\n        id\n        values\n      }\n      parameters {\n        name\n        texts\n      }\n    }\n  }\n": types.RunCellsDocument,
    "\n  query WordMatches($search: String!, $runIds: [ID!]!) {\n    wordMatches(search: $search, runIds: $runIds) {\n      word\n      field\n      text\n    }\n  }\n": types.WordMatchesDocument,
    "\n  query MetricColumns {\n    metricColumns {\n      id\n      dataset\n      key\n      runs\n      min\n      max\n      direction\n      directionIsSet\n    }\n  }\n": types.MetricColumnsDocument,
    "\n  query ParameterColumns {\n    parameterColumns {\n      name\n      runs\n      kind\n      min\n      max\n    }\n  }\n": types.ParameterColumnsDocument,
    "\n  fragment SeriesSummary on Series {\n    name\n    count\n    min\n    max\n    lastStep\n    last\n    direction\n  }\n": types.SeriesSummaryFragmentDoc,
    "\n  query LoggedSeries($id: ID!) {\n    run(id: $id) {\n      id\n      series(maxPoints: 4) {\n        ...SeriesSummary\n      }\n    }\n  }\n": types.LoggedSeriesDocument,
    "\n  query SeriesPoints($id: ID!, $names: [String!]!, $maxPoints: Int!, $firstStep: Float, $lastStep: Float) {\n    run(id: $id) {\n      id\n      series(names: $names, maxPoints: $maxPoints, firstStep: $firstStep, lastStep: $lastStep) {\n        name\n        count\n        steps\n        values\n        times\n      }\n    }\n  }\n": types.SeriesPointsDocument,
    "\n  query SeriesOfRuns(\n    $runIds: [ID!]!\n    $names: [String!]!\n    $maxPoints: Int!\n    $firstStep: Float\n    $lastStep: Float\n    $withTimes: Boolean!\n  ) {\n    runMetadata(runIds: $runIds) {\n      id\n      series(names: $names, maxPoints: $maxPoints, firstStep: $firstStep, lastStep: $lastStep) {\n        name\n        steps\n        values\n        times @include(if: $withTimes)\n      }\n    }\n  }\n": types.SeriesOfRunsDocument,
    "\n  query SavedViews {\n    savedViews {\n      id\n      name\n      state\n      createdBy\n      updatedAt\n      updatedBy\n    }\n  }\n": types.SavedViewsDocument,
    "\n  mutation SaveView($id: ID, $name: String!, $state: JSON!) {\n    saveView(id: $id, name: $name, state: $state) {\n      ... on SaveViewSuccess {\n        view {\n          id\n          name\n          state\n          createdBy\n          updatedAt\n          updatedBy\n        }\n      }\n      ... on EditFailure {\n        errorMessage\n      }\n    }\n  }\n": types.SaveViewDocument,
    "\n  mutation DeleteView($id: ID!) {\n    deleteView(id: $id) {\n      ... on DeleteViewSuccess {\n        id\n      }\n      ... on EditFailure {\n        errorMessage\n      }\n    }\n  }\n": types.DeleteViewDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Version {\n    version {\n      installed\n    }\n  }\n"): (typeof documents)["\n  query Version {\n    version {\n      installed\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunNames($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      title\n      startedAt\n    }\n  }\n"): (typeof documents)["\n  query RunNames($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      title\n      startedAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ChartedColumns {\n    metricColumns {\n      id\n      dataset\n      key\n      runs\n      direction\n      min\n      max\n    }\n    parameterColumns {\n      name\n      runs\n      kind\n      distinct\n      min\n      max\n    }\n  }\n"): (typeof documents)["\n  query ChartedColumns {\n    metricColumns {\n      id\n      dataset\n      key\n      runs\n      direction\n      min\n      max\n    }\n    parameterColumns {\n      name\n      runs\n      kind\n      distinct\n      min\n      max\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ParameterImportance($metric: ID!, $search: String, $archived: Boolean) {\n    parameterImportance(metric: $metric, search: $search, archived: $archived) {\n      method\n      runs\n      explained\n      note\n      parameters {\n        name\n        importance\n        correlation\n      }\n    }\n  }\n"): (typeof documents)["\n  query ParameterImportance($metric: ID!, $search: String, $archived: Boolean) {\n    parameterImportance(metric: $metric, search: $search, archived: $archived) {\n      method\n      runs\n      explained\n      note\n      parameters {\n        name\n        importance\n        correlation\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ComparedRuns($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      ...RunHead\n    }\n  }\n"): (typeof documents)["\n  query ComparedRuns($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      ...RunHead\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ComparedOverview($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      ...RunHead\n      notes\n      peakMemory\n      author\n      gitRemote\n      runCommand\n      project\n      pipeline\n      env\n      runner\n      kedroVersion\n      error {\n        type\n        message\n      }\n      metrics {\n        id\n        dataset\n        key\n        value\n      }\n      parameters {\n        name\n        json\n      }\n    }\n  }\n"): (typeof documents)["\n  query ComparedOverview($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      ...RunHead\n      notes\n      peakMemory\n      author\n      gitRemote\n      runCommand\n      project\n      pipeline\n      env\n      runner\n      kedroVersion\n      error {\n        type\n        message\n      }\n      metrics {\n        id\n        dataset\n        key\n        value\n      }\n      parameters {\n        name\n        json\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ComparedJson($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      trackedJson {\n        dataset\n        json\n        problem\n      }\n    }\n  }\n"): (typeof documents)["\n  query ComparedJson($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      trackedJson {\n        dataset\n        json\n        problem\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ComparedPlots($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      plots {\n        ...Artifact\n      }\n    }\n  }\n"): (typeof documents)["\n  query ComparedPlots($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      plots {\n        ...Artifact\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ComparedData($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      dataUses {\n        ...DataUse\n      }\n    }\n  }\n"): (typeof documents)["\n  query ComparedData($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      dataUses {\n        ...DataUse\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ComparedEnvironmentIds($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      environment {\n        id\n      }\n    }\n  }\n"): (typeof documents)["\n  query ComparedEnvironmentIds($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      environment {\n        id\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ComparedEnvironments($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      environment {\n        id\n        ...Environment\n      }\n    }\n  }\n"): (typeof documents)["\n  query ComparedEnvironments($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      environment {\n        id\n        ...Environment\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ComparedConfigurations($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      configuration {\n        run\n        catalog\n      }\n    }\n  }\n"): (typeof documents)["\n  query ComparedConfigurations($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      configuration {\n        run\n        catalog\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ComparedCode($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      source {\n        id\n        problem\n      }\n    }\n  }\n"): (typeof documents)["\n  query ComparedCode($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      source {\n        id\n        problem\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SourceFiles($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      source {\n        id\n        files {\n          ...SourceFile\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query SourceFiles($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      source {\n        id\n        files {\n          ...SourceFile\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SourceTexts($before: ID!, $beforePath: String!, $after: ID!, $afterPath: String!) {\n    before: run(id: $before) {\n      id\n      sourceFile(path: $beforePath)\n    }\n    after: run(id: $after) {\n      id\n      sourceFile(path: $afterPath)\n    }\n  }\n"): (typeof documents)["\n  query SourceTexts($before: ID!, $beforePath: String!, $after: ID!, $afterPath: String!) {\n    before: run(id: $before) {\n      id\n      sourceFile(path: $beforePath)\n    }\n    after: run(id: $after) {\n      id\n      sourceFile(path: $afterPath)\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ComparedSeries($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      series(maxPoints: 4) {\n        ...SeriesSummary\n      }\n      trackedJson {\n        dataset\n        json\n      }\n    }\n  }\n"): (typeof documents)["\n  query ComparedSeries($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      series(maxPoints: 4) {\n        ...SeriesSummary\n      }\n      trackedJson {\n        dataset\n        json\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Artifact on Artifact {\n    dataset\n    datasetType\n    name\n    mediaType\n    size\n    url\n    problem\n  }\n"): (typeof documents)["\n  fragment Artifact on Artifact {\n    dataset\n    datasetType\n    name\n    mediaType\n    size\n    url\n    problem\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Changes {\n    changes\n  }\n"): (typeof documents)["\n  subscription Changes {\n    changes\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Project {\n    project {\n      name\n      packageName\n      kedroVersion\n      settingsPath\n      store {\n        configured\n        location\n        remoteLocation\n        totalRuns\n      }\n      indexing {\n        running\n        done\n        total\n      }\n      problems {\n        title\n        detail\n        code\n      }\n    }\n    viewer {\n      mayEdit\n      mayDelete\n      refusal\n    }\n  }\n"): (typeof documents)["\n  query Project {\n    project {\n      name\n      packageName\n      kedroVersion\n      settingsPath\n      store {\n        configured\n        location\n        remoteLocation\n        totalRuns\n      }\n      indexing {\n        running\n        done\n        total\n      }\n      problems {\n        title\n        detail\n        code\n      }\n    }\n    viewer {\n      mayEdit\n      mayDelete\n      refusal\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HistoryColumns {\n    metricColumns {\n      id\n      dataset\n      key\n      direction\n    }\n  }\n"): (typeof documents)["\n  query HistoryColumns {\n    metricColumns {\n      id\n      dataset\n      key\n      direction\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Flowchart($pipeline: ID) {\n    flowchart(pipeline: $pipeline) {\n      state\n      error {\n        type\n        message\n        traceback\n      }\n      pipelines {\n        id\n        name\n      }\n      selectedPipeline\n      nodes {\n        id\n        name\n        fullName\n        kind\n        namespace\n        tags\n        datasetType\n        filepath\n        group\n        problem\n        sourcePath\n      }\n      edges {\n        source\n        target\n      }\n    }\n  }\n"): (typeof documents)["\n  query Flowchart($pipeline: ID) {\n    flowchart(pipeline: $pipeline) {\n      state\n      error {\n        type\n        message\n        traceback\n      }\n      pipelines {\n        id\n        name\n      }\n      selectedPipeline\n      nodes {\n        id\n        name\n        fullName\n        kind\n        namespace\n        tags\n        datasetType\n        filepath\n        group\n        problem\n        sourcePath\n      }\n      edges {\n        source\n        target\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NodeDetails($pipeline: ID) {\n    flowchart(pipeline: $pipeline) {\n      nodes {\n        id\n        code\n        parameters\n      }\n    }\n  }\n"): (typeof documents)["\n  query NodeDetails($pipeline: ID) {\n    flowchart(pipeline: $pipeline) {\n      nodes {\n        id\n        code\n        parameters\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LatestTracked($first: Int!, $json: Boolean!, $plots: Boolean!) {\n    runs(first: $first) {\n      edges {\n        node {\n          id\n          title\n          startedAt\n          trackedJson @include(if: $json) {\n            dataset\n            json\n            problem\n          }\n          plots @include(if: $plots) {\n            ...Artifact\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query LatestTracked($first: Int!, $json: Boolean!, $plots: Boolean!) {\n    runs(first: $first) {\n      edges {\n        node {\n          id\n          title\n          startedAt\n          trackedJson @include(if: $json) {\n            dataset\n            json\n            problem\n          }\n          plots @include(if: $plots) {\n            ...Artifact\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query QueryHelp($text: String!, $position: Int!) {\n    queryHelp(text: $text, position: $position) {\n      isExpression\n      problem {\n        message\n        start\n        end\n      }\n      suggestions {\n        text\n        label\n        kind\n        detail\n        start\n        end\n      }\n    }\n  }\n"): (typeof documents)["\n  query QueryHelp($text: String!, $position: Int!) {\n    queryHelp(text: $text, position: $position) {\n      isExpression\n      problem {\n        message\n        start\n        end\n      }\n      suggestions {\n        text\n        label\n        kind\n        detail\n        start\n        end\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query QueryExamples {\n    metricColumns {\n      id\n      runs\n      min\n      max\n      direction\n    }\n    parameterColumns {\n      name\n      runs\n      min\n      max\n    }\n  }\n"): (typeof documents)["\n  query QueryExamples {\n    metricColumns {\n      id\n      runs\n      min\n      max\n      direction\n    }\n    parameterColumns {\n      name\n      runs\n      min\n      max\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DataUse on DataUse {\n    dataset\n    datasetType\n    saved\n    path\n    version\n    size\n    fingerprint\n  }\n"): (typeof documents)["\n  fragment DataUse on DataUse {\n    dataset\n    datasetType\n    saved\n    path\n    version\n    size\n    fingerprint\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunData($id: ID!) {\n    run(id: $id) {\n      id\n      dataUses {\n        ...DataUse\n      }\n    }\n  }\n"): (typeof documents)["\n  query RunData($id: ID!) {\n    run(id: $id) {\n      id\n      dataUses {\n        ...DataUse\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Environment on Environment {\n    id\n    python\n    implementation\n    platform\n    packages {\n      name\n      version\n      source\n    }\n  }\n"): (typeof documents)["\n  fragment Environment on Environment {\n    id\n    python\n    implementation\n    platform\n    packages {\n      name\n      version\n      source\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunEnvironment($id: ID!) {\n    run(id: $id) {\n      id\n      environment {\n        ...Environment\n      }\n      configuration {\n        run\n        parameters\n        catalog\n      }\n    }\n  }\n"): (typeof documents)["\n  query RunEnvironment($id: ID!) {\n    run(id: $id) {\n      id\n      environment {\n        ...Environment\n      }\n      configuration {\n        run\n        parameters\n        catalog\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SourceFile on SourceFile {\n    path\n    size\n    hash\n    redacted\n    problem\n  }\n"): (typeof documents)["\n  fragment SourceFile on SourceFile {\n    path\n    size\n    hash\n    redacted\n    problem\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunCode($id: ID!) {\n    run(id: $id) {\n      id\n      gitDiff\n      source {\n        id\n        problem\n        files {\n          ...SourceFile\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query RunCode($id: ID!) {\n    run(id: $id) {\n      id\n      gitDiff\n      source {\n        id\n        problem\n        files {\n          ...SourceFile\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SourceFile($id: ID!, $path: String!) {\n    run(id: $id) {\n      id\n      sourceFile(path: $path)\n    }\n  }\n"): (typeof documents)["\n  query SourceFile($id: ID!, $path: String!) {\n    run(id: $id) {\n      id\n      sourceFile(path: $path)\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteRuns($runIds: [ID!]!, $withFiles: Boolean!) {\n    deleteRuns(runIds: $runIds, withFiles: $withFiles) {\n      __typename\n      ... on DeleteRunsSuccess {\n        runIds\n      }\n      ... on DeletionFailure {\n        errorMessage\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteRuns($runIds: [ID!]!, $withFiles: Boolean!) {\n    deleteRuns(runIds: $runIds, withFiles: $withFiles) {\n      __typename\n      ... on DeleteRunsSuccess {\n        runIds\n      }\n      ... on DeletionFailure {\n        errorMessage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RestoreRuns($runIds: [ID!]!) {\n    restoreRuns(runIds: $runIds) {\n      __typename\n      ... on RestoreRunsSuccess {\n        runIds\n      }\n      ... on DeletionFailure {\n        errorMessage\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RestoreRuns($runIds: [ID!]!) {\n    restoreRuns(runIds: $runIds) {\n      __typename\n      ... on RestoreRunsSuccess {\n        runIds\n      }\n      ... on DeletionFailure {\n        errorMessage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunsToDelete($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      title\n      startedAt\n      status\n    }\n  }\n"): (typeof documents)["\n  query RunsToDelete($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      title\n      startedAt\n      status\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EditRuns($runIds: [ID!]!, $edit: RunEdit!) {\n    editRuns(runIds: $runIds, edit: $edit) {\n      __typename\n      ... on EditRunsSuccess {\n        runs {\n          id\n          title\n          notes\n          bookmark\n          archived\n          tags\n        }\n      }\n      ... on EditFailure {\n        errorMessage\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation EditRuns($runIds: [ID!]!, $edit: RunEdit!) {\n    editRuns(runIds: $runIds, edit: $edit) {\n      __typename\n      ... on EditRunsSuccess {\n        runs {\n          id\n          title\n          notes\n          bookmark\n          archived\n          tags\n        }\n      }\n      ... on EditFailure {\n        errorMessage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EditableRuns($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      title\n      startedAt\n      notes\n      bookmark\n      archived\n      tags\n    }\n  }\n"): (typeof documents)["\n  query EditableRuns($runIds: [ID!]!) {\n    runMetadata(runIds: $runIds) {\n      id\n      title\n      startedAt\n      notes\n      bookmark\n      archived\n      tags\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MetricDirections {\n    metricColumns {\n      id\n      direction\n      directionIsSet\n    }\n  }\n"): (typeof documents)["\n  query MetricDirections {\n    metricColumns {\n      id\n      direction\n      directionIsSet\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetMetricDirection($metric: ID!, $direction: MetricDirection) {\n    setMetricDirection(metric: $metric, direction: $direction) {\n      __typename\n      ... on EditFailure {\n        errorMessage\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SetMetricDirection($metric: ID!, $direction: MetricDirection) {\n    setMetricDirection(metric: $metric, direction: $direction) {\n      __typename\n      ... on EditFailure {\n        errorMessage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunHead on Run {\n    id\n    title\n    tags\n    status\n    startedAt\n    duration\n    gitBranch\n    gitSha\n    gitDirty\n  }\n"): (typeof documents)["\n  fragment RunHead on Run {\n    id\n    title\n    tags\n    status\n    startedAt\n    duration\n    gitBranch\n    gitSha\n    gitDirty\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunDetails on Run {\n    id\n    title\n    notes\n    bookmark\n    archived\n    tags\n    status\n    startedAt\n    endedAt\n    duration\n    author\n    gitBranch\n    gitSha\n    gitDirty\n    runCommand\n    project\n    pipeline\n    env\n    runner\n    kedroVersion\n    gitRemote\n    peakMemory\n    progress {\n      done\n      total\n    }\n    nodes {\n      name\n      status\n      startedAt\n      endedAt\n      duration\n    }\n    error {\n      type\n      message\n      traceback\n      node\n    }\n    metrics {\n      id\n      dataset\n      key\n      value\n    }\n    parameters {\n      name\n      json\n    }\n    trackedJson {\n      dataset\n      datasetType\n      json\n      problem\n      url\n    }\n    plots {\n      ...Artifact\n    }\n  }\n"): (typeof documents)["\n  fragment RunDetails on Run {\n    id\n    title\n    notes\n    bookmark\n    archived\n    tags\n    status\n    startedAt\n    endedAt\n    duration\n    author\n    gitBranch\n    gitSha\n    gitDirty\n    runCommand\n    project\n    pipeline\n    env\n    runner\n    kedroVersion\n    gitRemote\n    peakMemory\n    progress {\n      done\n      total\n    }\n    nodes {\n      name\n      status\n      startedAt\n      endedAt\n      duration\n    }\n    error {\n      type\n      message\n      traceback\n      node\n    }\n    metrics {\n      id\n      dataset\n      key\n      value\n    }\n    parameters {\n      name\n      json\n    }\n    trackedJson {\n      dataset\n      datasetType\n      json\n      problem\n      url\n    }\n    plots {\n      ...Artifact\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Run($id: ID!) {\n    run(id: $id) {\n      id\n      ...RunDetails\n      nodes {\n        peakMemory\n      }\n      artifacts {\n        ...Artifact\n      }\n    }\n  }\n"): (typeof documents)["\n  query Run($id: ID!) {\n    run(id: $id) {\n      id\n      ...RunDetails\n      nodes {\n        peakMemory\n      }\n      artifacts {\n        ...Artifact\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NewestRuns($first: Int!, $search: String) {\n    runs(first: $first, search: $search) {\n      edges {\n        node {\n          id\n          title\n          status\n          startedAt\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query NewestRuns($first: Int!, $search: String) {\n    runs(first: $first, search: $search) {\n      edges {\n        node {\n          id\n          title\n          status\n          startedAt\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Tags {\n    tags {\n      tag\n      runs\n    }\n  }\n"): (typeof documents)["\n  query Tags {\n    tags {\n      tag\n      runs\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunRow on Run {\n    ...RunHead\n    author\n    bookmark\n    archived\n    endedAt\n    pipeline\n    progress {\n      done\n      total\n    }\n    gitRemote @include(if: $all)\n    project @include(if: $all)\n    env @include(if: $all)\n    runner @include(if: $all)\n    kedroVersion @include(if: $all)\n    runCommand @include(if: $all)\n    notes @include(if: $all)\n  }\n"): (typeof documents)["\n  fragment RunRow on Run {\n    ...RunHead\n    author\n    bookmark\n    archived\n    endedAt\n    pipeline\n    progress {\n      done\n      total\n    }\n    gitRemote @include(if: $all)\n    project @include(if: $all)\n    env @include(if: $all)\n    runner @include(if: $all)\n    kedroVersion @include(if: $all)\n    runCommand @include(if: $all)\n    notes @include(if: $all)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Runs(\n    $first: Int!\n    $offset: Int!\n    $search: String\n    $bookmarked: Boolean\n    $archived: Boolean\n    $orderBy: [RunOrder!]\n    $all: Boolean!\n  ) {\n    runs(\n      first: $first\n      offset: $offset\n      search: $search\n      bookmarked: $bookmarked\n      archived: $archived\n      orderBy: $orderBy\n    ) {\n      totalCount\n      edges {\n        node {\n          id\n          ...RunRow\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Runs(\n    $first: Int!\n    $offset: Int!\n    $search: String\n    $bookmarked: Boolean\n    $archived: Boolean\n    $orderBy: [RunOrder!]\n    $all: Boolean!\n  ) {\n    runs(\n      first: $first\n      offset: $offset\n      search: $search\n      bookmarked: $bookmarked\n      archived: $archived\n      orderBy: $orderBy\n    ) {\n      totalCount\n      edges {\n        node {\n          id\n          ...RunRow\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunIds(\n    $first: Int!\n    $offset: Int!\n    $search: String\n    $bookmarked: Boolean\n    $archived: Boolean\n    $orderBy: [RunOrder!]\n  ) {\n    runs(\n      first: $first\n      offset: $offset\n      search: $search\n      bookmarked: $bookmarked\n      archived: $archived\n      orderBy: $orderBy\n    ) {\n      edges {\n        node {\n          id\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query RunIds(\n    $first: Int!\n    $offset: Int!\n    $search: String\n    $bookmarked: Boolean\n    $archived: Boolean\n    $orderBy: [RunOrder!]\n  ) {\n    runs(\n      first: $first\n      offset: $offset\n      search: $search\n      bookmarked: $bookmarked\n      archived: $archived\n      orderBy: $orderBy\n    ) {\n      edges {\n        node {\n          id\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunCells($runIds: [ID!]!, $metrics: [ID!]!, $parameters: [String!]!) {\n    runCells(runIds: $runIds, metrics: $metrics, parameters: $parameters) {\n      metrics {\n        id\n        values\n      }\n      parameters {\n        name\n        texts\n      }\n    }\n  }\n"): (typeof documents)["\n  query RunCells($runIds: [ID!]!, $metrics: [ID!]!, $parameters: [String!]!) {\n    runCells(runIds: $runIds, metrics: $metrics, parameters: $parameters) {\n      metrics {\n        id\n        values\n      }\n      parameters {\n        name\n        texts\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WordMatches($search: String!, $runIds: [ID!]!) {\n    wordMatches(search: $search, runIds: $runIds) {\n      word\n      field\n      text\n    }\n  }\n"): (typeof documents)["\n  query WordMatches($search: String!, $runIds: [ID!]!) {\n    wordMatches(search: $search, runIds: $runIds) {\n      word\n      field\n      text\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MetricColumns {\n    metricColumns {\n      id\n      dataset\n      key\n      runs\n      min\n      max\n      direction\n      directionIsSet\n    }\n  }\n"): (typeof documents)["\n  query MetricColumns {\n    metricColumns {\n      id\n      dataset\n      key\n      runs\n      min\n      max\n      direction\n      directionIsSet\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ParameterColumns {\n    parameterColumns {\n      name\n      runs\n      kind\n      min\n      max\n    }\n  }\n"): (typeof documents)["\n  query ParameterColumns {\n    parameterColumns {\n      name\n      runs\n      kind\n      min\n      max\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SeriesSummary on Series {\n    name\n    count\n    min\n    max\n    lastStep\n    last\n    direction\n  }\n"): (typeof documents)["\n  fragment SeriesSummary on Series {\n    name\n    count\n    min\n    max\n    lastStep\n    last\n    direction\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LoggedSeries($id: ID!) {\n    run(id: $id) {\n      id\n      series(maxPoints: 4) {\n        ...SeriesSummary\n      }\n    }\n  }\n"): (typeof documents)["\n  query LoggedSeries($id: ID!) {\n    run(id: $id) {\n      id\n      series(maxPoints: 4) {\n        ...SeriesSummary\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SeriesPoints($id: ID!, $names: [String!]!, $maxPoints: Int!, $firstStep: Float, $lastStep: Float) {\n    run(id: $id) {\n      id\n      series(names: $names, maxPoints: $maxPoints, firstStep: $firstStep, lastStep: $lastStep) {\n        name\n        count\n        steps\n        values\n        times\n      }\n    }\n  }\n"): (typeof documents)["\n  query SeriesPoints($id: ID!, $names: [String!]!, $maxPoints: Int!, $firstStep: Float, $lastStep: Float) {\n    run(id: $id) {\n      id\n      series(names: $names, maxPoints: $maxPoints, firstStep: $firstStep, lastStep: $lastStep) {\n        name\n        count\n        steps\n        values\n        times\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SeriesOfRuns(\n    $runIds: [ID!]!\n    $names: [String!]!\n    $maxPoints: Int!\n    $firstStep: Float\n    $lastStep: Float\n    $withTimes: Boolean!\n  ) {\n    runMetadata(runIds: $runIds) {\n      id\n      series(names: $names, maxPoints: $maxPoints, firstStep: $firstStep, lastStep: $lastStep) {\n        name\n        steps\n        values\n        times @include(if: $withTimes)\n      }\n    }\n  }\n"): (typeof documents)["\n  query SeriesOfRuns(\n    $runIds: [ID!]!\n    $names: [String!]!\n    $maxPoints: Int!\n    $firstStep: Float\n    $lastStep: Float\n    $withTimes: Boolean!\n  ) {\n    runMetadata(runIds: $runIds) {\n      id\n      series(names: $names, maxPoints: $maxPoints, firstStep: $firstStep, lastStep: $lastStep) {\n        name\n        steps\n        values\n        times @include(if: $withTimes)\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SavedViews {\n    savedViews {\n      id\n      name\n      state\n      createdBy\n      updatedAt\n      updatedBy\n    }\n  }\n"): (typeof documents)["\n  query SavedViews {\n    savedViews {\n      id\n      name\n      state\n      createdBy\n      updatedAt\n      updatedBy\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveView($id: ID, $name: String!, $state: JSON!) {\n    saveView(id: $id, name: $name, state: $state) {\n      ... on SaveViewSuccess {\n        view {\n          id\n          name\n          state\n          createdBy\n          updatedAt\n          updatedBy\n        }\n      }\n      ... on EditFailure {\n        errorMessage\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SaveView($id: ID, $name: String!, $state: JSON!) {\n    saveView(id: $id, name: $name, state: $state) {\n      ... on SaveViewSuccess {\n        view {\n          id\n          name\n          state\n          createdBy\n          updatedAt\n          updatedBy\n        }\n      }\n      ... on EditFailure {\n        errorMessage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteView($id: ID!) {\n    deleteView(id: $id) {\n      ... on DeleteViewSuccess {\n        id\n      }\n      ... on EditFailure {\n        errorMessage\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteView($id: ID!) {\n    deleteView(id: $id) {\n      ... on DeleteViewSuccess {\n        id\n      }\n      ... on EditFailure {\n        errorMessage\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;