"use client";

import { Menu as Base } from "@base-ui/react/menu";
import Link from "next/link";
import { Fragment, type ReactElement, type ReactNode } from "react";
import { cx } from "./cx";
import { Icon, type IconName } from "./icon";

type Item = {
  label: ReactNode;
  icon?: IconName;
  end?: ReactNode;
  tone?: "danger";
  /** Off, and says why. */
  disabledBecause?: string;
} & (
  | { href: string; isExternal?: boolean; onSelect?: undefined }
  | { onSelect: () => void; href?: undefined; isExternal?: undefined }
);

/** An entry of a menu: a deed, a link, a heading or a line. */
export type MenuEntry = Item | { heading: string } | "separator";

type Props = {
  trigger: ReactElement;
  items: readonly MenuEntry[];
  side?: "bottom" | "top";
  align?: "start" | "end";
};

/** Further deeds of one thing. Arrow keys move, letters jump, Escape closes. */
export function Menu({ trigger, items, side = "bottom", align = "end" }: Props) {
  return (
    <MenuFrame trigger={trigger} side={side} align={align}>
      {items.map((entry, index) => (
        <Fragment key={index}>{renderEntry(entry)}</Fragment>
      ))}
    </MenuFrame>
  );
}

type FrameProps = Pick<Props, "trigger" | "side" | "align"> & { children: ReactNode };

/** The floating frame of a menu, for menus with parts of their own. */
export function MenuFrame({ trigger, side = "bottom", align = "end", children }: FrameProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="pos" side={side} align={align} sideOffset={4} collisionPadding={8}>
          <Base.Popup className="pop">{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function renderEntry(entry: MenuEntry) {
  if (entry === "separator") return <Base.Separator className="ms" />;
  if ("heading" in entry) return <div className="mh">{entry.heading}</div>;
  const { label, icon, end, tone, disabledBecause, href, isExternal, onSelect } = entry;
  const className = cx("mi", tone && `mi--${tone}`);
  const content = (
    <>
      {icon && <Icon name={icon} />}
      <span>
        {label}
        {disabledBecause && <span className="mi__why">{disabledBecause}</span>}
      </span>
      {end && <span className="mi__e">{end}</span>}
    </>
  );
  if (href !== undefined && !disabledBecause) {
    const anchor = isExternal ? <a href={href} /> : <Link href={href} />;
    return (
      <Base.LinkItem className={className} render={anchor} closeOnClick>
        {content}
      </Base.LinkItem>
    );
  }
  return (
    <Base.Item className={className} disabled={Boolean(disabledBecause)} onClick={onSelect}>
      {content}
    </Base.Item>
  );
}

type CheckMenuProps = {
  trigger: ReactElement;
  heading: string;
  items: readonly { id: string; label: string; isChecked: boolean; isLocked?: boolean }[];
  onToggle: (id: string, isChecked: boolean) => void;
  /** Puts everything back: "Reset to this view". */
  reset?: { label: string; onSelect: () => void };
};

/** A list to tick, such as the columns of a table. What may not go is shown, locked. */
export function CheckMenu({ trigger, heading, items, onToggle, reset }: CheckMenuProps) {
  return (
    <MenuFrame trigger={trigger}>
      <Base.Group>
        <Base.GroupLabel className="mh">{heading}</Base.GroupLabel>
        {items.map((item) => (
          <Base.CheckboxItem
            key={item.id}
            className="mi"
            checked={item.isChecked}
            disabled={item.isLocked}
            closeOnClick={false}
            onCheckedChange={(isChecked) => onToggle(item.id, isChecked)}
          >
            {item.isLocked ? (
              <Icon name="lock" />
            ) : (
              <span className="mi__cb" aria-hidden="true">
                <Icon name="check" size={12} />
              </span>
            )}
            <span>{item.label}</span>
            {item.isLocked && <span className="mi__e">always</span>}
          </Base.CheckboxItem>
        ))}
      </Base.Group>
      {reset && (
        <>
          <Base.Separator className="ms" />
          <Base.Item className="mi" onClick={reset.onSelect}>
            <Icon name="undo" />
            <span>{reset.label}</span>
          </Base.Item>
        </>
      )}
    </MenuFrame>
  );
}

type RadioMenuProps<Value extends string> = {
  heading: string;
  value: Value;
  options: readonly { value: Value; label: string; icon?: IconName }[];
  onChange: (value: Value) => void;
};

/** Choices that exclude each other, inside a `MenuFrame`. */
export function RadioEntries<Value extends string>({ heading, value, options, onChange }: RadioMenuProps<Value>) {
  return (
    <Base.RadioGroup value={value} onValueChange={onChange}>
      <div className="mh">{heading}</div>
      {options.map((option) => (
        <Base.RadioItem key={option.value} className="mi" value={option.value} closeOnClick>
          {option.icon && <Icon name={option.icon} />}
          <span>{option.label}</span>
          <span className="mi__e">
            <Icon name="check" className="mi__dot" />
          </span>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}
