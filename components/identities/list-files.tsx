import { DeedButton } from "@/components/shell/disabled-button";
import { ButtonLink } from "@/components/ui/button-link";
import type { IdentityKind } from "@/server/identities/contract";
import { type ListAddress, listExportHref } from "./list-address";

type Props = {
  readonly kind: IdentityKind;
  readonly address: ListAddress;
  readonly importRefused: string | undefined;
};

/** Above a list: many at once from a file, and what the list shows as one. */
export function ListFiles({ kind, address, importRefused }: Props) {
  return (
    <>
      {importRefused === undefined ? (
        <ButtonLink icon="upload" href="/people/import">
          Import
        </ButtonLink>
      ) : (
        <DeedButton icon="upload" disabledBecause={importRefused}>
          Import
        </DeedButton>
      )}
      <ButtonLink icon="load" href={listExportHref(kind, address)} download>
        Export
      </ButtonLink>
    </>
  );
}
