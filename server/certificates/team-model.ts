/** Identities have about so many certificates; it only chooses between two ways to the same answer. */
const USUAL_CERTIFICATES = 4;

/**
 * How many members teams may have for a page to be made of all certificates of theirs; with more, rows of the order are
 * tried until it is full. Of `all` certificates, r are read in the one way and about `wanted * all / r` in the other, so
 * they cost the same where r is the square root of `wanted * all`. More than `most` are never read.
 */
export function fewMembers(all: number, wanted: number, most: number): number {
  return Math.floor(Math.min(most, Math.sqrt(wanted * all)) / USUAL_CERTIFICATES);
}
