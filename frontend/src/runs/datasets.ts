/** Things by the dataset they belong to, in the order in which the datasets first appear. */
export function groupByDataset<Member extends { dataset: string }>(
  members: Member[],
): { dataset: string; members: Member[] }[] {
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const group = groups.get(member.dataset);
    if (group) group.push(member);
    else groups.set(member.dataset, [member]);
  }
  return [...groups].map(([dataset, group]) => ({ dataset, members: group }));
}
