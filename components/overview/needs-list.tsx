import { ButtonLink } from "@/components/ui/button-link";
import { ActionItem, ActionList } from "@/components/ui/lists";
import type { Need } from "./needs";

/** What needs a person, each with its button; the first one is the filled one. */
export function NeedsList({ needs, now }: { readonly needs: readonly Need[]; readonly now: number }) {
  if (needs.length === 0) return null;
  return (
    <ActionList label="What needs a person">
      {needs.map((need, index) => (
        <ActionItem
          key={need.key}
          tone={need.tone}
          icon={need.icon}
          title={need.title}
          reason={need.reason}
          ends={need.ends}
          since={need.since}
          now={now}
          actions={
            <ButtonLink href={need.action.href} variant={index === 0 ? "main" : "outline"} icon={need.action.icon}>
              {need.action.label}
            </ButtonLink>
          }
        />
      ))}
    </ActionList>
  );
}
