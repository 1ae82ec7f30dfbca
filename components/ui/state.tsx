import type { ReactNode } from "react";
import { cx } from "./cx";
import { Icon, type IconName } from "./icon";

type Props = {
  title: ReactNode;
  icon?: IconName;
  actions?: ReactNode;
  /** 1 where the state is the whole page. */
  level?: 1 | 2;
  children?: ReactNode;
};

/** Nothing is here yet: what would be, and the way to begin. */
export function EmptyState(props: Props) {
  return <State icon="inbox" {...props} />;
}

/** Nothing matches: which filters hide how many. */
export function NoMatch(props: Props) {
  return <State icon="search" {...props} />;
}

/** Not allowed: the rule, the reason, the person to ask. */
export function RefusedState(props: Props) {
  return <State icon="lock" {...props} />;
}

/** It failed: what still holds, how old it is, when it is tried again. */
export function FailedState(props: Props) {
  return <State icon="stop" isFailed {...props} />;
}

function State({ title, icon = "inbox", actions, level = 2, children, isFailed }: Props & { isFailed?: boolean }) {
  const Heading = `h${level}` as const;
  return (
    <div className={cx("blank", isFailed && "blank--failed")} role={isFailed ? "alert" : undefined}>
      <Icon name={icon} size={20} />
      <Heading className="blank__h">{title}</Heading>
      {children && <div className="blank__t">{children}</div>}
      {actions && <div className="blank__a">{actions}</div>}
    </div>
  );
}
