import { hash, verify } from "@node-rs/argon2";

/** argon2id with 64 MiB and 3 passes (RFC 9106, 4: the second recommended option, on one lane): about 60 ms. */
export const HASHING = { memoryCost: 65_536, timeCost: 3, parallelism: 1, outputLen: 32, algorithm: 2 } as const;

/** A hash of bytes that nobody kept, with the same costs: what a guess at an unknown account is compared with. */
export const DECOY_HASH =
  "$argon2id$v=19$m=65536,t=3,p=1$yh/0eJja7QwqsXzRwZp6qQ$gwSCGj5qiwgLQsVk5uASW+8U5w+bmrZ7OHqik2np6mk";

/** Hashes a password, in PHC string format. Slow by design: before `commit`. */
export function hashPassword(password: string, salt: Uint8Array): Promise<string> {
  return hash(password.normalize("NFKC"), { ...HASHING, salt });
}

/** Compares a password with a hash, or with the decoy when there is none: the work is the same, the answer is no. */
export async function verifyPassword(kept: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(kept ?? DECOY_HASH, password.normalize("NFKC"));
  return matches && kept !== undefined;
}
