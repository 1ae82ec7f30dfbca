import Link from "next/link";
import { readPage, Refused } from "@/components/shell/guard";
import { Page } from "@/components/shell/page";
import type { Template } from "@/server/policies/contract";
import { readGround, readRefusals } from "./policy-page";
import { Workbench } from "./workbench";

type Props = {
  /** The name of a template to start from, or of a policy to copy. */
  readonly template: string | undefined;
  readonly from: string | undefined;
};

/** A policy that is not there yet: empty, from a template, or a copy. */
export async function NewPolicyPage({ template, from }: Props) {
  const now = Date.now();
  const place = { label: "Policies", href: "/policies" };
  const read = await readPage(async (caller) => {
    const list = await caller.policies.list();
    const templates = await caller.policies.templates();
    const copied = from === undefined ? undefined : await caller.policies.get({ policy: from });
    const text = copied ? (copied.text ?? copied.versions[0]?.text ?? "") : undefined;
    return { list, templates, copied: text, ...(await readGround(caller)) };
  });
  if (read.refused) {
    return (
      <Page crumbs={[place, { label: "Not allowed" }]}>
        <Refused refused={read.refused} doing="write policies" />
      </Page>
    );
  }
  const { list, templates, copied, schema, known } = read.value;
  const chosen = templates.find(({ name }) => name === template);
  const taken = new Set(list.policies.map(({ id }) => id));
  const startText = withFreeName(copied ?? chosen?.text ?? "", taken);
  return (
    <Page crumbs={[place, { label: "New policy" }]}>
      <Workbench
        {...{ schema, known, now, startText }}
        key={`${template} ${from}`}
        detail={null}
        epoch={list.epoch}
        needsReview={list.needsReview}
        refusals={await readRefusals()}
        beginnings={<Templates templates={templates} />}
      />
    </Page>
  );
}

function Templates({ templates }: { readonly templates: readonly Template[] }) {
  return (
    <section className="bl__t" aria-label="Templates">
      <h3 className="x2">Or start from one that others begin with</h3>
      <ul>
        {templates.map(({ name, about }) => (
          <li key={name}>
            <Link className="link" href={`/policies/new?template=${name}`}>
              {about}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A copy has a name of its own, and so has what a template makes a second time. */
function withFreeName(text: string, taken: ReadonlySet<string>): string {
  return text.replace(/@id\("([^"]*)"\)/, (_, name: string) => {
    let free = name;
    for (let count = 2; taken.has(free); count++) free = `${name.slice(0, 75)}-${count}`;
    return `@id("${free}")`;
  });
}
