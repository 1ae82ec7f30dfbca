import type { ReactNode } from "react";
import { cx } from "./cx";
import { Icon, type IconName } from "./icon";
import { type Tone, toneIcon } from "./tone";

type Props = {
  tone: Tone;
  icon?: IconName;
  /** The fact, in bold, before the rest. */
  title?: ReactNode;
  actions?: ReactNode;
  /** The actions stand at the right end instead of below. */
  isRow?: boolean;
  children?: ReactNode;
};

/** One fact that changes what the reader does. */
export function Note({ tone, icon, title, actions, isRow, children }: Props) {
  return (
    <div className={cx("note", `note--${tone}`, isRow && "note--row")}>
      <Icon name={icon ?? (tone === "neutral" ? "info" : toneIcon[tone])} />
      <div>
        {title && <b>{title} </b>}
        {children}
      </div>
      {actions && <div className="note__a">{actions}</div>}
    </div>
  );
}
