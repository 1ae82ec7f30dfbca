import { DiffRows } from "@/components/ui/diff-rows";
import { diffLines } from "./line-diff";

type Props = {
  /** Empty where there was none. */
  readonly before: string;
  readonly after: string;
  readonly caption: string;
};

/** Two texts, line by line. */
export function TextDiff({ before, after, caption }: Props) {
  if (before === after) return <p className="x2">The two are the same.</p>;
  return (
    <div className="tdiff">
      <DiffRows rows={diffLines(before, after)} caption={caption} />
    </div>
  );
}
