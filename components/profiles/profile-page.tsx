import Link from "next/link";
import { cache } from "react";
import { currentPermissions, readPage, Refused } from "@/components/shell/guard";
import { Page } from "@/components/shell/page";
import { whyNot } from "@/components/shell/refusal";
import { DeedButton } from "@/components/shell/disabled-button";
import { Tag } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { DefinitionList } from "@/components/ui/definition-list";
import { Columns, PageHead, Section } from "@/components/ui/page-head";
import { Time } from "@/components/ui/time";
import type { NameRule, Profile } from "@/server/certificates/contract";
import { lifeWords, purposeWords, renewalWords, ruleWords, unspokenWords } from "./rule-words";
import { TryRequest } from "./try-request";

const readProfile = cache((profile: string) => readPage((caller) => caller.profiles.get({ profile })));

/** The name in the title of the page. */
export async function profileTitle(profile: string): Promise<string> {
  const read = await readProfile(profile);
  return read.value ? `Profile ${read.value.name}` : "Not allowed";
}

/** One profile: its rules, numbered as refusals name them, and a place to try a request. */
export async function ProfilePage({ profile: wanted }: { readonly profile: string }) {
  const now = Date.now();
  const place = { label: "Profiles", href: "/profiles" };
  const read = await readProfile(wanted);
  if (read.refused) {
    return (
      <Page crumbs={[place, { label: "Not allowed" }]}>
        <Refused refused={read.refused} doing="see this profile" />
      </Page>
    );
  }

  const profile = read.value;
  const permissions = await currentPermissions();
  const issueRefused = whyNot(permissions, "certificate.issue");
  return (
    <Page crumbs={[place, { label: profile.name }]}>
      <PageHead
        title={`Profile ${profile.name}`}
        lead={profile.rules.description}
        actions={
          issueRefused ? (
            <DeedButton icon="plus" disabledBecause={issueRefused}>
              Issue under it
            </DeedButton>
          ) : (
            <ButtonLink href={`/certificates/new?profile=${encodeURIComponent(profile.name)}`} icon="plus">
              Issue under it
            </ButtonLink>
          )
        }
      />
      <Columns>
        <div className="grid content-start gap-7">
          <Rules profile={profile} />
          <Facts profile={profile} now={now} />
        </div>
        <Section title="Try a request" aside="nothing is issued or kept">
          <TryRequest profile={profile.name} kind={profile.kind} />
        </Section>
      </Columns>
    </Page>
  );
}

function Rules({ profile }: { readonly profile: Profile }) {
  return (
    <Section title="Names" aside="every name must keep to the rule for its kind">
      <ol className="topline">
        {profile.rules.names.map((rule, index) => (
          <Rule key={rule.type} number={index + 1} rule={rule} />
        ))}
      </ol>
      <p className="help">{unspokenWords(profile.rules)}</p>
    </Section>
  );
}

function Rule({ number, rule }: { readonly number: number; readonly rule: NameRule }) {
  const { title, values, note } = ruleWords(rule);
  return (
    <li className="rule" id={`rule-${number}`}>
      <span className="rule__n">Rule {number}</span>
      <div className="min-w-0">
        <p className="w5">{title}</p>
        {values.length > 0 && (
          <p className="flex flex-wrap gap-1 py-1">
            {values.map((value) => (
              <Tag mono key={value}>
                {value}
              </Tag>
            ))}
          </p>
        )}
        {note && <p className="x3 t12">{note}</p>}
      </div>
    </li>
  );
}

const FOR = { node: "Nodes", service: "Services", user: "People" } as const;

function Facts({ profile, now }: { readonly profile: Profile; readonly now: number }) {
  const { rules, authority, kind } = profile;
  return (
    <Section title="Everything else">
      <DefinitionList
        items={[
          { term: "For", detail: `${FOR[kind]}, and nobody else` },
          { term: "May", detail: purposeWords(rules) },
          { term: "Keys", detail: rules.keyTypes.join(", ") },
          { term: "Valid for", detail: lifeWords(rules) },
          { term: "Renewal", detail: renewalWords(rules) },
          {
            term: "Signed by",
            detail: (
              <Link className="link" href={`/authorities/${authority.slug}`}>
                {authority.name}
              </Link>
            ),
          },
          {
            term: "Certificates",
            detail: (
              <Link className="link" href={`/certificates?profile=${profile.id}`}>
                All issued under it
              </Link>
            ),
          },
          { term: "In force since", detail: <Time at={profile.createdAt} now={now} /> },
        ]}
      />
    </Section>
  );
}
