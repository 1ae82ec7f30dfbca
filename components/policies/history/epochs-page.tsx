import { currentPermissions, readPage, Refused } from "@/components/shell/guard";
import { whyNot } from "@/components/shell/refusal";
import { ButtonLink } from "@/components/ui/button-link";
import { formatInstant, plural } from "@/components/ui/format";
import { PageHead, Section } from "@/components/ui/page-head";
import type { EpochComparison, EpochSummary } from "@/server/policies/contract";
import { ComparePicker } from "./compare-picker";
import { EpochTable } from "./epoch-table";
import type { Compared } from "./epochs-address";
import { TextDiff } from "./text-diff";

/** Every set of policies that was in force, and how any two of them differ. */
export async function EpochsPage({ compared }: { readonly compared: Compared | undefined }) {
  const now = Date.now();
  const read = await readPage(async (caller) => ({
    epochs: await caller.policies.epochs(),
    comparison: compared && (await caller.policies.compare(compared)),
  }));
  if (read.refused) return <Refused refused={read.refused} doing="see the history of the policies" />;

  const { epochs, comparison } = read.value;
  const rollBackRefused = whyNot(await currentPermissions(), "policy.publish");
  return (
    <>
      <PageHead
        title={nowLine(epochs, now)}
        lead="Each is the whole set, with its schema. The digest proves which one it is."
      />
      {compared && comparison && <Comparison compared={compared} comparison={comparison} epochs={epochs} />}
      <EpochTable epochs={epochs} compared={compared} now={now} rollBackRefused={rollBackRefused} />
    </>
  );
}

function nowLine(epochs: readonly EpochSummary[], now: number): string {
  const current = epochs.find(({ isInForce }) => isInForce);
  if (!current?.at) return "The built-in policies are in force; nothing was published yet.";
  return `Epoch ${current.number} is in force since ${formatInstant(current.at, now)} UTC.`;
}

type ComparisonProps = {
  readonly compared: Compared;
  readonly comparison: EpochComparison;
  readonly epochs: readonly EpochSummary[];
};

function Comparison({ compared: { from, to }, comparison: { changes, schema }, epochs }: ComparisonProps) {
  const count = changes.length;
  return (
    <div className="pad grid gap-5 pb-6">
      <Section
        title={`From epoch ${from} to epoch ${to}`}
        aside={count === 0 && !schema ? "the same" : plural(count, "policy differs", "policies differ")}
        end={
          <ButtonLink size="s" variant="quiet" icon="x" href="/policies/history">
            Close the comparison
          </ButtonLink>
        }
      >
        <ComparePicker from={from} to={to} numbers={epochs.map(({ number }) => number)} />
      </Section>
      {changes.map(({ policy, before, after }) => (
        <Section key={policy} title={policy} aside={before === null ? "added" : after === null ? "removed" : "changed"}>
          <TextDiff before={before ?? ""} after={after ?? ""} caption={`What changes in ${policy}`} />
        </Section>
      ))}
      {schema && (
        <Section title="Schema" aside="changed">
          <TextDiff before={schema.before} after={schema.after} caption="What changes in the schema" />
        </Section>
      )}
    </div>
  );
}
