import { currentPermissions, readPage, Refused } from "@/components/shell/guard";
import { Page } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/state";
import { IssueForm } from "./issue-form";

type Props = { readonly profileName: string | undefined; readonly name: string | undefined };

/** Issuing, for whoever may; everybody else learns why not before they fill in a form. */
export async function IssuePage({ profileName, name }: Props) {
  const crumbs = [{ label: "Certificates", href: "/certificates" }, { label: "Issue" }];
  const read = await readPage((caller) => caller.profiles.list());
  const permissions = await currentPermissions();
  const reason = permissions["certificate.issue"];
  const refused =
    read.refused ?? (reason === null ? undefined : { action: "", reason: reason ?? "no policy allows it" });
  if (refused || !read.value) {
    return (
      <Page crumbs={crumbs}>
        <Refused refused={refused ?? { action: "", reason: "no policy allows it" }} doing="issue certificates" />
      </Page>
    );
  }

  const [first, ...others] = read.value;
  return (
    <Page crumbs={crumbs}>
      {first ? (
        <IssueForm profiles={[first, ...others]} profileName={profileName} name={name} now={Date.now()} />
      ) : (
        <EmptyState title="There is no profile yet">
          A profile says what may be issued. Finish the setup first.
        </EmptyState>
      )}
    </Page>
  );
}
