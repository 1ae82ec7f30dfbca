import Link from "next/link";
import { Icon } from "@/components/ui/icon";

/** Stands above every page as long as the person signs in with a password alone. */
export function SecondFactorReminder() {
  return (
    <aside
      className="flex flex-none items-start gap-2 border-b border-warn bg-warn px-gutter py-2"
      aria-label="Second factor"
    >
      <Icon name="warn" className="wa-x mt-0.5 flex-none" />
      <p className="x2 flex-1">
        <b className="x1">You sign in with a password alone.</b> Whoever learns it can do all that you may.{" "}
        <Link className="link" href="/account#second-factor">
          Add a second factor
        </Link>
      </p>
    </aside>
  );
}
