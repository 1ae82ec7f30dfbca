/** Something went wrong on the node's side: a file, the network, an answer that does not fit. `code` is stable. */
export class NodeError extends Error {
  override readonly name = "NodeError";

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The gateway understood and said no; `code` is the gateway's. */
export class GatewayRefused extends Error {
  override readonly name = "GatewayRefused";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
