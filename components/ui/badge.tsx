import type { ReactNode } from "react";
import { cx } from "./cx";
import { Icon, type IconName } from "./icon";
import { type Tone, toneIcon } from "./tone";

type Props = { tone: Tone; icon?: IconName; className?: string; children: ReactNode };

/** A boxed status for the head of a page. In rows use `Status`. */
export function Badge({ tone, icon, className, children }: Props) {
  return (
    <span className={cx("badge", `badge--${tone}`, className)}>
      <Icon name={icon ?? toneIcon[tone]} size={12} />
      {children}
    </span>
  );
}

/** Mark and word without a box, for rows. */
export function Status({ tone, icon, className, children }: Props) {
  return (
    <span className={cx("stat", `stat--${tone}`, className)}>
      <Icon name={icon ?? toneIcon[tone]} size={14} />
      {children}
    </span>
  );
}

/** A fact that is neither status nor link: a label, a scope. */
export function Tag({ mono, className, children }: { mono?: boolean; className?: string; children: ReactNode }) {
  return (
    <span className={cx("tag", mono && "mono", className)}>
      <span className="cut">{children}</span>
    </span>
  );
}

/** A key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="kbd">{children}</kbd>;
}
