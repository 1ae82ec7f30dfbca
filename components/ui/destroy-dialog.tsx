"use client";

import { AlertDialog as Base } from "@base-ui/react/alert-dialog";
import { type FormEvent, type ReactElement, type ReactNode, useRef, useState } from "react";
import { Button, IconButton } from "./button";
import { cx } from "./cx";
import { Field } from "./field";
import { Icon, type IconName } from "./icon";
import { Input, Select } from "./input";
import { Note } from "./note";

type Consequence = { icon: IconName; strong: ReactNode; rest?: ReactNode };

type Props = {
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  lead?: ReactNode;
  /** What stops and how soon: "Stops at once". */
  stops: { title: string; items: readonly Consequence[] };
  goesOn?: { title?: string; items: readonly Consequence[] };
  milder?: { text: ReactNode; action?: ReactNode };
  /** Asked for the audit log; one of a list, or words. */
  reason?: {
    label: string;
    limit?: string;
    options?: readonly { value: string; label: string }[];
    placeholder?: string;
    isOptional?: boolean;
  };
  /** Only for what cannot be undone: the name of the object, to be typed. */
  typedName?: { label: string; expected: string };
  /** Who will be told. */
  told?: ReactNode;
  /** The safe answer names its result: "Keep certificate". */
  keepLabel: string;
  destroyLabel: string;
  destroyIcon?: IconName;
  /** Does the deed. What it throws is shown, and the dialog stays open. */
  onConfirm: (answer: { reason: string }) => Promise<void>;
};

/** Consequences before confirmation: what stops, what goes on, the milder way, and only then the deed. */
export function DestroyDialog(props: Props) {
  const { trigger, open, onOpenChange, ...content } = props;
  const [isOpen, setOpen] = useState(false);
  const isShown = open ?? isOpen;

  function change(next: boolean) {
    setOpen(next);
    onOpenChange?.(next);
  }

  const keep = useRef<HTMLButtonElement>(null);
  return (
    <Base.Root open={isShown} onOpenChange={change}>
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Viewport className="stage">
          <Base.Popup className="dlg" initialFocus={keep}>
            <DestroyForm {...content} keepRef={keep} onDone={() => change(false)} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

type FormProps = Omit<Props, "trigger" | "open" | "onOpenChange"> & {
  keepRef: React.RefObject<HTMLButtonElement | null>;
  onDone: () => void;
};

function DestroyForm(props: FormProps) {
  const { title, lead, stops, goesOn, milder, reason, typedName, told, keepLabel, destroyLabel, destroyIcon } = props;
  const [why, setWhy] = useState(reason?.options?.[0]?.value ?? "");
  const [typed, setTyped] = useState("");
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<string>();

  const isReasonMissing = Boolean(reason && !reason.isOptional) && why.trim() === "";
  const isNameMissing = typedName !== undefined && typed.trim() !== typedName.expected;

  async function confirm(event: FormEvent) {
    event.preventDefault();
    if (isReasonMissing || isNameMissing) return;
    setPending(true);
    setError(undefined);
    try {
      await props.onConfirm({ reason: why.trim() });
      props.onDone();
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : "It did not work. Nothing was changed.");
    } finally {
      setPending(false);
    }
  }

  return (
    <form onSubmit={confirm}>
      <div className="dlg__h">
        <div>
          <Base.Title>{title}</Base.Title>
          {lead && <Base.Description className="x2">{lead}</Base.Description>}
        </div>
        <Base.Close render={<IconButton icon="x" label="Close" tooltip="none" />} />
      </div>
      <div className="dlg__b">
        <fieldset className="stack" disabled={isPending}>
          <div className="conseq">
            <Consequences title={stops.title} tone="da-x" isDanger items={stops.items} />
            {goesOn && <Consequences title={goesOn.title ?? "Goes on working"} tone="ok-x" items={goesOn.items} />}
          </div>
          {milder && (
            <Note tone="neutral" icon="split" actions={milder.action} isRow>
              {milder.text}
            </Note>
          )}
          {(reason || typedName) && (
            <div className={reason && typedName ? "two-f" : "stack"}>
              {reason && (
                <Field label={reason.label} limit={reason.limit} isOptional={reason.isOptional}>
                  {reason.options ? (
                    <Select options={reason.options} value={why} onChange={(event) => setWhy(event.target.value)} />
                  ) : (
                    <Input
                      value={why}
                      placeholder={reason.placeholder}
                      maxLength={500}
                      onChange={(event) => setWhy(event.target.value)}
                    />
                  )}
                </Field>
              )}
              {typedName && (
                <Field label={typedName.label} help={typedName.expected}>
                  <Input
                    mono
                    value={typed}
                    autoComplete="off"
                    autoCapitalize="off"
                    spellCheck={false}
                    onChange={(event) => setTyped(event.target.value)}
                  />
                </Field>
              )}
            </div>
          )}
          {error && (
            <div role="alert">
              <Note tone="danger">{error}</Note>
            </div>
          )}
        </fieldset>
      </div>
      <div className="dlg__f">
        {told && <span className="dlg__told">{told}</span>}
        <Base.Close render={<Button ref={props.keepRef}>{keepLabel}</Button>} />
        <Button
          type="submit"
          variant="destroy"
          icon={destroyIcon}
          disabled={isReasonMissing || isNameMissing}
          busy={isPending && destroyLabel}
        >
          {destroyLabel}
        </Button>
      </div>
    </form>
  );
}

type ConsequencesProps = { title: string; tone: string; isDanger?: boolean; items: readonly Consequence[] };

function Consequences({ title, tone, isDanger, items }: ConsequencesProps) {
  return (
    <>
      <h3 className={isDanger ? tone : undefined}>{title}</h3>
      <ul>
        {items.map((item, index) => (
          <li key={index}>
            <Icon name={item.icon} className={cx(tone)} />
            <span>
              <b className="w5">{item.strong}</b> {item.rest && <span className="x2">{item.rest}</span>}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
