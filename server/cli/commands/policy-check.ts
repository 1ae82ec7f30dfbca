import { parsePolicies } from "@/server/engines/cedar/syntax/parser";
import type { Problem } from "@/server/engines/cedar/syntax/problem";
import { readSchema } from "@/server/engines/cedar/schema/read-schema";
import type { Schema } from "@/server/engines/cedar/schema/schema";
import { isError } from "@/server/engines/cedar/texts";
import { validatePolicies } from "@/server/engines/cedar/validation/validate";
import { CommandFailed, type Handler } from "../terminal";
import { option } from "../words";
import { counted, type NamedText, problemLines, problemsOf, readTexts } from "./policy-files";

/** A text and what is wrong with it. */
interface Checked {
  readonly named: NamedText;
  readonly problems: readonly Problem[];
}

/** `swarm policy check FILE… --schema FILE`: syntax, and types when there is a schema. */
export const checkPolicies: Handler = async (terminal, given) => {
  const schemaFile = option(given, "schema");
  const texts = await readTexts(terminal, schemaFile === undefined ? given.args : [schemaFile, ...given.args]);
  const checked = schemaFile === undefined ? checkTexts(texts, null) : checkBySchema(texts);

  const problems = checked.flatMap((one) => one.problems);
  const [errors, files] = [problems.filter(isError).length, counted(checked.length, "file")];
  terminal.say(
    {
      files: checked.map((one) => ({ file: one.named.file, problems: problemsOf(one.named, one.problems) })),
      errors,
      warnings: problems.length - errors,
    },
    problems.length === 0
      ? `no problem in ${files}`
      : checked.flatMap((one) => problemLines(one.named, one.problems)).join("\n"),
  );
  if (errors > 0) throw new CommandFailed("policy.problems", `${counted(errors, "error")} in ${files}`);
};

/** Checks the texts by the first of them. Where that is no schema, their syntax alone is looked at. */
function checkBySchema([named, ...texts]: readonly NamedText[]): readonly Checked[] {
  if (!named) return [];
  const { schema, problems } = readSchema(named.text);
  return [{ named, problems }, ...checkTexts(texts, schema)];
}

function checkTexts(texts: readonly NamedText[], schema: Schema | null): readonly Checked[] {
  return texts.map((named) => {
    const tree = parsePolicies(named.text);
    const problems = schema ? [...tree.problems, ...validatePolicies(tree, schema)] : tree.problems;
    return { named, problems: problems.toSorted((a, b) => a.range.start - b.range.start) };
  });
}
