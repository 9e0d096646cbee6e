import { Link } from '@tanstack/react-router';
import { BreakableName } from '../components/BreakableName.tsx';

/** A dataset's name, leading to its node in the flowchart. */
export function DatasetLink({ name }: { name: string }) {
  return (
    <Link to="/" search={{ node: name }} title={`${name}: show in the pipeline`}>
      <BreakableName name={name} />
    </Link>
  );
}
