"use client";

import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Dialog } from "@/components/ui/dialog";

/** Says why the last admin can be neither locked nor retired, and the way to it. */
export function LastAdminDialog({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title={`${name} is the last active security admin`}
      lead="Without one, nobody could administer this console. Add another security admin first."
      foot={
        <>
          <Button onClick={onClose}>Close</Button>
          <ButtonLink href="/people?add=1" variant="main" icon="plus">
            Add a person
          </ButtonLink>
        </>
      }
    />
  );
}
