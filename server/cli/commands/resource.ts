import {
  type Json,
  ListResourcesInput,
  PutResourceInput,
  ResourceInput,
  type ResourceSummary,
} from "@/server/resources/contract";
import { getResource } from "@/server/resources/get-resource";
import { listResources } from "@/server/resources/list-resources";
import { putResource } from "@/server/resources/put-resource";
import { removeResource } from "@/server/resources/remove-resource";
import { type Given, type Handler, type Terminal, UsageError } from "../terminal";
import { fields, table, utc } from "../text";
import { argument, check, option, readText } from "../words";
import { entityIn, pairsIn, valueIn } from "./resource-words";

/** `swarm resource list` */
export const showResources: Handler = async (terminal, given) => {
  const limit = option(given, "limit");
  const input = check(ListResourcesInput, {
    type: option(given, "type"),
    team: option(given, "team"),
    text: option(given, "text"),
    cursor: option(given, "after"),
    limit: limit === undefined ? undefined : Number(limit),
  });
  const page = await terminal.withContext((ctx) => listResources(ctx, input));
  terminal.say(
    page,
    table(
      page.items,
      [
        { title: "TYPE", of: ({ type }) => type },
        { title: "NAME", of: ({ id }) => id },
        { title: "TEAM", of: ({ team }) => team?.name },
        { title: "PROVIDER", of: ({ provider }) => provider?.id },
        { title: "REGION", of: ({ attributes }) => textOf(attributes.region) },
        { title: "UPDATED", of: ({ updatedAt }) => utc(updatedAt) },
      ],
      "no resource fits",
    ),
  );
  if (page.nextCursor) terminal.warn(`there are more: go on with --after "${page.nextCursor}"`);
};

/** `swarm resource show TYPE NAME` */
export const showResource: Handler = async (terminal, given) => {
  const resource = await terminal.withContext((ctx) => getResource(ctx, named(given)));
  terminal.say(
    resource,
    [
      factsOf(resource),
      ...resource.usedBy.map(({ type, count, first }) => `Used by ${count} of ${type}: ${first.join(", ")}`),
    ].join("\n"),
  );
};

/** `swarm resource put`: from a file, or from options. */
export const putOne: Handler = async (terminal, given) => {
  const file = option(given, "file");
  const said = file === undefined ? saidIn(given) : await readJson(terminal, file, given);
  const input = check(PutResourceInput, said, { attributes: "--attribute", parents: "--parent", labels: "--label" });
  const resource = await terminal.withContext((ctx) => putResource(ctx, input));
  terminal.say(resource, factsOf(resource));
};

/** `swarm resource remove TYPE NAME` */
export const removeOne: Handler = async (terminal, given) => {
  const removed = await terminal.withContext((ctx) => removeResource(ctx, named(given)));
  terminal.say(removed, `removed ${removed.type} ${removed.id}`);
};

function named(given: Given): ResourceInput {
  return check(ResourceInput, { type: argument(given, 0), id: argument(given, 1) }, { type: "type", id: "name" });
}

function saidIn(given: Given): unknown {
  const attributes = pairsIn(listed(given, "attribute"), "--attribute").map(([key, text]) => [key, valueIn(text)]);
  return {
    type: option(given, "type") ?? "",
    id: option(given, "id") ?? "",
    team: option(given, "team") ?? null,
    parents: listed(given, "parent").map(parentIn),
    attributes: Object.fromEntries(attributes) as unknown,
    labels: Object.fromEntries(pairsIn(listed(given, "label"), "--label")),
  };
}

function parentIn(text: string) {
  const parent = entityIn(text);
  if (!parent) throw new UsageError(`--parent takes a type and a name, such as Pool::train, not ${text}`);
  return parent;
}

const IN_THE_FILE = ["type", "id", "team", "attribute", "parent", "label"];

async function readJson(terminal: Terminal, file: string, { options }: Given): Promise<unknown> {
  const twice = IN_THE_FILE.find((name) => options[name] !== undefined);
  if (twice) throw new UsageError(`--${twice} stands in the file: give one or the other`);
  try {
    return JSON.parse(await readText(terminal, file));
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`--file: ${file} is not JSON`);
    throw error;
  }
}

function listed({ options }: Given, name: string): string[] {
  const value = options[name];
  return Array.isArray(value) ? value.map(String) : [];
}

function factsOf({ type, id, team, parents, attributes, labels, updatedAt }: ResourceSummary): string {
  return fields([
    ["Type", type],
    ["Name", id],
    ["Team", team?.name],
    ["Within", parents.map((parent) => `${parent.type}::${parent.id}`).join(", ")],
    ...Object.entries(attributes).map(([name, value]) => [name, textOf(value)] as const),
    [
      "Labels",
      Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(", "),
    ],
    ["Updated", utc(updatedAt)],
  ]);
}

/** A value as it is given at the terminal. */
function textOf(value: Json | undefined): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  const text = JSON.stringify(value);
  const [, type, id] = /^\{"__entity":\{"type":"([^"]+)","id":"([^"]+)"\}\}$/.exec(text) ?? [];
  return type && id ? `${type}::${id}` : text;
}
