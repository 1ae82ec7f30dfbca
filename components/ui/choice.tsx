"use client";

import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from "react";
import { cx } from "./cx";
import { FieldHelp } from "./field";
import { Icon } from "./icon";

type ChoiceProps = Omit<ComponentProps<"input">, "type" | "size">;

/** A tick. Without children it needs an `aria-label`. */
export function Checkbox({ isMixed = false, className, children, ...rest }: ChoiceProps & { isMixed?: boolean }) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = isMixed;
  }, [isMixed]);
  return (
    <label className={cx("check", !children && "check--bare", className)}>
      <input {...rest} ref={box} className="cb" type="checkbox" />
      {children}
    </label>
  );
}

/** One of several that exclude each other. */
export function Radio({ className, children, ...rest }: ChoiceProps) {
  return (
    <label className={cx("check", className)}>
      <input {...rest} className="rd" type="radio" />
      {children}
    </label>
  );
}

/** Something that is on or off at once, without saving. */
export function Switch({ className, children, ...rest }: ChoiceProps) {
  return (
    <label className={cx("check", className)}>
      <input {...rest} className="sw" type="checkbox" role="switch" />
      {children}
    </label>
  );
}

type OptionCard = {
  value: string;
  title: ReactNode;
  detail?: ReactNode;
  /** A word at the right end: "has it now". */
  end?: ReactNode;
  /** Stays visible, cannot be chosen, and says why and whom to ask. */
  lockedBecause?: ReactNode;
};

type OptionGroupProps = {
  legend: ReactNode;
  limit?: ReactNode;
  help?: ReactNode;
  error?: ReactNode;
  name?: string;
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
  options: readonly OptionCard[];
};

/** Choices that need a line of explanation each. */
export function OptionGroup(props: OptionGroupProps) {
  const { legend, limit, help, error, name, value, defaultValue, onChange, options } = props;
  const id = useId();
  return (
    <fieldset className="field" aria-describedby={error || help ? `${id}-help` : undefined}>
      <legend className="lab">
        {legend}
        {limit && <span className="lab__l">{limit}</span>}
      </legend>
      <div className="opts">
        {options.map((option) =>
          option.lockedBecause ? (
            <div className="opt opt--off" key={option.value}>
              <Icon name="lock" />
              <span>
                {option.title}
                <span className="opt__d">{option.lockedBecause}</span>
              </span>
              {option.end && <span className="opt__e">{option.end}</span>}
            </div>
          ) : (
            <label className="opt" key={option.value}>
              <input
                className="rd"
                type="radio"
                name={name ?? id}
                value={option.value}
                checked={value === undefined ? undefined : value === option.value}
                defaultChecked={value === undefined ? defaultValue === option.value : undefined}
                onChange={() => onChange?.(option.value)}
              />
              <span>
                <span className="w5">{option.title}</span>
                {option.detail && <span className="opt__d">{option.detail}</span>}
              </span>
              {option.end && <span className="opt__e">{option.end}</span>}
            </label>
          ),
        )}
      </div>
      <FieldHelp id={`${id}-help`} help={help} error={error} />
    </fieldset>
  );
}

type SegmentedProps<Value extends string> = {
  label: string;
  name?: string;
  options: readonly { value: Value; label: ReactNode }[];
  value: Value;
  onChange: (value: Value) => void;
  isFull?: boolean;
};

/** A few short choices side by side: presets, views. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, name, options, value, onChange, isFull } = props;
  const id = useId();
  return (
    <div className={cx("seg", isFull && "seg--full")} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label className="seg__i" key={option.value}>
          <input
            type="radio"
            name={name ?? id}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
