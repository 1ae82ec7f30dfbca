import { failureOf } from "./failure";

/** Does a deed for a dialog that shows what is thrown: failures become sentences. */
export async function inOurWords<T>(deed: () => Promise<T>): Promise<T> {
  try {
    return await deed();
  } catch (error) {
    throw new Error(failureOf(error).message, { cause: error });
  }
}
