import type { Metadata } from "next";
import { AccountTabs } from "@/components/identities/account/account-tabs";
import { PasswordForm } from "@/components/identities/account/password-form";
import { SecondFactor } from "@/components/identities/account/second-factor";
import { roleWords } from "@/components/identities/kinds";
import { currentAccount } from "@/components/shell/guard";
import { Page } from "@/components/shell/page";
import { DefinitionList } from "@/components/ui/definition-list";
import { Columns, PageHead, Section } from "@/components/ui/page-head";
import { Time } from "@/components/ui/time";
import { serverCaller } from "@/server/api/caller";

export const metadata: Metadata = { title: "Your account" };

/** How the person proves who they are, and what changes it. */
export default async function AccountPage() {
  const now = Date.now();
  const account = await currentAccount();
  const caller = await serverCaller();
  const sessions = await caller.session.list({});
  const hasSecondFactor = account.secondFactorSince !== null;

  return (
    <Page crumbs={[{ label: "Your account" }]}>
      <PageHead
        isTight
        title={hasSecondFactor ? "Two proofs protect your account." : "Your password alone protects your account."}
        lead={leadOf(hasSecondFactor, account.recoveryCodesLeft)}
      />
      <AccountTabs current="account" sessions={sessions.length} />
      <Columns>
        <div className="grid content-start gap-7">
          <Section title="You">
            <DefinitionList
              items={[
                { term: "Name", detail: account.displayName },
                { term: "E-mail", detail: account.email },
                { term: "Role", detail: roleWords(account.roles) },
                { term: "Team", detail: account.team?.name ?? <span className="x3">None</span> },
                {
                  term: "SPIFFE ID",
                  detail: (
                    <span className="mono anywhere">
                      spiffe://{account.trustDomain}/user/{account.name}
                    </span>
                  ),
                },
                account.sessionEndsAt !== null && {
                  term: "This session",
                  detail: (
                    <>
                      ends <Time at={account.sessionEndsAt} now={now} /> unless you use it
                    </>
                  ),
                },
              ]}
            />
          </Section>
          <Section
            title="Password"
            aside={
              <>
                changed <Time at={account.passwordChangedAt} now={now} form="relative" />
              </>
            }
          >
            <div className="topline pt-3">
              <PasswordForm email={account.email} />
            </div>
          </Section>
        </div>
        <Section title="Second factor" id="second-factor" aside={hasSecondFactor ? "in force" : "none"}>
          <div className="topline pt-3">
            <SecondFactor
              email={account.email}
              since={account.secondFactorSince}
              recoveryCodesLeft={account.recoveryCodesLeft}
              now={now}
            />
          </div>
        </Section>
      </Columns>
    </Page>
  );
}

function leadOf(hasSecondFactor: boolean, codesLeft: number): string {
  if (!hasSecondFactor) return "Add an authenticator, and a stolen password opens nothing by itself.";
  if (codesLeft === 0) return "No recovery code is left. Make new ones before the authenticator gets lost.";
  if (codesLeft <= 3)
    return `${codesLeft} recovery ${codesLeft === 1 ? "code is" : "codes are"} left. Make new ones soon.`;
  return `${codesLeft} recovery codes are left for when the authenticator gets lost.`;
}
