import Link from "next/link";
import { formatCount, formatInstant, plural } from "@/components/ui/format";
import { Icon } from "@/components/ui/icon";
import type { ReplayGroup } from "@/server/policies/impact-contract";
import { countOf, type Replayed } from "./merge";

type Props = { readonly change: ReplayGroup["change"]; readonly replayed: Replayed };

/** Decisions of the log that would be other, by who and what; each opens to the requests. */
export function ImpactGroups({ change, replayed }: Props) {
  const groups = replayed.groups.filter((group) => group.change === change);
  const isDenied = change === "newly denied";
  return (
    <section className="imp__g" aria-label={isDenied ? "Newly denied" : "Newly allowed"}>
      <h3 className={isDenied ? "imp__h da-x" : "imp__h wa-x"}>
        <Icon name={isDenied ? "ban" : "plus"} />
        {isDenied ? "Newly denied" : "Newly allowed"}
        <b className="w6">{formatCount(countOf(replayed, change))}</b>
        <span className="x3 w4 text-12">{plural(groups.length, "group")}</span>
      </h3>
      {groups.length === 0 && <p className="x3">None of the decisions in the log.</p>}
      {groups.map((group) => (
        <Group
          key={[group.subject.type, group.subject.id, group.action, group.resourceType, ...group.policies].join()}
          group={group}
        />
      ))}
    </section>
  );
}

function Group({ group }: { readonly group: ReplayGroup }) {
  const { change, subject, team, action, resourceType, count, policies, decisions } = group;
  const verb = change === "newly denied" ? "Forbidden by" : "Permitted by";
  return (
    <details className="imp__r">
      <summary>
        <span className="imp__n">{formatCount(count)}</span>
        <span className="grow">
          <span className="block w5">
            {subject.type} {subject.id}
            {team !== null && <span className="x2 w4"> of team {team}</span>}
          </span>
          <span className="block x2">
            {action} on {resourceType}
          </span>
          <span className="block x2 text-12">
            {policies.length > 0 ? `${verb} ${policies.join(", ")}` : "No policy permits it any more"}
          </span>
        </span>
      </summary>
      <ul className="imp__d">
        {decisions.map(({ seq, at, resource }) => (
          <li key={seq}>
            <Link href={`/decisions?decision=${seq}`}>Decision {formatCount(seq)}</Link> on {resource},{" "}
            {formatInstant(at, at)} UTC
          </li>
        ))}
        {count > decisions.length && <li className="x3">and {plural(count - decisions.length, "more")}</li>}
      </ul>
    </details>
  );
}
