import { readPage, Refused } from "@/components/shell/guard";
import { Status } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy";
import { plural } from "@/components/ui/format";
import { PageHead, Section } from "@/components/ui/page-head";
import type { PolicySummary } from "@/server/policies/contract";
import { cedarPieces } from "./cedar-tokens";

/** Every policy in force, in Cedar. */
export async function PoliciesPage() {
  const read = await readPage((caller) => caller.policies.list());
  if (read.refused) return <Refused refused={read.refused} doing="see the policies" />;

  const { policies, version } = read.value;
  return (
    <>
      <PageHead
        title={`${plural(policies.length, "policy says", "policies say")} who may do what here.`}
        lead={
          <>
            What none of them permits is refused. Each audit entry names the version that decided; now it is{" "}
            <span className="mono">{version}</span>.
          </>
        }
      />
      <div className="pad grid items-start gap-7 mid:grid-cols-2">
        {policies.map((policy) => (
          <Policy key={policy.id} policy={policy} />
        ))}
      </div>
    </>
  );
}

function Policy({ policy: { id, effect, about, text } }: { readonly policy: PolicySummary }) {
  return (
    <Section
      id={id}
      title={id}
      aside={
        <Status tone={effect === "permit" ? "ok" : "danger"}>{effect === "permit" ? "Permits" : "Forbids"}</Status>
      }
    >
      <p className="x2 mb-2">{about}</p>
      <div className="codeb">
        <pre className="code">
          {cedarPieces(text).map((piece, at) =>
            piece.kind === "plain" ? (
              piece.text
            ) : (
              // Pieces are told apart by their place alone, and the text never changes while it is shown.
              <span key={at} className={`cedar-${piece.kind}`}>
                {piece.text}
              </span>
            ),
          )}
        </pre>
        <CopyButton text={text} label={`Copy ${id}`} variant="outline" />
      </div>
    </Section>
  );
}
