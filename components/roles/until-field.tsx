"use client";

import { Segmented } from "@/components/ui/choice";
import { FieldHelp } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { endInWords, endOf, type Preset, PRESET_WORDS, PRESETS } from "./until";

/** What is chosen, and the day and time where that is what is chosen. */
export interface UntilValue {
  readonly preset: Preset;
  readonly date: string;
}

type Props = {
  readonly value: UntilValue;
  onChange(value: UntilValue): void;
  readonly now: number;
  /** "14 d is the most you may give" */
  readonly limit?: string | undefined;
  readonly error?: string | undefined;
};

/** Until when: presets first, then a day and a time in UTC. */
export function UntilField({ value, onChange, now, limit, error }: Props) {
  return (
    <div className="field">
      <div className="lab">
        Until
        {limit && <span className="lab__l">{limit}</span>}
      </div>
      <Segmented
        label="Until"
        isFull
        value={value.preset}
        onChange={(preset) => onChange({ ...value, preset })}
        options={PRESETS.map((preset) => ({ value: preset, label: PRESET_WORDS[preset] }))}
      />
      {value.preset === "date" && (
        <Input
          type="datetime-local"
          aria-label="Day and time, in UTC"
          value={value.date}
          onChange={(event) => onChange({ ...value, date: event.target.value })}
        />
      )}
      <FieldHelp id="until-help" help={endInWords(endOf(value.preset, value.date, now))} error={error} />
    </div>
  );
}
