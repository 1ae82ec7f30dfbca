import type { Metadata } from "next";
import { AccountTabs } from "@/components/identities/account/account-tabs";
import { EndAllSessions } from "@/components/identities/session-actions";
import { SessionTable } from "@/components/identities/session-table";
import { readPage, Refused } from "@/components/shell/guard";
import { Page } from "@/components/shell/page";
import { plural } from "@/components/ui/format";
import { PageHead } from "@/components/ui/page-head";
import { TableFoot } from "@/components/ui/table";

export const metadata: Metadata = { title: "Your sessions" };

/** Where the person is signed in; each can be ended, the very next request of it is refused. */
export default async function SessionsPage() {
  const now = Date.now();
  const read = await readPage((caller) => caller.session.list({}));
  if (read.refused) {
    return (
      <Page crumbs={[{ label: "Your sessions" }]}>
        <Refused refused={read.refused} doing="see your sessions" />
      </Page>
    );
  }

  const sessions = [...read.value].sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
  const others = sessions.filter(({ isCurrent }) => !isCurrent).length;
  return (
    <Page crumbs={[{ label: "Your account", href: "/account" }, { label: "Sessions" }]}>
      <PageHead
        isTight
        title={
          others === 0
            ? "You are signed in here and nowhere else."
            : `You are signed in here and in ${plural(others, "other place")}.`
        }
        lead="A session ends after 1 h without use, and after 12 h in any case. One that you do not know: end it, then change your password."
        actions={others > 0 && <EndAllSessions count={others} />}
      />
      <AccountTabs current="sessions" sessions={sessions.length} />
      <SessionTable sessions={sessions} now={now} mayEnd />
      <TableFoot total={sessions.length} noun="session" hint="Times are UTC." />
    </Page>
  );
}
