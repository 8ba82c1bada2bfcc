/** Work under way, at most one for each key. A failure is kept until the end, and does not stop the others. */
export class Flights {
  private readonly underWay = new Map<string, Promise<void>>();
  private readonly failures: unknown[] = [];

  get size(): number {
    return this.underWay.size;
  }

  keys(): readonly string[] {
    return [...this.underWay.keys()];
  }

  start(key: string, work: () => Promise<void>): void {
    const flight = work()
      .catch((error: unknown) => {
        this.failures.push(error);
      })
      .finally(() => this.underWay.delete(key));
    this.underWay.set(key, flight);
  }

  /** Resolves when any of what is under way has ended; at once where nothing is. */
  async oneLanded(): Promise<void> {
    if (this.underWay.size > 0) await Promise.race(this.underWay.values());
  }

  /** Resolves when everything has ended; fails with the first failure there was. */
  async allLanded(): Promise<void> {
    await Promise.all(this.underWay.values());
    if (this.failures.length > 0) throw this.failures[0];
  }
}
