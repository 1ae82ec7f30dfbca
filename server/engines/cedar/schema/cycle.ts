/**
 * The nodes of one cycle, each followed by the next and the last by the first; null when there is none. Linear, and
 * without recursion: the graphs are data.
 */
export function findCycle<T>(nodes: Iterable<T>, next: (node: T) => Iterable<T>): T[] | null {
  const done = new Set<T>();
  for (const root of nodes) {
    if (done.has(root)) continue;
    const onPath = new Set([root]);
    const path = [{ node: root, rest: next(root)[Symbol.iterator]() }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const step = top.rest.next();
      if (step.done) {
        path.pop();
        onPath.delete(top.node);
        done.add(top.node);
      } else if (onPath.has(step.value)) {
        const nodesOfPath = path.map(({ node }) => node);
        return nodesOfPath.slice(nodesOfPath.indexOf(step.value));
      } else if (!done.has(step.value)) {
        onPath.add(step.value);
        path.push({ node: step.value, rest: next(step.value)[Symbol.iterator]() });
      }
    }
  }
  return null;
}
