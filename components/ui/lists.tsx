import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "./cx";
import {
  formatClock,
  formatDay,
  formatDuration,
  formatFull,
  formatInstant,
  type Instant,
  dayKey,
  toMs,
} from "./format";
import { Icon, type IconName } from "./icon";
import { Lifeline } from "./lifeline";
import { type Tone, toneIcon, toneText } from "./tone";

/** What needs a person, the nearest first. */
export function ActionList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section className="pad" aria-label={label}>
      <ol className="needs">{children}</ol>
    </section>
  );
}

type ActionItemProps = {
  tone: Tone;
  icon?: IconName;
  title: ReactNode;
  reason: ReactNode;
  /** When it breaks, with its lifeline; or words where no end is known. */
  ends?: { at: Instant; start: Instant; renewAt?: Instant };
  since?: ReactNode;
  now: Instant;
  actions: ReactNode;
};

/** One thing that needs a person: what, why, how soon, and its button. */
export function ActionItem({ tone, icon, title, reason, ends, since, now, actions }: ActionItemProps) {
  return (
    <li className="need">
      <Icon name={icon ?? toneIcon[tone]} className={toneText[tone]} />
      <div className="need__t">
        <p className="w6">{title}</p>
        <p>{reason}</p>
      </div>
      <div className="need__w">
        {ends ? (
          <>
            <p>
              <b className={toneText[tone]}>
                {toMs(ends.at) > toMs(now) ? formatDuration(toMs(ends.at) - toMs(now)) : "ended"}
              </b>
              <time className="abs" dateTime={new Date(toMs(ends.at)).toISOString()} title={formatFull(ends.at)}>
                {formatInstant(ends.at, now)} UTC
              </time>
            </p>
            <Lifeline start={ends.start} end={ends.at} renewAt={ends.renewAt} now={now} tone={tone} />
          </>
        ) : (
          since && <span className="x3 t12">{since}</span>
        )}
      </div>
      <div className="need__a">{actions}</div>
    </li>
  );
}

/** What happened, the newest first. */
export function EventList({ children }: { children: ReactNode }) {
  return <ul className="evs">{children}</ul>;
}

type EventItemProps = {
  at: Instant;
  now: Instant;
  icon: IconName;
  tone?: Tone;
  who: ReactNode;
  href?: string;
  did: ReactNode;
  end?: ReactNode;
  /** With seconds, where there is room. */
  isWide?: boolean;
};

/** One event: when, who, what. Events of other days show the day. */
export function EventItem({ at, now, icon, tone, who, href, did, end, isWide }: EventItemProps) {
  const isToday = dayKey(at) === dayKey(now);
  return (
    <li className={cx("ev", isWide && "ev--wide")}>
      <time className="mono x3 nw" dateTime={new Date(toMs(at)).toISOString()} title={formatFull(at)}>
        {isToday ? formatClock(at, { seconds: isWide }) : formatDay(at, now)}
      </time>
      <Icon name={icon} className={tone ? toneText[tone] : "x3"} />
      <span className="cut">
        {href ? (
          <Link className="w5" href={href}>
            {who}
          </Link>
        ) : (
          <span className="w5">{who}</span>
        )}{" "}
        <span className="x2">{did}</span>
      </span>
      {end && <span className="ev__e mono x3 nw">{end}</span>}
    </li>
  );
}

/** Things that vouch for each other, from the root down. */
export function ChainList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol className="chs" aria-label={label}>
      {children}
    </ol>
  );
}

type ChainItemProps = {
  icon: IconName;
  title: ReactNode;
  href?: string;
  detail: ReactNode;
  status?: ReactNode;
  isCurrent?: boolean;
  tone?: "danger" | "warn";
};

/** One link of a chain. */
export function ChainItem({ icon, title, href, detail, status, isCurrent, tone }: ChainItemProps) {
  return (
    <li
      className={cx("ch", tone ? `ch--${tone}` : isCurrent && "ch--cur")}
      aria-current={isCurrent ? "true" : undefined}
    >
      <span className="ch__i">
        <Icon name={icon} />
      </span>
      <span className="grow">
        <span className="two w5">{href ? <Link href={href}>{title}</Link> : title}</span>
        <span className="two">{detail}</span>
      </span>
      {status}
    </li>
  );
}
