import Link from "next/link";
import type { ReactNode } from "react";
import { type ButtonLook, buttonClass } from "./button-class";
import { Icon, type IconName } from "./icon";

type Props = ButtonLook & {
  href: string;
  icon?: IconName;
  /** Leaves the console's routing: downloads and other origins. */
  isExternal?: boolean;
  download?: boolean | string;
  className?: string;
  children: ReactNode;
};

/** A link that looks like a button, because it leads to a deed. */
export function ButtonLink({ href, icon, isExternal, download, className, children, ...look }: Props) {
  const classes = buttonClass(look, className);
  const content = (
    <>
      {icon && <Icon name={icon} />}
      {children}
    </>
  );
  if (isExternal || download !== undefined) {
    return (
      <a className={classes} href={href} download={download}>
        {content}
      </a>
    );
  }
  return (
    <Link className={classes} href={href}>
      {content}
    </Link>
  );
}

type IconLinkProps = Pick<ButtonLook, "variant" | "size"> & { href: string; icon: IconName; label: string };

/** A link that is an icon alone: previous, next, close. */
export function IconLink({ href, icon, label, variant = "quiet", size = "s" }: IconLinkProps) {
  return (
    <Link className={buttonClass({ variant, size, isIcon: true })} href={href} aria-label={label} title={label}>
      <Icon name={icon} />
    </Link>
  );
}
