import type { ReactNode } from "react";
import { cx } from "./cx";

/** Each kind of thing has one drawing: 16 px grid, 1.4 stroke, round joins. */
const drawings = {
  arrow: <path d="M3 8h10M9 4l4 4-4 4" />,
  audit: (
    <>
      <path d="M6.2 4h7.3M6.2 8h7.3M6.2 12h7.3" />
      <path d="m2 4 .8.8L4.2 3.3M2 8l.8.8 1.4-1.5M2 12l.8.8 1.4-1.5" />
    </>
  ),
  ban: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="m3.8 3.8 8.4 8.4" />
    </>
  ),
  ca: <path d="M8 2 13.5 5h-11zM4.2 7v4.5M8 7v4.5M11.8 7v4.5M2.5 13.5h11" />,
  cert: (
    <>
      <path d="M7.5 13.5h-4v-11h9v4" />
      <path d="M5.7 5.5h4.6M5.7 8h2.6" />
      <circle cx="11" cy="10.3" r="2.3" />
      <path d="m9.8 12.4-.3 2.6 1.5-.8 1.5.8-.3-2.6" />
    </>
  ),
  chain: (
    <path d="M6.8 9.2 9.2 6.8M7.4 4.6l1.3-1.3a2.8 2.8 0 0 1 4 4l-1.3 1.3M8.6 11.4l-1.3 1.3a2.8 2.8 0 0 1-4-4l1.3-1.3" />
  ),
  check: <path d="m3 8.4 3.2 3.2L13 4.8" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.6V8l2.3 1.6" />
    </>
  ),
  cols: (
    <>
      <rect x="2.5" y="3" width="11" height="10" rx="1" />
      <path d="M6.2 3v10M9.8 3v10" />
    </>
  ),
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1" />
      <path d="M10.5 5.5v-3h-8v8h3" />
    </>
  ),
  dash: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M5.4 8h5.2" />
    </>
  ),
  device: (
    <>
      <rect x="2.5" y="3" width="11" height="7.5" rx="1" />
      <path d="M6 13.3h4M8 10.5v2.8" />
    </>
  ),
  dots: <path d="M3.5 8h.1M8 8h.1M12.5 8h.1" strokeWidth="2.2" />,
  down: <path d="m4 6 4 4 4-4" />,
  edit: <path d="M3 13l.6-2.7 7.5-7.5 2.1 2.1-7.5 7.5z" />,
  external: <path d="M6.5 3.5h-3v9h9v-3M9 2.8h4.2V7M13 3 7.6 8.4" />,
  eye: (
    <>
      <path d="M1.5 8C3 5.2 5.3 3.8 8 3.8S13 5.2 14.5 8C13 10.8 10.7 12.2 8 12.2S3 10.8 1.5 8z" />
      <circle cx="8" cy="8" r="2" />
    </>
  ),
  eyeoff: (
    <>
      <path d="M1.5 8C3 5.2 5.3 3.8 8 3.8S13 5.2 14.5 8C13 10.8 10.7 12.2 8 12.2S3 10.8 1.5 8z" />
      <path d="m3 13 10-10" />
    </>
  ),
  file: (
    <>
      <path d="M4 1.8h5.2L12.5 5v9.2H4z" />
      <path d="M9 2v3.2h3.3" />
    </>
  ),
  filter: <path d="M2 4h12M4.5 8h7M7 12h2" />,
  grip: <path d="M6 4h.1M10 4h.1M6 8h.1M10 8h.1M6 12h.1M10 12h.1" strokeWidth="2" />,
  half: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="M8 2.4v11.2A5.6 5.6 0 0 0 8 2.4" fill="currentColor" />
    </>
  ),
  help: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M6.2 6.3c.1-1 .8-1.6 1.8-1.6s1.8.6 1.8 1.6c0 1.3-1.8 1.4-1.8 2.6M8 11.2v.1" />
    </>
  ),
  inbox: <path d="M2.5 9 4 3h8l1.5 6v4h-11zM2.5 9H6l.8 1.6h2.4L10 9h3.5" />,
  info: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 7.4v3.4M8 5.1v.1" />
    </>
  ),
  invite: (
    <>
      <path d="M2 6V4h12v2a2 2 0 0 0 0 4v2H2v-2a2 2 0 0 0 0-4z" />
      <path d="M8 6v4M6 8h4" />
    </>
  ),
  job: <path d="M2.5 12.5 6 7l3 3 4.5-6.5M10.5 3.5h3v3" />,
  key: (
    <>
      <circle cx="5.2" cy="10.8" r="3" />
      <path d="M7.4 8.6 13.3 2.7M10.6 5.4l2 2" />
    </>
  ),
  left: <path d="m10 4-4 4 4 4" />,
  load: <path d="M8 2v8M4.8 7 8 10.2 11.2 7M2.5 13.5h11" />,
  lock: (
    <>
      <rect x="3.5" y="7" width="9" height="6.5" rx="1" />
      <path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" />
    </>
  ),
  logout: <path d="M6.5 2.5h-4v11h4M6.5 8h7M10.6 5l3 3-3 3" />,
  mail: (
    <>
      <rect x="2" y="3.5" width="12" height="9" rx="1" />
      <path d="m2.4 4.4 5.6 4.4 5.6-4.4" />
    </>
  ),
  menu: <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />,
  minus: <path d="M3 8h10" />,
  moon: <path d="M13.3 9.6A5.8 5.8 0 1 1 6.4 2.7a4.6 4.6 0 0 0 6.9 6.9z" />,
  node: (
    <>
      <rect x="3.7" y="3.7" width="8.6" height="8.6" rx="1" />
      <rect x="6.4" y="6.4" width="3.2" height="3.2" />
      <path d="M6 1.7v2M10 1.7v2M6 12.3v2M10 12.3v2M1.7 6h2M1.7 10h2M12.3 6h2M12.3 10h2" />
    </>
  ),
  ok: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="m5.4 8.2 1.8 1.8 3.4-3.7" />
    </>
  ),
  passkey: (
    <>
      <circle cx="6" cy="5" r="2.6" />
      <path d="M1.5 13.2c.4-2.6 2.2-4 4.5-4 .9 0 1.7.2 2.4.6" />
      <circle cx="12" cy="8.3" r="2" />
      <path d="M12 10.3v4l1.4-1.3-1.4-1" />
    </>
  ),
  person: (
    <>
      <circle cx="8" cy="5.3" r="2.6" />
      <path d="M2.8 13.6C3.4 11 5.4 9.8 8 9.8s4.6 1.2 5.2 3.8" />
    </>
  ),
  plus: <path d="M8 3v10M3 8h10" />,
  policy: (
    <path d="M6 2.5c-2 0-2.2 1-2.2 2.4S3.6 7.4 2.2 8c1.4.6 1.6 1.7 1.6 3.1s.2 2.4 2.2 2.4M10 2.5c2 0 2.2 1 2.2 2.4s.2 2.5 1.6 3.1c-1.4.6-1.6 1.7-1.6 3.1s-.2 2.4-2.2 2.4" />
  ),
  profile: (
    <>
      <path d="M3 2.5h10v11H3z" />
      <path d="M5.5 5.5h1M8.5 5.5h2M5.5 8h1M8.5 8h2M5.5 10.5h1M8.5 10.5h2" />
    </>
  ),
  pulse: <path d="M1.5 8.5h3l2-5 3 9 2-4h3" />,
  report: <path d="M2.5 13.5v-11M2.5 13.5h11M5.5 11V8M8.5 11V4.5M11.5 11V6.5" />,
  resource: <path d="M8 2 14 5 8 8 2 5zM2 8l6 3 6-3M2 11l6 3 6-3" />,
  right: <path d="m6 4 4 4-4 4" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="M10.4 10.4 14 14" />
    </>
  ),
  send: <path d="M14 2 7.2 8.8M14 2 9.8 14l-2.6-5.2L2 6.2z" />,
  service: (
    <>
      <path d="M8 1.8l5.4 3.1v6.2L8 14.2l-5.4-3.1V4.9z" />
      <path d="M2.8 5 8 8l5.2-3M8 8v6" />
    </>
  ),
  shield: <path d="M8 1.8 13 3.6v4c0 3.2-2 5.5-5 6.6-3-1.1-5-3.4-5-6.6v-4z" />,
  shieldok: (
    <>
      <path d="M8 1.8 13 3.6v4c0 3.2-2 5.5-5 6.6-3-1.1-5-3.4-5-6.6v-4z" />
      <path d="m5.7 7.8 1.6 1.6 3-3.2" />
    </>
  ),
  sliders: (
    <>
      <path d="M2 5h6.5M12.5 5H14M2 11h1.5M7.5 11H14" />
      <circle cx="10.5" cy="5" r="1.9" />
      <circle cx="5.5" cy="11" r="1.9" />
    </>
  ),
  split: (
    <>
      <circle cx="4" cy="3.5" r="1.6" />
      <circle cx="4" cy="12.5" r="1.6" />
      <circle cx="12" cy="8" r="1.6" />
      <path d="M4 5.1v5.8M4 8h6.4" />
    </>
  ),
  star: <path d="m8 2 1.8 3.8 4.1.5-3 2.9.8 4.1L8 11.3l-3.7 2 .8-4.1-3-2.9 4.1-.5z" />,
  stop: (
    <>
      <path d="M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4z" />
      <path d="M8 4.8v3.8M8 11v.1" />
    </>
  ),
  sun: (
    <>
      <circle cx="8" cy="8" r="2.8" />
      <path d="M8 1.6v1.5M8 12.9v1.5M1.6 8h1.5M12.9 8h1.5M3.5 3.5l1 1M11.5 11.5l1 1M12.5 3.5l-1 1M4.5 11.5l-1 1" />
    </>
  ),
  team: (
    <>
      <circle cx="6" cy="5.3" r="2.3" />
      <path d="M1.6 13.2c.5-2.4 2.2-3.5 4.4-3.5s3.9 1.1 4.4 3.5M10.4 3.2a2.3 2.3 0 0 1 0 4.2M12 9.9c1.3.5 2.1 1.6 2.4 3.3" />
    </>
  ),
  terminal: (
    <>
      <rect x="2" y="3" width="12" height="10" rx="1" />
      <path d="m4.5 6 2 2-2 2M8.5 10h3" />
    </>
  ),
  token: (
    <>
      <path d="M2 6V4h12v2a2 2 0 0 0 0 4v2H2v-2a2 2 0 0 0 0-4z" />
      <path d="M9.5 4v1.4M9.5 7.3v1.4M9.5 10.6V12" />
    </>
  ),
  tree: (
    <>
      <path d="M3 2.5v9h4M3 6h4" />
      <rect x="8.5" y="4.5" width="5" height="3" />
      <rect x="8.5" y="10" width="5" height="3" />
    </>
  ),
  turn: (
    <>
      <path d="M13.4 6.2A5.7 5.7 0 0 0 3 5.2M2.6 9.8A5.7 5.7 0 0 0 13 10.8" />
      <path d="M2.6 2.6v2.9h2.9M13.4 13.4v-2.9h-2.9" />
    </>
  ),
  undo: <path d="M5.5 3 2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 8H6" />,
  unlock: (
    <>
      <rect x="3.5" y="7" width="9" height="6.5" rx="1" />
      <path d="M5.5 7V5a2.5 2.5 0 0 1 4.8-1" />
    </>
  ),
  up: <path d="m4 10 4-4 4 4" />,
  upload: <path d="M8 10V2M4.8 5 8 1.8 11.2 5M2.5 13.5h11" />,
  warn: (
    <>
      <path d="M8 2.2l6.2 11H1.8z" />
      <path d="M8 6.6v3M8 11.3v.1" />
    </>
  ),
  x: <path d="m4 4 8 8M12 4l-8 8" />,
} satisfies Record<string, ReactNode>;

/** The name of a drawing in our own set. */
export type IconName = keyof typeof drawings;

type Props = {
  name: IconName;
  size?: 12 | 14 | 16 | 20;
  className?: string;
  /** What it says to those who cannot see it; without one it is an ornament beside its word. */
  label?: string;
};

/** One icon of our set, in the colour of the text around it. */
export function Icon({ name, size = 16, className, label }: Props) {
  return (
    <svg
      className={cx("ico", size !== 16 && `ico-${size}`, className)}
      viewBox="0 0 16 16"
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      focusable="false"
    >
      {drawings[name]}
    </svg>
  );
}
