import { currentPermissions, readPage, Refused } from "@/components/shell/guard";
import { whyNot } from "@/components/shell/refusal";
import { PageHead } from "@/components/ui/page-head";
import { SchemaForm } from "./schema-form";

/** The schema in force, and a form in which an admin extends it. */
export async function SchemaPage() {
  const [read, permissions] = await Promise.all([readPage((caller) => caller.policies.schema()), currentPermissions()]);
  if (read.refused) return <Refused refused={read.refused} doing="see the schema" />;
  const { text, whole, isOwn, epoch } = read.value;
  const refused = whyNot(permissions, "policy.publish");
  return (
    <>
      <PageHead
        title="What policies know of the swarm."
        lead={
          isOwn
            ? `An admin extended it; it is in force since it was published, now with epoch ${epoch}.`
            : `It came with the program, and policies are checked against it.${refused ? "" : " Add types, attributes and actions of your own."}`
        }
      />
      <SchemaForm
        key={text}
        text={text}
        consoleText={whole.slice(text.trimEnd().length)}
        epoch={epoch}
        disabledBecause={refused}
      />
    </>
  );
}
