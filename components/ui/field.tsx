"use client";

import { createContext, type ReactNode, useContext, useId } from "react";
import { Icon } from "./icon";

type Wiring = { id: string; describedBy: string | undefined; isInvalid: boolean };

const FieldContext = createContext<Wiring | null>(null);

/** The id and descriptions that the control inside a `Field` must carry. */
export function useFieldWiring(own: {
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean | "true" | "false" | "grammar" | "spelling";
}) {
  const field = useContext(FieldContext);
  return {
    id: own.id ?? field?.id,
    "aria-describedby": [own["aria-describedby"], field?.describedBy].filter(Boolean).join(" ") || undefined,
    "aria-invalid": own["aria-invalid"] ?? (field?.isInvalid ? true : undefined),
  };
}

type Props = {
  label: ReactNode;
  /** What is allowed, in grey beside the label: "at most 14 d". */
  limit?: ReactNode;
  help?: ReactNode;
  /** What to do about it: "You may give at most 14 d. Choose 14 d, or ask Priya Nair." */
  error?: ReactNode;
  isOptional?: boolean;
  className?: string;
  children: ReactNode;
};

/** Label above, limit beside it, help or error below, all wired to the one control inside. */
export function Field({ label, limit, help, error, isOptional, className, children }: Props) {
  const id = useId();
  const helpId = `${id}-help`;
  const limitId = `${id}-limit`;
  const aside = limit ?? (isOptional ? "optional" : undefined);
  const describedBy = [aside && limitId, (error || help) && helpId].filter(Boolean).join(" ") || undefined;
  return (
    <div className={className ? `field ${className}` : "field"}>
      <div className="lab">
        <label htmlFor={id}>{label}</label>
        {aside && (
          <span className="lab__l" id={limitId}>
            {aside}
          </span>
        )}
      </div>
      <FieldContext value={{ id, describedBy, isInvalid: Boolean(error) }}>{children}</FieldContext>
      <FieldHelp id={helpId} help={help} error={error} />
    </div>
  );
}

/** The line under a control: the error when there is one, else the help. */
export function FieldHelp({ id, help, error }: { id: string; help?: ReactNode; error?: ReactNode }) {
  if (error) {
    return (
      <p className="help help--bad" id={id} role="alert">
        <Icon name="stop" size={12} />
        <span>{error}</span>
      </p>
    );
  }
  return help ? (
    <p className="help" id={id}>
      {help}
    </p>
  ) : null;
}
