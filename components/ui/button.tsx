"use client";

import type { ComponentProps } from "react";
import { type ButtonLook, buttonClass } from "./button-class";
import { Icon, type IconName } from "./icon";
import { Tooltip } from "./tooltip";

type Props = Omit<ComponentProps<"button">, "size"> &
  ButtonLook & {
    icon?: IconName;
    /** While set, the button is off and says this beside a spinner: "Saving". */
    busy?: string | false;
  };

/** A button. One `main` on a screen; `destroy` only inside a dialog. */
export function Button({ variant, size, icon, isWide, busy, className, disabled, children, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      className={buttonClass({ variant, size, isWide }, className)}
      disabled={disabled || Boolean(busy)}
      aria-busy={busy ? true : undefined}
    >
      {busy ? (
        <>
          <span className="spin" aria-hidden="true" />
          {busy}
        </>
      ) : (
        <>
          {icon && <Icon name={icon} />}
          {children}
        </>
      )}
    </button>
  );
}

type IconButtonProps = Omit<ComponentProps<"button">, "size" | "children"> &
  Pick<ButtonLook, "variant" | "size"> & {
    icon: IconName;
    label: string;
    /** Only for what everybody knows, such as the cross that closes. */
    tooltip?: "none";
  };

/** A button that is an icon alone: close, copy, more and arrows only. Its label is also its tooltip. */
export function IconButton(props: IconButtonProps) {
  const { icon, label, variant = "quiet", size = "s", tooltip, className, ...rest } = props;
  const button = (
    <button
      type="button"
      aria-label={label}
      {...rest}
      className={buttonClass({ variant, size, isIcon: true }, className)}
    >
      <Icon name={icon} />
    </button>
  );
  return tooltip === "none" ? button : <Tooltip text={label}>{button}</Tooltip>;
}
