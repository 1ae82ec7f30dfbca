import { Page } from "@/components/shell/page";
import { ButtonLink } from "@/components/ui/button-link";
import { NoMatch } from "@/components/ui/state";

export const metadata = { title: "Not found" };

/** What was asked for is not there; the console stays around it. */
export default function NotFound() {
  return (
    <Page crumbs={[{ label: "Not found" }]}>
      <NoMatch
        level={1}
        title="Nothing has this address"
        actions={<ButtonLink href="/">Go to the overview</ButtonLink>}
      >
        It may be mistyped, or it never was here: what this console knew stays, retired or revoked. Search above finds
        it by name, serial or fingerprint.
      </NoMatch>
    </Page>
  );
}
