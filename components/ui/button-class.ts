import { cx } from "./cx";

/** How a button looks; shared by buttons and by links that look like them. */
export type ButtonLook = {
  variant?: "outline" | "main" | "quiet" | "danger" | "destroy";
  size?: "s" | "m" | "l";
  isWide?: boolean;
};

/** The classes of a button of this look. */
export function buttonClass(look: ButtonLook & { isIcon?: boolean }, className?: string): string {
  const { variant = "outline", size = "m", isWide, isIcon } = look;
  return cx(
    "btn",
    variant !== "outline" && `btn--${variant}`,
    size !== "m" && `btn--${size}`,
    isWide && "btn--wide",
    isIcon && "btn--icon",
    className,
  );
}
