import { Fragment } from 'react';

/** A technical name that may wrap where its words end: after a dot, an underscore, a dash or a slash. */
export function BreakableName({ name }: { name: string }) {
  return name.split(/(?<=[._\-/:])/).map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a name have no identity but their place
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
