"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useRef, useState, useTransition } from "react";
import { RowKeys } from "@/components/shell/row-keys";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Switch } from "@/components/ui/choice";
import { Pane, PanelLayout, WorkArea } from "@/components/ui/facets";
import { formatCount, plural } from "@/components/ui/format";
import { PageHead } from "@/components/ui/page-head";
import { NoMatch } from "@/components/ui/state";
import { PageLinks, TableFoot, TableScroll } from "@/components/ui/table";
import type { DecisionPage } from "@/server/policies/decision-contract";
import { type DecisionAddress, decisionsHref } from "./decision-address";
import { DecisionQuery } from "./decision-query";
import { DecisionTable } from "./decision-table";
import { isFiltered, nowLine } from "./decision-words";
import type { Tail } from "./tail";
import { useTail } from "./use-tail";

type Props = {
  readonly address: DecisionAddress;
  readonly page: DecisionPage;
  readonly now: number;
  readonly actions: ReactNode;
  /** The facets: a rail, or a sheet on narrow screens. */
  readonly facets: ReactNode;
  /** The decision that is open, in the place of the rail. */
  readonly panel: ReactNode;
};

/** The decisions with their filters, newest first; they can be followed while they come. */
export function DecisionScreen({ address: asked, page, now, actions, facets, panel }: Props) {
  const router = useRouter();
  const [, startTransition] = useTransition();
  const root = useRef<HTMLDivElement>(null);
  const [isLive, setLive] = useState(asked.isLive ?? false);
  const address = { ...asked, isLive: isLive || undefined };
  const isNewest = address.before === undefined;
  const isRead = () => address.open !== undefined || isReadIn(root.current);
  const { tail, failure, show } = useTail({ filter: address.filter, page, isNewest, isLive, isRead });

  function follow(next: boolean) {
    setLive(next);
    const href = decisionsHref({ ...address, isLive: next || undefined, before: undefined });
    startTransition(() => router.replace(href, { scroll: false }));
  }

  return (
    <>
      <PageHead title={nowLine(address, shownOf(tail))} lead={LEAD} actions={actions} />
      <PanelLayout panel={panel}>
        <WorkArea rail={panel ? undefined : facets}>
          <Pane>
            <DecisionQuery
              address={address}
              rows={tail.rows}
              live={
                <Switch checked={isLive} onChange={(event) => follow(event.target.checked)}>
                  Live
                </Switch>
              }
            >
              {facets}
            </DecisionQuery>
            <div className="px-4 t12" role="status">
              <Arrivals tail={tail} onShow={show} />
              {failure && <p className="da-x pb-2">{failure.message} What is shown is as it was.</p>}
            </div>
            <div className="contents" ref={root}>
              {tail.rows.length === 0 ? (
                <NothingFits address={address} tail={tail} />
              ) : (
                <TableScroll>
                  <RowKeys>
                    <DecisionTable address={address} rows={tail.rows} now={now} />
                  </RowKeys>
                </TableScroll>
              )}
            </div>
            <Foot address={address} tail={tail} />
          </Pane>
        </WorkArea>
      </PanelLayout>
    </>
  );
}

const LEAD =
  "Every answer is written down before it is given, and nothing can be altered or removed. Open a decision to have it explained by the policies of its time.";

/** The list as a page: what waits is not counted into its sentence. */
function shownOf({ rows, next, newest, waiting }: Tail): DecisionPage {
  return { rows: [...rows], next, newest: waiting.rows.length > 0 ? (rows[0]?.seq ?? 0) : newest };
}

/** What came and does not move the rows until the reader says so. */
function Arrivals({ tail: { waiting }, onShow }: { readonly tail: Tail; readonly onShow: () => void }) {
  const count = waiting.rows.length;
  if (count === 0) return null;
  const words = `${waiting.isGap ? "More than " : ""}${plural(count, "new decision", "new decisions")}`;
  return (
    <p className="flex items-center gap-3 pb-2">
      <span className="w5">{words}</span>
      <Button size="s" icon="up" onClick={onShow}>
        {count === 1 ? "Show it" : "Show them"}
      </Button>
    </p>
  );
}

function NothingFits({ address, tail }: { readonly address: DecisionAddress; readonly tail: Tail }) {
  const older = tail.next === null ? undefined : decisionsHref({ ...address, before: tail.next, open: undefined });
  return (
    <NoMatch
      title="No decision fits"
      actions={
        <>
          {older && <ButtonLink href={older}>Look further back</ButtonLink>}
          <ButtonLink href="/decisions">Show all decisions</ButtonLink>
        </>
      }
    >
      <p>
        {older
          ? `Nothing from decision ${formatCount(tail.next ?? 0)} on has all of these filters; older ones were not looked through yet.`
          : "Nothing in the log has all of these filters. Names are asked for exactly as they are written."}
      </p>
    </NoMatch>
  );
}

type FootProps = { readonly address: DecisionAddress; readonly tail: Tail };

function Foot({ address: { filter, isLive, before }, tail: { rows, next, newest } }: FootProps) {
  const isPart = isFiltered(filter);
  const isWhole = next === null && before === undefined;
  const total = isPart ? { total: rows.length, isAtLeast: !isWhole } : { total: newest };
  return (
    <TableFoot
      {...total}
      shown={isPart ? undefined : formatCount(rows.length)}
      noun="decision"
      hint={isPart && !isWhole ? "What fits is not counted beyond this page." : undefined}
      end={
        <PageLinks
          previousHref={before ? decisionsHref({ filter, isLive }) : undefined}
          nextHref={next ? decisionsHref({ filter, before: next }) : undefined}
        />
      }
    />
  );
}

/** Whether the pointer or the keys are in the rows, or the reader has scrolled down to some. */
function isReadIn(root: HTMLElement | null): boolean {
  const body = root?.querySelector("tbody");
  if (!body) return false;
  if (body.matches(":hover, :focus-within")) return true;
  for (let place = body.parentElement; place; place = place.parentElement) if (place.scrollTop > 0) return true;
  return false;
}
