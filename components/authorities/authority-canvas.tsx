"use client";

import "@xyflow/react/dist/base.css";
import { Graph, layout } from "@dagrejs/dagre";
import { Handle, type Edge, type Node, type NodeProps, Position, ReactFlow } from "@xyflow/react";
import Link from "next/link";
import { useMemo } from "react";
import { cx } from "@/components/ui/cx";
import { formatDay } from "@/components/ui/format";
import { Icon } from "@/components/ui/icon";
import type { DrawnAuthority } from "./authority-graph";
import { authorityHref, CRL_STATES, ROLES } from "./words";

type Props = {
  readonly authorities: readonly DrawnAuthority[];
  readonly now: number;
  /** From the root down, or from the left where there is little room. */
  readonly direction: "TB" | "LR";
};

type AuthorityNode = Node<{ authority: DrawnAuthority; now: number; direction: "TB" | "LR" }, "authority">;

const BOX = { width: 216, height: 76 };
const nodeTypes = { authority: AuthorityBox };

/** The graph itself: placed by dagre, drawn by React Flow, moved by nobody. */
export function AuthorityCanvas({ authorities, now, direction }: Props) {
  const { nodes, edges } = useMemo(() => placed(authorities, now, direction), [authorities, now, direction]);
  return (
    <div className="graph">
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        fitView
        fitViewOptions={{ padding: 0.08, maxZoom: 1 }}
        minZoom={0.4}
        maxZoom={1.5}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        zoomOnScroll={false}
        zoomOnDoubleClick={false}
        preventScrolling={false}
        panOnDrag={false}
        aria-label="Hierarchy of authorities"
      />
    </div>
  );
}

function placed(
  authorities: readonly DrawnAuthority[],
  now: number,
  direction: "TB" | "LR",
): { nodes: AuthorityNode[]; edges: Edge[] } {
  const graph = new Graph();
  graph.setGraph({ rankdir: direction, nodesep: direction === "TB" ? 32 : 14, ranksep: direction === "TB" ? 52 : 44 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of authorities) graph.setNode(id, { ...BOX });
  const edges = authorities.flatMap(({ id, parentId }) =>
    parentId ? [{ id: `${parentId} ${id}`, source: parentId, target: id }] : [],
  );
  // dagre puts the edge that came last first: this way the boxes stand in the order of the table
  for (const { source, target } of edges.toReversed()) graph.setEdge(source, target);
  layout(graph);

  const nodes = authorities.map((authority): AuthorityNode => {
    const { x = 0, y = 0 } = graph.node(authority.id) ?? {};
    return {
      id: authority.id,
      type: "authority",
      position: { x: x - BOX.width / 2, y: y - BOX.height / 2 },
      data: { authority, now, direction },
      ...BOX,
    };
  });
  return { nodes, edges: edges.map((edge) => ({ ...edge, type: "smoothstep" })) };
}

function AuthorityBox({ data }: NodeProps<AuthorityNode>) {
  const { authority, now, direction } = data;
  const { name, role, keyAlgorithm, ends, crl, status } = authority;
  const [from, to] = direction === "TB" ? [Position.Top, Position.Bottom] : [Position.Left, Position.Right];
  const trouble = status !== "valid" || crl === "late";
  return (
    <>
      <Handle type="target" position={from} isConnectable={false} />
      <Link className={cx("gnode nodrag nopan", trouble && "gnode--danger")} href={authorityHref(authority)}>
        <span className="gnode__t">
          <Icon name={role === "root" ? "lock" : "ca"} />
          <span className="cut">{name}</span>
        </span>
        <span className="gnode__d">{ROLES[role]}</span>
        <span className="gnode__d">
          {keyAlgorithm.replace(/ \(.*\)$/, "")}, ends {formatDay(ends, now)}
          {crl !== "fresh" && `, list: ${CRL_STATES[crl].word.toLowerCase()}`}
        </span>
      </Link>
      <Handle type="source" position={to} isConnectable={false} />
    </>
  );
}
