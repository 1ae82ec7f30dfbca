"use client";

import Link from "next/link";
import { useState } from "react";
import { TextDiff } from "@/components/policies/history/text-diff";
import { Field } from "@/components/ui/field";
import { TwoColumns } from "@/components/ui/form";
import { Select } from "@/components/ui/input";
import { Section } from "@/components/ui/page-head";
import { EmptyState } from "@/components/ui/state";
import { Cols, Table, Th, TwoLines } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { RoleDetail } from "@/server/roles/contract";
import { definitionText } from "../definition-text";

type History = RoleDetail["history"];
type Props = { readonly history: History; readonly now: number };

/** What a role was, who changed it and why, and how any two versions differ. */
export function HistoryView({ history, now }: Props) {
  if (history.length === 0) {
    return (
      <EmptyState title="It changes with the program" icon="clock">
        Its policies have no history here: each version of the program brings its own.
      </EmptyState>
    );
  }
  return (
    <div className="trial trial--wide">
      <Section title="Versions" aside="the newest first">
        <Table caption="Versions of this role, the newest first" isInset isStacked isStill>
          <Cols widths={[180, 220, null]} />
          <thead>
            <tr>
              <Th>Version</Th>
              <Th>Since</Th>
              <Th>Why</Th>
            </tr>
          </thead>
          <tbody>
            {history.map(({ number, at, by, note }) => (
              <tr className="tall" key={number}>
                <td className="a-name wrap">
                  <TwoLines first={<span className="w5 x1">Version {number}</span>} second={<Author by={by} />} />
                </td>
                <td className="a-when">
                  <Time at={at} now={now} />
                </td>
                <td className="a-more wrap">{note}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Section>
      <Comparison history={history} />
    </div>
  );
}

function Author({ by: { id, name } }: Pick<History[number], "by">) {
  if (!id.startsWith("usr_")) return name;
  return (
    <Link className="link" href={`/people/${id}`}>
      {name}
    </Link>
  );
}

function Comparison({ history }: Pick<Props, "history">) {
  const [newest, before] = history;
  const [to, setTo] = useState(String(newest?.number ?? ""));
  const [from, setFrom] = useState(String(before?.number ?? ""));
  if (history.length < 2) return <p className="x2">It is as it was made.</p>;
  const options = history.map(({ number }) => ({ value: String(number), label: `Version ${number}` }));
  const textOf = (value: string) => {
    const version = history.find(({ number }) => String(number) === value);
    return version ? definitionText(version) : "";
  };
  return (
    <Section title="Compare">
      <div className="grid gap-4">
        <TwoColumns>
          <Field label="From">
            <Select options={options} value={from} onChange={(event) => setFrom(event.target.value)} />
          </Field>
          <Field label="To">
            <Select options={options} value={to} onChange={(event) => setTo(event.target.value)} />
          </Field>
        </TwoColumns>
        <TextDiff before={textOf(from)} after={textOf(to)} caption="How the two differ" />
      </div>
    </Section>
  );
}
