"use client";

import Link from "next/link";
import { useState } from "react";
import { Status } from "@/components/ui/badge";
import { Field } from "@/components/ui/field";
import { TwoColumns } from "@/components/ui/form";
import { Select } from "@/components/ui/input";
import { Section } from "@/components/ui/page-head";
import { Cols, Table, Th, TwoLines } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { PolicyVersion } from "@/server/policies/contract";
import type { z } from "zod";
import { TextDiff } from "./text-diff";

type Version = z.infer<typeof PolicyVersion>;

type Props = {
  /** The newest first. */
  readonly versions: readonly Version[];
  /** The draft as it was saved; null where there is none. */
  readonly draftText: string | null;
  readonly now: number;
};

/** Every text that the policy had, and how any two of them differ. */
export function VersionsPanel({ versions, draftText, now }: Props) {
  if (versions.length === 0)
    return <p className="pad x2 py-3">It was never in force. Its history begins when it is published.</p>;
  return (
    <div className="trial trial--wide">
      <Section title="Versions" aside="the newest first">
        <Table caption="Versions of this policy, the newest first" isInset isStacked isStill>
          <Cols widths={[null, 220, { width: 200, className: "drop-narrow" }, 132]} />
          <thead>
            <tr>
              <Th>Version</Th>
              <Th>Since</Th>
              <Th className="drop-narrow">Epochs</Th>
              <Th>State</Th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <Row key={version.version} version={version} now={now} />
            ))}
          </tbody>
        </Table>
      </Section>
      <Comparison versions={versions} draftText={draftText} />
    </div>
  );
}

function Row({
  version: { version, at, by, epochs, isInForce },
  now,
}: {
  readonly version: Version;
  readonly now: number;
}) {
  return (
    <tr className="tall">
      <td className="a-name wrap">
        <TwoLines first={<span className="w5 x1">Version {version}</span>} second={by.name} />
      </td>
      <td className="a-when">{at ? <Time at={at} now={now} /> : <span className="x3">From the start</span>}</td>
      <td className="drop-narrow a-more wrap">
        {epochs.length > 0 ? (
          <Link className="link" href="/policies/history">
            {spansOf(epochs)}
          </Link>
        ) : (
          <span className="x3">None</span>
        )}
      </td>
      <td className="a-status">
        {isInForce ? <Status tone="ok">In force</Status> : <Status tone="neutral">Replaced</Status>}
      </td>
    </tr>
  );
}

/** Numbers as people write them: "epoch 3", "epochs 3 to 7, 9". */
function spansOf(numbers: readonly number[]): string {
  const spans: [number, number][] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else spans.push([number, number]);
  }
  const words = spans.map(([from, to]) => (from === to ? String(from) : `${from} to ${to}`)).join(", ");
  return `${numbers.length === 1 ? "epoch" : "epochs"} ${words}`;
}

function Comparison({ versions, draftText }: Omit<Props, "now">) {
  const texts = [
    ...(draftText === null ? [] : [{ value: "draft", label: "The draft", text: draftText }]),
    ...versions.map(({ version, text }) => ({ value: String(version), label: `Version ${version}`, text })),
  ];
  const [after, setAfter] = useState(texts[0]?.value ?? "");
  const [before, setBefore] = useState(texts[1]?.value ?? texts[0]?.value ?? "");
  const textOf = (value: string) => texts.find((one) => one.value === value)?.text ?? "";
  if (texts.length < 2) return null;
  return (
    <Section title="Compare">
      <div className="grid gap-4">
        <TwoColumns>
          <Field label="From">
            <Select options={texts} value={before} onChange={(event) => setBefore(event.target.value)} />
          </Field>
          <Field label="To">
            <Select options={texts} value={after} onChange={(event) => setAfter(event.target.value)} />
          </Field>
        </TwoColumns>
        <TextDiff before={textOf(before)} after={textOf(after)} caption="How the two differ" />
      </div>
    </Section>
  );
}
