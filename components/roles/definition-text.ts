import type { RoleDefinition } from "@/server/roles/contract";
import { conditionWords } from "./words";

/** What a role is, in lines that can be compared: one fact a line. */
export function definitionText({ title, description, inherits, permissions }: RoleDefinition): string {
  const lines = [
    `title: ${title}`,
    ...(description === "" ? [] : description.split("\n").map((line) => `description: ${line}`)),
    ...inherits.toSorted().map((role) => `inherits ${role}`),
    ...permissions.flatMap(({ actions, resourceTypes, conditions }, at) => [
      `permission ${at + 1}`,
      ...actions.map((action) => `  ${action}`),
      `  on ${resourceTypes.length > 0 ? resourceTypes.join(", ") : "every type that takes it"}`,
      ...conditions.map((condition) => `  where ${conditionWords(condition)}`),
    ]),
  ];
  return `${lines.join("\n")}\n`;
}
