const smallPrimes = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113,
  127, 131, 137, 139, 149, 151, 157, 163, 167,
];
const smallPrimeProduct = smallPrimes.reduce((product, prime) => product * BigInt(prime), 1n);
const fermatRounds = 100n;

/** The primes for which 65537 generates a proper subgroup, each with that subgroup. */
const subgroups = smallPrimes
  .map((prime) => ({ prime, members: powersOf(65_537, prime) }))
  .filter(({ prime, members }) => members.size < prime - 1);

function powersOf(base: number, prime: number): Set<number> {
  const members = new Set<number>();
  for (let value = 1; !members.has(value); value = (value * base) % prime) members.add(value);
  return members;
}

/**
 * Why a modulus must be taken for broken, or null: even, a small prime factor (SP 800-89 section 5.3.3), the
 * fingerprint of CVE-2017-15361 (ROCA), or two primes so close that Fermat finds them in 100 rounds.
 */
export function modulusWeakness(modulus: bigint): string | null {
  if (modulus % 2n === 0n) return "its modulus is even";
  const residue = modulus % smallPrimeProduct;
  if (smallPrimes.some((prime) => residue % BigInt(prime) === 0n)) return "its modulus has a small prime factor";
  if (subgroups.every(({ prime, members }) => members.has(Number(residue % BigInt(prime))))) {
    return "it has the fingerprint of the ROCA weakness";
  }
  return hasClosePrimes(modulus) ? "its two primes are too close" : null;
}

function hasClosePrimes(modulus: bigint): boolean {
  const floor = squareRoot(modulus);
  const first = floor * floor === modulus ? floor : floor + 1n;
  for (let a = first; a < first + fermatRounds; a++) {
    if (isSquare(a * a - modulus)) return true;
  }
  return false;
}

/** The squares modulo 64, 63, 65 and 11: all but one in a hundred candidates end there, before a root is taken. */
const squares = [64, 63, 65, 11].map((base) => ({
  base,
  residues: new Set(Array.from({ length: base }, (_, root) => (root * root) % base)),
}));
const squareBase = squares.reduce((product, { base }) => product * base, 1);

function isSquare(value: bigint): boolean {
  const residue = Number(value % BigInt(squareBase));
  if (!squares.every(({ base, residues }) => residues.has(residue % base))) return false;
  const root = squareRoot(value);
  return root * root === value;
}

/** The integer square root, by Newton's iteration from above. */
function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(16).length * 4 + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
