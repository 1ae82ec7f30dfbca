import { Note } from "@/components/ui/note";
import type { TeamMove } from "@/server/identities/team-contract";
import { heldWords, membersWords, reachingWords } from "./words";

/** What moving a team would change: where it will lie, who gains and loses what, and whose roles reach it. */
export function MoveConsequences({ move: { line, members, gained, lost } }: { readonly move: TeamMove }) {
  const who = membersWords(members);
  const changes = [
    { title: `Held then by ${who}`, items: gained.held.map(heldWords), sign: "+" },
    { title: "Reach into it then", items: gained.reaching.map(reachingWords), sign: "+" },
    { title: `No longer held by ${who}`, items: lost.held.map(heldWords), sign: "−" },
    { title: "No longer reach into it", items: lost.reaching.map(reachingWords), sign: "−" },
  ].filter(({ items }) => items.length > 0);
  return (
    <div aria-live="polite">
      <Note tone={gained.held.length + gained.reaching.length > 0 ? "warn" : "neutral"} title={`${line.join(" → ")}.`}>
        {changes.length === 0 && "No grant reaches further by it, and none less far."}
        {changes.map(({ title, items, sign }) => (
          <div key={title} className="pt-2">
            <p className="w5">{title}</p>
            <ul>
              {items.slice(0, MOST).map((item) => (
                <li key={item}>
                  {sign} {item}
                </li>
              ))}
              {items.length > MOST && <li>{`and ${items.length - MOST} more`}</li>}
            </ul>
          </div>
        ))}
      </Note>
    </div>
  );
}

const MOST = 6;
