import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, test as base, type Page } from "@playwright/test";
import { Product } from "./product";
import { ADMIN, signIn } from "./steps";

export { expect } from "@playwright/test";

/** What a product holds when its first test begins: nothing, or the example organisation of `swarm demo`. */
export type Data = "nothing" | "demo";

/** Somebody who can sign in. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** The example organisation: made once, copied for each file that wants it. */
class DemoData {
  #folder: string | undefined;
  password = "";

  async copyTo(product: Product): Promise<void> {
    this.#folder ??= await this.#make();
    await cp(this.#folder, product.dataDir, { recursive: true });
  }

  async #make(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "swarm-demo-"));
    const product = await Product.make();
    try {
      const { code, stdout, stderr } = await product.swarm(["demo", "--json"]);
      if (code !== 0) throw new Error(`swarm demo ended with ${code}: ${stderr}`);
      this.password = JSON.parse(stdout).password;
      await cp(product.dataDir, folder, { recursive: true });
    } finally {
      await product.remove();
    }
    return folder;
  }

  async remove(): Promise<void> {
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
  }
}

/** The product of the spec file whose tests run now. */
class ProductOfFile {
  readonly #demo = new DemoData();
  #file = "";
  #product: Product | undefined;

  async for(file: string, data: Data): Promise<Product> {
    if (this.#product && this.#file === file) return this.#product;
    await this.#product?.remove();
    this.#product = await Product.make();
    if (data === "demo") await this.#demo.copyTo(this.#product);
    await this.#product.start();
    this.#file = file;
    return this.#product;
  }

  /** Somebody of the example organisation, who signs in with a password alone: `priya`, `tomas`, `mara` or `noor`. */
  demoPerson(product: Product, name: string): Credentials {
    if (product !== this.#product || this.#demo.password === "")
      throw new Error('say test.use({ data: "demo" }) first');
    return { email: `${name}@swarm.local`, password: this.#demo.password };
  }

  async remove(): Promise<void> {
    await Promise.all([this.#product?.remove(), this.#demo.remove()]);
    this.#product = undefined;
  }
}

/** Opens pages for people who are signed in; each signs in through the form once in a file. */
class Desks {
  readonly #states = new WeakMap<Product, Map<string, Awaited<ReturnType<BrowserContext["storageState"]>>>>();

  async open(browser: Browser, product: Product, person: Credentials): Promise<Page> {
    const states = this.#states.get(product) ?? new Map();
    this.#states.set(product, states);
    const context = await browser.newContext({ baseURL: product.consoleUrl, storageState: states.get(person.email) });
    const page = await context.newPage();
    if (!states.has(person.email)) {
      await signIn(page, person);
      states.set(person.email, await context.storageState());
    }
    return page;
  }
}

interface TestFixtures {
  /** Given by `test.use({ data: "demo" })`. */
  readonly data: Data;
  readonly product: Product;
  /** A page of its own for somebody who is signed in; the first admin unless told. */
  readonly deskOf: (person?: Credentials) => Promise<Page>;
  /** Somebody of the example organisation: `demoPerson("tomas")` is its auditor. */
  readonly demoPerson: (name: "priya" | "tomas" | "mara" | "noor") => Credentials;
}

/**
 * A browser test with a product of its own: free ports, and fresh data that are not set up, or those of the example. The
 * tests of one file share it, in the order they stand in; the next file gets another. After a failed test the rest of
 * the file gets another, too.
 */
export const test = base.extend<TestFixtures, { productOfFile: ProductOfFile; desks: Desks }>({
  productOfFile: [
    async ({}, use) => {
      const products = new ProductOfFile();
      await use(products);
      await products.remove();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  desks: [({}, use) => use(new Desks()), { scope: "worker" }],
  data: ["nothing", { option: true }],
  product: [
    async ({ productOfFile, data }, use, testInfo) => {
      const product = await productOfFile.for(testInfo.file, data);
      await use(product);
      if (testInfo.status !== testInfo.expectedStatus)
        await testInfo.attach("what the product said", { body: product.output, contentType: "text/plain" });
    },
    { scope: "test", timeout: 120_000 },
  ],
  demoPerson: async ({ productOfFile, product }, use) => {
    await use((name) => productOfFile.demoPerson(product, name));
  },
  deskOf: async ({ browser, product, desks, data, productOfFile }, use) => {
    const pages: Page[] = [];
    const first = data === "demo" ? productOfFile.demoPerson(product, "priya") : ADMIN;
    await use(async (person = first) => {
      const page = await desks.open(browser, product, person);
      pages.push(page);
      return page;
    });
    await Promise.all(pages.map((page) => page.context().close()));
  },
  baseURL: async ({ product }, use) => {
    await use(product.consoleUrl);
  },
});
