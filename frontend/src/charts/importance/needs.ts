import { isExpression } from '../../query/index.ts';
import { parseRunColumn } from '../../runs/runColumns.ts';
import { asCondition, joinQuery } from '../parallel/brushQuery.ts';
import type { ChartNeeds, RunsScope } from '../runCharts.ts';

/** The metric that is looked at: the one chosen, or else the first; undefined where there is none. */
export function judgedMetric({ search, columns, shown }: ChartNeeds): string | undefined {
  const chosen = search.y === undefined ? undefined : parseRunColumn(search.y);
  return chosen?.source === 'metrics' ? chosen.name : (shown[0] ?? columns.metrics[0]?.id);
}

/** The server looks at the values itself. */
export function importanceNeeds(): string[] {
  return [];
}

/** The query of a scope. Words cannot be joined with a condition: bookmarks are not asked for beside them. */
export function scopeQuery({ search, bookmarked }: RunsScope): string | undefined {
  if (!bookmarked || (search !== undefined && !isExpression(search))) return search;
  return joinQuery(search === undefined ? [] : [asCondition(search)], 'bookmarked == True');
}
