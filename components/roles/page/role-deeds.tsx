"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { inOurWords } from "@/components/rpc/in-our-words";
import { DeedButton } from "@/components/shell/disabled-button";
import { ButtonLink } from "@/components/ui/button-link";
import { DestroyDialog } from "@/components/ui/destroy-dialog";
import { listWords, plural } from "@/components/ui/format";
import { useToast } from "@/components/ui/toast";
import type { RoleDetail } from "@/server/roles/contract";
import { countHolders } from "../role-address";

/** Why the person may not, by deed; undefined where they may. */
export interface RoleRefusals {
  readonly create: string | undefined;
  readonly update: string | undefined;
  readonly retire: string | undefined;
}

type Props = { readonly role: RoleDetail; readonly refusals: RoleRefusals };

const BUILT_IN = "It comes with the program, and its policies are written by hand. Make a role of your own.";

/** What can be done with a role. */
export function RoleDeeds({ role, refusals }: Props) {
  const { name, origin, retiredAt, inheritedBy } = role;
  const [isRetiring, setRetiring] = useState(false);
  const builtIn = origin === "built-in" ? BUILT_IN : undefined;
  const place = `/roles/${encodeURIComponent(name)}`;
  const heirs = inheritedBy.length > 0 ? `${listWords(inheritedBy)} inherits it. Take it out there first.` : undefined;
  return (
    <>
      <LinkDeed
        icon="copy"
        href={`/roles/new?from=${encodeURIComponent(name)}`}
        disabledBecause={builtIn ?? refusals.create}
      >
        Copy to a new role
      </LinkDeed>
      {retiredAt === null && (
        <>
          {builtIn === undefined && (
            <DeedButton
              variant="danger"
              icon="x"
              disabledBecause={refusals.retire ?? heirs}
              onClick={() => setRetiring(true)}
            >
              Retire…
            </DeedButton>
          )}
          <LinkDeed icon="edit" variant="main" href={`${place}/edit`} disabledBecause={builtIn ?? refusals.update}>
            Edit
          </LinkDeed>
        </>
      )}
      {isRetiring && <RetireRole role={role} onClose={() => setRetiring(false)} />}
    </>
  );
}

type LinkDeedProps = {
  readonly icon: "copy" | "edit";
  readonly href: string;
  readonly variant?: "main";
  readonly disabledBecause: string | undefined;
  readonly children: string;
};

function LinkDeed({ icon, href, variant, disabledBecause, children }: LinkDeedProps) {
  if (disabledBecause !== undefined) {
    return (
      <DeedButton icon={icon} disabledBecause={disabledBecause}>
        {children}
      </DeedButton>
    );
  }
  return (
    <ButtonLink icon={icon} href={href} {...(variant && { variant })}>
      {children}
    </ButtonLink>
  );
}

/** Retires a role for good: what stops, what stays, the reason, and its name typed. */
function RetireRole({ role, onClose }: { readonly role: RoleDetail; readonly onClose: () => void }) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const { name, title, policies } = role;
  const grants = countHolders(role);
  const own = policies.filter((policy) => policy.name.startsWith(`role:${name}:`)).length;

  async function retire({ reason }: { reason: string }) {
    await inOurWords(() => client.roles.retire.mutate({ name, reason }));
    toast.add({ title: `${title} is retired` });
    router.refresh();
  }

  return (
    <DestroyDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Retire ${title}?`}
      lead="It cannot be undone. Its name is never given again, so that no other role takes its place in old records."
      stops={{
        title: "Stops at once, for good",
        items: [
          {
            icon: "shield",
            strong: grants === 0 ? "No grant ends:" : `${plural(grants, "grant")} ${grants === 1 ? "ends" : "end"}:`,
            rest: grants === 0 ? "nobody holds it." : "whoever holds it by them can do nothing by it any more.",
          },
          {
            icon: "policy",
            strong: plural(own, "policy", "policies"),
            rest: own === 1 ? "is not in force any more." : "are not in force any more.",
          },
        ],
      }}
      goesOn={{
        title: "Stays",
        items: [{ icon: "audit", strong: "Its history", rest: "here, and every decision by it in the log." }],
      }}
      milder={grants > 0 ? { text: "To take it from some only, end their grants and leave the role." } : undefined}
      reason={{ label: "Reason", placeholder: "Another role takes its place" }}
      typedName={{ label: "Type the role’s name to confirm", expected: name }}
      told="The audit log keeps the reason."
      keepLabel="Keep role"
      destroyLabel="Retire role"
      destroyIcon="x"
      onConfirm={retire}
    />
  );
}
