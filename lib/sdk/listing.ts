/** One page of a list, as the API answers it. */
export interface Page<Item> {
  object: "list";
  data: Item[];
  has_more: boolean;
  /** Pass on as `after` for the next page, as `before` for the one before; null at the end. */
  after: string | null;
  before: string | null;
}

/** A list: await it for its first page, or `for await` over all there is; later pages are asked for when they are needed. */
export class Listing<Item> implements PromiseLike<Page<Item>>, AsyncIterable<Item> {
  readonly #read: (cursor: string | null) => Promise<Page<Item>>;
  #first: Promise<Page<Item>> | null = null;

  constructor(read: (cursor: string | null) => Promise<Page<Item>>) {
    this.#read = read;
  }

  // biome-ignore lint/suspicious/noThenProperty: awaiting a list gives its first page
  then<Done = Page<Item>, Failed = never>(
    done?: ((page: Page<Item>) => Done | PromiseLike<Done>) | null,
    failed?: ((reason: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Done | Failed> {
    return this.#firstPage().then(done, failed);
  }

  async *pages(): AsyncGenerator<Page<Item>, void, undefined> {
    let page = await this.#firstPage();
    for (;;) {
      yield page;
      if (!page.has_more || page.after === null) return;
      page = await this.#read(page.after);
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) yield* page.data;
  }

  #firstPage(): Promise<Page<Item>> {
    this.#first ??= this.#read(null);
    return this.#first;
  }
}
