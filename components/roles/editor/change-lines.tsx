import type { Change } from "./changes";

const WORDS = { "+": "gained: ", "−": "taken: ", "=": "unchanged: " } as const;

/** What saving would change, line by line. */
export function ChangeLines({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <ul className="chg" aria-label="What changes">
      {changes.map(({ sign, strong, rest }) => (
        <li key={`${sign} ${strong} ${rest}`}>
          <span className="chg__s" aria-hidden="true">
            {sign}
          </span>
          <span>
            <span className="vh">{WORDS[sign]}</span>
            <b>{strong}</b> {rest}
          </span>
        </li>
      ))}
    </ul>
  );
}
