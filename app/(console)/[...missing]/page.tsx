import { notFound } from "next/navigation";

/** Every address that nothing else has: said inside the console, to those who are signed in. */
export default function MissingPage() {
  notFound();
}
