import { Segmented } from "@/components/ui/choice";

/** How long a join token may wait, in minutes. */
const LIVES = [
  { value: "15", label: "15 min" },
  { value: "60", label: "1 h" },
  { value: "480", label: "8 h" },
  { value: "1440", label: "24 h" },
] as const;

/** One of the lives that are offered, in minutes. */
export type TokenLife = (typeof LIVES)[number]["value"];

type Props = { readonly value: TokenLife; readonly onChange: (value: TokenLife) => void };

/** How long the command with a join token may wait to be run. */
export function TokenLifeField({ value, onChange }: Props) {
  return (
    <div className="field">
      <span className="lab">
        The command works for<span className="lab__l">once, 24 h at most</span>
      </span>
      <Segmented label="The command works for" options={LIVES} value={value} onChange={onChange} />
    </div>
  );
}
