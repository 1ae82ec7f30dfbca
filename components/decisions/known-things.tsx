import { DefinitionList } from "@/components/ui/definition-list";
import { plural } from "@/components/ui/format";
import { Section } from "@/components/ui/page-head";
import type { DecisionDetail } from "@/server/policies/decision-contract";
import { valueWords } from "./decision-words";

/** What the decision was made of: what came with the question, and what the store knew at that moment. */
export function KnownThings({ detail: { context, facts } }: { readonly detail: DecisionDetail }) {
  const given = Object.entries(context);
  return (
    <>
      <Section title="What came with the question">
        {given.length === 0 ? (
          <p className="topline x3 pt-2">Nothing.</p>
        ) : (
          <DefinitionList isNarrow items={given.map(([term, value]) => ({ term, detail: valueWords(value) }))} />
        )}
      </Section>
      <Section title="What was known" aside={plural(facts.length, "thing")}>
        {facts.length === 0 && <p className="topline x3 pt-2">Nothing of who or what takes part.</p>}
        {facts.map((fact) => (
          <Fact key={`${fact.uid.type} ${fact.uid.id}`} fact={fact} />
        ))}
      </Section>
    </>
  );
}

function Fact({ fact: { uid, attrs, tags, parents } }: { readonly fact: DecisionDetail["facts"][number] }) {
  const labels = Object.entries(tags ?? {});
  const items = [
    ...Object.entries(attrs).map(([term, value]) => ({ term, detail: valueWords(value) })),
    labels.length > 0 && { term: "labels", detail: labels.map(([name, value]) => `${name}: ${value}`).join(", ") },
    parents.length > 0 && { term: "is in", detail: parents.map(({ type, id }) => `${type} ${id}`).join(", ") },
  ];
  return (
    <div className="topline pt-2 pb-3">
      <h3 className="w5 anywhere">
        <span className="x3">{uid.type}</span> {uid.id}
      </h3>
      {items.some(Boolean) ? (
        <DefinitionList isNarrow hasTopLine={false} items={items} />
      ) : (
        <p className="x3">It has no attributes.</p>
      )}
    </div>
  );
}
