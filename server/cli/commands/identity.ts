import { IdentityKind, RetireIdentityInput } from "@/server/identities/contract";
import { exportIdentities, exportIdentitiesCsv } from "@/server/identities/export-identities";
import { getNamedIdentity } from "@/server/identities/get-named-identity";
import { ExportIdentitiesInput, type ImportResult } from "@/server/identities/import-contract";
import { importIdentities } from "@/server/identities/import-identities";
import { readConsequences } from "@/server/identities/read-consequences";
import { retireIdentity } from "@/server/identities/retire-identity";
import { CommandFailed, type Handler } from "../terminal";
import { fields, table } from "../text";
import { argument, check, option, readText } from "../words";
import { teamIdOf } from "./who";

/** `swarm identity import FILE [--check]` */
export const importFile: Handler = async (terminal, given) => {
  const text = await readText(terminal, argument(given, 0));
  const isCheck = given.options["check"] === true;
  const result = await terminal.withContext(async (ctx) => {
    const checked = await importIdentities(ctx, { text, mode: "check" });
    if (isCheck || checked.problems.length > 0) return checked;
    return importIdentities(ctx, { text, mode: "import" });
  });
  const { problems } = result;
  terminal.say(result, problems.length > 0 ? problemTable(result) : countWords(result));
  if (problems.length > 0) {
    const many = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    throw new CommandFailed("import.refused", `${many}; nothing was imported`);
  }
};

function problemTable({ problems }: ImportResult): string {
  return table(
    problems,
    [
      { title: "ROW", of: ({ row }) => row },
      { title: "COLUMN", of: ({ column }) => column },
      { title: "PROBLEM", of: ({ message }) => message },
    ],
    "",
  );
}

function countWords({ people, services, nodes, wasImported }: ImportResult): string {
  return fields([
    [wasImported ? "Imported" : "Would import", people + services + nodes],
    ["People", people > 0 ? `${people}, without a password: each needs a reset before signing in` : 0],
    ["Services", services],
    ["Nodes", nodes],
  ]);
}

/** `swarm identity export [--kind K] [--team T]`: CSV that `identity import` takes. */
export const exportFile: Handler = async (terminal, given) => {
  const { kind } = check(ExportIdentitiesInput.pick({ kind: true }), { kind: option(given, "kind") });
  const team = option(given, "team");
  await terminal.withContext(async (ctx) => {
    const teamId = team === undefined ? undefined : await teamIdOf(ctx, team);
    const input = { kind, teamId, query: "" };
    if (!terminal.isJson) {
      for await (const piece of await exportIdentitiesCsv(ctx, input)) await terminal.write(piece);
      return;
    }
    const identities = [];
    for await (const rows of await exportIdentities(ctx, input)) {
      identities.push(
        ...rows.map(({ kind, name, displayName, email, teamName, labels, state }) => {
          return { kind, name, displayName, email, team: teamName, labels, state };
        }),
      );
    }
    terminal.say({ identities }, "");
  });
};

/** `swarm identity retire KIND NAME --reason TEXT`; a person is named by their e-mail address. */
export const retire: Handler = async (terminal, given) => {
  const kind = check(IdentityKind, argument(given, 0), { "": "<kind>" });
  const name = argument(given, 1);
  const { reason } = check(RetireIdentityInput.omit({ id: true }), { reason: option(given, "reason") });
  const done = await terminal.withContext(async (ctx) => {
    const { id } = await getNamedIdentity(ctx, { kind, name });
    const { validCertificates, openSessions, grants } = await readConsequences(ctx, { id });
    return { identity: await retireIdentity(ctx, { id, reason }), validCertificates, openSessions, grants };
  });
  terminal.say(
    done,
    fields([
      ["Retired", name],
      ["Reason", reason],
      ["Certificates revoked", done.validCertificates],
      ["Sessions ended", kind === "user" ? done.openSessions : null],
      ["Grants ended", done.grants],
    ]),
  );
};
