/** Lets others have their turn: what takes long must not keep them waiting. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
