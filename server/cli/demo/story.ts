const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SOME_SECONDS = 55_000;

/** Something that happens at a moment. The clock stands still meanwhile. */
export type Deed = () => Promise<void>;

interface Planned {
  readonly at: number;
  readonly order: number;
  readonly deed: Deed;
}

/** Deeds in the order of their time, under a clock that they move: forward only, as the audit log is. */
export class Story {
  #now: number;
  #planned: Planned[] = [];
  #count = 0;

  /** @param begins the first moment; @param ends the present, after which nothing happens */
  constructor(
    begins: Date,
    private readonly ends: Date,
  ) {
    this.#now = begins.getTime();
  }

  /** The clock of everything that is done in the story. */
  readonly now = (): Date => new Date(this.#now);

  /** Plans a deed, some seconds after a moment, for nobody is exact. What would come after the present does not happen. */
  at(when: Date, deed: Deed): void {
    if (when.getTime() < this.#now) throw new Error(`${when.toISOString()} is over: the story goes forward only`);
    const order = this.#count++;
    const at = when.getTime() + Math.floor(chanceOf(`deed ${order}`) * SOME_SECONDS);
    if (at <= this.ends.getTime()) this.#planned.push({ at, order, deed });
  }

  /** Plans a deed for so many minutes from now. */
  in(minutes: number, deed: Deed): void {
    this.at(new Date(this.#now + minutes * MINUTE), deed);
  }

  /** Lets everything happen that is planned, and what it plans. */
  async play(): Promise<void> {
    for (let next = this.#takeFirst(); next; next = this.#takeFirst()) {
      this.#now = next.at;
      await next.deed();
    }
  }

  /** Goes on to a moment, when everything that was planned has happened. */
  goTo(when: Date): void {
    this.#now = Math.max(this.#now, when.getTime());
  }

  #takeFirst(): Planned | undefined {
    const first = this.#planned.reduce<Planned | undefined>(
      (found, each) =>
        !found || each.at < found.at || (each.at === found.at && each.order < found.order) ? each : found,
      undefined,
    );
    if (first) this.#planned.splice(this.#planned.indexOf(first), 1);
    return first;
  }
}

/** Moments as the story names them. Whole days are of the past, so that every one of them is over. */
export interface Days {
  readonly present: Date;
  /** So many days before today, at a time UTC: `day(3, "14:20")`. */
  day(before: number, time: string): Date;
  /** So long before the present: `ago(5, 30)` is five hours and a half. */
  ago(hours: number, minutes?: number): Date;
}

/** The days before a present. */
export function daysBefore(present: Date): Days {
  const midnight = Math.floor(present.getTime() / DAY) * DAY;
  return {
    present,
    day(before, time) {
      if (before < 1) throw new Error("a whole day before today at the least");
      const [hours = 0, minutes = 0] = time.split(":").map(Number);
      return new Date(midnight - before * DAY + hours * HOUR + minutes * MINUTE);
    },
    ago: (hours, minutes = 0) => new Date(present.getTime() - hours * HOUR - minutes * MINUTE),
  };
}

/** A moment so many minutes after another. */
export function minutesAfter(when: Date, minutes: number): Date {
  return new Date(when.getTime() + minutes * MINUTE);
}

/** A number from 0 to 1 that is always the same for the same text: what looks like chance in the story. */
export function chanceOf(text: string): number {
  let state = 0x811c9dc5;
  for (const character of text) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193) >>> 0;
  state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0;
  return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
}
