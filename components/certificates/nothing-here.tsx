import Link from "next/link";
import { DeedButton } from "@/components/shell/disabled-button";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState, NoMatch } from "@/components/ui/state";
import { serverCaller } from "@/server/api/caller";
import type { InventoryAddress } from "@/server/certificates/inventory-contract";
import { IssueLink } from "./inventory-actions";
import { inventoryHref } from "./inventory-address";
import { conditionsOf, type Labels } from "./inventory-conditions";
import { countWords } from "./words";

type YetProps = { readonly issueRefused: string | undefined; readonly enrolRefused: string | undefined };

/** The list before the first certificate: the two ways to begin. */
export function NothingYet({ issueRefused, enrolRefused }: YetProps) {
  return (
    <EmptyState
      title="Two ways to the first one"
      icon="cert"
      actions={
        <>
          {enrolRefused ? (
            <DeedButton icon="node" disabledBecause={enrolRefused}>
              Enrol a node
            </DeedButton>
          ) : (
            <ButtonLink href="/join-tokens?add=1" icon="node" variant="main">
              Enrol a node
            </ButtonLink>
          )}
          <IssueLink refused={issueRefused} />
        </>
      }
    >
      <p>
        A node or service gets one by itself when it enrols with a join token, and renews it by itself. For anything
        else issue one here, from a request or with a key made in this browser.
      </p>
    </EmptyState>
  );
}

/** Which conditions hide how many, each with a way to take it off. */
export async function NothingFits({
  address,
  labels,
}: {
  readonly address: InventoryAddress;
  readonly labels: Labels;
}) {
  const caller = await serverCaller();
  const conditions = conditionsOf(address, labels);
  const counted = await Promise.all(
    conditions.slice(0, 6).map(async (condition) => {
      const { total } = await caller.inventory.facets({ filter: condition.rest.filter });
      return { ...condition, total };
    }),
  );
  const [only] = counted.length === 1 ? counted : [];
  const helping = counted.filter(({ total }) => total.count > 0 || !total.isExact);
  return (
    <NoMatch title="No certificate fits" actions={<ButtonLink href="/certificates">Show all certificates</ButtonLink>}>
      {only ? (
        <p>
          {only.key === "query" ? `No name, serial or fingerprint has “${only.value}” in it.` : "None is so now."}{" "}
          Without this filter there are {countWords(only.total)}.
        </p>
      ) : (
        <>
          <p>
            {helping.length > 0
              ? "Nothing has all of these at once."
              : "Nothing has all of these at once, and taking a single one away does not help."}
          </p>
          <ul className="pt-2">
            {helping.map(({ key, field, op, value, rest, total }) => (
              <li key={key}>
                <Link className="link" href={inventoryHref(rest)}>
                  Without “{field} {op} {value}”
                </Link>
                : {countWords(total)}
              </li>
            ))}
          </ul>
        </>
      )}
    </NoMatch>
  );
}
