import type { AddressInfo, Server } from "node:net";

/** Something the operator must change before a process can start. The message says what. */
export class StartRefused extends Error {
  override readonly name = "StartRefused";
}

/** Where to listen, and the names of the settings that say so. */
export interface Place {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly hostSetting: string;
  readonly portSetting: string;
}

/**
 * Listens, and answers the port that was taken.
 *
 * @throws {StartRefused} when the port or the host cannot be used, naming the setting that changes it.
 */
export function listenOn(server: Server, place: Place): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) => reject(explain(error, place));
    server.once("error", refuse);
    server.listen(place.port, place.host, () => {
      server.off("error", refuse);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function explain(error: NodeJS.ErrnoException, { host, port, hostSetting, portSetting }: Place): Error {
  switch (error.code) {
    case "EADDRINUSE":
      return new StartRefused(
        `port ${port} on ${host} is taken; stop what uses it, or choose another with ${portSetting}`,
      );
    case "EACCES":
      return new StartRefused(`port ${port} may not be opened by this user; choose one above 1023 with ${portSetting}`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new StartRefused(`${host} is not an address of this machine; set ${hostSetting} to one`);
    default:
      return error;
  }
}
