import { makeDemo, planDemo } from "../demo/make-demo";
import { reportText } from "../demo/report";
import type { Handler } from "../terminal";

/** `swarm demo`: an example organisation, made by the real verbs in an empty data directory. */
export const demo: Handler = async (terminal) => {
  const planned = planDemo(new Date());
  const report = await terminal.withNewInstallation(planned.story.now, (installation) =>
    makeDemo(installation, planned),
  );
  terminal.say(report, reportText(report));
};
