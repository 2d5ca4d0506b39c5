/** Whether the database takes our transactions; the health page reads it. */
export class DatabaseHealth {
  #failure: { at: number; message: string } | undefined;

  get failure(): { at: number; message: string } | undefined {
    return this.#failure;
  }

  worked(): void {
    this.#failure = undefined;
  }

  failed(error: Error, now: number): void {
    this.#failure = { at: now, message: error.message };
  }
}
