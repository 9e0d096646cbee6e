export type FlowchartSearch = { pipeline?: string; node?: string };

export type FlowchartPageProps = {
  search: FlowchartSearch;
  onSearchChange: (search: FlowchartSearch) => void;
};

export default function FlowchartPage({ search }: FlowchartPageProps) {
  return <section aria-label="Pipeline">{search.pipeline}</section>;
}
