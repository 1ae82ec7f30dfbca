import { ButtonLink } from "@/components/ui/button-link";
import { PageHead } from "@/components/ui/page-head";
import { EmptyState } from "@/components/ui/state";

/** Before there is a team. */
export function NothingAssigned() {
  return (
    <>
      <PageHead title="There is no team yet." lead="Access is given to the people, services and nodes of a team." />
      <EmptyState title="No team yet" actions={<ButtonLink href="/people">Go to people</ButtonLink>}>
        Here a team lead sees who of her team can do what, until when and why, and gives exactly enough for exactly long
        enough. Make a team with the first person in it.
      </EmptyState>
    </>
  );
}
