import Link from "next/link";
import { policyHref } from "@/components/policies/policy-address";
import { CopyButton } from "@/components/ui/copy";
import { EmptyState } from "@/components/ui/state";
import type { RoleDetail } from "@/server/roles/contract";
import { CedarText } from "../cedar-text";

/** The policies that a role is, as they are in force. */
export function CedarView({ role: { policies, origin, retiredAt } }: { readonly role: RoleDetail }) {
  if (policies.length === 0) {
    return (
      <EmptyState title="It has no policy" icon="policy">
        A role without permissions of its own writes none.
      </EmptyState>
    );
  }
  return (
    <div className="rcedar">
      {policies.map(({ name, text }) => (
        <section key={name} aria-label={name}>
          <div className="rcedar__h">
            <h2 className="mono">
              {retiredAt === null ? (
                <Link className="link" href={policyHref(name)}>
                  {name}
                </Link>
              ) : (
                name
              )}
            </h2>
            <CopyButton text={text} label={`Copy ${name}`} />
          </div>
          <CedarText text={text} />
        </section>
      ))}
      <p className="x3 t12">
        {origin === "built-in"
          ? "These policies come with the program."
          : retiredAt === null
            ? "In force. They change when the role does, and are not edited by themselves."
            : "As they were. They decide nothing any more."}
      </p>
    </div>
  );
}
