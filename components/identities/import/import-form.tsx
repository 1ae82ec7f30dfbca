"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { FailureNote } from "@/components/identities/failure-note";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { FileDrop } from "@/components/ui/file-drop";
import { formatCount, listWords, plural } from "@/components/ui/format";
import { FormFoot, FormStack } from "@/components/ui/form";
import { Note } from "@/components/ui/note";
import { IMPORT_MOST_BYTES, type ImportResult } from "@/server/identities/import-contract";
import { ProblemTable } from "./problem-table";

interface ReadFile {
  readonly name: string;
  readonly text: string;
}

/** The file, what looking at it told, and the one button that makes all of it. */
export function ImportForm() {
  const client = useTRPCClient();
  const router = useRouter();
  const look = useDeed();
  const deed = useDeed();
  const [file, setFile] = useState<ReadFile>();
  const [result, setResult] = useState<ImportResult>();

  async function check(text: string, name: string) {
    setFile({ name, text });
    setResult(undefined);
    deed.clear();
    const checked = await look.run(() => client.identities.import.mutate({ text, mode: "check" }));
    setResult(checked?.value);
  }

  async function makeAll({ text }: ReadFile) {
    const done = await deed.run(() => client.identities.import.mutate({ text, mode: "import" }));
    if (!done) return;
    setResult(done.value);
    router.refresh();
  }

  const isReady = result !== undefined && result.problems.length === 0 && !result.wasImported;
  return (
    <FormStack>
      <FileDrop
        label={file ? "Choose another file" : "Choose a file"}
        accept=".csv,text/csv"
        help="At most 10,000 identities and 5 MB at once."
        maxBytes={IMPORT_MOST_BYTES}
        whenTooLarge="At most 10,000 identities and 5 MB are taken at once, so split it."
        onText={check}
      />
      <div aria-live="polite">
        {look.isPending && <Note tone="neutral">{`Looking at ${file?.name ?? "the file"} …`}</Note>}
        {result && file && <Outcome result={result} fileName={file.name} />}
      </div>
      <FailureNote failure={look.failure ?? deed.failure} />
      {result && result.problems.length > 0 && <ProblemTable problems={result.problems} />}
      {isReady && file && (
        <FormFoot>
          <Button variant="main" busy={deed.isPending && "Importing"} onClick={() => makeAll(file)}>
            {`Import ${plural(totalOf(result), "identity", "identities")}`}
          </Button>
        </FormFoot>
      )}
    </FormStack>
  );
}

/** What is wrong, what would be made, or what was. */
function Outcome({ result, fileName }: { readonly result: ImportResult; readonly fileName: string }) {
  const { people, services, nodes, problems, wasImported } = result;
  if (problems.length > 0) {
    const rows = new Set(problems.map(({ row }) => row)).size;
    return (
      <Note tone="danger" title={`${plural(rows, "row is", "rows are")} wrong in ${fileName}.`}>
        Nothing was imported. Mend the file, and choose it again.
      </Note>
    );
  }
  const counts = [
    people > 0 && plural(people, "person", "people"),
    services > 0 && plural(services, "service"),
    nodes > 0 && plural(nodes, "node"),
  ].filter((word) => word !== false);
  const reset =
    people > 0 &&
    `${people === 1 ? "The person gets" : "People get"} no password: signing in is refused until an admin resets it.`;
  if (!wasImported) {
    return (
      <Note tone="ok" title={`Nothing is wrong with ${fileName}.`}>
        {listWords(counts)} would be added. {reset}
      </Note>
    );
  }
  return (
    <Note
      tone="ok"
      title={`${formatCount(totalOf(result))} imported.`}
      actions={
        <>
          {people > 0 && <ButtonLink href="/people">See people</ButtonLink>}
          {services > 0 && <ButtonLink href="/services">See services</ButtonLink>}
          {nodes > 0 && <ButtonLink href="/nodes">See nodes</ButtonLink>}
        </>
      }
    >
      {listWords(counts)}. {reset}
    </Note>
  );
}

function totalOf({ people, services, nodes }: ImportResult): number {
  return people + services + nodes;
}
