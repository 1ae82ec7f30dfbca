import { Badge } from "@/components/ui/badge";
import { Icon } from "@/components/ui/icon";
import { Cols, Table, Th, TwoLines } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { SessionSummary } from "@/server/identities/contract";
import { proofWords } from "./kinds";
import { EndSession } from "./session-actions";

type Props = {
  readonly sessions: readonly SessionSummary[];
  readonly now: number;
  readonly mayEnd: boolean;
  /** Fewer columns, for the half of a page. */
  readonly isSmall?: boolean;
};

/** Widths, and which columns give way before a device is cut. */
const WIDTHS = [
  null,
  { width: 170, className: "drop-mid" },
  { width: 130, className: "drop-narrow" },
  { width: 140, className: "drop-mid" },
  210,
  116,
];

/** Open sessions: device, address, since, last used, how proved, and the button that ends each. */
export function SessionTable({ sessions, now, mayEnd, isSmall }: Props) {
  return (
    <Table caption="Sessions" isInset={isSmall} isStacked isStill>
      <Cols widths={isSmall ? [null, 112, 112, 76] : WIDTHS} />
      <thead>
        <tr>
          <Th>Device</Th>
          {!isSmall && <Th className="drop-mid">Proved by</Th>}
          <Th className={isSmall ? undefined : "drop-narrow"}>Last used</Th>
          {!isSmall && <Th className="drop-mid">Since</Th>}
          <Th>Ends</Th>
          <Th isHidden>Actions</Th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <tr key={session.id} className="tall">
            <td className="name a-name wrap">
              <span className="row">
                <Icon name="device" className="x3" />
                <span className="min-w-0">
                  <TwoLines
                    first={session.device}
                    second={[
                      session.address ?? "unknown address",
                      isSmall && proofWords(session.provedBy).toLowerCase(),
                    ]
                      .filter(Boolean)
                      .join(", ")}
                  />
                </span>
                {session.isCurrent && (
                  <Badge tone="info" icon="check">
                    This one
                  </Badge>
                )}
              </span>
            </td>
            {!isSmall && <td className="drop-mid a-more">{proofWords(session.provedBy)}</td>}
            <td className={isSmall ? "a-when" : "drop-narrow a-when"}>
              <span className="x3 phone:hidden">Last used </span>
              <Time at={session.lastUsedAt} now={now} form="relative" />
            </td>
            {!isSmall && (
              <td className="drop-mid">
                <Time at={session.createdAt} now={now} form="absolute" />
              </td>
            )}
            <td>
              <Time at={session.endsAt} now={now} form={isSmall ? "relative" : "both"} />
            </td>
            <td className="num a-status">
              <EndSession
                sessionId={session.id}
                device={session.device}
                isCurrent={session.isCurrent}
                mayEnd={mayEnd}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
