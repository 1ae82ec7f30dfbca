import { ButtonLink } from "@/components/ui/button-link";
import { SplitPage } from "@/components/ui/entry";
import { NoMatch } from "@/components/ui/state";

export const metadata = { title: "Not found" };

/** Nothing has this address. */
export default function NotFound() {
  return (
    <SplitPage product="Swarm" suffix="Security Console">
      <NoMatch
        level={1}
        title="Nothing has this address"
        actions={
          <ButtonLink href="/" icon="pulse">
            Go to the overview
          </ButtonLink>
        }
      >
        It may be mistyped, or what was here has another name now. ⌘K on any page finds it.
      </NoMatch>
    </SplitPage>
  );
}
