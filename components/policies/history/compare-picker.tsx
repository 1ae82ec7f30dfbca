"use client";

import { useRouter } from "next/navigation";
import { Field } from "@/components/ui/field";
import { TwoColumns } from "@/components/ui/form";
import { Select } from "@/components/ui/input";
import { type Compared, epochsHref } from "./epochs-address";

type Props = Compared & { readonly numbers: readonly number[] };

/** Chooses which two epochs are compared; they stand in the address. */
export function ComparePicker({ from, to, numbers }: Props) {
  const router = useRouter();
  const options = numbers.map((number) => ({ value: String(number), label: `Epoch ${number}` }));
  const go = (compared: Compared) => router.replace(epochsHref(compared), { scroll: false });
  return (
    <TwoColumns>
      <Field label="From">
        <Select options={options} value={from} onChange={(event) => go({ from: Number(event.target.value), to })} />
      </Field>
      <Field label="To">
        <Select options={options} value={to} onChange={(event) => go({ from, to: Number(event.target.value) })} />
      </Field>
    </TwoColumns>
  );
}
