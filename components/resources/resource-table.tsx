import Link from "next/link";
import { RowKeys } from "@/components/shell/row-keys";
import { Status, Tag } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { cx } from "@/components/ui/cx";
import { formatCount, type Instant } from "@/components/ui/format";
import { Icon } from "@/components/ui/icon";
import { EmptyState, NoMatch } from "@/components/ui/state";
import { Cols, Table, TableFoot, TableScroll, Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ResourcePage, ResourceSummary } from "@/server/resources/contract";
import { type ResourceAddress, resourcesHref } from "./resource-address";
import { iconOf, trustOf, valueWords } from "./words";

type Props = { readonly address: ResourceAddress; readonly page: ResourcePage; readonly now: Instant };

/** The resources by type and name; the open one is marked, and leaves room for its panel. */
export function ResourceTable({ address, page, now }: Props) {
  if (page.items.length === 0) return <Nothing address={address} isEmpty={page.all.resources === 0} />;
  const drops = dropsOf(address.open !== undefined);
  return (
    <>
      <TableScroll>
        <RowKeys>
          <Table caption="Resources, by type and name" isStacked>
            <Cols
              widths={[
                118,
                null,
                { width: 110, className: drops.team },
                156,
                { width: 106, className: drops.region },
                { width: 176, className: drops.labels },
                { width: 110, className: drops.updated },
              ]}
            />
            <thead>
              <tr>
                <Th>Type</Th>
                <Th>Name</Th>
                <Th className={drops.team}>Team</Th>
                <Th>Provider</Th>
                <Th className={drops.region}>Region</Th>
                <Th className={drops.labels}>Labels</Th>
                <Th className={drops.updated}>Updated</Th>
              </tr>
            </thead>
            <tbody>
              {page.items.map((resource) => (
                <Row
                  key={`${resource.type} ${resource.id}`}
                  resource={resource}
                  address={address}
                  drops={drops}
                  now={now}
                />
              ))}
            </tbody>
          </Table>
        </RowKeys>
      </TableScroll>
      <TableFoot
        total={page.total}
        shown={page.nextCursor || address.cursor ? formatCount(page.items.length) : undefined}
        noun="resource"
        hint="By type and name."
        end={
          <>
            {address.cursor && (
              <ButtonLink size="s" variant="quiet" href={resourcesHref({ ...address, cursor: undefined })}>
                First page
              </ButtonLink>
            )}
            {page.nextCursor && (
              <ButtonLink size="s" variant="quiet" href={resourcesHref({ ...address, cursor: page.nextCursor })}>
                Next page
              </ButtonLink>
            )}
          </>
        }
      />
    </>
  );
}

/** Which columns give way before a name is cut. */
function dropsOf(hasPanel: boolean) {
  return hasPanel
    ? { team: "hidden", region: "hidden", labels: "hidden", updated: "hidden" }
    : { team: "drop-narrow", region: "drop-mid", labels: "drop-wide", updated: "drop-mid" };
}

type RowProps = {
  readonly resource: ResourceSummary;
  readonly address: ResourceAddress;
  readonly drops: ReturnType<typeof dropsOf>;
  readonly now: Instant;
};

function Row({ resource, address, drops, now }: RowProps) {
  const { type, id, team, attributes, labels, updatedAt } = resource;
  const isOpen = address.open?.type === type && address.open.id === id;
  const region = attributes["region"];
  return (
    <tr data-row className={isOpen ? "cur" : undefined} aria-current={isOpen ? "true" : undefined}>
      <td className="a-more">
        <span className="row">
          <Icon name={iconOf(type)} className="x3" />
          {type}
        </span>
      </td>
      <td className="name a-name">
        <Link className="name cut" href={resourcesHref({ ...address, open: { type, id } })} scroll={false}>
          {id}
        </Link>
      </td>
      <td className={drops.team}>{team?.name ?? <None />}</td>
      <td className="a-status">
        <ProviderMark resource={resource} />
      </td>
      <td className={drops.region}>{region === undefined ? <None /> : valueWords(region)}</td>
      <td className={drops.labels}>
        <LabelTags labels={labels} />
      </td>
      <td className={cx(drops.updated, "a-when")}>
        <span className="x3 phone:hidden">Updated </span>
        <Time at={updatedAt} now={now} form="relative" />
      </td>
    </tr>
  );
}

/** The provider's name with how far it is trusted; of a provider itself, that alone. */
function ProviderMark({ resource: { type, provider, attributes } }: { readonly resource: ResourceSummary }) {
  const known = trustOf(type === "Provider" ? attributes["trust"] : provider?.trust);
  if (type === "Provider") return known ? <TrustStatus trust={known} /> : <None />;
  if (!provider) return <None />;
  if (known?.tone !== "warn") return <>{provider.id}</>;
  return (
    <span className="stat stat--warn">
      <Icon name={known.icon} size={14} label={known.word} />
      {provider.id}
    </span>
  );
}

function TrustStatus({ trust: { word, tone, icon } }: { readonly trust: NonNullable<ReturnType<typeof trustOf>> }) {
  return (
    <Status tone={tone} icon={icon}>
      {word}
    </Status>
  );
}

function None() {
  return <span className="x3 m-hide">None</span>;
}

function LabelTags({ labels }: { readonly labels: Readonly<Record<string, string>> }) {
  const entries = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  const [first, ...rest] = entries;
  if (first === undefined) return <None />;
  return (
    <span className="row" title={entries.join("\n")}>
      <Tag>{first}</Tag>
      {rest.length > 0 && <span className="x3 t12">+{rest.length}</span>}
    </span>
  );
}

function Nothing({ address, isEmpty }: { readonly address: ResourceAddress; readonly isEmpty: boolean }) {
  if (!isEmpty) {
    return (
      <NoMatch title="No resource fits" actions={<ButtonLink href="/resources">Show all resources</ButtonLink>}>
        {[
          address.text && `“${address.text}” is in no name, team, attribute or label`,
          address.type && `the type is ${address.type}`,
          address.team && `the team is ${address.team}`,
          address.cursor && "this page begins behind the last",
        ]
          .filter(Boolean)
          .join("; ")}
        .
      </NoMatch>
    );
  }
  return (
    <EmptyState title="No resources yet" icon="resource">
      Register the providers first, with how far each is trusted; then pools and compute, storage, datasets and models.
      Policies decide by what stands here.
    </EmptyState>
  );
}
