"use client";

import {
  columnVisibilityFeature,
  createColumnHelper,
  rowSelectionFeature,
  type RowSelectionState,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useRowKeys } from "@/components/shell/row-keys";
import { Checkbox } from "@/components/ui/choice";
import { cx } from "@/components/ui/cx";
import { Cols, Table, Th } from "@/components/ui/table";
import type {
  InventoryAddress,
  InventoryCount,
  InventoryPage,
  InventoryRow,
} from "@/server/certificates/inventory-contract";
import { COLUMNS, type ColumnId, NARROW, useColumnChoice, WIDE } from "./columns";
import { sortOf } from "./inventory-address";
import { InventoryCell, InventoryLines, SHAPES } from "./inventory-cells";
import { InventoryFoot } from "./inventory-foot";
import { InventorySelection } from "./inventory-selection";
import { useInventoryPages } from "./use-inventory-pages";
import { useVirtualRows } from "./use-virtual-rows";

type Props = {
  readonly address: InventoryAddress;
  readonly page: InventoryPage;
  readonly total: InventoryCount;
  /** Nothing is filtered: the total is that of the whole inventory. */
  readonly isWhole: boolean;
  readonly revokeRefused: string | undefined;
};

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });
const helper = createColumnHelper<typeof features, InventoryRow>();
const columns = helper.columns(COLUMNS.map(({ id, label }) => helper.display({ id, header: label })));
const SORTED: Partial<Record<ColumnId, "name" | "issued" | "ends">> = { name: "name", issued: "issued", ends: "ends" };
/** Reads on when so many rows are left below. */
const AHEAD = 30;

/** The rows: a page from the server, more by scrolling, only those in sight drawn. */
export function InventoryTable({ address, page, total, isWhole, revokeRefused }: Props) {
  const router = useRouter();
  const scroller = useRef<HTMLElement>(null);
  const columnVisibility = useColumnChoice(WIDE);
  const lines = useColumnChoice(NARROW);
  const [rowSelection, setRowSelection] = useState<RowSelectionState>({});
  const [active, setActive] = useState(-1);
  const pages = useInventoryPages(address, page);
  const table = useTable({
    features,
    columns,
    data: pages.rows,
    getRowId: (row) => row.serial,
    state: { columnVisibility, rowSelection },
    onRowSelectionChange: setRowSelection,
  });
  const rows = table.getRowModel().rows;
  const shown = table.getVisibleLeafColumns().map((column) => column.id as ColumnId);
  const virtual = useVirtualRows({ count: rows.length, scroller });
  const lastDrawn = virtual.indexes.at(-1) ?? -1;

  const readOn = useEffectEvent(() => pages.readMore());
  const isNearEnd = virtual.measure !== undefined && lastDrawn >= rows.length - AHEAD;
  useEffect(() => {
    if (isNearEnd && pages.next !== null) readOn();
  }, [isNearEnd, pages.next]);

  useRowKeys({
    count: rows.length,
    active,
    onActive: (index) => {
      setActive(index);
      virtual.reveal(index);
    },
    onChoose: (index) => rows[index]?.toggleSelected(),
    onOpen: (index) => {
      const serial = rows[index]?.original.serial;
      if (serial) router.push(`/certificates/${serial}`);
    },
  });
  useFocusOnRow(scroller, active);
  useRoomForNames(scroller, shown.join());

  const chosen = rows.filter((row) => row.getIsSelected()).map((row) => row.original);
  const isAllChosen = rows.length > 0 && chosen.length === rows.length;
  return (
    <>
      <section className="tscroll" tabIndex={0} aria-label="Certificates" ref={scroller}>
        <Table
          caption="Certificates"
          isStacked
          rowCount={total.isExact && !address.cursor && !page.isPartial ? total.count + 1 : -1}
        >
          <Cols widths={[44, ...shown.map((id) => ({ width: SHAPES[id].width, className: SHAPES[id].drop ?? "" }))]} />
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col" className="c-cb">
                <Checkbox
                  aria-label={isAllChosen ? "Choose none" : `Choose the ${rows.length} rows read so far`}
                  checked={isAllChosen}
                  isMixed={chosen.length > 0 && !isAllChosen}
                  onChange={() => table.toggleAllRowsSelected(!isAllChosen)}
                />
              </th>
              {shown.map((id) => {
                const field = SORTED[id];
                const label = COLUMNS.find((column) => column.id === id)?.label;
                return (
                  <Th
                    key={id}
                    isNumber={id === "seen"}
                    className={SHAPES[id].drop}
                    sort={field ? sortOf(address, field) : undefined}
                  >
                    {label}
                  </Th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            <Gap height={virtual.before} />
            {virtual.indexes.map((index) => {
              const row = rows[index];
              if (!row) return null;
              const isChosen = row.getIsSelected();
              return (
                <tr
                  key={row.id}
                  ref={virtual.measure}
                  data-row
                  data-index={index}
                  aria-rowindex={index + 2}
                  className={cx(isChosen && "sel", index === active && "cur")}
                >
                  <td className="c-cb">
                    <Checkbox
                      aria-label={`Choose ${row.original.name}`}
                      checked={isChosen}
                      onChange={() => row.toggleSelected()}
                    />
                  </td>
                  {shown.map((id) => (
                    <InventoryCell key={id} column={id} row={row.original} now={pages.now} />
                  ))}
                  <InventoryLines choice={lines} row={row.original} now={pages.now} />
                </tr>
              );
            })}
            <Gap height={virtual.after} />
          </tbody>
        </Table>
      </section>
      <InventorySelection
        rows={chosen}
        now={pages.now}
        revokeRefused={revokeRefused}
        onClear={() => setRowSelection({})}
      />
      <InventoryFoot address={address} pages={pages} total={total} isPartial={page.isPartial} isWhole={isWhole} />
    </>
  );
}

/** The room of rows that are not drawn. Its height is written by script, for the page allows no style in its markup. */
function Gap({ height }: { readonly height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true" className="pointer-events-none max-phone:block! max-phone:border-0! max-phone:p-0!">
      <td className="h-auto! border-0! p-0! max-phone:block!">
        <div
          ref={(box) => {
            if (box) box.style.height = `${height}px`;
          }}
        />
      </td>
    </tr>
  );
}

/** The row that the keys are on has the focus on its link, once it is drawn. */
function useFocusOnRow(scroller: React.RefObject<HTMLElement | null>, active: number): void {
  useEffect(() => {
    if (active < 0) return;
    const frame = requestAnimationFrame(() => {
      const row = scroller.current?.querySelector(`tr[data-index="${active}"]`);
      row?.querySelector<HTMLElement>("a[href]")?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [scroller, active]);
}

/** When the chosen columns leave no room for the names, the table grows and scrolls sideways: names are never cut. */
function useRoomForNames(scroller: React.RefObject<HTMLElement | null>, columns: string): void {
  useEffect(() => {
    const box = scroller.current;
    const table = box?.querySelector("table");
    const name = box?.querySelector<HTMLElement>("th:nth-child(2)");
    if (!box || !table || !name) return;
    const observer = new ResizeObserver(() => {
      table.style.minWidth = "";
      const missing = NAME_WIDTH - name.offsetWidth;
      if (missing > 0 && window.innerWidth > 720) table.style.minWidth = `${table.offsetWidth + missing}px`;
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, [scroller, columns]);
}

const NAME_WIDTH = 176;
