import http from "node:http";
import next from "next";
import type { ConsoleApp } from "./listener";

/** Next.js, without a listener of its own. */
export interface NextApp extends ConsoleApp {
  close(): Promise<void>;
}

/** Prepares Next.js in `dir`: the production build, or the compiler with hot reloading in development. */
export async function prepareNext(options: {
  dir: string;
  host: string;
  port: number;
  isDevelopment: boolean;
}): Promise<NextApp> {
  // Next.js hangs its WebSockets on the server it is given. Ours decides first who may speak, so it gets another one.
  const sockets = new http.Server();
  const app = next({
    dir: options.dir,
    dev: options.isDevelopment,
    hostname: options.host,
    port: options.port,
    httpServer: sockets,
    quiet: !options.isDevelopment,
  });
  await app.prepare();
  const handle = app.getRequestHandler();

  return {
    handle: (request, response) => handle(request, response),
    upgrade: options.isDevelopment
      ? (request, socket, head) => {
          sockets.emit("upgrade", request, socket, head);
        }
      : undefined,
    close: () => app.close(),
  };
}
