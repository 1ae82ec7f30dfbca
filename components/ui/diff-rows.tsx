import type { ReactNode } from "react";
import type { DiffRow } from "./diff";

const look = {
  "+": { className: "diff__add", word: "added", mark: "+" },
  "-": { className: "diff__del", word: "removed", mark: "−" },
  " ": { className: "diff__ctx", word: "unchanged", mark: "" },
} as const;

/** Before and after, line by line. */
export function DiffRows({ rows, caption = "Before and after" }: { rows: readonly DiffRow[]; caption?: string }) {
  return (
    <table className="diff">
      <caption className="vh">{caption}</caption>
      <tbody>
        {rows.map((row) => (
          <tr key={row.sign + row.key} className={look[row.sign].className}>
            <td>
              <span aria-hidden="true">{look[row.sign].mark}</span>
              <span className="vh">{look[row.sign].word}</span>
            </td>
            <th scope="row">{row.key}</th>
            <td>{row.value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Change = { sign: "+" | "−" | "="; what: ReactNode };

const changeWord = { "+": "gained: ", "−": "replaced: ", "=": "unchanged: " } as const;

/** What a form will change, before it is saved. */
export function ChangeList({ items }: { items: readonly Change[] }) {
  return (
    <ul className="chg">
      {items.map((item, index) => (
        <li key={index}>
          <span className="chg__s" aria-hidden="true">
            {item.sign}
          </span>
          <span>
            <span className="vh">{changeWord[item.sign]}</span>
            {item.what}
          </span>
        </li>
      ))}
    </ul>
  );
}
