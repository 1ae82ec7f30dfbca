import { Tabs } from "@/components/ui/tabs";

type Props = { readonly current: "account" | "sessions"; readonly sessions?: number };

/** The two pages about oneself. */
export function AccountTabs({ current, sessions }: Props) {
  return (
    <Tabs
      label="Your account"
      items={[
        { href: "/account", label: "Proof", isCurrent: current === "account" },
        { href: "/sessions", label: "Sessions", count: sessions, isCurrent: current === "sessions" },
      ]}
    />
  );
}
