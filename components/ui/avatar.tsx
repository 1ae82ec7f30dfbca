import { cx } from "./cx";
import { initials } from "./format";
import { Icon, type IconName } from "./icon";

/** A person's initials, or the icon of a thing; always beside the name. */
export function Avatar({ name, icon }: { name?: string; icon?: IconName }) {
  return (
    <span className={cx("ava", icon && "ava--sq")} aria-hidden="true">
      {icon ? <Icon name={icon} size={14} /> : initials(name ?? "")}
    </span>
  );
}
