import Link from "next/link";
import { Fragment } from "react";
import { Icon } from "@/components/ui/icon";
import { Tooltip } from "@/components/ui/tooltip";
import type { Matrix, MatrixRow, Way } from "../matrix";
import { roleHref } from "../role-address";
import { conditionsWords } from "../words";
import { LastUsed, type Usage } from "./last-used";

type Props = { readonly role: string; readonly matrix: Matrix; readonly usage: Usage };

/** Actions by the types that they are permitted on, where there is room for it. Its twin on a phone is `PermissionList`. */
export function PermissionMatrix({ role, matrix, usage }: Props) {
  const { types, groups } = matrix;
  return (
    <section className="tblx mtx" tabIndex={0} aria-label="What it permits">
      <table className="mtx__t">
        <caption className="vh">What {role} permits: actions by the types that they are permitted on</caption>
        <thead>
          <tr>
            <th scope="col">Action</th>
            {types.map((type) => (
              <th key={type} scope="col">
                {type}
              </th>
            ))}
            <th scope="col">Last used</th>
          </tr>
        </thead>
        {groups.map(({ name, rows }) => (
          <tbody key={name}>
            <tr className="mtx__g">
              <th scope="rowgroup" colSpan={types.length + 2}>
                {groupWords(name)}
              </th>
            </tr>
            {rows.map((row) => (
              <tr key={row.action}>
                <th scope="row" className="mono">
                  {row.action}
                </th>
                {row.cells.map((ways, at) => (
                  <td key={types[at]}>
                    <Ways matrix={matrix} ways={ways} />
                  </td>
                ))}
                <td className="mtx__u">
                  <LastUsed row={row} usage={usage} />
                </td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

function Ways({ matrix, ways }: { readonly matrix: Matrix; readonly ways: readonly Way[] }) {
  if (ways.length === 0) {
    return (
      <>
        <span className="x3" aria-hidden="true">
          –
        </span>
        <span className="vh">no</span>
      </>
    );
  }
  return ways.map((way, at) => (
    <Fragment key={`${way.from} ${way.conditions}`}>
      {at > 0 && <span className="x3 t12"> or </span>}
      <OneWay matrix={matrix} way={way} />
    </Fragment>
  ));
}

function OneWay({ matrix, way: { from, conditions } }: { readonly matrix: Matrix; readonly way: Way }) {
  return (
    <span className="mtx__y">
      <Icon name="check" className={from === null ? "ok-x" : "x3"} />
      {from === null ? (
        "yes"
      ) : (
        <span className="x2">
          from{" "}
          <Link className="link mono t12" href={roleHref(from)}>
            {from}
          </Link>
        </span>
      )}
      {conditions !== null && <IfNumber matrix={matrix} number={conditions} />}
    </span>
  );
}

/** Leads to the conditions in words, which a pointer and the focus show at once. */
function IfNumber({ matrix, number }: { readonly matrix: Matrix; readonly number: number }) {
  return (
    <Tooltip text={conditionsWords(matrix.conditions[number - 1] ?? [])}>
      <a className="link nw" href={`#if-${number}`}>
        if {number}
      </a>
    </Tooltip>
  );
}

/** Every set of conditions in words, by the number that the matrix calls it. */
export function ConditionList({ matrix }: { readonly matrix: Matrix }) {
  if (matrix.conditions.length === 0) return null;
  return (
    <ol className="mtx__c">
      {matrix.conditions.map((conditions, at) => (
        <li key={at} id={`if-${at + 1}`}>
          <span className="mtx__n">if {at + 1}</span>
          <span>{conditionsWords(conditions).replace(/^where /, "")}</span>
        </li>
      ))}
    </ol>
  );
}

const GROUP_WORDS: Readonly<Record<string, string>> = {
  use: "Use what the swarm has",
  change: "Change what the swarm has",
  swarm: "In the swarm",
  reading: "Read in this console",
  audit: "The audit log",
  console: "Do in this console",
};

/** A group of actions as a heading. */
export function groupWords(name: string | null): string {
  return name === null ? "Of no group" : (GROUP_WORDS[name] ?? name);
}

type ListProps = Props;

/** The same as the matrix, type by type, where there is no room for columns. */
export function PermissionList({ matrix, usage }: ListProps) {
  const rows = matrix.groups.flatMap((group) => group.rows);
  return (
    <div className="mtx-list">
      {matrix.types.map((type, at) => (
        <section key={type} aria-label={type}>
          <h3>{type}</h3>
          <ul>
            {rows
              .filter(({ cells }) => (cells[at] ?? []).length > 0)
              .map((row) => (
                <OfType key={row.action} row={row} ways={row.cells[at] ?? []} matrix={matrix} usage={usage} />
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

type OfTypeProps = Pick<Props, "matrix" | "usage"> & { readonly row: MatrixRow; readonly ways: readonly Way[] };

function OfType({ row, ways, matrix, usage }: OfTypeProps) {
  return (
    <li>
      <p className="mono w5 x1">{row.action}</p>
      {ways.map(({ from, conditions }) => (
        <p className="x2" key={`${from} ${conditions}`}>
          {from !== null && (
            <>
              from{" "}
              <Link className="link mono t12" href={roleHref(from)}>
                {from}
              </Link>{" "}
            </>
          )}
          {conditions === null
            ? from === null && "wherever it is held"
            : conditionsWords(matrix.conditions[conditions - 1] ?? [])}
        </p>
      ))}
      <p className="x3 t12">
        <LastUsed row={row} usage={usage} />
      </p>
    </li>
  );
}
