import Link from "next/link";
import { currentPermissions, readPage } from "@/components/shell/guard";
import { whyNot } from "@/components/shell/refusal";
import { Badge, Status } from "@/components/ui/badge";
import { CopyText } from "@/components/ui/copy";
import { DefinitionList } from "@/components/ui/definition-list";
import { formatLongInstant, formatRelative, type Instant } from "@/components/ui/format";
import { Section } from "@/components/ui/page-head";
import { SidePanel } from "@/components/ui/side-panel";
import { auditHref } from "@/components/audit/audit-address";
import { entityAt, type Json, nameOf, type ResourceDetail } from "@/server/resources/contract";
import { type ResourceAddress, resourcesHref } from "./resource-address";
import { ResourceDeeds } from "./resource-deeds";
import type { FormGround } from "./resource-form";
import { labelOf, trustOf, valueWords } from "./words";

type Props = {
  readonly address: ResourceAddress;
  readonly resource: ResourceDetail;
  readonly ground: FormGround | undefined;
  readonly now: Instant;
};

/** Everything of one resource: what is known, who uses it, and the deeds. */
export async function ResourcePanel({ address, resource, ground, now }: Props) {
  const { type, id, team, attributes, updatedAt, usedBy } = resource;
  const asked = await readPage((caller) =>
    caller.roles.permissions({ id: nameOf(resource), teamId: team?.id ?? null, kind: type }),
  );
  const permissions = asked.value ?? {};
  const mayReadLog = (await currentPermissions())["audit.list"] === null;
  const trust = type === "Provider" ? trustOf(attributes["trust"]) : undefined;
  const closeHref = resourcesHref({ ...address, open: undefined });
  return (
    <SidePanel
      key={nameOf(resource)}
      label={`${type} ${id}`}
      title={id}
      closeHref={closeHref}
      foot={
        <ResourceDeeds
          resource={resource}
          ground={ground}
          closeHref={closeHref}
          putRefused={whyNot(permissions, "resource.put")}
          removeRefused={whyNot(permissions, "resource.remove")}
        />
      }
    >
      <div className="stack">
        <div>
          <p className="lead">
            {type}
            {team && ` of the team ${team.name}`}
          </p>
          <p className="x2 t12">
            Last changed {formatLongInstant(updatedAt)}, {formatRelative(updatedAt, now)}
          </p>
        </div>
        {trust && (
          <div>
            <Badge tone={trust.tone} icon={trust.icon}>
              {trust.word}
            </Badge>
            <p className="x2 mt-2">{trust.consequence}</p>
          </div>
        )}
        <Section title="What is known">
          <DefinitionList isNarrow items={factsOf(address, resource)} />
        </Section>
        {usedBy.length > 0 && (
          <Section title="Used by">
            <DefinitionList
              isNarrow
              items={usedBy.map((users) => ({
                term: users.type,
                detail: `${users.first.join(", ")}${users.count > users.first.length ? ` and ${users.count - users.first.length} more` : ""}`,
              }))}
            />
          </Section>
        )}
        <Section title="In policies">
          <CopyText text={nameOf(resource)} label="Copy its name in Cedar" />
          {mayReadLog && (
            <p className="mt-2">
              <Link className="link" href={auditHref({ filter: { objectId: nameOf(resource) } })}>
                Its events in the log
              </Link>
            </p>
          )}
        </Section>
      </div>
    </SidePanel>
  );
}

function factsOf(address: ResourceAddress, { parents, attributes, labels, provider }: ResourceDetail) {
  const trust = trustOf(provider?.trust);
  const within = parents.map((parent) => ({
    term: parent.type,
    detail: <ResourceLink address={address} type={parent.type} id={parent.id} />,
  }));
  const known = Object.entries(attributes).map(([name, value]) => ({
    term: labelOf(name),
    detail: (
      <span className="row">
        <Value address={address} value={value} />
        {name === "provider" && trust && (
          <Status tone={trust.tone} icon={trust.icon}>
            {trust.word}
          </Status>
        )}
      </span>
    ),
  }));
  const tags = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return [...known, ...within, tags.length > 0 && { term: "Labels", detail: tags.join(", ") }];
}

function Value({ address, value }: { readonly address: ResourceAddress; readonly value: Json }) {
  const entity = entityAt(value);
  if (entity) return <ResourceLink address={address} {...entity} />;
  return <>{valueWords(value)}</>;
}

type LinkProps = { readonly address: ResourceAddress; readonly type: string; readonly id: string };

function ResourceLink({ address, type, id }: LinkProps) {
  return (
    <Link className="link" href={resourcesHref({ ...address, open: { type, id } })} scroll={false}>
      {id}
    </Link>
  );
}
