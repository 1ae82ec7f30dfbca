import { test as base } from "@playwright/test";
import { Product } from "./product";

export { expect } from "@playwright/test";

/** The product of the spec file whose tests run now. */
class ProductOfFile {
  #file = "";
  #product: Product | undefined;

  async for(file: string): Promise<Product> {
    if (this.#product && this.#file === file) return this.#product;
    await this.remove();
    this.#product = await Product.start();
    this.#file = file;
    return this.#product;
  }

  async remove(): Promise<void> {
    await this.#product?.remove();
    this.#product = undefined;
  }
}

/**
 * A browser test with a product of its own: fresh data, free ports, not set up yet. The tests of one file share it, in
 * the order they stand in; the next file gets another. After a failed test the rest of the file gets another, too.
 */
export const test = base.extend<{ product: Product }, { productOfFile: ProductOfFile }>({
  productOfFile: [
    async ({}, use) => {
      const products = new ProductOfFile();
      await use(products);
      await products.remove();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  product: [
    async ({ productOfFile }, use, testInfo) => {
      await use(await productOfFile.for(testInfo.file));
    },
    { scope: "test", timeout: 60_000 },
  ],
  baseURL: async ({ product }, use) => {
    await use(product.consoleUrl);
  },
});
