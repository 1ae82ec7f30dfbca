"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTheme } from "next-themes";
import { useState } from "react";
import { Avatar } from "../ui/avatar";
import { IconButton } from "../ui/button";
import { cx } from "../ui/cx";
import { formatCount } from "../ui/format";
import { Icon } from "../ui/icon";
import { Mark } from "../ui/mark";
import { Menu, MenuFrame, RadioEntries } from "../ui/menu";
import { useToast } from "../ui/toast";
import { isWithin, type NavKey, navSections } from "./nav";

/** A number beside a place; coloured only for what needs a person now. */
export type NavCount = { count: number; tone?: "danger" | "warn"; word?: string };

/** Who is signed in. */
export type ShellUser = { name: string; email?: string; roleWords: string };

/** What the sidebar shows; also inside the menu sheet of a narrow screen. */
export type SidebarProps = {
  trustDomain: string;
  user: ShellUser;
  counts?: Partial<Record<NavKey, NavCount>>;
  hidden?: readonly NavKey[];
  sessionsHref: string;
  onSignOut: () => void | Promise<void>;
  onHelp: () => void;
  onNavigate?: () => void;
};

/** The places of the console, and the person. */
export function Sidebar(props: SidebarProps) {
  const { trustDomain, counts = {}, hidden = [], onHelp, onNavigate } = props;
  const path = usePathname();
  return (
    <aside className="side" aria-label="Sidebar">
      <div className="side__top">
        <Mark />
        <b>Swarm</b>
        <span className="x3 t12 cut" title={trustDomain}>
          {trustDomain}
        </span>
      </div>
      <nav className="nav" aria-label="Main">
        {navSections.map((section) => {
          const items = section.items.filter((item) => !hidden.includes(item.key));
          return items.length === 0 ? null : (
            <div className="nav__sec" key={section.title ?? "top"}>
              {section.title && <div className="nav__head">{section.title}</div>}
              {items.map((item) => (
                <Link
                  key={item.key}
                  className="nav__item"
                  href={item.href}
                  aria-current={isWithin(path, item.href) ? "page" : undefined}
                  onClick={onNavigate}
                >
                  <Icon name={item.icon} />
                  <span>{item.label}</span>
                  <NavNumber number={counts[item.key]} />
                </Link>
              ))}
            </div>
          );
        })}
      </nav>
      <div className="side__foot">
        <button className="nav__item" type="button" aria-keyshortcuts="?" onClick={onHelp}>
          <Icon name="help" />
          <span>Help and shortcuts</span>
          <span className="n" aria-hidden="true">
            ?
          </span>
        </button>
        <Person {...props} />
      </div>
    </aside>
  );
}

function NavNumber({ number }: { number: NavCount | undefined }) {
  if (!number) return null;
  return (
    <span className={cx("n", number.tone && `n--${number.tone}`)}>
      {formatCount(number.count)}
      {number.word && ` ${number.word}`}
    </span>
  );
}

function Person({ user, sessionsHref, onSignOut }: SidebarProps) {
  const { theme = "system", setTheme } = useTheme();
  const [isLeaving, setLeaving] = useState(false);
  const toast = useToast();

  async function leave() {
    setLeaving(true);
    try {
      await onSignOut();
    } catch {
      setLeaving(false);
      toast.add({ title: "Signing out did not work", detail: "You are still signed in. Try again.", tone: "danger" });
    }
  }

  return (
    <div className="me">
      <Menu
        side="top"
        align="start"
        trigger={
          <button className="me__who" type="button" disabled={isLeaving}>
            <Avatar name={user.name} />
            <span className="grow">
              <span className="cut w5">{user.name}</span>
              <span className="cut x3 t11">{isLeaving ? "Signing out" : user.roleWords}</span>
            </span>
          </button>
        }
        items={[
          { heading: user.email ?? user.name },
          { label: "Your account", icon: "person", href: "/account" },
          { label: "Your sessions", icon: "device", href: sessionsHref },
          "separator",
          { label: "Sign out", icon: "logout", onSelect: leave },
        ]}
      />
      <MenuFrame side="top" align="end" trigger={<IconButton icon="half" label="Theme" />}>
        <RadioEntries
          heading="Theme"
          value={theme}
          options={[
            { value: "light", label: "Light", icon: "sun" },
            { value: "dark", label: "Dark", icon: "moon" },
            { value: "system", label: "As the system", icon: "half" },
          ]}
          onChange={setTheme}
        />
      </MenuFrame>
    </div>
  );
}
