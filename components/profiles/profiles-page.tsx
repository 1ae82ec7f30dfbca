import Link from "next/link";
import { KINDS } from "@/components/certificates/words";
import { readPage, Refused } from "@/components/shell/guard";
import { RowKeys } from "@/components/shell/row-keys";
import { plural } from "@/components/ui/format";
import { Icon } from "@/components/ui/icon";
import { PageHead } from "@/components/ui/page-head";
import { EmptyState } from "@/components/ui/state";
import { Cols, Table, TableFoot, TableScroll, Th, TwoLines } from "@/components/ui/table";
import type { Profile } from "@/server/certificates/contract";
import { lifeWords, ruleWords } from "./rule-words";

/** What may be issued: every profile. */
export async function ProfilesPage() {
  const read = await readPage((caller) => caller.profiles.list());
  if (read.refused) return <Refused refused={read.refused} doing="see the profiles" />;

  const profiles = read.value;
  if (profiles.length === 0) {
    return (
      <EmptyState title="There are no profiles yet" icon="profile" level={1}>
        The setup makes one for nodes, one for services and one for people.
      </EmptyState>
    );
  }
  return (
    <>
      <PageHead
        title={`${plural(profiles.length, "profile says", "profiles say")} what may be issued.`}
        lead="Names from a form, the API or a request are held to the same rules. Open one to try a request."
      />
      <TableScroll>
        <RowKeys>
          <Table caption="Profiles" isStacked>
            <Cols
              widths={[
                null,
                { width: 116, className: "drop-mid" },
                { width: 224, className: "drop-narrow" },
                152,
                { width: 244, className: "drop-wide" },
              ]}
            />
            <thead>
              <tr>
                <Th>Name</Th>
                <Th className="drop-mid">Signed by</Th>
                <Th className="drop-narrow">Keys</Th>
                <Th>Valid for</Th>
                <Th className="drop-wide">Names</Th>
              </tr>
            </thead>
            <tbody>
              {profiles.map((profile) => (
                <Row key={profile.id} profile={profile} />
              ))}
            </tbody>
          </Table>
        </RowKeys>
      </TableScroll>
      <TableFoot total={profiles.length} noun="profile" hint="They come with the setup and are read here." />
    </>
  );
}

function Row({ profile }: { readonly profile: Profile }) {
  const { name, kind, authority, rules } = profile;
  return (
    <tr data-row className="tall">
      <td className="name a-name wrap">
        <Link className="row" href={`/profiles/${name}`}>
          <Icon name={KINDS[kind].icon} className="x3" />
          <span className="min-w-0">
            <TwoLines first={name} second={rules.description} />
          </span>
        </Link>
      </td>
      <td className="drop-mid">
        <Link className="link" href={`/authorities/${authority.slug}`}>
          {authority.name}
        </Link>
      </td>
      <td className="drop-narrow" title={rules.keyTypes.join(", ")}>
        {keyWords(rules.keyTypes)}
      </td>
      <td className="a-when">{lifeWords(rules)}</td>
      <td className="drop-wide">
        {rules.names.map((rule) => {
          const [first, ...others] = rule.type === "spiffe" ? [] : ruleWords(rule).values;
          if (first === undefined) return null;
          return (
            <span className="mr-3" key={rule.type}>
              <span className="mono">{first}</span>
              {others.length > 0 && <span className="x3"> +{others.length}</span>}
            </span>
          );
        })}
      </td>
    </tr>
  );
}

function keyWords(types: Profile["rules"]["keyTypes"]): string {
  const curves = types.filter((type) => !type.startsWith("RSA"));
  const smallest = types.find((type) => type.startsWith("RSA"))?.slice("RSA-".length);
  return [...curves, ...(smallest ? [`RSA ${smallest}+`] : [])].join(", ");
}
