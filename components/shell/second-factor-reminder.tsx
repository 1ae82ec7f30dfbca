import Link from "next/link";
import { Icon } from "@/components/ui/icon";

/** Stands above every page as long as the person signs in with a password alone. */
export function SecondFactorReminder() {
  return (
    <aside
      className="flex flex-none flex-wrap items-center gap-x-2 gap-y-1 border-b border-warn bg-warn px-gutter py-2"
      aria-label="Second factor"
    >
      <Icon name="warn" className="wa-x flex-none" />
      <p className="x2">
        <b className="x1">You sign in with a password alone.</b> Whoever learns it can do all that you may.
      </p>
      <Link className="link ml-auto" href="/account#second-factor">
        Add a second factor
      </Link>
    </aside>
  );
}
